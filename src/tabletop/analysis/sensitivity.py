"""Sensitivity to the levers: what a unit spent on each buys, and on which the next is best spent.

A step moves one lever, at a price. Its effect is the paired difference from the chosen mix, divided
by what is spent; a step down is paid for with a negative sum, so that both directions read alike:
what a unit more buys, and what a unit less gives up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tabletop.analysis.basis import SKEWED, worlds_that_differ
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS, Interval
from tabletop.analysis.mcb import candidates
from tabletop.analysis.outcomes import ROUNDING, Column
from tabletop.analysis.paired import Paired, scarce
from tabletop.measures import MEASURES


@dataclass(frozen=True)
class StepOutcome:
    """One lever moved from the chosen mix, and what that came to in one measure."""

    lever: str
    spent: float
    """Cost units a year; negative for a step down. Never 0: a lever without cost has no such effect."""
    outcome: Column
    """The measure in the mix with this lever moved."""

    @property
    def up(self) -> bool:
        """Whether money is spent, and not saved."""
        return self.spent > 0


@dataclass(frozen=True)
class LeverEffect:
    """What a unit spent on one lever changes in one measure, with its paired interval."""

    lever: str
    spent: float
    n: int
    differing: int
    """Replications in which the step changes the measure at all."""
    per_unit: float | None
    """None where the measure is missing."""
    interval: Interval | None
    """Holds together with those of all other steps; None where the measure is missing, for one
    replication, where all have the same effect, and where fewer than two have a denominator."""
    rests_on: str = ""
    """Of a ratio that has a denominator in fewer than 20 replications: what it rests on."""
    is_skewed: bool = False
    """Whether there are too few replications for the skewness seen."""
    is_equal: bool = False
    """Whether the effect is the same in 20 replications or more, all that differ."""

    @property
    def few_worlds_differ(self) -> bool:
        """Whether so few replications differ that the interval covers less than it says."""
        return self.per_unit is not None and 0 < self.differing < FEW_WORLDS

    @property
    def cautions(self) -> tuple[str, ...]:
        """What is to be known beside the effect."""
        few = worlds_that_differ(self.differing, self.n) if self.few_worlds_differ else ""
        skewed = SKEWED if self.is_skewed and self.interval is not None else ""
        return tuple(caution for caution in (few, self.rests_on, skewed) if caution)

    def helps(self, direction: int) -> bool:
        """Whether it is known to be on the good side of 0."""
        if self.interval is None:
            return self.is_equal and direction * (self.per_unit or 0.0) > 0
        return self.interval.low > 0 if direction > 0 else self.interval.high < 0


@dataclass(frozen=True)
class Sensitivity:
    """What every step changes in one measure, and which of the steps up may be the best."""

    measure: str
    direction: int
    n: int
    ups: tuple[LeverEffect, ...]
    """Steps up, from the best point estimate to the worst; in the order given if there is no better."""
    downs: tuple[LeverEffect, ...]
    """Steps down, in the same order: that which gives up most per unit first."""
    among_best: tuple[str, ...]
    """G: the levers on which the next unit may be best spent, with 95 % confidence."""
    differing: int = FEW_WORLDS
    """Where one lever is the best: the fewest replications in which its effect is not that of another."""

    @property
    def best(self) -> str | None:
        """The lever on which the next unit is best spent, if one can be told from all others."""
        return self.among_best[0] if len(self.among_best) == 1 and len(self._known) > 1 else None

    @property
    def _known(self) -> list[LeverEffect]:
        """The steps up whose effect can be averaged."""
        return [effect for effect in self.ups if effect.per_unit is not None]

    def in_words(self) -> str:
        """On what the next unit is best spent, as a report says it."""
        if self.direction == 0:
            return "neither more nor less is better: nothing is best bought"
        if not self.among_best:
            return "there is no lever that money can move here"
        if self.best is None:
            if len(self._known) == 1:
                return f"{self._known[0].lever} is the only lever that money can move here"
            return f"nothing can be told apart yet between {', '.join(self.among_best)}"
        (effect,) = (effect for effect in self.ups if effect.lever == self.best)
        differing = min(effect.differing, self.differing)
        if differing < FEW_WORLDS or effect.rests_on:  # then nothing is recommended
            few = effect.rests_on or worlds_that_differ(differing, self.n)
            return f"{self.best} leads; {few}"
        words = f"the next unit is best spent on {self.best}"
        if not effect.helps(self.direction):
            words += ", though it is not shown to help"
        return words


def sensitivity(chosen: Column, steps: Sequence[StepOutcome], *, measure: str, direction: int) -> Sensitivity:
    """What the steps change from the chosen mix in one measure.

    Intervals hold together over all steps, up and down (Bonferroni). Which step up is best is asked
    of the paired differences between the steps themselves (`candidates`), 95 % for the measure;
    steps that came to the same in every replication enter as one.
    """
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(steps))
    effects = [_effect(step, chosen, measure, confidence) for step in steps]
    columns = {step.lever: _per_unit(step, chosen) for step in steps if step.up}
    oriented = {
        lever: [direction * v for v in column] for lever, column in columns.items() if column is not None
    }
    resting = {step.lever: min(step.outcome.resting, chosen.resting) for step in steps if step.up}
    found = candidates(oriented, resting=resting) if direction else {}
    among_best = tuple(lever for levers, bounds in found.items() if bounds.among_best for lever in levers)
    return Sensitivity(
        measure,
        direction,
        len(chosen),
        _ranked((effect for effect in effects if effect.spent > 0), direction),
        _ranked((effect for effect in effects if effect.spent < 0), direction),
        among_best,
        _fewest_differing(among_best, oriented) if len(found) > 1 and len(among_best) == 1 else FEW_WORLDS,
    )


def _fewest_differing(best: Sequence[str], effects: Mapping[str, Sequence[float]]) -> int:
    """The fewest replications in which the one best effect is not that of another lever."""
    (lever,) = best
    ours = effects[lever]
    scale = ROUNDING * max(abs(value) for column in effects.values() for value in column)
    return min(
        sum(abs(a - b) > scale for a, b in zip(ours, theirs, strict=True))
        for other, theirs in effects.items()
        if other != lever
    )


def _per_unit(step: StepOutcome, chosen: Column) -> list[float] | None:
    """The paired differences per unit spent; exactly 0 where a step never changes anything."""
    ours, theirs = step.outcome.values(), chosen.values()
    if ours is None or theirs is None:
        return None
    if step.outcome.differing(chosen) == 0:
        return [0.0] * len(chosen)
    return [(y - x) / step.spent for y, x in zip(ours, theirs, strict=True)]


def _effect(step: StepOutcome, chosen: Column, measure: str, confidence: float) -> LeverEffect:
    columns = {"moved": step.outcome, "chosen": chosen}
    n, differing = len(chosen), step.outcome.differing(chosen)
    paired = Paired.of(columns, {"moved": 1 / step.spent, "chosen": -1 / step.spent})
    if paired is None:
        return LeverEffect(step.lever, step.spent, n, differing, None, None)
    basis = scarce(columns[paired.scarcest], MEASURES[measure])
    known = bool(differing) and not paired.tells_too_little
    return LeverEffect(
        step.lever,
        step.spent,
        n,
        differing,
        paired.moments.mean if differing else 0.0,
        paired.interval(confidence) if known else None,
        rests_on=basis.rests_on() if basis.is_thin else "",
        is_skewed=paired.is_skewed,
        is_equal=known and paired.is_equal,
    )


def _ranked(effects: Iterable[LeverEffect], direction: int) -> tuple[LeverEffect, ...]:
    """Best first; effects that are missing last; equals in the order given."""

    def place(effect: LeverEffect) -> tuple[bool, float]:
        return effect.per_unit is None, -direction * (effect.per_unit or 0.0)

    return tuple(sorted(effects, key=place))
