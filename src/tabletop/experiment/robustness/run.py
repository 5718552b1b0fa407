"""The runner of a study of robustness: variants are built, missing worlds simulated, and all of it kept."""

import reprlib
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabletop import arguments
from tabletop.errors import TabletopError, known_name
from tabletop.experiment.design import Design
from tabletop.experiment.execution import Progress
from tabletop.experiment.identity import everything_hash, same_policy
from tabletop.experiment.machine import possible
from tabletop.experiment.resolved import resolved_yaml
from tabletop.experiment.robustness.asked_ranges import Ends, by_factor, of_the_file, ranges_to_vary
from tabletop.experiment.robustness.folder import (
    SCENARIO,
    borrow,
    folder_name,
    folder_of_question,
    keep_points,
    kept_points,
    opened,
)
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.making import Missing, make, missing
from tabletop.experiment.robustness.narrowing import wider
from tabletop.experiment.robustness.points import checked_number, drawn
from tabletop.experiment.robustness.record import STUDY, record
from tabletop.experiment.robustness.study import Robustness, furthest_behind
from tabletop.experiment.robustness.study_runs import Asked
from tabletop.experiment.robustness.tables import texts
from tabletop.experiment.robustness.variants import Ranges, Variant, bare, told_apart
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for, checked_workers, useful_for
from tabletop.outputs import put_files
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.uncertain import Uncertain

KEPT = ("series",)
"""What may be kept of a run beside its measures."""
VARIANTS, WORLDS, WORLDS_ON_A_LINE = 64, 40, 100
"""Points of all ranges, worlds of each, and worlds of each value of a line, unless told."""


def study_robustness(
    scenario: Scenario,
    *,
    vary: Mapping[str, Ends] | None = None,
    each: float | None = None,
    variants: int | None = None,
    worlds: int | None = None,
    mixes: Iterable[str] | None = None,
    seed: int | None = None,
    regret: bool = False,
    precision: bool = False,
    keep: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    out: str | Path | None = None,
    name: str | None = None,
    progress: Progress | bool = True,
) -> Robustness:
    """Simulate the mixes in many variants of a scenario, and compare them in each.

    By default the variants are 64 points of the ranges in the file's `uncertain`, and each condition alone at
    its ends. `vary` names conditions, each with its ends or None for the file's range or half and double:
    one gives a line of nine values, two a map of seven by seven, more are points of these alone. `each`
    moves every number of the conditions alone to a fraction and a multiple. `worlds` is how many
    replications each variant has: 40, or 100 on a line. `regret` runs the points in which a mix is furthest
    behind again, on as many worlds of their own. `precision` adds worlds to each variant until every primary
    contrast is known to half of its δ at 95 %, alone, or it has ten times as many. `keep="series"`
    keeps how every run developed, and its pools, for `Robustness.series` and `pools`; else there are its
    measures alone. The other arguments are those of `run_experiment`.

    Raises TabletopError, before anything runs, for a range that cannot be, a number out of range, and
    where the file has no ranges; KeyboardInterrupt at Ctrl-C, after what was finished is kept.
    """
    from tabletop.experiment.progress import watched  # noqa: PLC0415 (a page opens studies without rich)

    study = Study.of(
        scenario,
        vary=vary,
        each=each,
        variants=variants,
        worlds=worlds,
        mixes=mixes,
        seed=seed,
        regret=regret,
        precision=precision,
        keep=keep,
    )
    shown = watched() if progress is True else nullcontext(progress or None)
    with shown as seen:
        return study.run(
            None if out is None else arguments.path("out", out),
            name=name,
            workers=workers,
            cluster=cluster,
            progress=seen,
        )


