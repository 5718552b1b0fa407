"""Changes: the differences between an edited list and its scenario, as edits of the scenario file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tabletop.exercise.msel import MselRow, msel
from tabletop.report.msel.cells import (
    day,
    displayed,
    even,
    file_names,
    minute,
    named,
    objective,
    stated_day,
    stated_minute,
    unmarked,
)
from tabletop.report.msel.columns import COLUMNS, INJECT_ID, LEFT_ASIDE, ROW_CHECK, MselColumn, row_check
from tabletop.report.msel.destinations import STAGED, STAGINGS, Destinations
from tabletop.report.msel.refusals import Place, Wrong
from tabletop.report.msel.sheet import SheetRow
from tabletop.report.yaml_edit import Append, Edit, Put
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import clipped, nearest, shown

NEVER_EMPTY = ("Inject Mode", "From", "To", "Responsible Controller", "Designated Scenario Time")
_COMPARED = tuple(column for column in COLUMNS if column.name not in (*LEFT_ASIDE, INJECT_ID, ROW_CHECK))


@dataclass(frozen=True)
class ListChange:
    """One change: its cell, its new value, and the edits that make it."""

    place: Place
    says: str
    edits: tuple[Edit, ...]
    cells: Mapping[str, Place] = field(default_factory=dict)
    """Of what is appended: the cells that its values come from, by their keys."""


class ListComparison:
    """Compares the lines of a list with the scenario's own rows; keeps what is wrong, and what is new."""

    def __init__(self, scenario: Scenario, data: dict[str, Any]) -> None:
        assert scenario.exercise is not None
        self.rows = {row.id: row for row in msel(scenario)}
        self.wrong: list[Wrong] = []
        self.new: list[SheetRow] = []
        self._objectives = [one.id for one in scenario.exercise.objectives]
        self._groups = groups(scenario.exercise)
        self._file = Destinations.of(data)
        self._seen: dict[str, int] = {}

    def changes(self, line: SheetRow) -> Iterator[ListChange]:
        """What one line changes."""
        name = line[INJECT_ID]
        if name in self._seen:
            repeated = f"'{clipped(name)}' is row {self._seen[name]} already; for a new inject leave it empty"
            self._refuse(line, INJECT_ID, f"{repeated}, and '{ROW_CHECK}' too")
        elif name in self.rows:
            yield from self._changes_of(line, self.rows[name])
        elif line[ROW_CHECK]:
            self._refuse(line, INJECT_ID, f"{shown(name)}: no such inject{nearest(name, self.rows)}")
        else:
            self.new.append(line)
        if name:
            self._seen.setdefault(name, line.place.row)

    def missing(self) -> Iterator[str]:
        """The rows of the scenario that no line was."""
        return (name for name in self.rows if name not in self._seen)

    def _changes_of(self, line: SheetRow, row: MselRow) -> Iterator[ListChange]:
        compared = (column for column in _COMPARED if column.name in line.columns)
        differing = [column for column in compared if not _agrees(line, row, column)]
        if differing and line[ROW_CHECK] != row_check(row):
            first = differing[0]
            self._refuse(
                line,
                first.name,
                f"{shown(_said(line, first))} differs from the scenario, {shown(_has(row, first))}, and the "
                "scenario's row is not as it was exported; export the list again, and edit that",
            )
            return
        added: dict[str, Any] = {}
        for column in differing:
            if not (column.editable and self._file.has(row, column.name)):
                self._refuse(
                    line,
                    column.name,
                    f"{shown(_said(line, column))} cannot be set from a list, which had "
                    f"{shown(_has(row, column))}; change it in the scenario file",
                )
                continue
            value = self._value(line, row, column)
            if isinstance(value, Wrong):
                self.wrong.append(value)
                continue
            says = f"{row.id}: {column.name}: {shown(_has(row, column))} → {shown(_said(line, column))}"
            path = self._file.path(row, column.name)
            if path is None:
                added[STAGED[column.name]] = value
                yield ListChange(line.at(column.name), says, ())
                continue
            before = self._file.written(path)
            if isinstance(before, str) and isinstance(value, str):
                value += before[len(before.rstrip("\n")) :]  # a text that ended its line still does
            yield ListChange(line.at(column.name), says, (Put(path, value),))
        if added:
            cells = {
                STAGED[column.name]: line.at(column.name) for column in differing if column.name in STAGED
            }
            yield ListChange(line.place, "", (Append(STAGINGS, {"id": row.id, **added}),), cells)

    def _value(self, line: SheetRow, row: MselRow, column: MselColumn) -> Any:
        """What is to be written, or what is wrong with it."""
        text, place = _said(line, column), line.at(column.name)
        if not text and self._must_say(row, column.name):
            return Wrong(place, f"empty; write something, as {shown(_has(row, column))}")
        if column.name == "Exercise Objective":
            return objective(place, text, self._objectives)
        if column.name == "To" and self._file.names_recipients(row):
            return named(place, text, self._groups, "team or role")
        if column.name == "Planned Minute":
            return minute(place, text)
        if column.name == "Attachments":
            return file_names(text)
        return day(place, text) if column.name == "Designated Scenario Time" else text

    def _must_say(self, row: MselRow, column: str) -> bool:
        if row.event_type == "Expected Action":
            return column in ("To", "Expected Participant Response")
        return column in NEVER_EMPTY or (column == "Title" and row.id in self._file.scripted)

    def _refuse(self, line: SheetRow, column: str, message: str) -> None:
        self.wrong.append(Wrong(line.at(column), message))


def groups(plan: ExercisePlan) -> list[str]:
    """Who can receive a message alone: the teams and the roles."""
    return [*plan.teams, *(role.name for role in plan.roles)]


def _said(line: SheetRow, column: MselColumn) -> str:
    text = line[column.name]
    return unmarked(text) if column.name == "Message" else text


def _has(row: MselRow, column: MselColumn) -> str:
    """What the scenario says there."""
    return even(row.message if column.name == "Message" else displayed(column.of(row)))


def _agrees(line: SheetRow, row: MselRow, column: MselColumn) -> bool:
    said, has = _said(line, column), _has(row, column)
    if column.name == "Designated Scenario Time" and stated_day(said) is not None:
        return stated_day(said) == stated_day(has)
    if column.name == "Planned Minute" and stated_minute(said) is not None:
        return stated_minute(said) == stated_minute(has)
    return said == has
