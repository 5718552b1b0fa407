"""The runs of a study of robustness: the same mixes in every variant, compared variant by variant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any

from tabletop.analysis.compare import Comparison, compare
from tabletop.analysis.frames import frame
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.statements import Difference
from tabletop.errors import TabletopError, known_name
from tabletop.experiment.encoding import pool_reports, series_of
from tabletop.experiment.identity import alike
from tabletop.experiment.robustness.kept import Development, KeptWorlds
from tabletop.experiment.robustness.variants import Ranges, Variant
from tabletop.experiment.runs import Failure
from tabletop.measures import MEASURES, PoolReport
from tabletop.scenario.scenario import Scenario
from tabletop.series import Series

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
class StudyRuns:
    """The variants of a study, the runs of each, and their comparisons.

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

    @property
    def fresh(self) -> range:
        """The worlds on whose luck nothing was chosen, in which the points furthest behind are run again."""
        first = self.asked.first + max([self.asked.worlds, *self.further.values()])
        return range(first, first + self.asked.worlds)

    def _range(self, worlds: int) -> range:
        return range(self.asked.first, self.asked.first + worlds)

    def columns(self, variant: Variant) -> Outcomes:
        """Each primary measure of each mix in one variant, over the worlds that all of its mixes have."""
        return self._outcomes[variant.label]

    def comparison(self, variant: Variant) -> Comparison:
        """The mixes against the baseline in one variant; its intervals hold together within it."""
        return self._comparisons[variant.label]

    def difference(self, variant: Variant, measure: str, mix: str) -> Difference | None:
        """The mean paired difference of a mix in a variant; None where the measure is missing."""
        self._known(measure, mix)
        return self._differences[variant.label, measure, mix]

    def _known(self, measure: str, mix: str) -> None:
        known_name("primary measure of the scenario", measure, self.measures)
        known_name("policy mix that is compared", mix, self.others)

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
        for name in names:
            known_name("measure", name, MEASURES)
        sums = {name: [0.0, 0.0] for name in names}
        for replication, readings in self.kept.readings(variant.hash, self.asked.baseline, names):
            if replication in self._range(self.asked.worlds):
                for name, both in sums.items():
                    both[0] += readings[name][0]
                    both[1] += readings[name][1]
        return tuple(above / below if below else 0.0 for above, below in sums.values())

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

    def _values(self, variant: Variant, measure: str, mix: str) -> Mapping[int, float] | None:
        """The paired difference in each world."""
        outcomes = self.columns(variant)
        mine = outcomes.columns[mix][measure].values()
        base = outcomes.columns[self.asked.baseline][measure].values()
        if mine is None or base is None:
            return None
        return {world: a - b for world, a, b in zip(outcomes.replications, mine, base, strict=True)}

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
