"""The formats of an event log, by how the file's name ends."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tabletop.engine.journal import Journal
from tabletop.errors import TabletopError
from tabletop.eventlog.ocel import as_ocel
from tabletop.eventlog.table import as_csv

FORMATS: dict[str, Callable[[Journal, Sequence[str]], str]] = {
    ".csv": as_csv,
    ".json": as_ocel,
    ".jsonocel": as_ocel,
}


def writer(file: Path) -> Callable[[Journal, Sequence[str]], str]:
    """The function that turns a journal into the text of a file; raises TabletopError for another ending."""
    write = FORMATS.get(file.suffix.lower())
    if write is None:
        raise TabletopError(
            f"{file}: {file.suffix!r} is no format of an event log; end the name in .csv for a table, "
            "or in .json or .jsonocel for OCEL 2.0"
        )
    return write
