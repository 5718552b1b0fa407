"""Many mixes of one scenario in the same worlds: what is missing is simulated, and all of it is kept by mix.

A study of robustness keeps worlds by variant. Here there is one variant, the file itself, and its mixes are
made some at a time, so that a command that is killed has lost little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tabletop.analysis.outcomes import Outcomes
from tabletop.experiment.columns import Readings
from tabletop.experiment.execution import Progress
from tabletop.experiment.identity import digest, experiment_hash, mix_digest, run_key
from tabletop.experiment.machine import possible
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.making import Missing, make, missing_of
from tabletop.experiment.robustness.variants import Variant
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for, checked_workers, useful_for
from tabletop.scenario.scenario import Scenario

AT_A_TIME = 32
"""Mixes that are simulated in a world one after another, sharing its luck and its warm-up."""


@dataclass(frozen=True)
class Labour:
    """Who simulates: as in `run_experiment`."""

    workers: int | None = None
    cluster: str | None = None

    def processes(self, scenario: Scenario, runs: int, jobs: int) -> int:
        """How many workers are started for so many runs; raises TabletopError for a number out of range."""
        asked = useful_for(scenario, runs) if self.workers is None else checked_workers(self.workers)
        return min(possible(asked) if self.cluster is None else asked, max(1, jobs))


class ManyMixes:
    """A scenario with many mixes, and the worlds of each that are kept."""

    def __init__(self, scenario: Scenario, kept: KeptWorlds) -> None:
        self.scenario = scenario
        self._kept = kept
        self._hash = experiment_hash(scenario)
        self._digests: dict[str, str] = {}

    def simulate(
        self,
        mixes: Sequence[str],
        replications: Iterable[int],
        labour: Labour,
        progress: Progress | None = None,
    ) -> tuple[Failure, ...]:
        """Simulate what is missing of these mixes in these replications.

        A world that fails is lost for all mixes that were to be made in it, and is tried again the next time.
        """
        wanted, variants = self._missing(mixes, list(replications))
        if not wanted.jobs:
            return ()
        needed = labour.processes(self.scenario, wanted.runs, len(wanted.jobs))
        base = digest([self._hash, [self._digest(mix) for mix in self.scenario.policy_mixes]])
        with backend_for(needed, cluster=labour.cluster) as backend:
            failures = make(
                self._kept, self.scenario, variants, wanted, backend, base=base, progress=progress
            )
        return tuple(failures)

    def missing_runs(self, mixes: Sequence[str], replications: Iterable[int]) -> int:
        """How many runs of these are not there."""
        return self._missing(mixes, list(replications))[0].runs

    def outcomes(self, mixes: Sequence[str], replications: Iterable[int]) -> Outcomes:
        """Every measure of these mixes, over those of the replications that all of them have."""
        wanted = set(replications)
        readings = {
            mix: Readings(row for row in self._kept.readings(self._hash, mix) if row[0] in wanted)
            for mix in mixes
        }
        there = wanted.intersection(*(of.replications for of in readings.values()))
        complete = tuple(sorted(there))
        return Outcomes(complete, {mix: of.columns(complete) for mix, of in readings.items()})

    def _missing(
        self, mixes: Sequence[str], replications: Sequence[int]
    ) -> tuple[Missing, tuple[Variant, ...]]:
        absent: dict[str, dict[str, set[int]]] = {}
        for start in range(0, len(mixes), AT_A_TIME):
            chunk = mixes[start : start + AT_A_TIME]
            if lacking := {mix: of for mix in chunk if (of := self._absent(mix, replications))}:
                absent[f"mixes {start + 1} to {start + len(chunk)}"] = lacking
        variants = (Variant(label, "written", (), {}, (), self.scenario) for label in absent)
        return missing_of(absent), tuple(variants)

    def _absent(self, mix: str, replications: Sequence[int]) -> set[int]:
        there: Mapping[int, str] = self._kept.keys(self._hash, mix)
        made = self._digest(mix)
        return {r for r in replications if there.get(r) != run_key(self._hash, made, r)}

    def _digest(self, mix: str) -> str:
        if mix not in self._digests:
            self._digests[mix] = mix_digest(self.scenario, mix)
        return self._digests[mix]
