"""Importing: an edited list read back into a scenario's text, which is checked before it is given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import ScenarioError
from tabletop.exercise.exercise import playable
from tabletop.report.msel.changes import ListChange, ListComparison
from tabletop.report.msel.new_rows import Newcomers
from tabletop.report.msel.reading import read_list
from tabletop.report.msel.refusals import Place, Unreadable, Wrong
from tabletop.report.msel.sheet import SheetRow
from tabletop.report.yaml_edit import edited
from tabletop.scenario.load import loads
from tabletop.scenario.words import spelled
from tabletop.scenario.yaml_document import read


@dataclass(frozen=True)
class Imported:
    """The result of an import."""

    text: str
    """The scenario's text with the changes; that which was given, if there are none."""
    says: tuple[str, ...]
    """Each change in words."""


def import_list(file: Path, text: str, name: str) -> Imported:
    """The text of a scenario, called `name`, with what was edited in a list.

    Only the values of edited cells change in it. Raises Unreadable with everything in the list that
    cannot be read or taken over, ScenarioError for a scenario that is wrong before anything changes.
    """
    scenario = playable(loads(text, name), name)
    assert scenario.exercise is not None
    lines = read_list(file)
    compared = ListComparison(scenario, read(text).data)
    changes = [change for line in lines for change in compared.changes(line)]
    taken = {*compared.rows, *(inject.id for inject in scenario.injects)}
    newcomers = Newcomers(scenario.exercise, compared.rows, taken)
    changes += [change for line in compared.new for change in newcomers.changes(line)]
    wrong = [*compared.wrong, *newcomers.wrong, *_missing(file, lines, compared.missing())]
    if wrong:
        raise Unreadable(wrong)
    new = edited(text, [edit for change in changes for edit in change.edits])
    _check(new, name, Place(str(file)), changes)
    return Imported(new, tuple(change.says for change in changes if change.says))


def _missing(file: Path, lines: list[SheetRow], names: Iterable[str]) -> list[Wrong]:
    whole = Place(str(file), lines[0].place.sheet if lines else None)
    return [
        Wrong(whole, f"no row for '{name}': an import removes nothing; put it back, or edit the scenario")
        for name in names
    ]


def _check(text: str, name: str, whole: Place, changes: list[ListChange]) -> None:
    """Check that the new text is a valid scenario; a mistake is reported at the cell that caused it."""
    try:
        loads(text, name)
    except ScenarioError as error:
        asked = {spelled(edit.path): change.place for change in changes for edit in change.edits}
        found = []
        for problem in error.problems:
            place = asked.get(problem.path)
            message = f"the scenario would be wrong: {problem.path}: {problem.message}"
            found.append(Wrong(place or whole, problem.message if place else message))
        raise Unreadable(found) from None
