"""The hot wash on the terminal, page by page: three lines a team, what was hidden, luck, what is left."""

from collections.abc import Iterator

from tabletop.cli.exercise_screen import Screen
from tabletop.exercise.adjudication import Adjudication, Adjudicator, Outcome
from tabletop.exercise.effect_words import KEY, in_words, on_average
from tabletop.exercise.luck import Split
from tabletop.exercise.policy_effect import policy_effect
from tabletop.exercise.predictions import LEVEL
from tabletop.exercise.reveal import LEADING, effects, leading, measures_shown, shown
from tabletop.exercise.screens import HotWashScreen
from tabletop.exercise.state import State
from tabletop.exercise.values import rounded, signed, titled, titled_difference
from tabletop.exercise.why import bottleneck, lost, unstaffed
from tabletop.measures import COST
from tabletop.pools import POOLS
from tabletop.scenario.words import number

TITLES = {
    HotWashScreen.TEAMS: "three lines a team",
    HotWashScreen.HIDDEN: "what nobody could see",
    HotWashScreen.SPLIT: "luck told from policy",
    HotWashScreen.EPILOGUE: "what you left to your successors",
    HotWashScreen.QUESTIONS: "questions to talk over",
}
NOTHING_HIDDEN = (
    "Every measure of this exercise could be seen all along; only the plots themselves were hidden."
)


def show(screen: Screen, state: State, adjudicator: Adjudicator, page: HotWashScreen) -> None:
    """One page; the other worlds are simulated to the very end."""
    whole = adjudicator.so_far(state, len(state.plan.moves) - 1)
    screen.heading(f"Hot wash: {TITLES[page]}")
    match page:
        case HotWashScreen.TEAMS:
            _teams(screen, state, adjudicator, whole)
        case HotWashScreen.HIDDEN:
            _hidden(screen, state, whole)
        case HotWashScreen.SPLIT:
            _luck(screen, state, whole)
        case HotWashScreen.EPILOGUE:
            _epilogue(screen, state, adjudicator)
        case HotWashScreen.QUESTIONS:
            screen.listed("Talk it over", state.plan.debrief_questions or state.scenario.discussion)


def _teams(screen: Screen, state: State, adjudicator: Adjudicator, whole: Adjudication) -> None:
    """For each team its ranges, its largest effect, and its bottleneck."""
    last = len(state.plan.moves) - 1
    found = effects(state, whole, last)
    scores = [
        (team, one)
        for move in range(last + 1)
        for (team, _), one in shown(state, adjudicator, move).scores.items()
    ]
    for team in whole.teams:
        screen.say(team, style="bold")
        own = [one for who, one in scores if who == team]
        if own:
            mean = sum(one.score for one in own) / len(own)
            models = sum(one.models_score for one in own) / len(own)
            screen.below(
                f"{sum(one.is_hit for one in own)} of {len(own)} ranges held what happened "
                f"({LEVEL * len(own):.1f} should); mean score {mean:.2f}, the model's own {models:.2f}"
            )
        for one in leading(found, team, 1):
            screen.below(in_words(one))
        screen.below(_pressure(whole.outcomes[team]))
    if scores:
        screen.say(
            "Score: a range's width and ten times its miss, in widths of the baseline's; less is better."
        )


def _pressure(outcome: Outcome) -> str:
    pool = bottleneck(outcome.realised)
    name = "No service was a bottleneck" if pool is None else f"The bottleneck was {POOLS[pool.pool].title}"
    if empty := [POOLS[one.pool].title for one in unstaffed(outcome.realised)]:
        return f"{name}; nobody was there to do the work of {', '.join(empty)}"
    return name


def _hidden(screen: Screen, state: State, whole: Adjudication) -> None:
    """Measures that nobody could see, and where plots were lost."""
    names = measures_shown(state, hidden=True)
    rows = {who: [one.value(name) for name in names] for who, one in _everybody(whole)}
    if names:
        screen.measures("hidden until now", names, rows)
    else:
        screen.say(NOTHING_HIDDEN)
    screen.say("Plots not stopped in time, and why:", style="bold")
    for who, outcome in _everybody(whole):
        told = "; ".join(f"{one.realised} ({one.loss.reason})" for one in lost(outcome) if one.realised)
        screen.below(f"{who}: {told or 'none'}")


def _luck(screen: Screen, state: State, whole: Adjudication) -> None:
    """Each team's outcome beside the baseline's mean, luck told from policy."""
    rows = [
        (titled_difference(name), team, *_parts(name, one))
        for name in state.scenario.primary_measures
        for team in whole.teams
        if (one := whole.split(team, name)) is not None
    ]
    heads = ("luck and policy", "team", "world luck", "+ policy", "+ how they met", "= beside the mean")
    screen.table(heads, rows, right=(2, 3, 4, 5))
    screen.say("World luck is the same for every team; nobody is ranked on what luck had a part in.")
    screen.say(f"Means are over {whole.other_worlds}.")


def _epilogue(screen: Screen, state: State, adjudicator: Adjudicator) -> None:
    epilogue = adjudicator.epilogue(state)
    assert epilogue is not None
    screen.say(
        f"Days {number(epilogue.start)} to {number(epilogue.end)}, with the mixes that teams had last."
    )
    every = (*measures_shown(state), *measures_shown(state, hidden=True))
    for team in epilogue.teams:
        screen.say(team, style="bold")
        is_baseline = not state.hand(team).played
        if is_baseline:
            screen.below("It leaves the baseline's mix, and its results.")
            continue
        found = (
            policy_effect(state.scenario, epilogue, team, name, is_baseline=False)
            for name in every
            if name != COST
        )
        for one in sorted(found, key=lambda effect: -effect.mean_in_deltas)[:LEADING]:
            assert one.contrast is not None
            said = on_average(one, one.contrast)
            screen.below(f"{titled(one.measure)}: {said[0].lower()}{said[1:]}.")
    screen.say(f"{KEY} They are {epilogue.other_worlds}; the report has every measure.")


def _everybody(found: Adjudication) -> Iterator[tuple[str, Outcome]]:
    """The baseline's outcome, and every team's."""
    yield "baseline", found.baseline
    yield from ((team, found.outcomes[team]) for team in found.teams)


def _parts(name: str, split: Split) -> tuple[str, str, str, str]:
    """World luck, policy, how they met and their sum, rounded so that they add up as they stand."""
    world, policy, total = (rounded(name, part) for part in (split.world, split.policy, split.total))
    return signed(world), signed(policy), signed(total - world - policy), signed(total)
