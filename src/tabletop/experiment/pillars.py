"""The pillars taken apart: each as in the baseline or as in another mix, in every combination."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from tabletop import arguments
from tabletop.analysis.factorial import Effect, Factorial, factorial
from tabletop.analysis.frames import frame
from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.words import plural
from tabletop.errors import TabletopError, known_name
from tabletop.experiment import table_columns
from tabletop.experiment.corners import Corner, checked_high, with_corners
from tabletop.experiment.design import Design
from tabletop.experiment.execution import Progress
from tabletop.experiment.folder import TABLES
from tabletop.experiment.identity import FOLDER_DIGITS, digest, experiment_hash, mix_digest
from tabletop.experiment.many_mixes import Labour, ManyMixes
from tabletop.experiment.results import FAILURES_BORNE
from tabletop.experiment.robustness.folder import opened
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.runs import Failure
from tabletop.experiment.tables import csv_lines
from tabletop.measures import MEASURES
from tabletop.outputs import put_files
from tabletop.scenario.names import for_a_file
from tabletop.scenario.policy import PILLARS
from tabletop.scenario.scenario import Scenario
from tabletop.spreadsheet import WORKBOOK, Sheet, workbook


@dataclass(frozen=True, eq=False, repr=False)
class Pillars:
    """What each pillar changes, and what they change together; made by `study_pillars`."""

    scenario: Scenario
    """As the file has it, with the seed and the number of replications that are used."""
    high: Mapping[str, str]
    """The mix that each pillar is taken from; only pillars that differ from the baseline's."""
    corners: tuple[Corner, ...]
    """Every combination, the baseline first."""
    outcomes: Outcomes
    """Every measure in every corner, over the worlds that all corners have."""
    failures: tuple[Failure, ...] = ()
    """Worlds that failed; they are left out of every corner."""

    def __repr__(self) -> str:
        worlds = plural(len(self.outcomes.replications), "world")
        corners = plural(len(self.corners), "combination")
        return f"<Pillars of {self.scenario.title!r}: {', '.join(self.high)}; {corners} × {worlds}>"

    @property
    def alike(self) -> tuple[str, ...]:
        """The pillars that are as in the baseline in every corner."""
        return tuple(pillar for pillar in PILLARS if pillar not in self.high)

    @property
    def failed(self) -> bool:
        """Whether more than 1 % of the worlds failed."""
        lost = self.scenario.replications - len(self.outcomes.replications)
        return lost > FAILURES_BORNE * self.scenario.replications

    @cached_property
    def factorials(self) -> dict[str, Factorial]:
        """The effects in each primary measure."""
        columns = self.outcomes.columns
        return {
            name: factorial(
                {corner.high: columns[corner.name][name] for corner in self.corners},
                tuple(self.high),
                measure=name,
                delta=self.scenario.measures[name].delta,
            )
            for name in self.scenario.primary_measures
        }

    def factorial(self, measure: str) -> Factorial:
        """The effects in one primary measure; raises UnknownName for another."""
        return self.factorials[known_name("primary measure", measure, self.factorials)]

    def sheet(self) -> Sheet:
        """Every effect as a table: those that hold together first, measure by measure."""
        rows = []
        for name, found in self.factorials.items():
            once = found.one_at_a_time
            kinds: list[tuple[str, tuple[Effect, ...]]] = [
                ("main effect", found.mains),
                ("interaction", found.pairs),
                ("higher interaction", found.higher),
                ("one at a time, summed", (once.alone,)),
                ("all together", (once.together,)),
                ("all together less the sum", (once.lost,)),
            ]
            rows += [
                (
                    name, MEASURES[name].unit, MEASURES[name].direction, kind, " × ".join(one.factors),
                    one.value,
                    *((None,) * 3 if one.interval is None else (
                        one.interval.low, one.interval.high, one.interval.confidence
                    )),
                    one.delta, one.n, one.differing, one.verdict.value, one.in_words(),
                )
                for kind, effects in kinds
                for one in effects
            ]  # fmt: skip
        return table_columns.PILLARS.sheet(rows)

    def corner_sheet(self) -> Sheet:
        """Every corner with its cost and the mean of each primary measure; empty where that is missing."""
        names = self.scenario.primary_measures
        rows = []
        for corner in self.corners:
            values = (self.outcomes.columns[corner.name][name].values() for name in names)
            means = (None if of is None else sum(of) / len(of) for of in values)
            rows.append((corner.name, *(p in corner.high for p in self.high), corner.cost, *means))
        return table_columns.CORNERS.sheet(rows, {"<pillar>": [*self.high], "<measure>": names})

    def to_frame(self, library: ModuleType | None = None) -> Any:
        """Every effect as a data frame of pandas or polars, or a dict of lists where neither is installed."""
        sheet = self.sheet()
        columns = zip(*sheet.rows, strict=True)
        return frame(dict(zip(sheet.columns, map(list, columns), strict=True)), library)


