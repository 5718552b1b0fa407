"""A reveal on the terminal, step by step: predictions, what happened, policy, luck, and then why."""

from collections.abc import Mapping

from tabletop.analysis.bottleneck import BUSY
from tabletop.cli.exercise_screen import Screen
from tabletop.exercise.effect_words import KEY, in_words
from tabletop.exercise.predictions import LEVEL
from tabletop.exercise.reveal import Seen, Shown, measures_shown, overrides_of
from tabletop.exercise.screens import RevealScreen
from tabletop.exercise.state import State
from tabletop.exercise.values import formatted, ranged, rounded, signed, titled, titled_difference
from tabletop.exercise.why import load_in_words
from tabletop.measures import MEASURES
from tabletop.pools import POOLS
from tabletop.scenario.words import number

TITLES = {
    RevealScreen.RANGES: "what the teams expected",
    RevealScreen.HELD: "what happened",
    RevealScreen.DECISIONS: "what was decided",
    RevealScreen.POLICY: "what the policies do",
    RevealScreen.LUCK: "luck told from policy",
    RevealScreen.BUSIEST: "a question",
    RevealScreen.WHY: "why",
}
NEED_OTHER_WORLDS = (RevealScreen.POLICY, RevealScreen.LUCK)


def show(screen: Screen, state: State, shown: Shown, step: RevealScreen) -> None:
    """One step; those that need the other worlds need them simulated."""
    screen.heading(
        f"Move {shown.move + 1}, days {number(shown.start)} to {number(shown.end)}: {TITLES[step]}"
    )
    match step:
        case RevealScreen.RANGES:
            _ranges(screen, state, shown, happened=False)
        case RevealScreen.HELD:
            _news(screen, state, shown)
            _ranges(screen, state, shown, happened=True)
            for act in overrides_of(state, shown.move):
                screen.ruling(act)
        case RevealScreen.DECISIONS:
            _decided(screen, state, shown)
        case RevealScreen.POLICY:
            _policy(screen, shown)
        case RevealScreen.LUCK:
            _luck(screen, state, shown)
        case RevealScreen.BUSIEST:
            _question(screen, shown)
        case RevealScreen.WHY:
            _why(screen, shown)


def values(screen: Screen, state: State, shown: Shown) -> None:
    """All observable measures of this exercise in the world that is played, the teams below the baseline."""
    names = measures_shown(state)
    rows = {who: [one.values[name] for name in names] for who, one in _seen(shown).items()}
    screen.measures("in the world that is played", names, rows)


def _seen(shown: Shown) -> Mapping[str, Seen]:
    return {"baseline": shown.baseline, **shown.teams}


def _ranges(screen: Screen, state: State, shown: Shown, *, happened: bool) -> None:
    """The ranges of every team; with what happened, whether they held it, and under the baseline."""
    measures, move = state.plan.predictions, shown.move
    predicted = [
        one for one in measures if any((team, move, one) in state.predictions for team in shown.teams)
    ]
    heads, rows, held, given = ["80 % ranges" if predicted else "in this world"], [], 0, 0
    for measure in measures:
        heads += [titled(measure)] * (measure in predicted) + ["happened"] * happened
    for team, seen in shown.teams.items():
        row = [team]
        for measure in measures:
            said, value = state.predictions.get((team, move, measure)), seen.values[measure]
            is_missed = said is not None and value is not None and not said.low <= value <= said.high
            given += said is not None and value is not None
            held += said is not None and value is not None and not is_missed
            if measure in predicted:
                row.append("–" if said is None else ranged(measure, said.low, said.high))
            if happened:
                row.append(formatted(measure, value) + (" missed" if is_missed else ""))
        rows.append(row)
    if happened:
        usual = shown.baseline.values
        cells = (part for m in measures for part in [""] * (m in predicted) + [formatted(m, usual[m])])
        rows.append(["baseline", *cells])
    if not predicted:
        heads = ["in this world", *map(titled, measures)]
    screen.table(heads, rows, right=range(1, len(heads)))
    if happened and given:
        screen.say(f"{held} of {given} ranges held what happened ({LEVEL * given:.1f} should).")


