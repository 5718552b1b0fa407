"""The screen of an exercise: what a controller's terminal shows, and how."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from tabletop.cli.layout import print_fitting
from tabletop.exercise.acts import Override
from tabletop.exercise.disclosure import receives
from tabletop.exercise.last_year import LastYear
from tabletop.exercise.log_words import override_in_words
from tabletop.exercise.offer import offer
from tabletop.exercise.readers import EVERYBODY
from tabletop.exercise.state import State, Status
from tabletop.exercise.values import formatted, in_column, titled, titled_entry
from tabletop.safe_text import safe
from tabletop.scenario.staged import StagedInject
from tabletop.scenario.words import number

BRAND = "EXERCISE"
MARK = "EXERCISE EXERCISE EXERCISE"


class Screen:
    """Prints what an exercise shows; it decides nothing."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str = "", style: str | None = None) -> None:
        """A paragraph."""
        self._console.print(text, style=style)

    def below(self, text: str) -> None:
        """A paragraph that belongs to the line above: set in, whole."""
        self._console.print(Padding(Text(safe(text)), (0, 0, 0, 2)))

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
            self.table(("before day 0, in the world that is played", "observed"), rows, right=(1,))

    def cards(self, state: State) -> None:
        """The decision form."""
        form, budget = state.plan.decision_form, state.budget()
        if form is None:
            self.say("There is nothing to decide: teams predict.")
            return
        rows = [(one.code, one.title, one.changes, one.cost, one.lead) for one in offer(state.scenario)]
        self.table(("card", "decision", "changes", "a year", "works after"), rows, right=(3,))
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
                self.inject(one, standing.day)
        self.listed("Talk it over", move.questions)

    def inject(self, one: StagedInject, day: float) -> None:
        """One inject, in large type, with how it reaches the players; if it is for some alone, for whom."""
        self._inject(one, f"day {number(day)} · {one.inject.title}")

    def counted(self, one: StagedInject, where: str) -> None:
        """An inject that waited for a count and has happened by itself, in large type, with where it did."""
        foot = f"It happened by itself: {where}."
        if receives(one, EVERYBODY):
            foot += f" For the room's screen: show inject {one.inject.id}"
        self._inject(one, one.inject.title, foot)

    def _inject(self, one: StagedInject, head: str, *more: str) -> None:
        foot = [f"{one.staging.mode}, from {one.staging.sender}", *more]
        if not receives(one, EVERYBODY):
            head = f"for {' and '.join(one.staging.recipients)} only · {head}"
            foot.append("Hand it over on paper or by phone: the room's screen does not show it.")
        self.card(f"{BRAND} · {head}", one.inject.message, "\n".join(foot))

    def ruling(self, act: Override) -> None:
        """A ruling, or the effects of an override, in large type."""
        whom = act.team or "all teams"
        if act.ruling:
            self.card(f"{BRAND} · Ruling for {whom}", act.ruling, "beside the model's result")
            return
        day, told = number(act.day or 0.0), override_in_words(act).replace("; ", "\n")
        self.card(f"{BRAND} · day {day} · Override for {whom}", told, "simulated, from that day on")

    def card(self, head: str, text: str, foot: str) -> None:
        """Something for the whole room, framed so that nobody overlooks it."""
        inside = Text(safe(head), style="bold")
        for part, style in ((text, ""), (foot, "dim")):
            if part:
                inside.append(f"\n\n{safe(part)}", style=style)
        self._console.print(Panel(inside, box=box.HEAVY, padding=(1, 3)))

    def standing(self, state: State) -> None:
        """What every team has in play, and what it costs, with the teams' numbers."""
        budget = state.budget()
        for place, team in enumerate(state.teams, start=1):
            hand = state.hand(team)
            cost = f"{number(round(hand.yearly_cost(), 6))} a year"
            of = "" if budget is None else f" of {number(round(budget, 6))}"
            silent = state.plan.decision_form is not None and (team, state.move) not in state.submissions
            decided = " · nothing submitted in this move" if silent else ""
            over = " · OVERSPENT" if state.is_overspent(team) else ""
            self.say(f"{place} {team}: {' '.join(hand.codes) or 'the baseline'} · {cost}{of}{over}{decided}")

    def listed(self, title: str, items: "tuple[str, ...] | list[str]") -> None:
        """A list with a title; nothing, if it is empty."""
        if items:
            self.say(f"{title}:", style="bold")
            for item in items:
                self.below(f"- {item}")

    def measures(self, what: str, names: Sequence[str], rows: Mapping[str, Sequence[float | None]]) -> None:
        """A row for the baseline and every team, a column for each measure."""
        heads = (what, *map(titled_entry, names))
        cells = [(who, *map(in_column, names, values)) for who, values in rows.items()]
        self.table(heads, cells, right=range(1, len(heads)))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]) -> None:
        """A table in which no number is cut; `right` are the positions of columns of numbers."""
        self.say()
        print_fitting(self._console, heads, rows, right=right)
        self.say()
