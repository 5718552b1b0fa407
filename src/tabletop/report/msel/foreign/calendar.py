"""Calendar: when StartEx of a list is, and so the planned minute of every clock and day in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tabletop.report.msel.foreign.times import DAY, Day, Time
from tabletop.report.msel.foreign.times import time as stated_time

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class CannotDate(Exception):
    """A date that cannot be read beside the others: its row among the times, None for StartEx's."""

    def __init__(self, row: int | None, why: str) -> None:
        self.row = row
        super().__init__(why)


@dataclass(frozen=True)
class Start:
    """When StartEx is: its clock, its day if it is known, and who says so."""

    clock: float | None = None
    day: Day | None = None
    said_by: str = ""

    @classmethod
    def of(cls, text: str, said_by: str) -> "Start | None":
        """What a text says of it; None if it names no clock."""
        found = stated_time(text)
        if found is None or found.clock is None:
            return None
        return cls(found.clock, found.day, said_by)


class Calendar:
    """The minutes of a list's times, which are given in the order of its rows."""

    def __init__(self, times: Sequence[Time | None], start: Start | None) -> None:
        """Raises CannotDate where days are dates of different orders, or there is no telling which."""
        self.remarks: list[str] = []
        self._times = times
        read = [one.day for one in times if one is not None and one.day is not None]
        days = self._ordered([*read, start.day] if start is not None and start.day is not None else read)
        self._start_day = start.day if start is not None else None
        if self._start_day is not None and self._start_day.slashed:
            self._start_day = self._turned(self._start_day)
        self._year = min((day.year for day in days if day.year is not None), default=2000)
        self._first = self._first_date(days)
        self._weekday = self._first_weekday(days)
        self._offsets = self._offsets_of(times)
        self._clock = self._start_clock(times, start)

    def minute(self, row: int, time: Time) -> float:
        """The planned minute of a row's time."""
        if time.since is not None:
            return round(time.since, 2)
        clock = self._clock if time.clock is None else time.clock
        return round(self._offsets[row] * DAY + clock - self._clock, 2)

    def _ordered(self, days: list[Day]) -> list[Day]:
        """The days with month and day where they belong."""
        slashed = [day for day in days if day.slashed]
        self._is_month_first = False
        if not slashed:
            return days
        month_first = any((day.month or 0) > 12 for day in slashed)
        day_first = any((day.day or 0) > 12 for day in slashed)
        # `day` holds what stands first
        if month_first and day_first:
            raise CannotDate(
                self._contrary(), "has the month first, and others have the day first; write 2031-09-12"
            )
        if month_first:
            self._is_month_first = True
        elif not day_first:
            firsts = {day.day for day in slashed}
            seconds = {day.month for day in slashed}
            if len(firsts) > 1 or len(seconds) > 1:
                # a list of events spans days rather than months
                self._is_month_first = len(firsts) < len(seconds)
        order = "month/day" if self._is_month_first else "day/month"
        self.remarks.append(f"dates are read as {order}")
        return [self._turned(day) if day.slashed else day for day in days]

    def _contrary(self) -> int:
        """The row of the first date that has the month first."""
        return next(
            row
            for row, one in enumerate(self._times)
            if one and one.day and one.day.slashed and (one.day.month or 0) > 12
        )

    def _turned(self, day: Day) -> Day:
        if self._is_month_first:
            return replace(day, month=day.day, day=day.month, slashed=False)
        return replace(day, slashed=False)

    def _first_date(self, days: list[Day]) -> date | None:
        if self._start_day is not None and self._start_day.month is not None:
            return self._date(self._start_day)
        dates = [self._date(day) for day in days if day.month is not None]
        return min(dates, default=None)

    def _date(self, day: Day) -> date:
        assert day.month is not None
        assert day.day is not None
        year = day.year or self._year
        try:
            return date(year, day.month, day.day)
        except ValueError:
            raise CannotDate(self._row_of(day), f"is no day of {year}; write it as 2031-09-12") from None

    def _row_of(self, day: Day) -> int | None:
        """The first row of a day; None for StartEx's."""
        days = (one.day if one is not None else None for one in self._times)
        same = (self._turned(one) if one is not None and one.slashed else one for one in days)
        return next((row for row, one in enumerate(same) if one == day), None)

    def _first_weekday(self, days: list[Day]) -> int | None:
        if self._start_day is not None and self._start_day.weekday is not None:
            return self._start_day.weekday
        if self._first is not None:
            return self._first.weekday()
        return next((day.weekday for day in days if day.weekday is not None), None)

    def _offsets_of(self, times: Sequence[Time | None]) -> list[int]:
        """Days after StartEx's, row by row; without a day it is that of the row before."""
        found: list[int] = []
        here, last, has_days = 0, None, any(one is not None and one.day is not None for one in times)
        for one in times:
            if one is not None and one.day is not None:
                here = self._offset(one.day)
            elif one is not None and one.clock is not None and not has_days:
                # the night is over: a list of clocks alone has gone past midnight
                if last is not None and one.clock < last - DAY / 2:
                    here += 1
                last = one.clock
            found.append(here)
        return found

    def _offset(self, day: Day) -> int:
        if day.nth is not None:
            return day.nth - 1
        if day.weekday is not None:
            return (day.weekday - (self._weekday or 0)) % 7
        assert self._first is not None
        return (self._date(self._turned(day) if day.slashed else day) - self._first).days

    def _start_clock(self, times: Sequence[Time | None], start: Start | None) -> float:
        """That which is stated, else the earliest of the first day, else the earliest of all."""
        clocks = [
            (offset, one.clock)
            for offset, one in zip(self._offsets, times, strict=True)
            if one is not None and one.since is None and one.clock is not None
        ]
        if start is not None and start.clock is not None:
            if clocks:
                self.remarks.append(f"StartEx is {_clock(start.clock)}{self._on()}, as {start.said_by} says")
            return start.clock
        if not clocks:
            return 0.0
        first = [clock for offset, clock in clocks if offset == 0]
        earliest = min(first or [clock for _, clock in clocks])
        self.remarks.append(
            f"StartEx is taken to be {_clock(earliest)}{self._on()}, the earliest clock of the list; if it "
            "is another, state it, as --start 09:00"
        )
        return earliest

    def _on(self) -> str:
        if self._first is not None:
            return f" on {self._first:%Y-%m-%d}" if self._year != 2000 else f" on {self._first:%m-%d}"
        return "" if self._weekday is None else f" on {WEEKDAY_NAMES[self._weekday]}"


def _clock(minutes: float) -> str:
    return f"{int(minutes // 60):02d}:{int(minutes % 60):02d}"
