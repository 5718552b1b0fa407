"""Interim readings: history up to a day, whatever is asked for or decided later."""

from dataclasses import replace

import pytest

from tabletop import MEASURES, load, simulate
from tabletop.measures import value
from tabletop.scenario.policy import Change

HARBOUR = load("harbour-city")
STOPS = (180.0, 365.0, 730.0, 1095.0)
LAST = 1095.0


def with_a_change_on(day: float):
    """Harbour city, whose detection mix turns round on a day: more teams, other collection."""
    mix = HARBOUR.policy_mixes["detection"]
    change = Change.model_validate(
        {"day": day, "interdiction": {"teams": 7}, "detection": {"collection": 0.1, "analysts": 9}}
    )
    changed = mix.model_copy(update={"changes": (change,)})
    return HARBOUR.model_copy(update={"policy_mixes": {**HARBOUR.policy_mixes, "detection": changed}})


@pytest.mark.parametrize("replication", [0, 1])
def test_asking_for_interim_readings_changes_nothing(replication):
    plain = simulate(HARBOUR, "detection", replication)
    asked = simulate(HARBOUR, "detection", replication, interim_days=STOPS)
    assert replace(asked, interims=()) == plain
    assert [interim.end for interim in asked.interims] == list(STOPS)


def test_history_before_a_change_is_bit_identical_whatever_is_decided():
    changed = simulate(with_a_change_on(365.0), "detection", 3, interim_days=STOPS)
    plain = simulate(HARBOUR, "detection", 3, interim_days=STOPS)
    assert changed.interims[:2] == plain.interims[:2]
    assert changed.interims[2] != plain.interims[2]


def test_a_shorter_run_reads_the_same_on_its_last_day():
    shorter = HARBOUR.model_copy(update={"horizon_days": 365.0})
    assert (
        simulate(shorter, "detection", 3, interim_days=STOPS[:2]).interims
        == (simulate(HARBOUR, "detection", 3, interim_days=STOPS).interims[:2])
    )


def test_what_happens_between_two_readings_adds_up():
    run = simulate(HARBOUR, "balanced", 5, interim_days=STOPS)
    windows = [run.interims[0]]
    windows += [later.since(earlier) for earlier, later in zip(run.interims, run.interims[1:], strict=False)]
    whole = run.interims[-1]
    assert [(w.start, w.end) for w in windows] == [(0, 180), (180, 365), (365, 730), (730, 1095)]
    levels = {name for name, measure in MEASURES.items() if measure.kind == "level"}
    assert levels
    for name in set(MEASURES) - levels:
        kind = MEASURES[name].kind
        days = [w.end - w.start for w in windows] if kind == "average" else [1.0] * 4
        total = sum(w.parts[name][0] * d for w, d in zip(windows, days, strict=True))
        expected = whole.parts[name][0] * (LAST if kind == "average" else 1.0)
        assert total == pytest.approx(expected, rel=1e-9, abs=1e-6), name
    for name in levels:
        assert windows[-1].parts[name] == whole.parts[name]
    assert sum(w.tally["incidents"] for w in windows) == whole.tally["incidents"] > 0
    assert {name for w in windows for name in w.fired} == {i.id for i in HARBOUR.injects}


def test_the_reading_before_the_end_is_the_run_s_own_but_for_events_at_the_end():
    run = simulate(HARBOUR, "balanced", 5, interim_days=(LAST,))
    read = {name: value(part) for name, part in run.interims[0].parts.items()}
    assert read == pytest.approx(run.measures)
