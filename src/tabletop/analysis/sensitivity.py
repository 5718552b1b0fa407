"""Sensitivity to the levers: what a unit spent on each buys, and on which the next is best spent.

A step moves one lever, at a price. Its effect is the paired difference from the chosen mix, divided
by what is spent; a step down is paid for with a negative sum, so that both directions read alike:
what a unit more buys, and what a unit less gives up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.analysis.compare import FEW_WORLDS
from tabletop.analysis.estimate import CONFIDENCE, Interval, mean, t_interval
from tabletop.analysis.mcb import candidates
from tabletop.analysis.outcomes import Column


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
    replication, and where no replication differs."""

    @property
    def few_worlds_differ(self) -> bool:
        """Whether so few replications differ that the interval covers less than it says."""
        return self.interval is not None and self.differing < FEW_WORLDS

    def helps(self, direction: int) -> bool:
        """Whether its interval is on the good side of 0."""
        return self.interval is not None and (
            self.interval.low > 0 if direction > 0 else self.interval.high < 0
        )


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
        words = f"the next unit is best spent on {self.best}"
        if not effect.helps(self.direction):
            words += ", though it is not shown to help"
        if effect.few_worlds_differ:
            words += f"; few worlds differ ({effect.differing} of {self.n})"
        return words


def sensitivity(chosen: Column, steps: Sequence[StepOutcome], *, measure: str, direction: int) -> Sensitivity:
    """What the steps change from the chosen mix in one measure.

    Intervals hold together over all steps, up and down (Bonferroni). Which step up is best is asked
    of the paired differences between the steps themselves (`candidates`), 95 % for the measure;
    steps that came to the same in every replication enter as one.
    """
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(steps))
    columns = [_per_unit(step, chosen) for step in steps]
    effects = [_effect(*pair, chosen, confidence) for pair in zip(steps, columns, strict=True)]
    oriented = {
        step.lever: [direction * v for v in column]
        for step, column in zip(steps, columns, strict=True)
        if step.up and column is not None
    }
    found = candidates(oriented) if direction else {}
    return Sensitivity(
        measure,
        direction,
        len(chosen),
        _ranked((effect for effect in effects if effect.spent > 0), direction),
        _ranked((effect for effect in effects if effect.spent < 0), direction),
        tuple(lever for levers, bounds in found.items() if bounds.among_best for lever in levers),
    )


def _per_unit(step: StepOutcome, chosen: Column) -> list[float] | None:
    """The paired differences per unit spent; exactly 0 where a step never changes anything."""
    ours, theirs = step.outcome.values(), chosen.values()
    if ours is None or theirs is None:
        return None
    if step.outcome.differing(chosen) == 0:
        return [0.0] * len(chosen)
    return [(y - x) / step.spent for y, x in zip(ours, theirs, strict=True)]


def _effect(
    step: StepOutcome, per_unit: list[float] | None, chosen: Column, confidence: float
) -> LeverEffect:
    differing = step.outcome.differing(chosen)
    interval = t_interval(per_unit, confidence) if per_unit and differing else None
    value = mean(per_unit) if per_unit else None
    return LeverEffect(step.lever, step.spent, len(chosen), differing, value, interval)


def _ranked(effects: Iterable[LeverEffect], direction: int) -> tuple[LeverEffect, ...]:
    """Best first; effects that are missing last; equals in the order given."""

    def place(effect: LeverEffect) -> tuple[bool, float]:
        return effect.per_unit is None, -direction * (effect.per_unit or 0.0)

    return tuple(sorted(effects, key=place))
