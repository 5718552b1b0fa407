"""The effect of each card alone, reveal by reveal, against the baseline in the same worlds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tabletop.analysis.moments import Moments
from tabletop.exercise.acts import LogEntry, Start
from tabletop.exercise.columns import Worlds, column_of, mean_of, paired
from tabletop.exercise.courses import Courses
from tabletop.exercise.entry_line import parse
from tabletop.exercise.hand import Hand
from tabletop.exercise.interim_cache import InterimCache, Progress
from tabletop.exercise.luck import seed_of
from tabletop.exercise.reveal import OBSERVABLE, measures_shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State
from tabletop.exercise.teaching.dominance import dominated
from tabletop.exercise.teaching.effects import CardEffect, CardEffects, Effect, Period, Sight
from tabletop.exercise.visible import differs, visible_difference
from tabletop.measures import COST, MEASURES
from tabletop.scenario.choices import Choice, choices_of
from tabletop.scenario.scenario import Scenario


def card_effects(
    scenario: Scenario, *, secret: str, others: int, workers: int = 1, progress: Progress | None = None
) -> CardEffects | None:
    """Simulate every card alone, played as early as it can be and kept; None where nothing is decided.

    The worlds are the `others + 1` of an exercise with that secret, the same for every card.
    """
    plan, choices = scenario.exercise, choices_of(scenario)
    if plan is None or plan.decision_form is None or not choices:
        return None
    start = Start(secret=secret, teams=plan.teams, others=others)
    state = State.of(scenario, [LogEntry(number=1, at=0.0, by=CONTROLLER, act=start)])
    seeded = scenario.model_copy(
        update={"seed": seed_of(scenario.seed, secret), "injects": state.injects_in_force()}
    )
    mixes = {
        one.code: Hand(scenario).after(parse(one.code, plan.decision_form), one.first_move).mix()
        for one in choices
    }
    courses, periods = Courses(seeded, mixes), _periods(state)
    days = sorted({one.end for one in periods})
    cache, worlds = InterimCache(workers=workers), range(others + 1)
    with cache.at_work():
        cache.make(courses, worlds, days, progress)

    def read(course: str, period: Period) -> Worlds:
        late = cache.readings(courses, course, worlds, period.end)
        if period.start <= 0:
            return late
        early = cache.readings(courses, course, worlds, period.start)
        return tuple(one.since(before) for one, before in zip(late, early, strict=True))

    together = len(choices) * sum(len(period.measures) for period in periods)
    effects = []
    for period in periods:
        usual = read(courses.baseline, period)
        effects += [
            _card_effect(scenario, one, period, read(one.code, period), usual, together) for one in choices
        ]
    idle = [one for one in choices if not any(e.sight is Sight.SHOWS for e in effects if e.choice == one)]
    unseen = tuple(name for name in OBSERVABLE if name not in periods[0].measures and name != COST)
    wider = [replace(period, measures=unseen) for period in periods if period.move is not None]
    elsewhere = {
        one.code: _would_show(
            _card_effect(
                scenario,
                one,
                period,
                read(one.code, period),
                read(courses.baseline, period),
                len(idle) * len(wider) * len(unseen),
            )
            for period in wider
        )
        for one in idle
    }
    whole = [
        (measures, {name: read(name, period) for name in courses.names})
        for period, measures in _judged(state, periods)
    ]
    return CardEffects(
        scenario=scenario,
        choices=choices,
        periods=periods,
        effects=tuple(effects),
        dominated=dominated(scenario, choices, courses.baseline, whole),
        elsewhere=elsewhere,
        worlds=others + 1,
        intervals_together=together,
    )


def _periods(state: State) -> tuple[Period, ...]:
    """The reveals, the hot wash and the epilogue, each with what it shows; without what is decided."""
    seen = tuple(name for name in measures_shown(state) if name != COST)
    hidden = measures_shown(state, hidden=True)
    moves, end = state.plan.moves, state.scenario.horizon_days
    reveals = [
        Period(f"reveal {number}", move.day, state.ends(number - 1), seen, number - 1)
        for number, move in enumerate(moves, start=1)
    ]
    hot_wash = [Period("hot wash", 0.0, end, hidden)] if hidden else []
    days = state.plan.epilogue_days
    epilogue = [Period("epilogue", end, end + days, (*seen, *hidden))] if days else []
    return (*reveals, *hot_wash, *epilogue)


def _judged(state: State, periods: Sequence[Period]) -> list[tuple[Period, tuple[str, ...]]]:
    """The stretches over which cards are compared with each other, and in which measures."""
    end = state.scenario.horizon_days
    shown = (*measures_shown(state), *measures_shown(state, hidden=True))
    measures = tuple(name for name in shown if name != COST and MEASURES[name].direction)
    stretches = [Period("exercise", 0.0, end, measures), *(one for one in periods if one.start >= end)]
    return [(one, measures) for one in stretches]


def _card_effect(
    scenario: Scenario, choice: Choice, period: Period, own: Worlds, usual: Worlds, together: int
) -> CardEffect:
    effects, seen_in = [], [False] * len(own)
    for measure in period.measures:
        column, reference = column_of(own, measure), column_of(usual, measure)
        each = [
            differs(scenario, measure, mine, its)
            for mine, its in zip(column.each(), reference.each(), strict=True)
        ]
        seen_in = [before or now for before, now in zip(seen_in, each, strict=True)]
        known = [one for one in reference.each() if one is not None]
        effects.append(
            Effect(
                measure,
                paired(column, reference, measure, choice.code, "", together),
                visible_difference(scenario, measure, mean_of(reference)),
                Moments.of(known).deviation if known else 0.0,
                sum(each),
            )
        )
    return CardEffect(choice, period, tuple(effects), sum(seen_in), len(own))


def _would_show(effects: Iterable[CardEffect]) -> tuple[str, ...]:
    """The measures in which a card shows at one of several reveals, by the largest effect."""
    sizes: dict[str, float] = {}
    for one in (effect for card in effects for effect in card.effects if effect.sight is Sight.SHOWS):
        sizes[one.measure] = max(one.size, sizes.get(one.measure, 0.0))
    return tuple(sorted(sizes, key=lambda name: -sizes[name]))
