"""Identities: the ids of a foreign list made lawful, and its rows that the scenario has already."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tabletop.exercise.msel import MselRow
from tabletop.report.msel.cells import even
from tabletop.report.msel.columns import INJECT_ID, SOURCE_ID
from tabletop.report.msel.foreign import values
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.foreign.rows import ForeignRow
from tabletop.report.msel.new_rows import TYPES, slug
from tabletop.report.msel.refusals import Wrong
from tabletop.scenario.words import shown

ACTION = TYPES[2]


@dataclass
class Identities:
    """Gives new rows their ids; adds rows that cannot have one to what is `wrong`."""

    existing: Mapping[str, MselRow]
    taken: set[str]
    record: Record
    wrong: list[Wrong]
    is_own: bool
    """Whether the list is an export of ours, with rows added to it: its numbers are not ids then."""
    _made: dict[str, int] = field(default_factory=dict)

    def give(self, row: ForeignRow, texts: dict[str, str], made: dict[str, str], notes: list[str]) -> bool:
        """Give the row its id, and its source's; False for one that is in the scenario already."""
        name = INJECT_ID if texts.get(INJECT_ID) or self.is_own else "Event Number"
        given = texts.get(name, "")
        source = texts.get(SOURCE_ID, "") or given
        same = self._same(made)
        if same is not None:
            self.record.say(row.place, f"there already, as '{same.id}'; left as it is")
            return False
        if made["Event Type"] == ACTION:
            if source:
                notes.append(f"{SOURCE_ID}: {source}")
            return True
        before = next((one for one in self.existing.values() if source and one.source_id == source), None)
        if before is not None:
            self._refuse(
                row, name,
                f"{shown(source)} was imported before, as '{before.id}', and says something else now; "
                "export the list, and edit that row, or give this one another id",
            )  # fmt: skip
            return False
        free = (
            values.lawful_id(given, self.taken)
            if given
            else slug(made["Title"] or made["Message"], self.taken)
        )
        self.taken.add(free)
        made[INJECT_ID] = free
        if source and source != free:
            made[SOURCE_ID] = source[:120]
            first = self._made.get(source)
            again = f", since row {first} is {shown(source)} too" if first is not None else ""
            self.record.cell(row.at(name), source, f"id '{free}'{again}; kept as {SOURCE_ID}")
        if source:
            self._made.setdefault(source, row.place.row)
        return True

    def _same(self, made: Mapping[str, str]) -> MselRow | None:
        """The scenario's row that says the same, of a list that is imported once more."""
        for one in self.existing.values():
            if one.event_type != made["Event Type"] or str(one.move) != made["Move"]:
                continue
            if made["Event Type"] == ACTION:
                if even(one.expected_response) == even(made.get("Expected Participant Response", "")):
                    return one
            elif (one.title, even(one.message)) == (made["Title"], even(made["Message"])):
                return one
        return None

    def _refuse(self, row: ForeignRow, column: str, message: str) -> None:
        self.wrong.append(Wrong(row.at(column), message))