@dataclass(frozen=True)
class PillarStudy:
    """The plan of a study; made by `of`, which checks it."""

    scenario: Scenario
    high: Mapping[str, str]
    corners: tuple[Corner, ...]
    mixes: Scenario
    """The scenario with a mix for each corner."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        *,
        high: str | Mapping[str, str] | None = None,
        replications: int | None = None,
        seed: int | None = None,
    ) -> "PillarStudy":
        """The plan for a scenario; see `study_pillars`."""
        used = Design.of(scenario, replications=replications, seed=seed).scenario
        if not used.primary_measures:
            raise TabletopError(f"{used.title}: no primary measure, so that there is no effect to look at")
        taken = checked_high(used, high)
        mixes, corners = with_corners(used, taken)
        return cls(used, taken, corners, mixes)

    @property
    def runs(self) -> int:
        """How many runs it takes."""
        return len(self.corners) * self.scenario.replications

    def place(self, name: str | None = None) -> str:
        """The name of its folder: `<name>-pillars-<hash8>`, of what all runs share and of the corners."""
        corners = [mix_digest(self.mixes, corner.name) for corner in self.corners]
        own = digest([experiment_hash(self.mixes), corners])[:FOLDER_DIGITS]
        return f"{for_a_file(name or self.scenario.title)}-pillars-{own}"

    def run(
        self,
        parent: Path | None = None,
        *,
        name: str | None = None,
        labour: Labour | None = None,
        progress: Progress | None = None,
    ) -> Pillars:
        """Simulate what is missing, in a folder under `parent` if there is one, and write what follows."""
        who = labour or Labour()
        if parent is None:
            return self._made(KeptWorlds.temporary(), who, progress)
        with opened(parent, self.place(name)) as place:
            found = self._made(place.kept, who, progress)
            sheets = {"pillars": found.sheet(), "corners": found.corner_sheet()}
            tables: dict[str, Any] = {f"{TABLES}/{of}.csv": csv_lines(sheet) for of, sheet in sheets.items()}
            put_files(place.folder, {**tables, WORKBOOK: workbook(sheets)})
            return found

    def _made(self, kept: KeptWorlds, labour: Labour, progress: Progress | None) -> Pillars:
        worlds = ManyMixes(self.mixes, kept)
        names = [corner.name for corner in self.corners]
        replications = range(self.scenario.replications)
        failures = worlds.simulate(names, replications, labour, progress)
        outcomes = worlds.outcomes(names, replications)
        if not outcomes.replications:
            raise TabletopError(f"no world was finished in every corner; first: {failures[0].error}")
        return Pillars(self.scenario, self.high, self.corners, outcomes, failures)


def study_pillars(
    scenario: Scenario,
    *,
    high: str | Mapping[str, str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    out: str | Path | None = None,
    name: str | None = None,
    progress: Progress | bool = True,
) -> Pillars:
    """Take the pillars apart: simulate every combination of them, as in the baseline or as in another mix.

    `high` is that mix, or a mapping of pillars to mixes; by default each pillar is taken from the mix that
    spends most on it. Pillars that are the same there as in the baseline are left out, so that there are at
    most 32 combinations. With `out` the runs are kept in a folder `<name>-pillars-<hash8>` there, and those
    that are there already are not simulated again. The other arguments are those of `run_experiment`.

    Raises UnknownName for a mix or a pillar that does not exist, TabletopError where fewer than two pillars
    differ or a number is out of range; KeyboardInterrupt at Ctrl-C, after what was finished is kept.
    """
    from tabletop.experiment.progress import watched  # noqa: PLC0415 (rich is slow to import)

    study = PillarStudy.of(arguments.scenario(scenario), high=high, replications=replications, seed=seed)
    shown = watched() if progress is True else nullcontext(progress or None)
    with shown as seen:
        return study.run(
            None if out is None else arguments.path("out", out),
            name=arguments.text_or_none("name", name),
            labour=Labour(workers, cluster),
            progress=seen,
        )
