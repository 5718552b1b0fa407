"""A study of robustness: the same mixes compared in every variant, and what follows from all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import TYPE_CHECKING, Any

from tabletop import arguments
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.regret import Regret, Worst, fresh_interval, regrets, worst_of
from tabletop.analysis.satisficing import Judged, Kept, kept
from tabletop.analysis.shares import Shares, shares
from tabletop.analysis.statements import (
    Count,
    Difference,
    Statement,
    count,
    share_of_distribution,
    statements,
)
from tabletop.analysis.switches import Switch, switches
from tabletop.analysis.words import plural
from tabletop.errors import known_name
from tabletop.experiment.robustness.study_runs import StudyRuns
from tabletop.experiment.robustness.variants import Variant
from tabletop.measures import MEASURES

if TYPE_CHECKING:
    from tabletop.analysis.shares import Numbers


@dataclass(frozen=True, eq=False, repr=False)
class Robustness(StudyRuns):
    """A study: its variants, the runs of each, and what follows; made by `study_robustness`."""

    def __repr__(self) -> str:
        words = [f"{plural(len(self.variants), 'variant')} × {plural(self.asked.worlds, 'world')}"]
        words += [f"{plural(len(self.failures), 'world')} failed"] if self.failures else []
        compared = f"{', '.join(self.others)} against {self.asked.baseline}"
        return f"<Robustness of {self.scenario.title!r}: {compared}, {', '.join(words)}>"

    def counts(self, measure: str, mix: str) -> tuple[Count, ...]:
        """In how many of the points each of four statements holds; empty where there are no points.

        A variant in which the measure is missing for a mix is left open.
        """
        self._known(measure, mix)
        if not self.points:
            return ()
        found = [self.difference(one, measure, mix) or Difference(0.0, 0.0, 0, 0) for one in self.points]
        return tuple(count(one, found) for one in self.statements(measure))

    def statements(self, measure: str) -> tuple[Statement, ...]:
        """What is counted of a measure: better, worse, and each by more than δ."""
        known_name("primary measure of the scenario", measure, self.measures)
        about = MEASURES[measure]
        return statements(about.direction, self.scenario.measures[measure].delta, about.unit)

    @property
    def is_of_distributions(self) -> bool:
        """Whether every condition has a distribution with a source, so that counts are of shares of it."""
        return all(one.distribution is not None for one in self.ranges.uncertain)

    def share_of_distribution(self, measure: str, mix: str) -> tuple[tuple[Statement, float, float], ...]:
        """Each of four statements with the ends of the share of the stated distribution in which it holds.

        Empty where some condition has no distribution with a source.
        """
        if not self.is_of_distributions:
            return ()
        found = [self.difference(one, measure, mix) or Difference(0.0, 0.0, 0, 0) for one in self.points]
        return tuple(
            (one.statement, *share_of_distribution(one.statement, found)) for one in self.counts(measure, mix)
        )

    def survival(self, measure: str, mix: str) -> tuple[Contrast, int, int, int]:
        """The verdict as written; how many others have the same, and the opposite; how many there are."""
        written, *others = self.variants
        own = self.comparison(written).contrast(measure, mix)
        verdicts = [self.comparison(one).contrast(measure, mix) for one in others]
        same = sum(one.verdict is own.verdict for one in verdicts)
        opposite = sum(_side(one) * _side(own) < 0 for one in verdicts)
        return own, same, opposite, len(verdicts)

    def satisfied(self, mix: str) -> Kept | None:
        """In how many of the points a mix keeps all limits of the file; None without limits or points."""
        known_name("policy mix", mix, self.asked.mixes)
        if not self.scenario.limits or not self.points:
            return None
        return kept([self._judged(one, mix) for one in self.points])

    def regret(self, measure: str) -> tuple[Regret, ...]:
        """How far each mix is behind the best; empty without points, two worlds, or a way that is better."""
        found = self.oriented(measure)
        return () if found is None or found[1].shape[2] < 2 else regrets(found[1], self.mixes)

    def oriented(self, measure: str) -> "tuple[tuple[Variant, ...], Numbers] | None":
        """A measure as mixes × variants × worlds, so that more is better, over the points that have it."""
        import numpy as np  # noqa: PLC0415 (0.1 s to import)

        known_name("primary measure of the scenario", measure, self.measures)
        direction, worlds = MEASURES[measure].direction, self._common_worlds
        rows, points = [], []
        for one in self.points:
            outcomes = self.columns(one)
            values = [outcomes.columns[mix][measure].values() for mix in self.mixes]
            known = [of for of in values if of is not None]
            if len(known) == len(values):
                places = [outcomes.replications.index(world) for world in worlds]
                rows.append([[direction * of[place] for place in places] for of in known])
                points.append(one)
        if not points or not direction or not worlds:
            return None
        return tuple(points), np.array(rows, dtype=float).transpose(1, 0, 2)

    def switches(self, place: int, measure: str, mix: str) -> tuple[Switch, ...]:
        """Where statements about a mix turn round along the line of one condition; empty without a line."""
        self._known(measure, mix)
        line = self.line(place)
        values = [one.shares[place] for one in line]
        found = [self.difference(one, measure, mix) or Difference(0.0, 0.0, 0, 0) for one in line]
        much_better, better, _, much_worse = self.statements(measure)
        return tuple(
            switch for one in (better, much_better, much_worse) for switch in switches(one, values, found)
        )

    def line(self, place: int) -> tuple[Variant, ...]:
        """The variants in which only one condition moves, the file itself among them, from end to end.

        `place` is that of the condition among the ranges, from 0.
        """
        arguments.whole_number("place", place, 0, len(self.ranges.uncertain) - 1)
        alone = [
            one
            for one in self.variants
            if one.kind in ("line", "end") and _only(one.shares, self.ranges.own, place)
        ]
        here = self.ranges.own[place]
        if not any(abs(one.shares[place] - here) < 1e-9 for one in alone):
            alone.append(self.variants[0])
        return tuple(sorted(alone, key=lambda one: one.shares[place]))

    def shares(self, measure: str, mix: str) -> Shares | None:
        """What each condition explains of a contrast between the points; None without them."""
        import numpy as np  # noqa: PLC0415 (0.1 s to import)

        self._known(measure, mix)
        if (measure, mix) in self._shares:
            return self._shares[measure, mix]
        rows, points = [], []
        common = self._common_worlds
        for one in self.points:
            values = self._values(one, measure, mix)
            if values is None:
                continue
            rows.append([values[world] for world in common])
            points.append(self.ranges.coordinates(one))
        if len(rows) < 2 or len(common) < 2:
            return None
        found = shares(
            np.array(points),
            np.array(rows),
            self.ranges.titles,
            seed=self.asked.seed,
            choices=[len(one.choices or ()) for one in self.ranges.uncertain],
        )
        self._shares[measure, mix] = found
        return found

    @cached_property
    def _shares(self) -> dict[tuple[str, str], Shares]:
        """Shares that were computed already."""
        return {}

    @cached_property
    def decided(self) -> dict[tuple[str, str], Any]:
        """Rules and boxes that were looked for already, by measure and mix."""
        return {}

    @cached_property
    def symptoms(self) -> dict[str, tuple[float, ...]]:
        """Means of the baseline that were read already, by the label of the variant."""
        return {}

    def _judged(self, variant: Variant, mix: str) -> list[Judged]:
        """Each limit of the file, and what the worlds of a variant say of it."""
        found = []
        for measure, limit in self.scenario.limits.items():
            columns = self.columns(variant).columns
            if not limit.against:
                one = Difference.from_nothing(columns[mix][measure])
            elif mix in self.others:
                one = self.difference(variant, measure, mix)
            else:
                one = Difference.of(columns[mix][measure], columns[self.asked.baseline][measure])
            said = Statement("keeps the limit", limit.sign, limit.sign * limit.value)
            found.append((said, one or Difference(0.0, 0.0, 0, 0)))
        return found

    def worst(self, measure: str, mix: str) -> tuple[Worst, ...]:
        """The variants in which a mix seems furthest behind, on fresh luck; empty where none was run."""
        known_name("policy mix", mix, self.asked.mixes)
        found = self.oriented(measure) if self.asked.regret and mix not in self.alike else None
        if found is None:
            return ()
        points, table = found
        chosen = worst_of(table, self.mixes.index(mix))
        return tuple(
            self._fresh(measure, mix, points[variant], self.mixes[best], seen, len(chosen))
            for variant, best, seen in chosen
        )

    def worlds(self) -> Iterator[tuple[Variant, range]]:
        """Each variant with its worlds, then those that were run again with the fresh ones."""
        for one in self.variants:
            yield one, self._range(self.worlds_of(one))
        for one in furthest_behind(self) if self.asked.regret else ():
            yield one, self.fresh

    def _fresh(
        self, measure: str, mix: str, variant: Variant, best: str, seen: float, together: int
    ) -> Worst:
        outcomes = self._read(variant, self.fresh)
        direction = MEASURES[measure].direction
        mine, its = (outcomes.columns[of][measure].values() for of in (mix, best))
        if mine is None or its is None:
            return Worst(mix, variant.label, best, seen, nan, None)
        behind = [direction * (b - a) for a, b in zip(mine, its, strict=True)]
        mean, interval = fresh_interval(behind, together=together)
        return Worst(mix, variant.label, best, seen, mean, interval)


def furthest_behind(study: Robustness) -> tuple[Variant, ...]:
    """The points in which some mix seems furthest behind in some measure, in their order."""
    chosen: set[str] = set()
    for measure in study.measures:
        found = study.oriented(measure)
        if found is not None:
            points, table = found
            for place in range(len(study.mixes)):
                chosen |= {points[variant].label for variant, _, _ in worst_of(table, place)}
    return tuple(one for one in study.points if one.label in chosen)


def _only(shares: Sequence[float], own: Sequence[float], place: int) -> bool:
    """Whether all conditions but one stand where the file has them."""
    return all(
        abs(one - written) < 1e-9
        for position, (one, written) in enumerate(zip(shares, own, strict=True))
        if position != place
    )


def _side(contrast: Contrast) -> int:
    """The side on which a contrast is decided: 1 or −1; 0 where it is open or as good as equal."""
    if contrast.interval is None or contrast.difference is None or not contrast.interval.excludes_zero():
        return 0
    return 1 if contrast.difference > 0 else -1
