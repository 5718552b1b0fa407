"""The results of an experiment: every run, and what analysis says of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from tabletop.analysis.bottleneck import Bottleneck, bottleneck
from tabletop.analysis.compare import Comparison, compare
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.errors import UnknownName
from tabletop.experiment.design import Design
from tabletop.experiment.identity import experiment_hash, same_policy
from tabletop.experiment.provenance import Provenance
from tabletop.measures import MEASURES
from tabletop.simulation import Run

FAILURES_BORNE = 0.01
"""Share of failed runs above which an experiment counts as failed."""


@dataclass(frozen=True)
class Failure:
    """A run that broke off, and why."""

    mix: str
    replication: int
    error: str
    traceback: str


Outcome = Run | Failure


@dataclass(frozen=True)
class Row:
    """One measure of one run, tidy."""

    mix: str
    replication: int
    measure: str
    value: float | None
    """None where the denominator is 0."""
    numerator: float
    denominator: float
    unit: str


@dataclass(frozen=True)
class Results:
    """What an experiment came to; made by `run_experiment`."""

    design: Design
    runs: Mapping[tuple[str, int], Run]
    """By mix and replication, in the order of the design's mixes, then of replications."""
    failures: tuple[Failure, ...]
    provenance: Provenance
    interrupted: bool = False
    """Whether it was broken off, so that some runs are neither here nor failures."""

    @classmethod
    def of(
        cls, design: Design, outcomes: Iterable[Outcome], provenance: Provenance, *, interrupted: bool = False
    ) -> Self:
        """The results of a design from outcomes in any order."""
        place = {mix: i for i, mix in enumerate(design.mixes)}
        in_order = sorted(outcomes, key=lambda outcome: (place[outcome.mix], outcome.replication))
        return cls(
            design=design,
            runs={(o.mix, o.replication): o for o in in_order if isinstance(o, Run)},
            failures=tuple(o for o in in_order if isinstance(o, Failure)),
            provenance=provenance,
            interrupted=interrupted,
        )

    @property
    def mixes(self) -> tuple[str, ...]:
        """The mixes that ran, in the order of the file."""
        return self.design.mixes

    @cached_property
    def hash(self) -> str:
        """The hash of what decides the results, in hex."""
        return experiment_hash(self.design.scenario)

    @property
    def failed(self) -> bool:
        """Whether more than 1 % of the runs failed."""
        return len(self.failures) > FAILURES_BORNE * len(self.design)

    def rows(self) -> Iterator[Row]:
        """Every measure of every run, tidy: by mix, replication and measure."""
        for (mix, replication), run in self.runs.items():
            for name, (numerator, denominator) in run.parts.items():
                value = run.measures[name]
                yield Row(mix, replication, name, value, numerator, denominator, MEASURES[name].unit)

    def values(self, measure: str, mix: str) -> tuple[float | None, ...]:
        """A measure of a mix, a value per finished replication; None where it is missing."""
        if measure not in MEASURES:
            raise UnknownName.among("measure", measure, MEASURES)
        self._check_ran(mix)
        return tuple(run.measures[measure] for (name, _), run in self.runs.items() if name == mix)

    def complete(self, mixes: Iterable[str]) -> tuple[int, ...]:
        """The replications that are finished, and did not fail, in every one of these mixes."""
        chosen = tuple(mixes)
        every = range(self.design.replications)
        return tuple(r for r in every if all((mix, r) in self.runs for mix in chosen))

    def outcomes(self, mixes: Iterable[str] | None = None) -> Outcomes:
        """The table that analysis sees: the replications complete for every one of the mixes."""
        chosen = self.mixes if mixes is None else tuple(mixes)
        replications = self.complete(chosen)
        return Outcomes(
            replications, {mix: self._columns([self.runs[mix, r] for r in replications]) for mix in chosen}
        )

    def compare(self, baseline: str | None = None, mixes: Iterable[str] | None = None) -> Comparison:
        """Every mix (or those named) against a baseline: the design's unless told.

        Another baseline changes what the contrasts refer to, never the warm-up. Raises UnknownName
        for a mix that did not run.
        """
        reference = self.design.baseline if baseline is None else baseline
        chosen = {reference, *(self.mixes if mixes is None else mixes)}
        for mix in sorted(chosen):
            self._check_ran(mix)
        compared = tuple(mix for mix in self.mixes if mix in chosen)
        outcomes = self.outcomes(compared)
        scenario = self.design.scenario
        return compare(
            outcomes,
            baseline=reference,
            interests=scenario.measures,
            same_policy={m for m in compared if m != reference and same_policy(scenario, m, reference)},
            dropped=tuple(sorted({f.replication for f in self.failures if f.mix in chosen})),
        )

    def bottlenecks(self) -> dict[str, Bottleneck | None]:
        """The bottleneck of each mix over its own finished replications; None below 85 % utilisation."""
        return {
            mix: bottleneck(self._columns([run for (name, _), run in self.runs.items() if name == mix]))
            for mix in self.mixes
        }

    def write(self, parent: str | Path, *, name: str | None = None, as_given: str | None = None) -> Path:
        """Write the results folder `<name>-<hash8>` under a parent, and return it.

        `name` is made of the title unless told; `as_given` is the text of the scenario file, the
        resolved one unless told. A folder that is there already is rewritten. Raises TabletopError
        where nothing can be written.
        """
        from tabletop.experiment.folder import write

        return write(self, Path(parent), name=name, as_given=as_given)

    def _check_ran(self, mix: str) -> None:
        if mix not in self.mixes:
            raise UnknownName.among("policy mix in these results", mix, self.mixes)

    @staticmethod
    def _columns(runs: list[Run]) -> dict[str, Column]:
        return {
            name: Column(
                tuple(run.parts[name][0] for run in runs),
                tuple(run.parts[name][1] for run in runs),
                is_ratio=measure.kind == "ratio",
            )
            for name, measure in MEASURES.items()
        }
