"""Moves of a foreign list's rows: as they say, else as their section, their minute or their day says."""

from dataclasses import dataclass

from tabletop.report.msel.cells import stated_day
from tabletop.report.msel.foreign import values
from tabletop.report.msel.foreign.headings import plain
from tabletop.report.msel.foreign.moments import Moment
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.foreign.rows import ForeignRow
from tabletop.report.msel.refusals import Wrong
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.words import shown


@dataclass
class Moves:
    """Finds the move of each row, in the order of the list; adds what is no move to what is `wrong`."""

    plan: ExercisePlan
    record: Record
    wrong: list[Wrong]
    _move: int | None = None

    def of(
        self, row: ForeignRow, texts: dict[str, str], notes: list[str], minute: float | None, moment: Moment
    ) -> str:
        """The number of a row's move: as it says, else as its section, its minute or its day says."""
        text = texts.pop("Move", "")
        count = len(self.plan.moves)
        if text:
            found = self._named_move(text)
            if found is not None:
                if text != str(found + 1):
                    self.record.cell(row.at("Move"), text, f"move {found + 1}")
                return self._went_to(found)
            if plain(row.headings.get("Move", "Move")) == "move":
                wrong = f"{shown(text)}: no such move; write its number, 1 to {count}, or its name"
                self.wrong.append(Wrong(row.at("Move"), wrong))
                return "1"
            self.record.cell(row.at("Move"), text, "Notes")
            notes.append(f"{row.headings['Move']}: {text}")
        for section in reversed(row.sections):
            if (found := self._named_move(section)) is not None and not section[:1].isdigit():
                return self._went_to(found)
        if minute is not None:
            return self._went_to(max((m for m in range(count) if self.plan.begins(m) <= minute), default=0))
        day = stated_day(moment.scenario_day)
        if day is not None:
            return self._went_to(self.plan.move_of(day))
        why = "as the row before it" if self._move is not None else "the first, since nothing says which"
        found = self._move or 0
        self.record.say(row.place, f"no move and no time; move {found + 1}, {why}")
        return self._went_to(found)

    def _named_move(self, text: str) -> int | None:
        for position, move in enumerate(self.plan.moves):
            if plain(move.name) == plain(text):
                return position
        stated = values.move_number(text)
        return stated - 1 if stated is not None and 1 <= stated <= len(self.plan.moves) else None

    def _went_to(self, move: int) -> str:
        self._move = move
        return str(move + 1)
