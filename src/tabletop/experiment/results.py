"""The results of an experiment: every run, and the conclusions from them."""

import reprlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Self, TypeVar

from tabletop import arguments
from tabletop.analysis.best import Best, best_mixes
from tabletop.analysis.bootstrap_intervals import RatioIntervals, ratio_intervals
from tabletop.analysis.bottleneck import Bottleneck, bottleneck
from tabletop.analysis.compare import Comparison, compare
from tabletop.analysis.frames import frame
from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.precision import Precision
from tabletop.analysis.tails import Tail, tails
from tabletop.analysis.unstaffed import Unstaffed, unstaffed
from tabletop.analysis.words import plural
from tabletop.errors import TabletopError, known_name
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.fingerprint import fingerprint
from tabletop.experiment.identity import same_policy
from tabletop.experiment.kept_lives import KeptLives, lives_of
from tabletop.experiment.lives import MOST_EVENTS, MOST_WORLDS
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.rows import keys_of, stored, timed
from tabletop.experiment.runs import Failure, Outcome, Runs
from tabletop.measures import MEASURES, value
from tabletop.pools import POOLS
from tabletop.scenario.policy import LEVERS

__all__ = ["Failure", "Outcome", "Results", "TidyRow"]

T = TypeVar("T")

FAILURES_BORNE = 0.01
"""Share of failed runs above which an experiment counts as failed."""


@dataclass(frozen=True)
class TidyRow:
    """One `measure` of one run, which is a `replication` of a `mix`.

    `value` is `numerator` / `denominator` in `unit`; the denominator is 1 for measures that are not ratios.
    """

    mix: str
    replication: int
    measure: str
    value: float | None
    """None where the denominator is 0."""
    numerator: float
    denominator: float
    unit: str


