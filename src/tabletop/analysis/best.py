"""The best mixes in a measure: the set that holds the true best with 95 % confidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tabletop.analysis.basis import worlds_that_differ
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.mcb import Bounds, candidates
from tabletop.analysis.moments import mean
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.paired import Paired, scarce
from tabletop.analysis.words import delta_in_words, plural
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
    rests_on: str = ""
    """Of a ratio that has a denominator in fewer than 20 replications: what it rests on."""
    undecided: bool = False
    """Whether the interval of its difference from the one best holds 0, when all of a comparison hold."""


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
    scarce: tuple[str, ...] = ()
    """Mixes in which a ratio has a denominator in one replication alone, so that they are not compared."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The mixes of which the measure tells nothing."""
        return (*self.missing, *self.scarce)

    @property
    def among(self) -> tuple[str, ...]:
        """The mixes that may be the best: the confidence set."""
        return tuple(mix for c in self.candidates if c.bounds.among_best for mix in c.mixes)

    @property
    def as_good_within_delta(self) -> tuple[str, ...]:
        """The mixes that are as good as the best within δ."""
        return tuple(mix for c in self.candidates if c.as_good_within_delta for mix in c.mixes)

    @property
    def perhaps_within_delta(self) -> tuple[str, ...]:
        """The mixes outside the set that are neither as good within δ nor shown to be more than δ behind."""
        return tuple(
            mix
            for c in self.candidates
            if not (c.bounds.among_best or c.as_good_within_delta) and c.bounds.nearest > -self.delta
            for mix in c.mixes
        )

    @property
    def alone(self) -> Candidate | None:
        """The one candidate that is shown to be better than all others."""
        leading = [c for c in self.candidates if c.bounds.among_best]
        return leading[0] if len(leading) == 1 and len(self.candidates) > 1 else None

    @property
    def all_may_be_best(self) -> bool:
        """Whether every mix that is compared may be the best."""
        return all(c.bounds.among_best for c in self.candidates)

    @property
    def few_worlds_differ(self) -> bool:
        """Whether the set rests on so few replications that it covers less than it says."""
        return self._fewest < FEW_WORLDS or (self.n > 1 and any(c.rests_on for c in self.candidates))

    @property
    def is_shown(self) -> bool:
        """Whether one candidate is the best in 20 worlds or more, and in every comparison with it."""
        return (
            self.alone is not None
            and not self.few_worlds_differ
            and not any(c.undecided for c in self.candidates)
        )

    def in_words(self) -> str:
        """The best mixes as a report names them; nothing is said more strongly than is shown."""
        words = [self._set_in_words()]
        if self.n > 1 and self._fewest < FEW_WORLDS:
            words.append(worlds_that_differ(self._fewest, self.n))
        words += [f"{c.mixes[0]} {c.rests_on}" for c in self.candidates if c.rests_on and self.n > 1]
        if self.missing:
            words.append(f"missing: {', '.join(self.missing)}")
        if self.scarce:
            words.append(f"of one world alone: {', '.join(self.scarce)}")
        return "; ".join(words)

    @property
    def _fewest(self) -> int:
        """The replications in which what is told apart differs; FEW_WORLDS if nothing is compared."""
        compared = self.candidates if self.alone is None else (self.alone,)
        if self.n < 2:
            return FEW_WORLDS
        return min((c.differing for c in compared if c.differing is not None), default=FEW_WORLDS)

    def _set_in_words(self) -> str:
        if self.direction == 0:
            return "neither more nor less is better: there is no best"
        if not self.candidates:
            return "nothing to compare" if self.scarce else "nothing to average"
        if len(self.candidates) == 1:
            mixes = self.candidates[0].mixes
            if len(mixes) == 1:
                return f"{mixes[0]} is compared with no other"
            return f"no difference seen between {', '.join(mixes)} in {plural(self.n, 'world')}"
        if self.n == 1:
            return "one replication: nothing can be told apart"
        return "; ".join(self._leading_in_words())

    def _leading_in_words(self) -> Iterable[str]:
        best, delta = self.alone, delta_in_words(self.delta, MEASURES[self.measure].unit)
        if best is not None:
            same = f", the same in all {plural(self.n, 'world')}" if len(best.mixes) > 1 else ""
            verb = "best" if self.is_shown else "leads" if len(best.mixes) == 1 else "lead"
            yield f"{verb}: {', '.join(best.mixes)}{same}"
            if undecided := [mix for c in self.candidates if c.undecided for mix in c.mixes]:
                yield f"undecided, when all comparisons are to hold together, against {', '.join(undecided)}"
            if others := [mix for mix in self.as_good_within_delta if mix not in best.mixes]:
                yield f"as good within {delta}: {', '.join(others)}"
            if self.perhaps_within_delta:
                yield f"perhaps within {delta} of it: {', '.join(self.perhaps_within_delta)}"
            return
        if self.all_may_be_best:
            yield f"nothing tells {', '.join(self.among)} apart"
        else:
            yield f"{'lead' if self.few_worlds_differ else 'among the best'}: {', '.join(self.among)}"
        if self.as_good_within_delta:
            yield f"as good as the best within {delta}: {', '.join(self.as_good_within_delta)}"


