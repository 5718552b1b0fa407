"""Adding: a foreign list as rows that an import of ours takes, and what the user says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.exercise.msel import MselRow
from tabletop.report.msel.columns import INJECT_ID, NAMES, ROW_CHECK
from tabletop.report.msel.foreign.calendar import CannotDate, Start
from tabletop.report.msel.foreign.headings import DATE, Headings, headings, plain
from tabletop.report.msel.foreign.identities import Identities
from tabletop.report.msel.foreign.moments import calendar, moments
from tabletop.report.msel.foreign.one_row import RowReader
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.foreign.rows import ForeignRow, rows_of
from tabletop.report.msel.foreign.tables import RawSheet, tables
from tabletop.report.msel.new_rows import TYPES
from tabletop.report.msel.refusals import Place, Unreadable, Wrong
from tabletop.report.msel.sheet import MOST_ROWS, SheetRow, tidy
from tabletop.scenario.moves import MOST_INJECTS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import nearest, shown


@dataclass(frozen=True)
class Foreign:
    """What the user says of a foreign list."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Which of our columns its headings are, as `ours` reads them."""
    start: Start | None = None

    @classmethod
    def stated(cls, columns: Sequence[str], start: str | None) -> "Foreign":
        """Of the options `--column` and `--start`; raises TabletopError for what they cannot mean."""
        begins = None if start is None else Start.of(start, "--start")
        if start is not None and begins is None:
            raise TabletopError(
                f"--start {shown(start)}: no clock; write 09:00, 'Monday 09:00' or '2031-09-12 09:00'"
            )
        return cls(dict(map(_column, columns)), begins)


def _column(text: str) -> tuple[str, str]:
    theirs, sign, ours = text.rpartition("=")
    if not sign or not theirs.strip():
        raise TabletopError(f"--column {shown(text)}: write 'Their heading=Ours', as 'What=Message'")
    known = {plain(name): name for name in (*NAMES, DATE) if name != ROW_CHECK}
    if ours.strip() and plain(ours) not in known:
        raise TabletopError(
            f"--column {shown(text)}: no such column of ours{nearest(ours.strip(), known.values())}"
        )
    return theirs.strip(), known.get(plain(ours), "")


def adapted(
    file: Path,
    scenario: Scenario,
    existing: Mapping[str, MselRow],
    taken: set[str],
    foreign: Foreign,
    record: Record,
) -> list[SheetRow]:
    """The rows of a foreign list as an import of ours takes them; raises Unreadable."""
    sheets = _lists(file, tables(file, foreign.columns, record), foreign, record)
    wrong = [one for sheet, _ in sheets for one in sheet.wrong]
    if wrong:
        raise Unreadable(wrong)
    rows: list[ForeignRow] = []
    for sheet, found in sheets:
        _say_columns(sheet, found, record)
        rows += rows_of(sheet, found, record)
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            [Wrong(rows[MOST_ROWS].place, f"more than {MOST_ROWS:,} rows; a list of events has far fewer")]
        )
    ours = [row for row in rows if row[ROW_CHECK].strip() and row[INJECT_ID].strip() in existing]
    theirs = [row for row in rows if row not in ours]
    said = moments(theirs, scenario.horizon_days)
    try:
        minutes = calendar(theirs, said, sheets, foreign.start)
    except CannotDate as refused:
        if refused.row is None:
            raise TabletopError(f"--start: the date {refused}") from None
        row = theirs[refused.row]
        column = DATE if row[DATE] else said[refused.row].column
        wrong = [Wrong(row.at(column), f"{shown(row[column])} {refused}")]
        raise Unreadable(wrong) from None
    for remark in minutes.remarks:
        record.say(Place(""), remark)
    assert scenario.exercise is not None
    identities = Identities({**existing}, {*existing, *taken}, record, wrong, is_own=bool(ours))
    reader = RowReader(scenario.exercise, identities, minutes, record, wrong)
    made = [line for at, row in enumerate(theirs) if (line := reader.line(at, row, said[at])) is not None]
    many = len(scenario.exercise.injects) + sum(line["Event Type"] != TYPES[2] for line in made)
    if many > MOST_INJECTS:
        wrong.append(
            Wrong(
                Place(str(file)),
                f"{many} injects with those that are there; an exercise has {MOST_INJECTS} at most",
            )
        )
    if wrong:
        raise Unreadable(wrong)
    as_they_are = [
        SheetRow(row.place, row.columns, {n: tidy(t) for n, t in row.texts.items()}, row.headings)
        for row in ours
    ]
    return [*as_they_are, *made]


def _lists(
    file: Path, sheets: Sequence[RawSheet], foreign: Foreign, record: Record
) -> list[tuple[RawSheet, Headings]]:
    """The sheets that are lists of events; the others are left out."""
    found = [(sheet, headings([texts for _, texts in sheet.rows], foreign.columns)) for sheet in sheets]
    best = max((len(known.targets) for _, known in found if known is not None), default=0)
    lists = [(one, known) for one, known in found if known is not None and 2 * len(known.targets) > best]
    if not lists:
        raise Unreadable([_no_headings(file, sheets)])
    for sheet, _ in found:
        if sheet.rows and all(sheet is not one for one, _ in lists):
            record.say(sheet.place, "no list of events; left out")
    absent = [
        heading
        for heading in foreign.columns
        if not any(plain(one.heading) == plain(heading) for _, known in lists for one in known.columns)
    ]
    if absent:
        known = [one.heading for _, headed in lists for one in headed.columns]
        raise TabletopError(f"--column: {file} has no heading {shown(absent[0])}{nearest(absent[0], known)}")
    return lists


def _no_headings(file: Path, sheets: Sequence[RawSheet]) -> Wrong:
    rows = [(sheet, number, texts) for sheet in sheets for number, texts in sheet.rows[:60]]
    if not rows:
        return Wrong(Place(str(file)), "empty; a list has a row of headings, and a row for each event")
    sheet, row, texts = max(rows, key=lambda one: sum(bool(text.strip()) for text in one[2]))
    there = ", ".join(shown(text) for text in texts if text.strip())
    return Wrong(
        Place(str(file), sheet.place.sheet, row),
        f"no row has headings that are known as those of a list; the fullest has {there}: name that of "
        f'the messages, as --column "{next(text for text in texts if text.strip()).strip()[:40]}=Message"',
    )


def _say_columns(sheet: RawSheet, found: Headings, record: Record) -> None:
    row = sheet.rows[found.first][0]
    if found.first:
        record.say(Place("", sheet.place.sheet, row), "the headings; what stands above them is left out")
    here = Place("", sheet.place.sheet, row)
    for one in found.columns:
        goes = "Notes" if one.target is None else one.target or "nothing; left out"
        if plain(one.heading) != plain(goes):
            record.say(here.at(one.number, one.heading), f"read as {goes}")
