"""Importing: an edited list read back into a scenario's text, which is checked before it is given back."""

import pathlib
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from tabletop.errors import ScenarioError
from tabletop.exercise.exercise import playable
from tabletop.report.msel.changes import ListChange, ListComparison, groups
from tabletop.report.msel.foreign.adding import Foreign, adapted
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.new_rows import Newcomers
from tabletop.report.msel.reading import read_list
from tabletop.report.msel.refusals import Place, Unreadable, Wrong
from tabletop.report.msel.sheet import SheetRow
from tabletop.report.yaml_edit import Put, edited
from tabletop.scenario.load import loads
from tabletop.scenario.words import spelled
from tabletop.scenario.yaml_document import Path, read


@dataclass(frozen=True)
class Imported:
    """The result of an import."""

    text: str
    """The scenario's text with the changes; that which was given, if there are none."""
    says: tuple[str, ...]
    """Each change in words."""
    read: tuple[str, ...] = ()
    """Of a foreign list, what became of its cells, in words."""


def import_list(file: pathlib.Path, text: str, name: str, foreign: Foreign | None = None) -> Imported:
    """The text of a scenario, called `name`, with what was edited in a list.

    Only the values of edited cells change in it. With `foreign` the rows of a planners' list are added:
    no row of the scenario need be there. Raises Unreadable with everything in the list that cannot be read
    or taken over, ScenarioError for a scenario that is wrong before anything changes.
    """
    scenario = playable(loads(text, name), name)
    assert scenario.exercise is not None
    before = read(text).data
    compared = ListComparison(scenario, before)
    taken = {*compared.rows, *(inject.id for inject in scenario.injects)}
    record = Record()
    lines = (
        read_list(file) if foreign is None else adapted(file, scenario, compared.rows, taken, foreign, record)
    )
    changes = [change for line in lines for change in compared.changes(line)]
    newcomers = Newcomers(scenario.exercise, groups(scenario.exercise), compared.rows, taken)
    changes += [change for line in compared.new for change in newcomers.changes(line)]
    wrong = [
        *compared.wrong,
        *newcomers.wrong,
        *(_missing(file, lines, compared.missing()) if foreign is None else []),
    ]
    if wrong:
        raise Unreadable(wrong)
    new = edited(text, [edit for change in changes for edit in change.edits])
    _check(new, name, before, Place(str(file)), changes)
    return Imported(new, tuple(change.says for change in changes if change.says), tuple(record.lines))


def _missing(file: pathlib.Path, lines: list[SheetRow], names: Iterable[str]) -> list[Wrong]:
    whole = Place(str(file), lines[0].place.sheet if lines else None)
    return [
        Wrong(whole, f"no row for '{name}': an import removes nothing; put it back, or edit the scenario")
        for name in names
    ]


def _check(text: str, name: str, before: Any, whole: Place, changes: list[ListChange]) -> None:
    """Check that the new text is a valid scenario; a mistake is reported at the cell that caused it."""
    try:
        loads(text, name)
    except ScenarioError as error:
        asked = _places(before, changes)
        found = []
        for problem in error.problems:
            place = asked.get(_longest(problem.path, asked))
            message = f"the scenario would be wrong: {problem.path}: {problem.message}"
            found.append(Wrong(place or whole, problem.message if place else message))
        raise Unreadable(found) from None


def _places(before: Any, changes: list[ListChange]) -> dict[str, Place]:
    """The cells that values of the new text come from, by their paths in it."""
    found: dict[str, Place] = {}
    lengths: dict[Path, int] = {}
    for change in changes:
        for edit in change.edits:
            if isinstance(edit, Put):
                found[spelled(edit.path)] = change.place
                continue
            at = lengths.setdefault(edit.path, _length(before, edit.path))
            lengths[edit.path] += 1
            found[spelled((*edit.path, at))] = change.place
            if isinstance(edit.item, dict):
                for key in edit.item:
                    found[spelled((*edit.path, at, key))] = change.cells.get(key, change.place)
    return found


def _length(data: Any, path: Path) -> int:
    """How many items a list has before anything is appended to it."""
    for key in path:
        data = data.get(key, ()) if isinstance(data, dict) else data[key]
    return len(data)


def _longest(path: str, known: Container[str]) -> str:
    """The path of what holds a value, and was asked for: as much of the value's own as is known."""
    while path and path not in known:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return path
