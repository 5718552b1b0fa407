"""Screening: successive halving on common luck, and whose constraints are shown to be broken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tabletop.analysis.halving import best, kept_of
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.paired import Paired
from tabletop.measures import MEASURES

FURTHER_WORLDS = (8, 24, 64)
"""Worlds of each stage, in addition to those before it."""
Simulate = Callable[[Sequence[str], range], Outcomes]
"""Simulates some mixes in worlds that are further on than those before, and returns all worlds so far."""


@dataclass(frozen=True)
class Goal:
    """What a search aims at, and what it must not break."""

    aims: tuple[str, ...]
    """One to three primary measures."""
    constraints: Mapping[str, float]
    """Measures in which a mix must not be worse than the baseline by δ, with that δ."""


@dataclass(frozen=True)
class Stage:
    """One stage of screening: what was looked at, in how many worlds, and who was kept."""

    worlds: int
    """Of all stages so far."""
    scores: Mapping[str, tuple[float, ...]]
    """The mean difference from the baseline in every aim, by candidate, in the unit of the measure."""
    broken: tuple[str, ...]
    """Candidates with a constraint that is shown to be broken."""
    kept: tuple[str, ...]
    """Those that are looked at longer; of the last stage, the finalists."""


def screened(
    candidates: Sequence[str],
    baseline: str,
    goal: Goal,
    simulate: Simulate,
    *,
    finalists: int,
    further: Sequence[int] = FURTHER_WORLDS,
    done: Callable[[Stage], object] = lambda _: None,
) -> tuple[Stage, ...]:
    """Every stage of screening; the last keeps the finalists. `done` is told of each as it ends."""
    stages: list[Stage] = []
    left, first = tuple(candidates), 0
    for place, worlds in enumerate(further):
        outcomes = simulate((baseline, *left), range(first, first + worlds))
        first += worlds
        is_last = place + 1 == len(further)
        number = finalists if is_last else max(finalists, kept_of(len(left)))
        stages.append(_stage(outcomes, left, baseline, goal, number))
        done(stages[-1])
        left = stages[-1].kept
    return tuple(stages)


def _stage(outcomes: Outcomes, candidates: Sequence[str], baseline: str, goal: Goal, number: int) -> Stage:
    reference = outcomes.columns[baseline]
    scores: dict[str, tuple[float, ...]] = {}
    broken: list[str] = []
    for name in candidates:
        own = outcomes.columns[name]
        differences = [mean_difference(own[aim], reference[aim]) for aim in goal.aims]
        known = [one for one in differences if one is not None]
        if len(known) == len(differences):
            scores[name] = tuple(known)
        if name not in scores or any(
            is_broken(own[measure], reference[measure], MEASURES[measure].direction, delta)
            for measure, delta in goal.constraints.items()
        ):
            broken.append(name)
    oriented = {
        name: [MEASURES[aim].direction * score for aim, score in zip(goal.aims, of, strict=True)]
        for name, of in scores.items()
    }
    kept = best(oriented, frozenset(broken), number)
    return Stage(len(outcomes.replications), scores, tuple(broken), kept)


def mean_difference(own: Column, reference: Column) -> float | None:
    """The mean paired difference; None where the measure is missing."""
    ours, theirs = own.values(), reference.values()
    if ours is None or theirs is None:
        return None
    return sum(a - b for a, b in zip(ours, theirs, strict=True)) / len(ours)


def is_broken(own: Column, reference: Column, direction: int, delta: float) -> bool:
    """Whether it is shown, at 97.5 % from one side, to be worse than the baseline by more than δ."""
    paired = Paired.of({"own": own, "reference": reference}, {"own": 1.0, "reference": -1.0})
    if paired is None or not paired.differing:
        return False
    interval = paired.interval(CONFIDENCE)
    if interval is None:
        is_known = paired.is_equal and min(paired.differing, paired.resting) >= FEW_WORLDS
        return is_known and -direction * paired.moments.mean > delta
    return (-interval.high if direction > 0 else interval.low) > delta
