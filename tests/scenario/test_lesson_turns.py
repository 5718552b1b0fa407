"""What `verification/lesson_turns.py` changes in a lesson, and what it leaves alone."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.experiment.claims import check_claims
from tabletop.scenario.load import load, loads

sys.path.append(str(Path(__file__).parents[2] / "verification"))  # behind everything else
import lesson_turns

HEAD = "title: A\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"


def paths(text):
    return {".".join(path) for path in lesson_turns.unnamed(loads(HEAD + text).conditions)}


def after(path, factor, text=""):
    found = lesson_turns.changed(loads(HEAD + text).conditions, tuple(path.split(".")), factor)
    return None if found is None else found.model_dump()


def test_what_a_file_names_is_left_alone():
    named = "conditions: {threat: {formation_rate: 9, trace_rates: {border: 1}}, trust: {loss: 0.1}}\n"
    gone = {"threat.formation_rate", "threat.trace_rates.border", "trust.loss"}
    assert paths("") - paths(named) == gone
    assert paths(named) < paths("")


def test_zero_null_infinity_and_what_is_no_number_are_left_out():
    left_out = {"interdiction.containment", "prosecution.limit_max", "reporting.b0", "threat.preparation.cv"}
    assert not left_out & paths("")
    assert "interdiction.refuse_at" in paths("")
    assert not any(path.endswith(("suspended", "name", "collected_by_teams")) for path in paths(""))


def test_partners_are_changed_together_unless_the_file_lists_them():
    assert "sharing.partners.court_use" in paths("")
    halved = after("sharing.partners.court_use", 0.5)
    assert [partner["court_use"] for partner in halved["sharing"]["partners"]] == [0.25, 0.25]
    listed = "conditions: {sharing: {partners: [{name: east, court_use: 0.4}]}}\n"
    assert "sharing.partners.court_use" not in paths(listed)


def test_durations_change_by_their_mean_and_whole_numbers_stay_whole():
    assert after("threat.preparation", 2)["threat"]["preparation"]["mean"] == 548
    assert after("threat.preparation", 2)["threat"]["preparation"]["cv"] == pytest.approx(0.707)
    assert after("threat.max_attempts", 0.5)["threat"]["max_attempts"] == 1


def test_a_probability_stops_at_one_and_one_that_is_there_is_not_doubled():
    assert after("interdiction.success", 2)["interdiction"]["success"] == 1
    assert after("staff.courts.availability", 2) is None
    assert after("staff.courts.availability", 0.5)["staff"]["courts"]["availability"] == 0.5


def test_a_turned_claim_is_reported_and_one_that_holds_is_not():
    lesson = load("lesson-diminishing-returns")
    written = check_claims(lesson, replications=3, seed=lesson_turns.SEED, workers=1).verdicts
    found = [[lesson_turns.Found("as written", verdict)] for verdict in written]
    turned = [-verdict.estimate for verdict in written]
    for claim, estimate in zip(found, turned, strict=True):
        flipped = replace(claim[0].verdict, estimate=estimate)
        claim.append(lesson_turns.Found("a × 2", flipped))
    lines = list(lesson_turns.report("x", 3, found, []))
    assert sum(line.startswith("    turns: a × 2") for line in lines) == 2
    gone = [
        [claim[0], lesson_turns.Found("b × 2", replace(claim[0].verdict, estimate=0.0))] for claim in found
    ]
    assert sum("vanishes: b × 2" in line for line in lesson_turns.report("x", 3, gone, [])) == 2
    held = [[claim[0], claim[0]] for claim in found]
    assert not any("turns:" in line or "vanishes:" in line for line in lesson_turns.report("x", 3, held, []))