@dataclass(frozen=True, repr=False)
class Results:
    """The results of an experiment; made by `run_experiment`, or read from a folder by `open_results`."""

    design: Design
    """What was to be simulated."""
    runs: Runs
    """The finished runs, by mix and replication, in the order of the design's mixes, then of replications."""
    provenance: Provenance
    """When, where and by which command it was made."""
    interrupted: bool = False
    """Whether it was interrupted, so that some runs are neither finished nor failed."""
    precision: Precision | None = None
    """Why there are as many replications as there are, if `precision` was asked for."""
    _concluded: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, design: Design, outcomes: Iterable[Outcome], provenance: Provenance, *, interrupted: bool = False
    ) -> Self:
        """The results of a design from outcomes in any order."""
        database, keys = Database.temporary(), keys_of(design)
        moment = now().isoformat()
        database.write(((stored(o, keys), timed(o, moment, 0.0, "")) for o in outcomes), fingerprint())
        return cls(design, Runs(database, design, keys), provenance, interrupted)

    def __repr__(self) -> str:
        words = [f"{len(self.mixes)} mixes × {plural(self.design.replications, 'replication')}"]
        words += [f"{len(self.runs):,} runs finished"] if len(self.runs) < len(self.design) else []
        words += [f"{len(self.failures):,} failed"] if self.failures else []
        return f"<Results of {self.design.scenario.title!r}: {', '.join(words)}>"

    def _repr_html_(self) -> str:
        """The comparison with the design's baseline, as a notebook shows it."""
        return self.compare()._repr_html_()

    @property
    def mixes(self) -> tuple[str, ...]:
        """The mixes that ran, in the order of the file."""
        return self.design.mixes

    @property
    def hash(self) -> str:
        """The hash of what decides the results, in hex."""
        return self.runs.hashes.experiment

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The runs that failed."""
        return self.runs.failures

    @cached_property
    def mixed_platforms(self) -> bool:
        """Whether the runs were made on platforms whose last bits may differ."""
        return len(self.runs.database.platforms()) > 1

    @property
    def failed(self) -> bool:
        """Whether more than 1 % of the runs failed."""
        return len(self.failures) > FAILURES_BORNE * len(self.design)

    def rows(self) -> Iterator[TidyRow]:
        """Every measure of every run, tidy: by mix, replication and measure."""
        for mix in self.mixes:
            for replication, name, reading in self.runs.readings(mix).rows():
                yield TidyRow(mix, replication, name, value(reading), *reading, MEASURES[name].unit)

    def to_frame(self, library: ModuleType | None = None) -> Any:
        """Every measure of every run as a data frame: a column for each field of TidyRow, a row for each.

        Of pandas or polars, whichever is installed, or of the one that is passed as a module; a dict of lists
        where neither is.
        """
        names = [field.name for field in fields(TidyRow)]
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for row in self.rows():
            for name in names:
                columns[name].append(getattr(row, name))
        return frame(columns, library)

    def values(self, measure: str, mix: str) -> tuple[float | None, ...]:
        """A measure of a mix: its value in each finished replication, None where it is missing.

        Raises UnknownName for a measure that does not exist, or a mix that was not simulated.
        """
        known_name("measure", measure, MEASURES)
        self._check_ran(mix)
        return self.runs.readings(mix).columns()[measure].each()

    def complete(self, mixes: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the replications that are finished, and did not fail, in all of these mixes.

        Raises UnknownName for a mix that was not simulated.
        """
        finished = set(range(self.design.replications))
        for mix in self._that_ran(mixes):
            finished.intersection_update(self.runs.finished(mix))
        return tuple(sorted(finished))

    def outcomes(self, mixes: Iterable[str] | None = None) -> Outcomes:
        """Every measure of some mixes (by default all), over the replications complete in all of them.

        Raises UnknownName for a mix that was not simulated.
        """
        chosen = self.mixes if mixes is None else self._that_ran(mixes)
        replications = self.complete(chosen)
        return Outcomes(replications, {mix: self.runs.readings(mix).columns(replications) for mix in chosen})

    def compare(self, baseline: str | None = None, mixes: Iterable[str] | None = None) -> Comparison:
        """Every mix, or those named, against a baseline, by default that of the design.

        Another baseline changes what the contrasts refer to, never the warm-up. Raises UnknownName
        for a mix that was not simulated.
        """
        reference = self.design.baseline if baseline is None else baseline
        chosen = set(self._that_ran([*(self.mixes if mixes is None else self._that_ran(mixes)), reference]))
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

    def best(self, compared: Comparison) -> tuple[Best, ...]:
        """Which of the mixes compared may be the best, in each primary measure."""
        return self._once(
            "best",
            compared,
            lambda: best_mixes(self.outcomes(compared.mixes), self.design.scenario.measures),
        )

    def ratio_intervals(self, compared: Comparison) -> RatioIntervals:
        """Bootstrap intervals of the ratios among the scenario's measures, in addition to a comparison."""
        scenario = self.design.scenario
        return self._once(
            "ratio_intervals",
            compared,
            lambda: ratio_intervals(
                self.outcomes(compared.mixes), compared, names=scenario.measures, seed=scenario.seed
            ),
        )

    def tails(self, compared: Comparison) -> tuple[Tail, ...]:
        """The worst tenth of worlds of the mixes compared, in each primary measure."""
        seed = self.design.scenario.seed
        return self._once(
            "tails", compared, lambda: tuple(tails(self.outcomes(compared.mixes), compared, seed=seed))
        )

    def lives(self, compared: Comparison, mix: str, measure: str) -> KeptLives:
        """One plot under a mix and under the baseline, chosen by the rule of `experiment.lives`.

        It is read from the results folder where it was kept; else a few worlds are simulated once more.
        """
        columns = self.outcomes(compared.mixes).columns
        differs = columns[mix][measure].differs(columns[compared.baseline][measure])
        worlds = [r for r, other in zip(compared.replications, differs, strict=True) if other][:MOST_WORLDS]
        light = tuple(r for r in worlds if self.runs[mix, r].events <= MOST_EVENTS)
        place = Path(self.runs.database.place)
        return self._once(
            f"lives/{mix}/{measure}",
            compared,
            lambda: lives_of(
                self.design.scenario,
                mix,
                compared.baseline,
                light,
                digest=self.hash,
                folder=place.parent if place.is_file() else None,
            ),
        )

    def bottlenecks(self) -> dict[str, Bottleneck | None]:
        """The bottleneck of each mix, over its finished replications; None if no pool is busy enough."""
        return {
            mix: bottleneck(self.runs.readings(mix).columns(), self.empty_pools(mix)) for mix in self.mixes
        }

    def unstaffed(self) -> dict[str, tuple[Unstaffed, ...]]:
        """The pools of each mix with nobody there, over its finished replications."""
        return {mix: unstaffed(self.runs.pools(mix), self.empty_pools(mix)) for mix in self.mixes}

    def empty_pools(self, mix: str) -> frozenset[str]:
        """The pools that have no staff on any day of a mix."""
        scenario = self.design.scenario
        policies = [policy for day, policy in scenario.policies(mix) if day < scenario.horizon_days]
        return frozenset(pool for pool in POOLS if all(LEVERS[pool].of(policy) == 0 for policy in policies))

    def _that_ran(self, mixes: Iterable[str]) -> tuple[str, ...]:
        """The mixes of a list; raises UnknownName for one that was not simulated."""
        return tuple(map(self._check_ran, arguments.names("mixes", mixes)))

    def _check_ran(self, mix: str) -> str:
        return known_name("policy mix in these results", mix, self.mixes)

    def _once(self, what: str, compared: Comparison, conclude: Callable[[], T]) -> T:
        """A conclusion from a comparison of these results, drawn once."""
        if not isinstance(compared, Comparison):
            raise TabletopError(f"compared: {reprlib.repr(compared)}: must be what `compare` returned")
        key = (what, compared.baseline, *compared.mixes)
        if key not in self._concluded:
            self._concluded[key] = conclude()
        found: T = self._concluded[key]
        return found