def _news(screen: Screen, state: State, shown: Shown) -> None:
    """The injects that happened in the stretch, and in whose world those that waited for a count did."""
    staged = {one.inject.id: one for one in state.injects}
    for inject in shown.news:
        screen.inject(staged[inject.id], inject.day)
    for one in state.injects:
        days = {
            name: each.fired[one.inject.id]
            for name, each in _seen(shown).items()
            if one.inject.id in each.fired
        }
        if days:
            screen.counted(one, ", ".join(f"{name} on day {day:.0f}" for name, day in days.items()))


def _decided(screen: Screen, state: State, shown: Shown) -> None:
    """What every team decided in this move, what is in play, and what it costs a year."""
    rows = []
    for team, seen in shown.teams.items():
        hand, said = state.hand(team, shown.move), state.submissions.get((team, shown.move))
        line = "nothing: it keeps its mix" if said is None else said.decision.line or "keeps its mix"
        cost = number(round(hand.yearly_cost(), 6)) + (" OVERSPENT" if seen.is_overspent else "")
        rows.append((team, line, " ".join(hand.codes) or "the baseline", cost))
    screen.table(("team", "decided", "in play", "a year"), rows, right=(3,))
    for team, seen in shown.teams.items():
        if seen.is_silent:
            screen.say(f"{team} submitted nothing and kept its mix.")
        if seen.is_overspent:
            screen.say(f"{team} is overspent: its mix costs more than the budget, which was cut.")


def _policy(screen: Screen, shown: Shown) -> None:
    """For each team the measures in which it differs most: what happened, and the mean over other worlds."""
    worlds = 0
    for team in shown.teams:
        leading = shown.leading(team)
        screen.say(team, style="bold")
        if leading and all(one.has_baselines_mix for one in leading):
            screen.below("It has the baseline's mix, and its results.")
            continue
        for one in leading:
            worlds = 0 if one.contrast is None else one.contrast.n
            screen.below(in_words(one))
    if worlds:
        screen.say(f"{KEY} There are {worlds} other worlds.")


def _luck(screen: Screen, state: State, shown: Shown) -> None:
    """What happened minus the baseline's mean, as policy and luck, in the measures that were predicted."""
    measures = [name for name in state.plan.predictions if name in shown.measures]
    heads = ["beside the baseline's mean"]
    for name in measures:
        heads += [f"{titled_difference(name)}: policy", "+ luck", "= happened"]
    rows = []
    for team in shown.teams:
        row = [team]
        for name in measures:
            parts = shown.effects[team, name].split
            if parts is None:
                row += ["missing"] * 3
                continue
            policy, total = rounded(name, parts.policy), rounded(name, parts.total)
            row += [signed(policy), signed(total - policy), signed(total)]
        rows.append(row)
    screen.table(heads, rows, right=range(1, len(heads)))
    screen.say("Luck is this world, the same for all, and how the policy met it. Nobody is ranked.")
    for name, (below, among) in shown.harsher.items():
        screen.say(f"{MEASURES[name].title}: this world was harsher than {number(below)} of {among}.")


def _staffed(shown: Shown) -> tuple[str, ...]:
    """The pools that have a load in anybody's world, in their order."""
    return tuple(
        pool.pool
        for place, pool in enumerate(shown.baseline.pools)
        if any(one.pools[place].utilisation is not None for one in _seen(shown).values())
    )


def _question(screen: Screen, shown: Shown) -> None:
    """The question, before the answer."""
    names = ", ".join(POOLS[pool].title for pool in _staffed(shown))
    screen.say(f"Ask the teams: which of your services was the busiest, and what waited? {names}.")


def _why(screen: Screen, shown: Shown) -> None:
    """How busy each service was, and the bottleneck with its wait."""
    staffed, rows = _staffed(shown), []
    for who, one in _seen(shown).items():
        by_pool = {pool.pool: pool for pool in one.pools}
        busiest = one.bottleneck
        wait = "" if busiest is None or busiest.wait is None else f", wait {busiest.wait:.1f} days"
        loads = (by_pool[pool].utilisation for pool in staffed)
        rows.append(
            (
                who,
                "none" if busiest is None else f"{POOLS[busiest.pool].title}{wait}",
                *map(load_in_words, loads),
            )
        )
    heads = ("busy", "bottleneck", *(POOLS[pool].title for pool in staffed))
    screen.table(heads, rows, right=range(2, len(heads)))
    screen.say(f"The busiest is called the bottleneck from {100 * BUSY:.0f} % on: there work piles up.")
