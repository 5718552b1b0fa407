"""The folder of a scenario's studies: their runs, under a name that ranges do not change.

What was asked of the file's own ranges is written there, and every other question in a folder of its own
within it, which uses the same runs.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment.database import NAME, Database
from tabletop.experiment.encoding import readings
from tabletop.experiment.fingerprint import differences, fingerprint
from tabletop.experiment.folder import prepare
from tabletop.experiment.identity import (
    FOLDER_DIGITS,
    common_to_all_runs,
    digest,
    mix_digest,
    run_key,
)
from tabletop.experiment.lock import locked
from tabletop.experiment.robustness.kept import Development, KeptWorlds, Row, packed
from tabletop.experiment.robustness.variants import Ranges, Variant
from tabletop.measures import MEASURES
from tabletop.outputs import clear
from tabletop.scenario.changes import changed
from tabletop.scenario.names import MOST_LETTERS, for_a_file
from tabletop.scenario.scenario import Scenario

_SPELLED = re.compile(r"[a-z0-9_.]+( [a-z0-9_.]+)*")
"""What the name of a folder tells from others; of partners 'a b' and 'a-b' it would be the same."""
SCENARIO = "scenario.yaml"
"""What is compared, as it was read."""


def folder_name(scenario: Scenario, ranges: Ranges, name: str | None) -> str:
    """`<name>-robust-<hash8>`, with the hash of what is common to all variants."""
    words = for_a_file(name or scenario.title)
    return f"{words}-robust-{digest(_common(scenario, ranges))[:FOLDER_DIGITS]}"


def folder_of_question(vary: Iterable[str], each: float | None) -> str:
    """The folder within that of the runs for what is asked of other ranges; '' for those of the file.

    It is named for the paths that are varied, whether they were given or the name of a range of the file.
    """
    if each is not None:
        return for_a_file(f"each {each:g}")
    paths = " and ".join(vary)
    if not paths:
        return ""
    words = for_a_file(f"vary {paths}")
    is_spelled = len(paths) < MOST_LETTERS - len("vary ") and _SPELLED.fullmatch(paths)
    return words if is_spelled else f"{words}-{digest(paths)[:FOLDER_DIGITS]}"


def _common(scenario: Scenario, ranges: Ranges) -> dict[str, Any]:
    """All that decides runs, without what the file's ranges or those that were asked for move."""
    common = common_to_all_runs(scenario)
    every = (*ranges.uncertain, *scenario.uncertain)
    moved = dict.fromkeys(path for one in every for path in one.everything())
    with_nothing = {path: None for path in moved if path.split(".")[0] not in ("injects", "costs")}
    data = changed(ranges.scenario, with_nothing).data
    common["conditions"] = data.get("conditions", common["conditions"])
    for path in moved:
        if path.startswith("costs."):
            common["costs"].pop(path.removeprefix("costs."), None)
        if path.startswith("injects."):
            common["moved_injects"] = sorted({*common.get("moved_injects", ()), path})
    if "moved_injects" in common:
        names = {path.split(".")[1] for path in common["moved_injects"]}
        common["injects"] = [
            inject.model_dump(
                include={"when", "effects"} if inject.id in names else {"day", "when", "effects"}
            )
            for inject in scenario.injects
            if inject.effects
        ]
    return common


@dataclass(frozen=True)
class Place:
    """A study's folder while one process writes it."""

    folder: Path
    kept: KeptWorlds
    notes: tuple[str, ...]


@contextmanager
def opened(parent: Path, name: str) -> Iterator[Place]:
    """The folder of a study under a parent, locked, ready for its runs.

    Raises TabletopError where nothing can be written, somebody else is writing, or what is there is damaged,
    was made on another platform, or when there were other measures.
    """
    folder = parent / name
    prepare(parent, name)
    with locked(folder):
        clear(folder)
        kept = KeptWorlds.writing(folder / NAME)
        about, here = kept.about(), fingerprint()
        if not about and kept.counted():
            raise TabletopError(
                f"{kept.place}: says neither of which measures its runs are, nor where they were made; name "
                "another folder with --out"
            )
        if about and about.get("measures") != list(MEASURES):
            raise TabletopError(
                f"{kept.place}: written when there were other measures; name another folder with --out"
            )
        if about and about.get("platform") != here:
            raise TabletopError(
                f"{folder}: its runs were made on another platform ({differences(about['platform'], here)}), "
                "where last bits may differ; name another folder with --out"
            )
        kept.declare({"measures": list(MEASURES), "platform": here})
        notes = []
        if kept.removed:
            notes.append(f"{kept.removed:,} runs in {kept.place} were damaged: they are made anew.")
        try:
            yield Place(folder, kept, tuple(notes))
        finally:
            kept.settle()


def kept_points(kept: KeptWorlds, dimensions: int, seed: int) -> list[list[float]]:
    """The points that were drawn for as many conditions under a seed; none if none were."""
    found: list[list[float]] = kept.about().get(_points_name(dimensions, seed), [])
    return found


def keep_points(kept: KeptWorlds, points: list[list[float]], seed: int) -> None:
    """Keep points, unless as many are kept already."""
    dimensions = len(points[0])
    if len(points) > len(kept_points(kept, dimensions, seed)):
        kept.declare({_points_name(dimensions, seed): points})


def _points_name(dimensions: int, seed: int) -> str:
    return f"points of {dimensions}, seed {seed}"


def borrow(
    kept: KeptWorlds,
    written: Variant,
    parent: Path,
    mixes: tuple[str, ...],
    worlds: int,
    *,
    series: bool = False,
) -> int:
    """Take over the runs of `tabletop run` under the same parent, which are those of the file itself."""
    taken: list[Row] = []
    for folder in sorted(parent.glob(f"*-{written.hash[:FOLDER_DIGITS]}")):
        if "-robust-" in folder.name or not (folder / NAME).is_file():
            continue
        with suppress(TabletopError):
            source = Database.reading(folder / NAME)
            source.check_rows()
            if source.about().get("measures") != list(MEASURES) or fingerprint() not in source.platforms():
                continue
            for mix in mixes:
                there = kept.keys(written.hash, mix, series=series)
                mine = mix_digest(written.scenario, mix)
                asked = (
                    "SELECT replication, key, measures, pools, series FROM runs "
                    "WHERE mix = ? AND error IS NULL AND replication < ?"
                )
                for replication, key, measures, *developed in source.ask(asked, (mix, worlds)):
                    if replication not in there and key == run_key(written.hash, mine, replication):
                        development = Development(*developed) if series else None
                        read = packed(readings(measures))
                        taken.append(Row(written.hash, mix, replication, key, read, development))
    kept.keep(taken)
    return len(taken)
