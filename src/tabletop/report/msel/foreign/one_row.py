"""One row of a foreign list as a row of ours, every change to a cell recorded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabletop.exercise.msel import BETWEEN
from tabletop.report.msel.cells import unmarked
from tabletop.report.msel.changes import groups
from tabletop.report.msel.foreign import values
from tabletop.report.msel.foreign.calendar import Calendar
from tabletop.report.msel.foreign.headings import DATE, TELLS, plain
from tabletop.report.msel.foreign.identities import Identities
from tabletop.report.msel.foreign.moments import CLOCK, MINUTE, WRITE, Moment
from tabletop.report.msel.foreign.moves import Moves
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.foreign.rows import ForeignRow
from tabletop.report.msel.foreign.times import says_more
from tabletop.report.msel.new_rows import TYPES
from tabletop.report.msel.refusals import Wrong
from tabletop.report.msel.sheet import SheetRow, tidy
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.words import number, shown

LONGEST_TITLE = 120
INJECT, CONTINGENCY, ACTION = TYPES
_LEFT_TO_THE_CLOCK = (
    "time",
    "time based",
    "timed",
    "scheduled",
    "schedule",
    "clock",
    "automatic",
    "auto",
    "manual",
)
"""Triggers, in plain letters, that only say that there is none."""
_AS_THEY_ARE = (
    "Inject Mode", "From", "To", "Responsible Controller", "Exercise Objective", "Thread", "Options",
)  # fmt: skip
"""Columns whose texts are taken over."""
_KEPT = ("Event Type", "Move", "Model Effect", "Status", "Actual Time", "Actual Response")
"""Columns whose words go to Notes where they are not those of the list."""


@dataclass
class RowReader:
    """Makes rows of ours; adds what cannot be read to what is `wrong`."""

    plan: ExercisePlan
    identities: Identities
    calendar: Calendar
    record: Record
    wrong: list[Wrong]

    def __post_init__(self) -> None:
        self.moves = Moves(self.plan, self.record, self.wrong)

    def line(self, at: int, row: ForeignRow, moment: Moment) -> SheetRow | None:
        """A row of ours, None for one that is left out."""
        texts = dict(self._clean(row))
        notes = [texts.pop("Notes")] if "Notes" in texts else []
        if values.GONE.fullmatch(plain(texts.get("Status", ""))):
            self.record.cell(row.at("Status"), texts["Status"], "the row is left out")
            return None
        files = self._attachments(row, texts, notes)
        columns = dict(row.columns)
        kind = self._kind(row, texts, notes)
        kind = self._waits(row, texts, moment, kind, notes)
        minute = self._minute(at, row, moment, columns, notes)
        move = self.moves.of(row, texts, notes, minute, moment)
        for name in _KEPT[2:]:
            self._to_notes(row, name, texts, notes, unless="planned" if name == "Status" else "")
        for name in (*moment.undecided, *([DATE] if moment.time is None or moment.time.day is None else [])):
            if name in texts and name != moment.column:
                self._to_notes(row, name, texts, notes)
        self._objectives(row, texts, notes)
        self._recipients(row, texts)
        for column, text in row.others:
            self._other(row, column.number, column.heading, text, notes)
        made = {"Event Type": kind, "Move": move}
        if moment.scenario_day:
            made[CLOCK] = moment.scenario_day
        if minute is not None:
            made[MINUTE] = number(minute)
        self._texts(row, texts, made, notes, kind)
        made |= {name: texts[name] for name in _AS_THEY_ARE if texts.get(name)}
        if files:
            made["Attachments"] = "\n".join(files)
        if kind == ACTION:
            self._only_an_action(row, columns, made, notes)
        if not self.identities.give(row, texts, made, notes):
            return None
        if notes:
            made["Notes"] = "\n".join(notes)
        return SheetRow(row.place, columns, made, row.headings)

    def _clean(self, row: ForeignRow) -> Iterator[tuple[str, str]]:
        for name, text in row.texts.items():
            neat = values.clean(text)
            if values.EMPTY.fullmatch(neat):
                self.record.cell(row.at(name), text, "empty")
                continue
            if name == "Message":
                neat = unmarked(neat)
            elif neat != tidy(text):
                self.record.cell(row.at(name), text, shown(neat))
                yield name, neat
                continue
            if neat != tidy(unmarked(text) if name == "Message" else text):
                self.record.cell(row.at(name), text, shown(neat))
            yield name, neat

    def _other(self, row: ForeignRow, column: int, heading: str, text: str, notes: list[str]) -> None:
        neat = values.clean(text)
        place = row.place.at(column, heading)
        if values.EMPTY.fullmatch(neat):
            self.record.cell(place, text, "empty")
            return
        self.record.cell(place, text, "Notes")
        notes.append(f"{heading}: {neat}" if heading else neat)

    def _to_notes(
        self, row: ForeignRow, name: str, texts: dict[str, str], notes: list[str], *, unless: str = ""
    ) -> None:
        """What our own column cannot hold, kept beside its heading."""
        text = texts.pop(name, "")
        if text and plain(text) != unless:
            self.record.cell(row.at(name), text, "Notes")
            notes.append(f"{row.headings.get(name, name)}: {text}")

    def _attachments(self, row: ForeignRow, texts: dict[str, str], notes: Sequence[str]) -> list[str]:
        found = values.attachments(texts.get("Attachments", ""))
        if found and "\n".join(found) != texts["Attachments"]:
            self.record.cell(row.at("Attachments"), texts["Attachments"], f"{len(found)} attachments")
        for name, text in (("Notes", notes[0] if notes else ""), ("Message", texts.get("Message", ""))):
            for one in values.attached(text):
                if one not in found:
                    found.append(one)
                    self.record.cell(row.at(name), text, f"{shown(one)} is an attachment too")
        for link in row.links:
            if link not in found and link not in texts.get("Message", ""):
                found.append(link)
                self.record.say(row.place, f"the address {shown(link)} behind a cell is an attachment")
        return found

    def _kind(self, row: ForeignRow, texts: dict[str, str], notes: list[str]) -> str:
        text = texts.get("Event Type", "")
        if not text:
            only_action = "Expected Participant Response" in texts and not any(
                name in texts for name in TELLS[:2]
            )
            return ACTION if only_action else INJECT
        kind = values.event_type(text)
        if kind is not None:
            if plain(text) != plain(kind):
                self.record.cell(row.at("Event Type"), text, kind)
                notes.append(f"{row.headings.get('Event Type', 'Event Type')}: {text}")
            return kind
        if values.is_mode(text) and "Inject Mode" not in texts:
            self.record.cell(row.at("Event Type"), text, f"{INJECT}, and Inject Mode {shown(text)}")
            texts["Inject Mode"] = text
            return INJECT
        if (meant := values.nearly(text, TYPES)) is not None:
            self._refuse(row, "Event Type", f"{shown(text)}: no type of event; did you mean '{meant}'?")
        self.record.cell(row.at("Event Type"), text, f"{INJECT}; no type of ours, kept in Notes")
        notes.append(f"{row.headings.get('Event Type', 'Event Type')}: {text}")
        return INJECT

    def _waits(
        self, row: ForeignRow, texts: dict[str, str], moment: Moment, kind: str, notes: list[str]
    ) -> str:
        """The type of what waits for something; what for is kept for the controller."""
        trigger = texts.pop("Trigger", "")
        if moment.column == "Trigger":
            trigger = ""
        if trigger and (plain(trigger) in _LEFT_TO_THE_CLOCK or kind == ACTION):
            self.record.cell(row.at("Trigger"), trigger, "Notes")
            notes.append(f"{row.headings.get('Trigger', 'Trigger')}: {trigger}")
            trigger = ""
        reason = trigger or (moment.waits if kind != ACTION else "")
        if not reason:
            return kind
        name = "Trigger" if trigger else moment.undecided[0]
        self.record.cell(row.at(name), reason, f"{CONTINGENCY}; kept in Options for the controller")
        texts["Options"] = "\n".join(one for one in (reason, texts.get("Options", "")) if one)
        if not trigger:
            texts.pop(name, None)
        return CONTINGENCY

    def _minute(
        self, at: int, row: ForeignRow, moment: Moment, columns: dict[str, int], notes: list[str]
    ) -> float | None:
        for name in moment.unread:
            self._refuse(row, name, f"{shown(values.clean(row[name]))} is no time; {WRITE}")
        if moment.time is None:
            return None
        minute = self.calendar.minute(at, moment.time)
        if not minute and moment.time.since is None and moment.time.clock is None:
            return None  # the first day, and nothing more
        said = [values.clean(row[name]) for name in (DATE, moment.column) if name and row[name].strip()]
        place = row.at(moment.column) if moment.column else row.place
        ends = self.plan.planned_minutes
        beyond = f", after EndEx, which is minute {number(ends)}" if minute > ends else ""
        beyond = ", before StartEx" if minute < 0 else beyond
        text = " ".join(dict.fromkeys(said)) or (row.sections[-1] if row.sections else "")
        if text != number(minute) or beyond:
            self.record.cell(place, text, f"planned minute {number(minute)}{beyond}")
        columns[MINUTE] = row.columns.get(moment.column, 0)
        if moment.column and says_more(text := values.clean(row[moment.column])):
            self.record.cell(place, text, "Notes, since it says more than when it begins")
            notes.append(f"{row.headings.get(moment.column, moment.column)}: {text}")
        if moment.column != MINUTE:
            row.headings = {**row.headings, MINUTE: row.headings.get(moment.column, MINUTE)}
        return minute

    def _objectives(self, row: ForeignRow, texts: dict[str, str], notes: list[str]) -> None:
        text = texts.pop("Exercise Objective", "")
        if not text:
            return
        place, found, unknown = row.at("Exercise Objective"), list[str](), list[str]()
        ids = [one.id for one in self.plan.objectives]
        whole = self._objective(text) if len(re.findall(r"\d+", text)) < 2 else None
        for part in [text] if whole else values.parts(text):
            name = self._objective(part)
            if name is None and " " not in part and (meant := values.nearly(part, ids)) is not None:
                self._refuse(
                    row, "Exercise Objective", f"{shown(part)}: no such objective; did you mean '{meant}'?"
                )
            elif name is None:
                unknown.append(part)
            elif name not in found:
                found.append(name)
        if unknown:
            there = f"the exercise has {len(ids)}: {', '.join(ids)}" if ids else "the exercise has none"
            kept = ", ".join(shown(one) for one in unknown)
            self.record.say(place, f"{kept}: no such objective, {there}; kept in Notes")
            notes.append(f"{row.headings.get('Exercise Objective', 'Exercise Objective')}: {text}")
        if found:
            texts["Exercise Objective"] = BETWEEN.join(found)
            if texts["Exercise Objective"] != text:
                self.record.cell(place, text, ", ".join(found))

    def _recipients(self, row: ForeignRow, texts: dict[str, str]) -> None:
        """Teams and roles as the exercise writes them, where all that are named are some."""
        text = texts.get("To", "")
        known = {plain(one): one for one in groups(self.plan)}
        whole = known.get(plain(text))
        found = [whole] if whole else [known.get(plain(part)) for part in values.parts(text)]
        if text and found and None not in found:
            texts["To"] = BETWEEN.join(dict.fromkeys(one for one in found if one))
            if texts["To"] != text:
                self.record.cell(row.at("To"), text, texts["To"])

    def _objective(self, text: str) -> str | None:
        for one in self.plan.objectives:
            if plain(text) in (plain(one.id), plain(one.text)):
                return one.id
        place = values.objective_number(text)
        return self.plan.objectives[place - 1].id if place and place <= len(self.plan.objectives) else None

    def _texts(
        self, row: ForeignRow, texts: dict[str, str], made: dict[str, str], notes: list[str], kind: str
    ) -> None:
        """Title, message and expected response; of a title and a message, one is made of the other."""
        title, message = texts.get("Title", ""), texts.get("Message", "")
        response = texts.get("Expected Participant Response", "")
        if kind == ACTION:
            made["Expected Participant Response"] = response or "\n".join(
                one for one in (title, message) if one
            )
            if response:
                made |= {"Title": title, "Message": message}
            elif title or message:
                self.record.cell(
                    row.at("Message" if message else "Title"),
                    message or title,
                    "what players are expected to do",
                )
            return
        if not (title or message):
            self._refuse(row, "Message", "empty, and so is 'Title'; write what players are told")
        line = " ".join(title.split())
        if len(line) > LONGEST_TITLE:
            short = values.first_words(line, LONGEST_TITLE)
            self.record.cell(row.at("Title"), title, f"{shown(short)}; the whole of it is kept in Notes")
            notes.append(f"{row.headings.get('Title', 'Title')}: {line}")
            line = short
        elif line != title:
            self.record.cell(row.at("Title"), title, shown(line))
        if message and not line:
            line = values.first_words(message)
            self.record.say(row.at("Title"), f"no title; {shown(line)}, of the message's first words")
        elif line and not message:
            message = title
            self.record.say(row.at("Message"), f"no message; {shown(message)}, as the title")
        made |= {"Title": line, "Message": message}
        if response:
            made["Expected Participant Response"] = response

    def _only_an_action(
        self, row: ForeignRow, columns: Mapping[str, int], made: dict[str, str], notes: list[str]
    ) -> None:
        """What an expected action cannot have is kept in its notes."""
        names = (
            "Title",
            "Message",
            "Inject Mode",
            "From",
            "Responsible Controller",
            MINUTE,
            CLOCK,
            "Thread",
            "Options",
            "Attachments",
        )
        for name in names:
            if text := made.pop(name, ""):
                place = row.place.at(columns.get(name, 0), row.headings.get(name, name))
                self.record.cell(place, text, "Notes, since an expected action has none")
                notes.append(f"{name}: {text}")

    def _refuse(self, row: ForeignRow, column: str, message: str) -> None:
        self.wrong.append(Wrong(row.at(column), message))
