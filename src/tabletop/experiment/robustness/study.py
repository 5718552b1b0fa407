"""A study of robustness: the same mixes compared in every variant, and what follows from all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import nan
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tabletop.analysis.compare import Comparison, compare
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.frames import frame
from tabletop.analysis.outcomes import Column, Outcomes
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
from tabletop.errors import TabletopError, known_name
from tabletop.experiment.encoding import pool_reports, series_of
from tabletop.experiment.identity import alike
from tabletop.experiment.robustness.kept import Development, KeptWorlds
from tabletop.experiment.robustness.variants import Ranges, Variant
from tabletop.experiment.runs import Failure
from tabletop.measures import MEASURES, PoolReport
from tabletop.scenario.scenario import Scenario
from tabletop.series import Series

if TYPE_CHECKING:
    from tabletop.analysis.shares import Numbers

FAILED_SHARE = 0.01
"""Share of worlds that may fail."""


@dataclass(frozen=True)
class Asked:
    """What was asked for: which `mixes` against which `baseline`, how many `worlds`, under which `seed`.

    With the scenario and the ranges it is all that decides a study.
    """

    mixes: tuple[str, ...]
    baseline: str
    worlds: int
    seed: int
    variants: int
    """Points of all ranges at once; 0 where there are none."""
    is_line: bool
    """Whether it is about one condition or two, value by value."""
    regret: bool = False
    """Whether the variants in which mixes are furthest behind were run again, on luck of their own."""
    precision: bool = False
    """Whether each variant got worlds until every contrast was known to half of δ."""
    series: bool = False
    """Whether it is kept how every run developed."""
    first: int = 0
    """The first of the worlds, where others must not be looked at again."""
    ends: bool = True
    """Whether each condition is tried alone at its ends, too, where there are points."""


@dataclass(frozen=True, eq=False, repr=False)
class Robustness:
    """A study: its variants, and the runs of each; made by `study_robustness`.

    `asked` says what was asked for: of which `ranges`, how many points and worlds. `kept` holds the runs.
    """

    scenario: Scenario
    """The scenario as the file has it, with the seed that is used."""
    ranges: Ranges
    asked: Asked
    variants: tuple[Variant, ...]
    """The first is the file itself."""
    kept: KeptWorlds
    failures: tuple[Failure, ...] = ()
    """Worlds that failed, with the label of their variant as `mix`."""
    further: Mapping[str, int] = field(default_factory=dict)
    """The number of worlds of each variant that has more than were asked for, by its label."""

    def __repr__(self) -> str:
        words = [f"{plural(len(self.variants), 'variant')} × {plural(self.asked.worlds, 'world')}"]
        words += [f"{plural(len(self.failures), 'world')} failed"] if self.failures else []
        compared = f"{', '.join(self.others)} against {self.asked.baseline}"
        return f"<Robustness of {self.scenario.title!r}: {compared}, {', '.join(words)}>"

    @cached_property
    def alike(self) -> tuple[str, ...]:
        """Mixes that are the same policy as the baseline: nothing is counted of them."""
        return alike(self.scenario, self.asked.mixes, self.asked.baseline)

    @property
    def mixes(self) -> tuple[str, ...]:
        """The baseline and the mixes that are compared with it, in the file's order."""
        return tuple(mix for mix in self.asked.mixes if mix not in self.alike)

    @property
    def others(self) -> tuple[str, ...]:
        """The mixes that are compared with the baseline, in the file's order."""
        return tuple(mix for mix in self.mixes if mix != self.asked.baseline)

    @property
    def measures(self) -> tuple[str, ...]:
        """The primary measures."""
        return self.scenario.primary_measures

    @property
    def points(self) -> tuple[Variant, ...]:
        """The variants that are points of all ranges at once."""
        return tuple(one for one in self.variants if one.kind == "point")

    @property
    def failed(self) -> bool:
        """Whether more than 1 % of the worlds failed."""
        return len(self.failures) > FAILED_SHARE * len(self.variants) * self.asked.worlds

    def worlds_of(self, variant: Variant) -> int:
        """How many worlds a variant has."""
        return self.further.get(variant.label, self.asked.worlds)

    def _range(self, worlds: int) -> range:
        return range(self.asked.first, self.asked.first + worlds)

    def columns(self, variant: Variant) -> Outcomes:
        """Each primary measure of each mix in one variant, over the worlds that all of its mixes have."""
        return self._outcomes[variant.label]

    def comparison(self, variant: Variant) -> Comparison:
        """The mixes against the baseline in one variant; its intervals hold together within it."""
        return self._comparisons[variant.label]

    def difference(self, variant: Variant, measure: str, mix: str) -> Difference | None:
        """The mean paired difference of a mix in a variant."""
        return self._differences[variant.label, measure, mix]

    def series(self, variant: Variant, mix: str) -> Iterator[tuple[int, Series]]:
        """The series of each run of a mix in a variant, with its replication.

        Raises UnknownName for another mix, and TabletopError where no series were kept.
        """
        return ((r, series_of(one.series)) for r, one in self._developments(variant, mix))

    def pools(self, variant: Variant, mix: str) -> Iterator[tuple[int, dict[str, PoolReport]]]:
        """The report of every pool in each run of a mix in a variant; else as `series`."""
        return ((r, pool_reports(one.pools)) for r, one in self._developments(variant, mix))

    def _developments(self, variant: Variant, mix: str) -> Iterator[tuple[int, Development]]:
        known_name("policy mix", mix, self.asked.mixes)
        if not self.asked.series:
            raise TabletopError("series: only measures were kept; ask for the study with keep='series'")
        return self.kept.developments(variant.hash, mix)

    def baseline_means(self, variant: Variant, names: Sequence[str]) -> tuple[float, ...]:
        """Measures of the baseline in one variant, over its worlds; 0 where one is missing."""
        sums = {name: [0.0, 0.0] for name in names}
        for replication, readings in self.kept.readings(variant.hash, self.asked.baseline, names):
            if replication in self._range(self.asked.worlds):
                for name, both in sums.items():
                    both[0] += readings[name][0]
                    both[1] += readings[name][1]
        return tuple(above / below if below else 0.0 for above, below in sums.values())

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
        """The variants in which only one condition moves, the file itself among them, from end to end."""
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
            points.append(one.shares)
        if len(rows) < 2 or len(common) < 2:
            return None
        found = shares(np.array(points), np.array(rows), self.ranges.titles, seed=self.asked.seed)
        self._shares[measure, mix] = found
        return found

    def to_frame(self, library: ModuleType | None = None) -> Any:
        """Every contrast of every variant as a data frame; see `Comparison.to_frame`."""
        rows = [
            (position, one, contrast)
            for position, one in enumerate(self.variants)
            for contrast in self.comparison(one).contrasts
        ]
        columns: dict[str, list[Any]] = {
            "variant": [position for position, _, _ in rows],
            "label": [one.label for _, one, _ in rows],
        }
        for name in ("measure", "mix", "baseline", "delta", "n", "differing", "difference"):
            columns[name] = [getattr(contrast, name) for _, _, contrast in rows]
        for end in ("low", "high", "confidence"):
            columns[end] = [
                None if contrast.interval is None else getattr(contrast.interval, end)
                for _, _, contrast in rows
            ]
        columns["verdict"] = [str(contrast.verdict) for _, _, contrast in rows]
        return frame(columns, library)

    def _known(self, measure: str, mix: str) -> None:
        known_name("primary measure of the scenario", measure, self.measures)
        known_name("policy mix that is compared", mix, self.others)

    def _values(self, variant: Variant, measure: str, mix: str) -> Mapping[int, float] | None:
        """The paired difference in each world."""
        outcomes = self.columns(variant)
        mine = outcomes.columns[mix][measure].values()
        base = outcomes.columns[self.asked.baseline][measure].values()
        if mine is None or base is None:
            return None
        return {world: a - b for world, a, b in zip(outcomes.replications, mine, base, strict=True)}

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

    @cached_property
    def _common_worlds(self) -> tuple[int, ...]:
        """The worlds that every point has for every mix."""
        found = {*self._range(self.asked.worlds)}
        for one in self.points:
            found &= set(self.columns(one).replications)
        return tuple(sorted(found))

    @cached_property
    def _outcomes(self) -> dict[str, Outcomes]:
        """The outcomes of each variant, by its label."""
        return {one.label: self._read(one, self._range(self.worlds_of(one))) for one in self.variants}

    @cached_property
    def _comparisons(self) -> dict[str, Comparison]:
        """The comparison in each variant."""
        base, interests = self.asked.baseline, {name: self.scenario.measures[name] for name in self.measures}
        return {
            label: compare(outcomes, baseline=base, interests=interests, same_policy=self.alike)
            for label, outcomes in self._outcomes.items()
        }

    @cached_property
    def _differences(self) -> dict[tuple[str, str, str], Difference | None]:
        """The difference by variant, measure and mix."""
        return {
            (label, measure, mix): Difference.of(
                outcomes.columns[mix][measure], outcomes.columns[self.asked.baseline][measure]
            )
            for label, outcomes in self._outcomes.items()
            for measure in self.measures
            for mix in self.others
        }

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

    def _fresh(
        self, measure: str, mix: str, variant: Variant, best: str, seen: float, together: int
    ) -> Worst:
        worlds = self.asked.worlds
        first = self.asked.first + max([worlds, *self.further.values()])
        outcomes = self._read(variant, range(first, first + worlds))
        direction = MEASURES[measure].direction
        mine, its = (outcomes.columns[of][measure].values() for of in (mix, best))
        if mine is None or its is None:
            return Worst(mix, variant.label, best, seen, nan, None)
        behind = [direction * (b - a) for a, b in zip(mine, its, strict=True)]
        mean, interval = fresh_interval(behind, together=together)
        return Worst(mix, variant.label, best, seen, mean, interval)

    def _read(self, variant: Variant, worlds: range) -> Outcomes:
        """The primary measures of one variant in some worlds, from the runs that are kept."""
        found = {
            mix: {
                replication: readings
                for replication, readings in self.kept.readings(variant.hash, mix, self.measures)
                if replication in worlds
            }
            for mix in self.asked.mixes
        }
        complete = [r for r in worlds if all(r in of for of in found.values())]
        return Outcomes(
            tuple(complete),
            {
                mix: {
                    name: Column(
                        tuple(of[r][name][0] for r in complete),
                        tuple(of[r][name][1] for r in complete),
                        is_ratio=measure.kind == "ratio",
                    )
                    for name, measure in MEASURES.items()
                    if name in self.measures
                }
                for mix, of in found.items()
            },
        )


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
