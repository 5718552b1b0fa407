"""The best mixes in a measure: the set that holds the true best with 95 % confidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tabletop.analysis.compare import FEW_WORLDS
from tabletop.analysis.estimate import CONFIDENCE, mean
from tabletop.analysis.mcb import Bounds, candidates
from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.words import figure, plural
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Interest


@dataclass(frozen=True)
class Candidate:
    """A mix, or `mixes` with equal outcomes in every replication, compared with the best of the others.

    `value` is its mean; `bounds` is the interval of its difference from the best of the others.
    """

    mixes: tuple[str, ...]
    value: float
    bounds: Bounds
    differing: int | None
    """The fewest replications in which it differs from another candidate; None if there is no other."""
    as_good_within_delta: bool
    """Whether it is at most δ worse than the best, and differs from every other in at least 20 worlds."""


@dataclass(frozen=True)
class Best:
    """Which mixes may be the best in one `measure`, over `n` replications, at a `confidence`.

    `direction` is 1 if more is better, −1 if less is, 0 if neither; `delta` is the smallest difference that
    matters, in the measure's unit.
    """

    measure: str
    direction: int
    delta: float
    n: int
    confidence: float
    candidates: tuple[Candidate, ...]
    """All candidates, in the order of the mixes; none if the measure has no preferred direction."""
    missing: tuple[str, ...]
    """Mixes in which the measure is missing, so that they cannot be compared."""

    @property
    def among(self) -> tuple[str, ...]:
        """The mixes that may be the best: the confidence set."""
        return tuple(mix for c in self.candidates if c.bounds.among_best for mix in c.mixes)

    @property
    def as_good_within_delta(self) -> tuple[str, ...]:
        """The mixes that are as good as the best within δ."""
        return tuple(mix for c in self.candidates if c.as_good_within_delta for mix in c.mixes)

    @property
    def alone(self) -> Candidate | None:
        """The one candidate that is shown to be better than all others."""
        leading = [c for c in self.candidates if c.bounds.among_best]
        return leading[0] if len(leading) == 1 and len(self.candidates) > 1 else None

    @property
    def few_worlds_differ(self) -> bool:
        """Whether two candidates differ in fewer than 20 replications, so that the set may be too small."""
        return self.n > 1 and any(
            c.differing is not None and c.differing < FEW_WORLDS for c in self.candidates
        )

    def in_words(self) -> str:
        """The best mixes in words, as a report prints them."""
        words = self._set_in_words()
        if self.few_worlds_differ:
            fewest = min(c.differing for c in self.candidates if c.differing is not None)
            words += f"; few worlds differ ({fewest} of {self.n})"
        if self.missing:
            words += f"; missing: {', '.join(self.missing)}"
        return words

    def _set_in_words(self) -> str:
        if self.direction == 0:
            return "neither more nor less is better: there is no best"
        if not self.candidates:
            return "nothing to average"
        if len(self.candidates) == 1:
            mixes = self.candidates[0].mixes
            if len(mixes) == 1:
                return f"{mixes[0]} is compared with no other"
            return f"no difference seen between {', '.join(mixes)} in {plural(self.n, 'world')}"
        if self.n == 1:
            return "one replication: nothing can be told apart"
        best = self.alone
        if best is not None and len(best.mixes) == 1:
            words = f"best: {best.mixes[0]}"
        elif best is not None:
            words = f"best: {', '.join(best.mixes)}, the same in all {plural(self.n, 'world')}"
        else:
            words = f"among the best: {', '.join(self.among)}"
        if best is None and self.as_good_within_delta:
            words += (
                f"; as good as the best within {figure(self.delta)}: {', '.join(self.as_good_within_delta)}"
            )
        return words


def best(
    outcomes: Outcomes, measure: str, *, direction: int, delta: float, confidence: float = CONFIDENCE
) -> Best:
    """The best mixes of `outcomes` in one measure; `direction` 1: more is better, −1: less, 0: neither."""
    columns = {mix: outcomes.columns[mix][measure] for mix in outcomes.mixes}
    values = {mix: known for mix, column in columns.items() if (known := column.values()) is not None}
    oriented = {mix: [direction * v for v in values[mix]] for mix in values} if direction else {}
    found = candidates(oriented, lambda a, b: columns[a].differing(columns[b]) == 0, confidence)

    def candidate(mixes: tuple[str, ...], bounds: Bounds) -> Candidate:
        others = [other[0] for other in found if other != mixes]
        differing = min((columns[mixes[0]].differing(columns[other]) for other in others), default=None)
        told_apart = differing is None or differing >= FEW_WORLDS or bounds.low == 0
        value = mean(values[mixes[0]])
        return Candidate(mixes, value, bounds, differing, told_apart and bounds.low >= -delta)

    return Best(
        measure=measure,
        direction=direction,
        delta=delta,
        n=len(outcomes.replications),
        confidence=confidence,
        candidates=tuple(candidate(mixes, bounds) for mixes, bounds in found.items()),
        missing=tuple(mix for mix in columns if mix not in values),
    )


def best_mixes(outcomes: Outcomes, interests: Mapping[str, Interest]) -> tuple[Best, ...]:
    """The best mixes in each primary measure, 95 % for each."""
    return tuple(
        best(outcomes, name, direction=MEASURES[name].direction, delta=interests[name].delta)
        for name in outcomes.measures
        if name in interests and interests[name].primary
    )


def in_every_set(found: Iterable[Best]) -> tuple[str, ...]:
    """The mixes among the best in every measure that has a preferred direction."""
    sets = [one.among for one in found if one.direction]
    return tuple(mix for mix in (sets[0] if sets else ()) if all(mix in among for among in sets))