def best(
    outcomes: Outcomes,
    measure: str,
    *,
    direction: int,
    delta: float,
    confidence: float = CONFIDENCE,
    together: int = 1,
) -> Best:
    """The best mixes of `outcomes` in one measure; `direction` 1: more is better, −1: less, 0: neither.

    `together` is the number of intervals that hold together in the comparison beside which this
    stands: what that leaves undecided is not called the best.
    """
    n = len(outcomes.replications)
    columns = {mix: outcomes.columns[mix][measure] for mix in outcomes.mixes}
    known = {mix: one for mix, column in columns.items() if (one := column.values()) is not None}
    values = {mix: one for mix, one in known.items() if n < 2 or columns[mix].resting > 1}
    oriented = {mix: [direction * v for v in values[mix]] for mix in values} if direction else {}
    resting = {mix: columns[mix].resting for mix in oriented}
    found = candidates(oriented, lambda a, b: columns[a].differing(columns[b]) == 0, confidence, resting)
    leading = [mixes[0] for mixes, bounds in found.items() if bounds.among_best]
    level = 1 - (1 - CONFIDENCE) / max(1, together)

    def candidate(mixes: tuple[str, ...], bounds: Bounds) -> Candidate:
        first = mixes[0]
        others = [other[0] for other in found if other != mixes]
        differing = min((columns[first].differing(columns[other]) for other in others), default=None)
        basis = scarce(columns[first], MEASURES[measure])
        enough = (differing is None or differing >= FEW_WORLDS) and not basis.is_thin
        is_distinguished = enough or (bounds.low == 0 and not basis.is_thin)
        return Candidate(
            mixes,
            mean(values[first]),
            bounds,
            differing,
            is_distinguished and bounds.low >= -delta,
            basis.rests_on() if basis.is_thin else "",
            undecided=leading != [first]
            and len(leading) == 1
            and not _is_decided(columns, first, leading[0], level),
        )

    return Best(
        measure=measure,
        direction=direction,
        delta=delta,
        n=n,
        confidence=confidence,
        candidates=tuple(candidate(mixes, bounds) for mixes, bounds in found.items()),
        missing=tuple(mix for mix in columns if mix not in known),
        scarce=tuple(mix for mix in known if mix not in values),
    )


def _is_decided(columns: Mapping[str, Column], mix: str, other: str, confidence: float) -> bool:
    """Whether the difference of two mixes has a side, with this confidence."""
    paired = Paired.of(columns, {mix: 1.0, other: -1.0})
    if paired is None or paired.tells_too_little:
        return False
    interval = paired.interval(confidence)
    return interval is None or interval.excludes_zero()


def best_mixes(outcomes: Outcomes, interests: Mapping[str, Interest]) -> tuple[Best, ...]:
    """The best mixes in each primary measure, 95 % for each."""
    primary = [name for name in outcomes.measures if name in interests and interests[name].primary]
    together = len(primary) * (len(outcomes.mixes) - 1)
    return tuple(
        best(
            outcomes,
            name,
            direction=MEASURES[name].direction,
            delta=interests[name].delta,
            together=together,
        )
        for name in primary
    )
