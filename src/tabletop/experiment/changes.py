"""Changes between two experiments because of which the runs of one cannot be used for the other."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment import database
from tabletop.experiment.database import Database

SHOWN = 5
"""Differences that are listed one by one."""


def what_changed(folder: Path, common: Mapping[str, Any]) -> str | None:
    """How an experiment differs from the most similar one in the same parent folder; None if there is none.

    Folders of one scenario bear its name and a hash; the likest has the fewest differences, and is
    the latest of several such.
    """
    name = folder.name.rpartition("-")[0]
    found: list[tuple[int, float, str, list[str]]] = []
    for path in folder.parent.glob(f"{name}-*/{database.NAME}"):
        if path.parent.name.rpartition("-")[0] != name or path.parent == folder:
            continue
        try:
            other = Database.reading(path).about().get("common")
        except TabletopError:
            continue  # whatever is wrong there is no matter of this folder
        if other is not None:
            differing = list(differences(other, common))
            found.append((len(differing), -path.stat().st_mtime, path.parent.name, differing))
    if not found:
        return None
    _, _, likest, differing = min(found)
    listed = "; ".join(differing[:SHOWN])
    more = f"; and {len(differing) - SHOWN} more" if len(differing) > SHOWN else ""
    return f"A new folder, for runs of {likest} are of no use here. What changed: {listed}{more}."


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """What two pieces of plain data differ in: place, value before, value after."""
    match before, after:
        case dict(), dict():
            for key in dict.fromkeys((*before, *after)):
                yield from differences(before.get(key), after.get(key), f"{path}.{key}" if path else key)
        case list() | tuple(), list() | tuple() if len(before) == len(after):
            for place, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from differences(one, other, f"{path}[{place}]")
        case _ if before != after:
            yield f"{path}: {_shown(before)} → {_shown(after)}"
        case _:
            pass


def _shown(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return f"{len(value)} entries" if value else "none"
    return "none" if value is None else str(value)