@dataclass(frozen=True)
class Study:
    """The plan of a study; made by `of`, which checks it."""

    scenario: Scenario
    """As the file has it, with the seed that is used."""
    ranges: Ranges
    asked: Asked
    left_out: tuple[str, ...] = ()
    """Numbers that have no range, each with the reason."""
    question: str = ""
    """The name of its folder within that of the runs, if other ranges are asked for than the file's."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        *,
        vary: Mapping[str, Ends] | None = None,
        each: float | None = None,
        variants: int | None = None,
        worlds: int | None = None,
        mixes: Iterable[str] | None = None,
        seed: int | None = None,
        regret: bool = False,
        precision: bool = False,
        keep: str | None = None,
    ) -> "Study":
        """The plan for a scenario; see `study_robustness`."""
        design = Design.of(scenario, mixes=mixes, seed=seed)
        used = scenario.model_copy(update={"seed": design.scenario.seed})
        if not used.primary_measures:
            raise TabletopError(f"{used.title}: no primary measure, so that nothing can be compared")
        if not any(not same_policy(used, mix, design.baseline) for mix in design.mixes):
            raise TabletopError(
                f"{used.title}: no mix to compare with {design.baseline}, or only such as are the same policy"
            )
        if vary is not None and not isinstance(vary, Mapping):
            raise TabletopError(
                f"vary: {reprlib.repr(vary)}: must be a mapping of paths to two ends, or None"
            )
        if vary and each is not None:
            raise TabletopError("each: moves every number alone, and vary names some; leave one out")
        if keep is not None:
            known_name("part of a run to keep beside its measures", keep, KEPT)
        uncertain, left_out = _uncertain(used, vary, each)
        is_alone = each is not None or (vary is not None and 0 < len(vary) < 3)
        if is_alone and (variants is not None or regret):
            name = "regret" if variants is None else "variants"
            raise TabletopError(f"{name}: goes with points of all ranges, of which there are none here")
        number = 0 if is_alone else checked_number(VARIANTS if variants is None else variants)
        default = WORLDS_ON_A_LINE if vary is not None and len(vary) == 1 else WORLDS
        asked = Asked(
            mixes=design.mixes,
            baseline=design.baseline,
            worlds=arguments.whole_number(
                "worlds", default if worlds is None else worlds, 1, arguments.MOST_REPLICATIONS
            ),
            seed=used.seed,
            variants=number,
            is_line=vary is not None and 0 < len(vary) < 3,
            regret=regret,
            precision=precision,
            series=keep == "series",
        )
        varied = [" with ".join(one.paths) for one in uncertain] if vary else ()
        question = folder_of_question(varied, each)
        return cls(used, Ranges(bare(used), uncertain), asked, left_out, question)

    def variants(self, points: list[list[float]]) -> tuple[Variant, ...]:
        """Every variant, the file itself first; one that is the file itself is not among the others."""
        ranges, asked = self.ranges, self.asked
        found = [ranges.written()]
        if asked.is_line and len(ranges.uncertain) == 1:
            found += ranges.line(0)
        elif asked.is_line:
            found += ranges.map()
        else:
            found += [*ranges.points(points), *(ranges.ends() if asked.ends else ())]
        first, *others = found
        return told_apart((first, *(one for one in others if one.changes or one.kind == "point")))

    def points(self, kept: KeptWorlds) -> list[list[float]]:
        """The points of all ranges, those that are kept first."""
        dimensions, asked = len(self.ranges.uncertain), self.asked
        if not asked.variants:
            return []
        found = drawn(
            dimensions,
            asked.variants,
            seed=asked.seed,
            kept=kept_points(kept, dimensions, asked.seed),
        )
        keep_points(kept, found, asked.seed)
        return found

    @property
    def number_of_variants(self) -> int:
        """How many variants there are; nothing is drawn for it."""
        return len(self.variants([])) + self.asked.variants

    def planned(self) -> tuple[Variant, ...]:
        """The variants, without a folder; raises TabletopError for one that cannot be built."""
        return self.variants(self.points(KeptWorlds.temporary()))

    def place(self, name: str | None = None) -> Path:
        """Its folder under the parent, where its tables and figures are: that of the runs, or one within."""
        return Path(folder_name(self.scenario, self.ranges, name)) / self.question

    def run(
        self,
        parent: Path | None = None,
        *,
        name: str | None = None,
        workers: int | None = None,
        cluster: str | None = None,
        progress: Progress | None = None,
        tell: Any = None,
    ) -> Robustness:
        """Simulate what is missing, in a folder under `parent` if there is one, and write what follows."""
        if parent is None:
            return self.made(KeptWorlds.temporary(), None, workers, cluster, progress)
        with opened(parent, folder_name(self.scenario, self.ranges, name)) as place:
            for note in place.notes if tell else ():
                tell(note)
            found = self.made(place.kept, place.folder, workers, cluster, progress, tell)
            self._write(place.folder, {**texts(found), STUDY: [record(found, self.left_out)]})
            return found

    def _write(self, folder: Path, files: Mapping[str, Iterable[str]]) -> None:
        """Write files of this question, given the folder of the runs."""
        put_files(folder, {str(Path(self.question) / name): content for name, content in files.items()})

    def made(
        self,
        kept: KeptWorlds,
        folder: Path | None,
        workers: int | None,
        cluster: str | None,
        progress: Progress | None,
        tell: Any = None,
    ) -> Robustness:
        """Simulate what is missing in a database, which lies in a `folder` if there is one."""
        asked = self.asked
        variants = self.variants(self.points(kept))
        if folder is not None:
            self._write(folder, {SCENARIO: [resolved_yaml(self.scenario)]})
            borrow(kept, variants[0], folder.parent, asked.mixes, asked.worlds, series=asked.series)

        def lacking_of(some: Iterable[Variant], worlds: range) -> Missing:
            return missing(kept, some, asked.mixes, worlds, series=asked.series)

        wanted = lacking_of(variants, range(asked.first, asked.first + asked.worlds))
        total = len(variants) * len(asked.mixes) * asked.worlds
        if tell and 0 < wanted.runs < total:
            tell(f"{total - wanted.runs:,} of {total:,} runs are there already.")
        failures: list[Failure] = []

        def simulate(lacking: Missing) -> None:
            if not lacking.jobs:
                return
            with backend_for(self._processes(lacking, workers, cluster), cluster=cluster) as backend:
                failures.extend(
                    make(
                        kept,
                        self.ranges.scenario,
                        variants,
                        lacking,
                        backend,
                        base=everything_hash(self.ranges.scenario),
                        series=asked.series,
                        progress=progress,
                    )
                )

        simulate(wanted)
        further: dict[str, int] = {}

        def study() -> Robustness:
            return Robustness(
                self.scenario, self.ranges, asked, variants, kept, tuple(failures), dict(further)
            )

        found = study()
        while asked.precision and (more := wider(found)):
            further |= more
            for one in variants:
                if one.label in more:
                    simulate(lacking_of([one], range(asked.first, asked.first + more[one.label])))
            found = study()
        if not asked.regret:
            return found
        simulate(lacking_of(furthest_behind(found), found.fresh))
        return study()

    def _processes(self, wanted: Missing, workers: int | None, cluster: str | None) -> int:
        asked = useful_for(self.scenario, wanted.runs) if workers is None else checked_workers(workers)
        return min(possible(asked) if cluster is None else asked, max(1, len(wanted.jobs)))


def _uncertain(
    scenario: Scenario, vary: Mapping[str, Ends] | None, each: float | None
) -> tuple[tuple[Uncertain, ...], tuple[str, ...]]:
    if each is not None:
        return by_factor(scenario, each)
    if vary:
        return ranges_to_vary(scenario, vary), ()
    if not scenario.uncertain:
        raise TabletopError(
            f"{scenario.title}: no `uncertain` in the file, and no condition to vary; name one with "
            "--vary threat.formation_rate, or try every number of the conditions, halved and doubled, "
            "with --each 2"
        )
    return of_the_file(scenario)
