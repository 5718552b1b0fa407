"""Times as planners write them."""

import pytest

from tabletop.report.msel.foreign.times import Day, time

SINCE = {
    "T+25": 25, "T + 25": 25, "T+0:25": 25, "T+1:30": 90, "T+01:30:00": 90, "T+0130": 90, "T+120": 120,
    "H+2": 120, "H+2,5": 150, "H+1:30": 90, "T–15": -15, "−15": -15, "+25": 25, "T+2h": 120, "T+1h30": 90,
    "StartEx": 0, "STARTEX + 10": 10, "25 min": 25, "25'": 25, "90 minutes": 90, "1 h 30": 90, "2 hours": 120,
}  # fmt: skip
CLOCKS = {
    "09:30": 570, "9:30:00": 570, "0930": 570, "0930 hrs": 570, "1430L": 870, "9.30 Uhr": 570, "9 Uhr": 540,
    "9h30": 570, "10h": 600, "9 am": 540, "12:15 AM": 15, "12:15 p.m.": 735, "noon": 720, "~ 9:30": 570,
    "0.395833": 570, "0,375": 540, "09:30-09:45": 570, "9:30-10:00 pm": 1290,
}  # fmt: skip
DAYS = {
    "Day 2, 08:15": (Day(nth=2), 495), "Tag 2, 8.15 Uhr": (Day(nth=2), 495),
    "day two at 8.15 pm": (Day(nth=2), 1215),
    "D+1 08:15": (Day(nth=2), 495), "D+1": (Day(nth=2), None), "Monday 9:30 AM": (Day(weekday=0), 570),
    "lundi 9h30": (Day(weekday=0), 570), "2031-05-06T09:30:00": (Day(year=2031, month=5, day=6), 570),
    "06.05.2031 09:30": (Day(year=2031, month=5, day=6), 570),
    "Mon 12 Sep 2031 0930": (Day(year=2031, month=9, day=12), 570),
    "September 12, 2031 9:30 AM": (Day(year=2031, month=9, day=12), 570),
    "120930ZSEP31": (Day(year=2031, month=9, day=12), 570),
    "6/5/2031 14:00": (Day(year=2031, month=5, day=6, slashed=True), 840),
}  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), SINCE.items())
def test_minutes_since_startex(text, minutes):
    assert time(text).since == minutes


@pytest.mark.parametrize(("text", "minutes"), CLOCKS.items())
def test_clocks(text, minutes):
    found = time(text)
    assert (found.since, found.day, found.clock) == (None, None, minutes)


@pytest.mark.parametrize(("text", "day_and_clock"), DAYS.items())
def test_days(text, day_and_clock):
    found = time(text)
    assert (found.day, found.clock) == day_and_clock


@pytest.mark.parametrize(
    "text", ["in June", "25:00", "13:75", "31.02.2031", "25", "first call", "13:30 pm", "D+2 H+3", "", "T+"]
)
def test_what_states_no_time(text):
    assert time(text) is None


def test_in_a_column_of_minutes_a_colon_parts_hours_from_minutes():
    assert time("1:30", elapsed=True).since == 90
    assert time("12.5", number=lambda value: value).since == 12.5
