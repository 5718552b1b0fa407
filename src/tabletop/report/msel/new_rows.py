"""New rows of a list, as injects and expected actions of the exercise."""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from tabletop.exercise.msel import MselRow
from tabletop.report.msel.cells import day, file_names, minute, named, objective, unmarked
from tabletop.report.msel.changes import ListChange
from tabletop.report.msel.columns import INJECT_ID
from tabletop.report.msel.destinations import EXPECTED, ITSELF, STAGED, STAGINGS
from tabletop.report.msel.refusals import Place, Wrong
from tabletop.report.msel.sheet import SheetRow
from tabletop.report.yaml_edit import Append
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.words import shown

TYPES = ("Inject", "Contingency Inject", "Expected Action")
FOLLOWS = {
    "Trigger": "triggers are written in the scenario file",
    "Model Effect": "effects are written in the scenario file",
}
"""Columns that must be empty in a new row, with the reason."""
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@dataclass
class Newcomers:
    """Reads new rows for a plan, and keeps what is wrong with them."""

    plan: ExercisePlan
    groups: list[str]
    """Who can receive a message alone."""
    rows: dict[str, MselRow]
    """What there is already, by id."""
    taken: set[str]
    """Ids that no new inject can have."""
    wrong: list[Wrong] = field(default_factory=list)

    def changes(self, line: SheetRow) -> Iterator[ListChange]:
        """What one new row adds."""
        before = len(self.wrong)
        kind = self._kind(line)
        move = self._move(line)
        for column, reason in FOLLOWS.items():
            if line[column]:
                self._refuse(line, column, f"{shown(line[column])} in a new row: {reason}; leave it empty")
        if kind is None or move is None or len(self.wrong) > before:
            return
        added = self._expected_action(line, move) if kind == TYPES[2] else self._inject(line, kind, move)
        if added is not None and len(self.wrong) == before:
            yield added

    def _kind(self, line: SheetRow) -> str | None:
        found = next((kind for kind in TYPES if kind.casefold() == line["Event Type"].casefold()), None)
        if found is None:
            said = f"{shown(line['Event Type'])}: no type of event" if line["Event Type"] else "empty"
            self._refuse(line, "Event Type", f"{said}; write one of {', '.join(TYPES)}")
        return found

    def _move(self, line: SheetRow) -> int | None:
        """The move that a new row is in, 0 for the first."""
        said = line["Move"]
        for position, move in enumerate(self.plan.moves):
            if said == str(position + 1) or said.casefold() == move.name.casefold():
                return position
        wrong = f"{shown(said)}: no such move" if said else "empty"
        self._refuse(line, "Move", f"{wrong}; write its number, 1 to {len(self.plan.moves)}, or its name")
        return None

    def _inject(self, line: SheetRow, kind: str, move: int) -> ListChange | None:
        message = unmarked(line["Message"])
        name = self._name(line, message)
        # with neither, that was told already
        for column, said in (("Title", line["Title"]), ("Message", message)):
            if name is not None and not said:
                self._refuse(line, column, "empty; an inject of the exercise's own has a title and a message")
        self._is_new(line, kind, move, message)
        if name is None:
            return None
        keys: dict[str, Any] = {"id": name, "title": line["Title"], "message": message}
        if line["Designated Scenario Time"]:
            keys["day"] = self._kept(
                day(line.at("Designated Scenario Time"), line["Designated Scenario Time"])
            )
        if kind == TYPES[1]:
            keys["contingency"] = True
        self._take_over(line, STAGED, keys)
        self.taken.add(name)
        edits = (
            Append(STAGINGS, {key: value for key, value in keys.items() if value not in ("", None)}),
            Append(("exercise", "moves", move, "injects"), name),
        )
        return ListChange(
            line.place, f"{name}: a new {kind.lower()} of move {move + 1}", edits, _cells(line, STAGED)
        )

    def _expected_action(self, line: SheetRow, move: int) -> ListChange | None:
        if not line["Expected Participant Response"]:
            self._refuse(
                line, "Expected Participant Response", "empty; write what players are expected to do"
            )
        for column in (*STAGED, *ITSELF):
            if column not in EXPECTED and line[column]:
                self._refuse(
                    line, column, f"{shown(line[column])}: an expected action has none; leave it empty"
                )
        self._is_new(line, TYPES[2], move, "")
        keys: dict[str, Any] = {}
        self._take_over(line, EXPECTED, keys)
        edit = Append(("exercise", "moves", move, "expected_actions"), keys)
        return ListChange(
            line.place, f"a new expected action of move {move + 1}", (edit,), _cells(line, EXPECTED)
        )

    def _take_over(self, line: SheetRow, columns: dict[str, str], keys: dict[str, Any]) -> None:
        """The cells that say something; the others are left to their defaults."""
        for column, key in columns.items():
            if not line[column]:
                continue
            alone = (
                named(line.at(column), line[column], self.groups, "team or role")
                if key == "recipient"
                else None
            )
            if isinstance(alone, list):
                keys["recipients"] = alone
            else:
                keys[key] = self._kept(self._value(line, column, key))

    def _value(self, line: SheetRow, column: str, key: str) -> Any:
        text, place = line[column], line.at(column)
        match key:
            case "objective":
                return objective(place, text, [one.id for one in self.plan.objectives])
            case "planned_minute":
                return minute(place, text)
            case "attachments":
                return file_names(text)
            case _:
                return text

    def _name(self, line: SheetRow, message: str) -> str | None:
        """The id that a planner gave, or one made of the title's first words."""
        given = line[INJECT_ID]
        if given:
            if _ID.fullmatch(given):
                return given
            self._refuse(
                line, INJECT_ID,
                f"{shown(given)} is no id; begin with a letter, then lower-case letters, digits, '-', '_', "
                "40 characters at most, or leave it empty",
            )  # fmt: skip
            return None
        if not (line["Title"] or message):
            self._refuse(line, "Message", "empty, and so is 'Title'; write what players are told")
            return None
        return slug(line["Title"] or message, self.taken)

    def _is_new(self, line: SheetRow, kind: str, move: int, message: str) -> None:
        """A list that is imported twice does not add its new rows twice."""
        for row in self.rows.values():
            same = (row.event_type, row.move, row.message.strip(), row.title, row.expected_response.strip())
            if same == (kind, move + 1, message, line["Title"], line["Expected Participant Response"]):
                repeated = f"this row is in the scenario already, as '{row.id}'"
                self._refuse(line, INJECT_ID, f"{repeated}; export the list again, and edit that")

    def _kept(self, value: Any) -> Any:
        if isinstance(value, Wrong):
            self.wrong.append(value)
            return None
        return value

    def _refuse(self, line: SheetRow, column: str, message: str) -> None:
        self.wrong.append(Wrong(line.at(column), message))


def _cells(line: SheetRow, columns: dict[str, str]) -> dict[str, Place]:
    """The cells of what is appended, by key."""
    return {key: line.at(column) for column, key in {**ITSELF, **columns}.items() if line[column]}


def slug(text: str, taken: Container[str]) -> str:
    """An id made of the first words of a text, which no other has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:4]
    name = "_".join(words)[:32].strip("_")
    if not name or not name[0].isalpha():
        name = f"inject_{name}".rstrip("_")
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
