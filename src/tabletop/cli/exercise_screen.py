"""The screen of an exercise: what a controller shows at a projector, phase by phase."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console

from tabletop.cli.layout import print_fitting
from tabletop.exercise.adjudication import Adjudication, Outcome
from tabletop.exercise.last_year import LastYear
from tabletop.exercise.luck import Split
from tabletop.exercise.offer import offer
from tabletop.exercise.reveal import Seen, Shown, measures_shown
from tabletop.exercise.state import State, Status
from tabletop.exercise.values import formatted, rounded, signed, titled
from tabletop.exercise.why import bottleneck, lost, unstaffed
from tabletop.measures import MEASURES
from tabletop.pools import POOLS
from tabletop.scenario.words import number

MARK = "EXERCISE EXERCISE EXERCISE"


class Screen:
    """Prints what an exercise shows; it decides nothing."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str = "", style: str | None = None) -> None:
        """A paragraph."""
        self._console.print(text, style=style)

    def heading(self, text: str) -> None:
        """A line between two parts."""
        self._console.rule(f" {text} ", align="left", characters="─", style="bold")

    def clocks(self, state: State, minute: float) -> None:
        """Both clocks: the scenario's day, and minutes since StartEx."""
        day = state.present.day if state.move >= 0 else 0.0
        self.say(f"{MARK} · day {number(day)} · minute {minute:.0f} of {number(state.plan.duration_minutes)}")

    def brief(self, state: State) -> None:
        """Before the first move: what this is, and by which rules."""
        plan, scenario = state.plan, state.scenario
        self.heading(plan.title or scenario.title)
        self.say(MARK)
        for text in (plan.content_note or scenario.content_note, scenario.summary, plan.purpose):
            if text:
                self.say(text)
        self.listed("Objectives", [one.text for one in plan.objectives])
        self.listed("Ground rules", plan.ground_rules)
        self.listed("Assumptions and artificialities", plan.assumptions_and_artificialities)
        self.say("The model is abstract and predicts nothing. All teams meet the same luck.")
        self.cards(state)

    def last_year(self, found: LastYear | None) -> None:
        """What could be observed before StartEx, in the world that is played."""
        if found is not None:
            self.heading(found.title)
            rows = [(titled(name), formatted(name, low)) for name, (low, _) in found.ranges.items()]
            self._table(("before day 0, in the world that is played", "observed"), rows, right=(1,))

    def cards(self, state: State) -> None:
        """The decision form."""
        form, budget = state.plan.decision_form, state.budget()
        if form is None:
            self.say("There is nothing to decide: teams predict.")
            return
        rows = [(one.code, one.title, one.changes, one.cost, one.lead) for one in offer(state.scenario)]
        self._table(("card", "decision", "changes", "a year", "works after"), rows, right=(3,))
        room = "" if budget is None else f" Budget: {number(round(budget, 6))} cost units a year."
        self.say(
            f"At most {form.most_a_move} cards a move; -CODE takes one back.{room}" if form.cards else room
        )

    def situation(self, state: State, minute: float) -> None:
        """What has happened, what is asked, and the injects that are known at once."""
        move = state.present
        self.heading(f"Move {state.move + 1} of {len(state.plan.moves)}: {move.name}")
        self.clocks(state, minute)
        self.say(move.situation)
        for one in state.injects:
            standing = state.inject_status[one.inject.id]
            now = standing.status is Status.RELEASED and standing.move == state.move
            if now and standing.day <= move.day and one.inject.when is None:
                self.inject(one.inject.title, one.inject.message, standing.day)
        self.listed("Talk it over", move.questions)

    def inject(self, title: str, message: str, day: float) -> None:
        """One inject."""
        self.say(f"EXERCISE · day {number(day)} · {title}", style="bold")
        if message:
            self.say(message)

    def standing(self, state: State) -> None:
        """What every team has in play, and what it costs."""
        budget = state.budget()
        for team in state.teams:
            hand = state.hand(team)
            cost = f"{number(round(hand.yearly_cost(), 6))} a year"
            of = "" if budget is None else f" of {number(round(budget, 6))}"
            silent = state.plan.decision_form is not None and (team, state.move) not in state.submissions
            decided = " · nothing submitted in this move" if silent else ""
            over = " · OVERSPENT" if state.is_overspent(team) else ""
            self.say(f"{team}: {' '.join(hand.codes) or 'the baseline'} · {cost}{of}{over}{decided}")

    def reveal(self, state: State, shown: Shown) -> None:
        """What came of a move, as far as players can observe it."""
        self.heading(
            f"Move {shown.move + 1}: what came of it, days {number(shown.start)} to {number(shown.end)}"
        )
        for inject in shown.news:
            self.inject(inject.title, inject.message, inject.day)
        self.triggered(state, shown)
        self.values(measures_shown(state), shown)
        for team, seen in shown.teams.items():
            if seen.is_silent:
                self.say(f"{team} submitted nothing and kept its mix.")
            if seen.is_overspent:
                self.say(f"{team} is overspent: its mix costs more than the budget, which was cut.")
        self.pressure({"baseline": shown.baseline, **shown.teams})

    def triggered(self, state: State, shown: Shown) -> None:
        """The injects that waited for a count, and in whose world they happened."""
        seen = {"baseline": shown.baseline, **shown.teams}
        for one in state.injects:
            days = {
                name: each.fired[one.inject.id] for name, each in seen.items() if one.inject.id in each.fired
            }
            if days:
                told = ", ".join(f"{name} on day {day:.0f}" for name, day in days.items())
                self.say(f"EXERCISE · {one.inject.title}: {told}", style="bold")
                self.say(one.inject.message)

    def values(self, names: tuple[str, ...], shown: Shown) -> None:
        """A table of measures, the teams below the baseline."""
        seen = {"baseline": shown.baseline, **shown.teams}
        rows = {who: [formatted(name, one.values[name]) for name in names] for who, one in seen.items()}
        self._measures("in the world that is played", names, rows)

    def pressure(self, seen: Mapping[str, Seen]) -> None:
        """The pools that held work up."""
        for name, one in seen.items():
            busy = [pool for pool in one.pools if pool.is_busy]
            if busy:
                told = "; ".join(
                    f"{POOLS[p.pool].title} "
                    f"{100 * (p.utilisation or 0):.0f} % busy"
                    + ("" if p.wait is None else f", wait {p.wait:.1f} days")
                    for p in busy
                )
                self.say(f"Bottleneck, {name}: {told}")

    def scores(self, shown: Shown) -> None:
        """Predictions, beside what happened and what the model's own range scored."""
        if shown.scores:
            rows = [
                (
                    team,
                    titled(measure),
                    f"{formatted(measure, one.low)} to {formatted(measure, one.high)}",
                    f"{formatted(measure, one.happened)}{'' if one.is_hit else ' (missed)'}",
                    f"{one.score:.2f}",
                    f"{one.models_score:.2f}",
                )
                for (team, measure), one in shown.scores.items()
            ]
            heads = ("prediction (80 %)", "measure", "range", "happened", "score", "model's score")
            self._table(heads, rows, right=(2, 3, 4, 5))
            self.say(
                "Score: the range's width and ten times the miss, in widths of the baseline's own range."
            )
            self.say("Less is better; nobody gains by quoting a range that they do not believe.")
        for name, (below, among) in shown.harsher.items():
            self.say(f"{MEASURES[name].title}: this world was harsher than {number(below)} of {among}.")

    def hot_wash(self, state: State, whole: Adjudication, epilogue: Adjudication | None) -> None:
        """What nobody could see, luck told from policy, and what is left to the successors."""
        self.heading("Hot wash: what nobody could see")
        names = measures_shown(state, hidden=True)
        rows = {who: [formatted(name, one.value(name)) for name in names] for who, one in _everybody(whole)}
        self._measures("hidden until now", names, rows)
        self.luck(state, whole)
        for team in ("", *whole.teams):
            self.why(team, whole)
        if epilogue is not None:
            self.heading(
                f"What you left to your successors: days {number(epilogue.start)} to {number(epilogue.end)}"
            )
            every = (*measures_shown(state), *names)
            means = {
                who: [formatted(name, one.mean(name)) for name in every] for who, one in _everybody(epilogue)
            }
            self._measures(f"mean over {epilogue.other_worlds}", every, means)
        self.listed("Talk it over", state.plan.debrief_questions or state.scenario.discussion)

    def luck(self, state: State, whole: Adjudication) -> None:
        """Each team's outcome beside the baseline's mean, luck told from policy."""
        rows = [
            (titled(name), team, *_parts(name, one))
            for name in state.scenario.primary_measures
            for team in whole.teams
            if (one := whole.split(team, name)) is not None
        ]
        heads = ("luck and policy", "team", "world luck", "+ policy", "+ how they met", "= beside the mean")
        self._table(heads, rows, right=(2, 3, 4, 5))
        self.say("World luck is the same for every team; nobody is ranked on what luck had a part in.")
        self.say(f"Means are over {whole.other_worlds}.")

    def why(self, team: str, whole: Adjudication) -> None:
        """Where a team's plots were lost, and which pool was the bottleneck."""
        outcome = whole.outcomes[team]
        told = "; ".join(f"{one.realised} ({one.loss.reason})" for one in lost(outcome) if one.realised)
        pool = bottleneck(outcome.realised)
        name = "no pool was a bottleneck" if pool is None else f"the bottleneck was {POOLS[pool.pool].title}"
        if empty := [POOLS[one.pool].title for one in unstaffed(outcome.realised)]:
            name = f"nobody was there to do the work of {', '.join(empty)}, and {name}"
        self.say(
            f"{team or 'Baseline'}: over the whole time {name}. Plots not stopped in time: {told or 'none'}."
        )

    def listed(self, title: str, items: "tuple[str, ...] | list[str]") -> None:
        """A list with a title; nothing, if it is empty."""
        if items:
            self.say(f"{title}:", style="bold")
            for item in items:
                self.say(f"  - {item}")

    def _measures(self, what: str, names: Sequence[str], rows: Mapping[str, Sequence[str]]) -> None:
        """A row for the baseline and every team, a column for each measure."""
        heads = (what, *map(titled, names))
        self._table(heads, [(who, *cells) for who, cells in rows.items()], right=range(1, len(heads)))

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]) -> None:
        self.say()
        print_fitting(self._console, heads, rows, right=right)
        self.say()


def _everybody(found: Adjudication) -> Iterator[tuple[str, Outcome]]:
    """The baseline's outcome, and every team's."""
    yield "baseline", found.baseline
    yield from ((team, found.outcomes[team]) for team in found.teams)


def _parts(name: str, split: Split) -> tuple[str, str, str, str]:
    """World luck, policy, how they met and their sum, rounded so that they add up as they stand."""
    world, policy, total = (rounded(name, part) for part in (split.world, split.policy, split.total))
    return signed(world), signed(policy), signed(total - world - policy), signed(total)
