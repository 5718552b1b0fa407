"""Destinations: where in a scenario file the cells of a row are written."""

from dataclasses import dataclass
from typing import Any, Self

from tabletop.exercise.msel import MselRow, action_place
from tabletop.report.msel.columns import SOURCE_ID
from tabletop.scenario.plain import items, mapping
from tabletop.scenario.yaml_document import Path

STAGED = {
    "Inject Mode": "mode",
    "From": "sender",
    "To": "recipient",
    "Expected Participant Response": "expected_response",
    "Exercise Objective": "objective",
    "Responsible Controller": "controller",
    "Notes": "notes",
    "Planned Minute": "planned_minute",
    "Attachments": "attachments",
    "Thread": "thread",
    "Options": "options",
    SOURCE_ID: "source_id",
}
"""Columns that describe how an inject reaches the players: their keys in the exercise's list of injects."""
ITSELF = {"Message": "message", "Title": "title", "Designated Scenario Time": "day"}
"""Columns that say what an inject is: their keys where it is defined."""
EXPECTED = {
    "Expected Participant Response": "action",
    "To": "by",
    "Exercise Objective": "objective",
    "Notes": "notes",
}
"""Columns of an expected action, the only ones that it has."""
STAGINGS: Path = ("exercise", "injects")


@dataclass(frozen=True)
class Destinations:
    """The positions of injects in a file, by their ids."""

    data: dict[str, Any]
    scripted: dict[str, int]
    """Injects of the scenario, which act in `tabletop run` too."""
    staged: dict[str, int]
    """Those that the exercise's own list names."""

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """Those of a file's plain data."""
        own = items(mapping(data, "exercise"), "injects")
        return cls(data, _positions(items(data, "injects")), _positions(own))

    def has(self, row: MselRow, column: str) -> bool:
        """Whether a row of that sort says anything in a column that a file can hold."""
        return column in (EXPECTED if row.event_type == "Expected Action" else {**STAGED, **ITSELF})

    def path(self, row: MselRow, column: str) -> Path | None:
        """Where a cell's value belongs; None if the exercise's list does not name that inject yet."""
        if (place := action_place(row.id)) is not None:
            move, position = place
            return ("exercise", "moves", move, "expected_actions", position, EXPECTED[column])
        if column in ITSELF and row.id in self.scripted:
            return ("injects", self.scripted[row.id], ITSELF[column])
        if row.id not in self.staged:
            return None
        position = self.staged[row.id]
        if column == "To" and self.names_recipients(row):
            return (*STAGINGS, position, "recipients")
        return (*STAGINGS, position, {**STAGED, **ITSELF}[column])

    def names_recipients(self, row: MselRow) -> bool:
        """Whether it is for teams or roles that the exercise has, and not for whom a text says."""
        position = self.staged.get(row.id)
        return position is not None and bool(self.written((*STAGINGS, position, "recipients")))

    def written(self, path: Path) -> Any:
        """The value at a path, None if nothing is written there."""
        here: Any = self.data
        for key in path:
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                return None
        return here


def _positions(listed: list[Any]) -> dict[str, int]:
    return {one["id"]: position for position, one in enumerate(listed)}
