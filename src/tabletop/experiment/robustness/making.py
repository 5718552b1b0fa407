"""The making of a study: missing worlds are simulated on any workers, and each batch is kept at once."""

import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from tabletop.errors import TabletopError
from tabletop.experiment.batches import Backend, Batch, Make, run_batch, run_batches
from tabletop.experiment.design import Job
from tabletop.experiment.execution import BLOCKS_PER_WORKER, LARGEST_BLOCK, Progress
from tabletop.experiment.fingerprint import differences, fingerprint
from tabletop.experiment.identity import mix_digest, run_key
from tabletop.experiment.interrupts import interrupts_held
from tabletop.experiment.robustness.kept import KeptWorlds, Row
from tabletop.experiment.robustness.variants import Variant
from tabletop.experiment.robustness.worlds import Lacking, Made, WorldMaker, mixes_of, stretches
from tabletop.experiment.runs import Failure
from tabletop.scenario.scenario import Scenario
from tabletop.version import MODEL_VERSION

One = TypeVar("One")
"""What one job comes to."""


@dataclass(frozen=True)
class Missing:
    """What is still to be simulated of some variants: worlds, and which mixes of each variant."""

    jobs: tuple[Job, ...]
    lacking: Mapping[str, Lacking]
    """What is lacking of each variant, by its label."""

    @property
    def runs(self) -> int:
        """How many runs these are."""
        return sum(self.of(job.mix, job.replication) for job in self.jobs)

    def of(self, variant: str, replication: int) -> int:
        """How many runs of one world these are."""
        return len(mixes_of(self.lacking[variant], replication))


def missing(
    kept: KeptWorlds,
    variants: Iterable[Variant],
    mixes: Sequence[str],
    worlds: range,
    *,
    series: bool = False,
) -> Missing:
    """The worlds of some variants that are not kept for every mix; a job's `mix` is the variant's label.

    With `series` a run without its development is missing, too.
    """
    absent: dict[str, dict[str, list[int]]] = {}
    for variant in variants:
        for mix in mixes:
            digest = mix_digest(variant.scenario, mix)
            there = kept.keys(variant.hash, mix, series=series)
            if mine := [r for r in worlds if there.get(r) != run_key(variant.hash, digest, r)]:
                absent.setdefault(variant.label, {})[mix] = mine
    return missing_of(absent)


def missing_of(absent: Mapping[str, Mapping[str, Iterable[int]]]) -> Missing:
    """What is missing, from the replications that are absent of each mix, by the label of its variant."""
    jobs: list[Job] = []
    for label, by_mix in absent.items():
        worlds = sorted({r for of in by_mix.values() for r in of})
        jobs += [Job(label, replication) for replication in worlds]
    lacking = {label: {mix: stretches(of) for mix, of in by_mix.items()} for label, by_mix in absent.items()}
    return Missing(tuple(jobs), lacking)


def make(
    kept: KeptWorlds,
    scenario: Scenario,
    variants: Sequence[Variant],
    wanted: Missing,
    backend: Backend | None,
    *,
    base: str,
    series: bool = False,
    progress: Progress | None = None,
) -> list[Failure]:
    """Simulate what is missing, and keep it; the worlds that failed, each with its variant's label as `mix`.

    At Ctrl-C what the backend has in hand is still kept, before KeyboardInterrupt is raised.
    """
    by_label = {variant.label: variant for variant in variants}
    changes = {
        label: json.dumps(dict(of.changes)) for label, of in by_label.items() if label in wanted.lacking
    }
    maker = WorldMaker(changes, wanted.lacking, base, series)
    failures: list[Failure] = []
    done, total = 0, wanted.runs

    def keep(batch: Batch[Made]) -> int:
        checked_batch(batch)
        rows: list[Row] = []
        known = len(failures)
        for one in batch.outcomes:
            if isinstance(one.outcome, Failure):
                failures.append(one.outcome)
                continue
            label, replication, made = one.outcome
            of = by_label[label]
            for mix, measures, development in made:
                key = run_key(of.hash, mix_digest(of.scenario, mix), replication)
                rows.append(Row(of.hash, mix, replication, key, measures, development))
        kept.keep(rows)
        failed = sum(wanted.of(one.mix, one.replication) for one in failures[known:])
        return len(rows) + failed

    batches = batches_of(backend, scenario, wanted.jobs, maker)
    try:
        for batch in batches:
            with interrupts_held():
                done += keep(batch)
            if progress is not None:
                progress(done, total)
    except KeyboardInterrupt:
        with suppress(KeyboardInterrupt):
            keep(batches.throw(KeyboardInterrupt()))
            for batch in batches:
                keep(batch)
        raise
    return failures


def batches_of(
    backend: Backend | None, scenario: Scenario, jobs: Sequence[Job], maker: Make[One]
) -> Generator[Batch[One], None, None]:
    """What some jobs come to, batch by batch; without a backend this process makes them."""
    if backend is None:
        for start in range(0, len(jobs), LARGEST_BLOCK):
            yield run_batch(maker, scenario, list(jobs[start : start + LARGEST_BLOCK]))
        return
    workers = backend.workers
    size = max(1, min(LARGEST_BLOCK, ceil(len(jobs) / (workers * BLOCKS_PER_WORKER))))
    yield from run_batches(backend, scenario, jobs, maker, size=size, ahead=2 * workers)


def checked_batch(batch: Batch[One]) -> None:
    """That a batch may stand beside the others."""
    if batch.model_version != MODEL_VERSION:
        raise TabletopError(
            f"worker {batch.worker} has model version {batch.model_version}, not {MODEL_VERSION}: "
            "install the same tabletop everywhere"
        )
    if batch.platform != (here := fingerprint()):
        raise TabletopError(
            f"worker {batch.worker} runs on another platform ({differences(batch.platform, here)}), "
            "where last bits may differ"
        )
