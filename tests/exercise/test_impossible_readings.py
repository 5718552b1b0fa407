"""Readings that cannot be are simulated again, whoever handed them over."""

import json

import pytest

from exercise.room import SMALL
from tabletop.exercise.courses import Courses
from tabletop.exercise.interim_cache import InterimCache

COURSES = Courses(SMALL, {})
BASELINE = COURSES.baseline
DAYS = (60.0, 120.0)


@pytest.fixture(scope="module")
def known():
    """Two readings as they are kept, by key."""
    cache = InterimCache()
    cache.make(COURSES, (0,), DAYS)
    for day in DAYS:
        cache.readings(COURSES, BASELINE, (0,), day)
    return cache.asked


def simulated(readings):
    """How many worlds are simulated where these readings are there already."""
    done = []
    cache = InterimCache()
    cache.hold(readings)
    cache.make(COURSES, (0,), DAYS, lambda *told: done.append(told))
    return len(done)


def test_readings_that_are_there_are_not_simulated_again(known):
    assert simulated(known) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda reading: reading["parts"].update(incidents=[1e31, 1.0]),
        lambda reading: reading["parts"].update(incidents=[float("nan"), 1.0]),
        lambda reading: reading["parts"].update(incidents=[10**400, 1.0]),
        lambda reading: reading["parts"].update(incidents=["x", None]),
        lambda reading: reading["parts"].update(incidents=[1.0]),
        lambda reading: reading["parts"].update(incidents=[True, 1.0]),
        lambda reading: reading["parts"].pop("incidents"),
        lambda reading: reading["parts"].update(luck=[1.0, 1.0]),
        lambda reading: reading["tally"].update(incidents=float("inf")),
        lambda reading: reading["tally"].pop("incidents"),
        lambda reading: reading.update(tally=7),
        lambda reading: reading.update(fired=None),
        lambda reading: reading.update(fired={"cut": "soon"}),
        lambda reading: reading.update(end=61.0),
        lambda reading: reading.update(start=1e9),
        lambda reading: reading.pop("start"),
        lambda reading: reading.update(more=1),
    ],
)
def test_readings_that_cannot_be_are_simulated_again(known, change):
    harmed = {}
    for key, text in known.items():
        reading = json.loads(text)
        change(reading)
        harmed[key] = json.dumps(reading, sort_keys=True)
    assert simulated(harmed) == 1


@pytest.mark.parametrize("text", ["", "[]", "null", "[" * 100_000, '{"parts": {}}'])
def test_texts_that_are_no_readings_are_simulated_again(known, text):
    assert simulated(dict.fromkeys(known, text)) == 1


def test_readings_of_another_day_are_simulated_again(known):
    assert simulated(dict(zip(known, [*known.values()][::-1], strict=True))) == 1
