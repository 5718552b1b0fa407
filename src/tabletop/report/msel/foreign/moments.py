"""Moments: when each row of a foreign list is planned, as its cells, its sheet and the whole list say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tabletop.report.msel.cells import stated_day
from tabletop.report.msel.foreign import values
from tabletop.report.msel.foreign.calendar import Calendar, Start
from tabletop.report.msel.foreign.headings import DATE, Headings, plain, unit
from tabletop.report.msel.foreign.rows import ForeignRow
from tabletop.report.msel.foreign.tables import RawSheet
from tabletop.report.msel.foreign.times import Day, Time, lasts, time

MINUTE, CLOCK = "Planned Minute", "Designated Scenario Time"
WRITE = (
    "write minutes since StartEx, as 25 or T+25, a clock, as 09:30, or a day and a clock, as 'Day 2, 08:15'"
)
_DOTTED = re.compile(r"(?:[01]?\d|2[0-3])[.,][0-5]\d")
_STARTEX = re.compile(
    r"start ?ex\b.*|(?:exercise |ubung )?(?:start|begin|beginn)(?: of (?:the )?exercise)?(?: time)?|"
    r"ubungsbeginn.*"
)
_STARTS = re.compile(
    r"\b(?:start\s*-?\s*ex|exercise\s+(?:start|begins)(?:\s+time)?|start\s+of\s+exercise|start\s+time|übungsbeginn)\b[\s:,–-]*(.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Moment:
    """What the cells of a row say of when it is."""

    time: Time | None = None
    scenario_day: str = ""
    """As our own lists state it, 'day 180'."""
    column: str = ""
    """The column that says it."""
    waits: str = ""
    """What it waits for, in words."""
    unread: tuple[str, ...] = ()
    """Columns that state no time."""
    undecided: tuple[str, ...] = ()
    """Columns that say that it is not decided."""


@dataclass(frozen=True)
class _Habits:
    """How a list writes its times, as far as one cell alone does not say it."""

    as_minutes: Callable[[float], float] | None
    """What a bare number in the column of times is in minutes; None if it is a clock."""
    dotted: bool
    """Whether 9.15 is a quarter past nine."""
    elapsed: bool
    """Whether 0:05 is five minutes after StartEx, and not after midnight."""


def moments(rows: Sequence[ForeignRow], horizon: float) -> list[Moment]:
    """What the rows say, each by itself."""
    habits = _habits(rows)
    return [_moment(row, horizon, habits) for row in rows]


def calendar(
    rows: Sequence[ForeignRow],
    said: Sequence[Moment],
    sheets: Sequence[tuple[RawSheet, Headings]],
    start: Start | None,
) -> Calendar:
    """The minutes of the list; StartEx is as stated, else as the list says; raises CannotDate."""
    return Calendar([one.time for one in said], start or _startex(rows, said) or _banner(sheets))


def _moment(row: ForeignRow, horizon: float, habits: _Habits) -> Moment:
    found: Time | None = None
    column = waits = day_said = ""
    unread, undecided = [], []
    for name in (MINUTE, CLOCK, "Trigger"):
        text = values.clean(row[name])
        if not text or values.EMPTY.fullmatch(text) or found is not None or day_said:
            continue
        heading = row.headings.get(name, name)
        if name == CLOCK and plain(heading) == plain(CLOCK) and _is_scenario_day(text, horizon):
            day_said, column = text, name
        elif (stated := _read(name, heading, text, habits)) is not None:
            found, column = stated, name
        elif name == "Trigger":
            continue
        elif values.UNDECIDED.fullmatch(plain(text)):
            undecided.append(name)
        elif values.WAITING.fullmatch(plain(text)):
            waits = text
            undecided.append(name)
        else:
            unread.append(name)
    day = _date(row)
    date_text = values.clean(row[DATE])
    if date_text and day is None and not values.EMPTY.fullmatch(date_text):
        (undecided if values.UNDECIDED.fullmatch(plain(date_text)) else unread).append(DATE)
    if day is None:
        day = next((one.day for text in reversed(row.sections) if (one := time(text)) and one.day), None)
    if found is None and not day_said and day is not None:
        found, column = Time(day=day), DATE if date_text else ""
    elif found is not None and found.since is None and found.day is None and day is not None:
        found = replace(found, day=day)
    return Moment(found, day_said, column, waits, tuple(unread), tuple(undecided))


def _read(name: str, heading: str, text: str, habits: _Habits) -> Time | None:
    if name == MINUTE:
        return time(text, number=unit(heading), elapsed=plain(heading) != plain(MINUTE))
    if name != CLOCK:
        return time(text)
    if habits.dotted and _DOTTED.fullmatch(text):
        text = re.sub("[.,]", ":", text)
    return time(text, number=habits.as_minutes, elapsed=habits.elapsed)


def _is_scenario_day(text: str, horizon: float) -> bool:
    """Whether a cell of our own column states a day of the scenario, and no clock in four digits."""
    value = stated_day(text)
    if value is None or re.fullmatch(r"0\d{3}|0[.]\d{3,}", text):
        return False
    return not (re.fullmatch(r"[12]\d[0-5]\d", text) and value >= horizon)


def _date(row: ForeignRow) -> Day | None:
    text = values.clean(row[DATE])
    if re.fullmatch(r"\d{1,2}", text):
        return Day(nth=int(text))
    found = time(text) if text else None
    return None if found is None else found.day


def _habits(rows: Sequence[ForeignRow]) -> _Habits:
    """What the cells of a column of times say of each other."""
    texts = [
        values.clean(row[CLOCK]) for row in rows if plain(row.headings.get(CLOCK, CLOCK)) != plain(CLOCK)
    ]
    numbers = [text for text in texts if re.fullmatch(r"\d{1,7}(?:[.,]\d+)?", text)]
    dotted = [text for text in numbers if _DOTTED.fullmatch(text)]
    clocks = [text for text in texts if text not in numbers and (one := time(text)) and one.clock is not None]
    return _Habits(
        as_minutes=_counts_minutes(rows, numbers),
        # one alone may be minutes; where clocks stand beside it, or all are so, it is a clock
        dotted=len(dotted) == len(numbers) and bool(clocks or len(dotted) > 1),
        elapsed=any(re.match("0?0:", text) for text in texts) and any(map(lasts, texts)),
    )


def _counts_minutes(rows: Sequence[ForeignRow], numbers: Sequence[str]) -> Callable[[float], float] | None:
    """How bare numbers in a column of times are to be read: as minutes, unless all look like a clock."""
    clocks = [
        text
        for text in numbers
        if re.fullmatch(r"(?:[01]?\d|2[0-3])[0-5]\d|0?[.,]\d+|[2-7]\d{4}(?:[.,]\d+)?", text)
    ]
    likely = any(text.startswith("0") or re.match(r"[3-9]\d\d$|\d{4}", text) for text in clocks)
    if not numbers or (len(clocks) == len(numbers) and likely):
        return None
    return unit(rows[0].headings.get(CLOCK, CLOCK))


def _startex(rows: Sequence[ForeignRow], said: Sequence[Moment]) -> Start | None:
    """The clock of the row that is StartEx."""
    for row, moment in zip(rows, said, strict=True):
        named = any(
            len(row[name]) < 80 and _STARTEX.fullmatch(plain(row[name]))
            for name in ("Title", "Message", "Event Type")
        )
        if named and moment.time is not None and moment.time.clock is not None:
            return Start(moment.time.clock, moment.time.day, f"row {row.place.row}")
    return None


def _banner(sheets: Sequence[tuple[RawSheet, Headings]]) -> Start | None:
    """What the rows above the headings say of StartEx."""
    for number, text in _above(sheets):
        found = _STARTS.search(text)
        if found is not None:
            stated = re.split(r"\bend", found[1], maxsplit=1, flags=re.IGNORECASE)[0].strip(" ,;-–|")
            if (start := Start.of(stated, f"row {number}")) is not None:
                return start
    return None


def _above(sheets: Sequence[tuple[RawSheet, Headings]]) -> Iterator[tuple[int, str]]:
    for sheet, found in sheets:
        for number, texts in sheet.rows[: found.first]:
            yield number, " ".join(text.strip() for text in texts if text.strip())
