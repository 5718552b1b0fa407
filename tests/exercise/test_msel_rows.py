"""The events list: which rows there are, when they are planned, and what they say."""

import pytest

from support.two_moves import TEXT, scenario
from tabletop.exercise.msel import action_id, action_place, msel


def rows(text=TEXT):
    return {row.id: row for row in msel(scenario(text))}


def test_rows_are_numbered_in_the_order_of_their_planned_minutes_and_what_waits_ends_its_move():
    found = msel(scenario())
    assert [row.event_number for row in found] == list(range(1, 8))
    assert [(row.move, row.planned_minute) for row in found] == [
        (1, 8), (1, 11), (1, 11), (1, 20), (2, 23), (2, None), (2, None),
    ]  # fmt: skip


def test_an_inject_of_its_moves_day_is_told_with_the_situation():
    plan = scenario().exercise
    assert rows()["rumours"].planned_minute == plan.begins(0)
    assert rows()["heat"].planned_minute == plan.begins(1)


def test_an_inject_of_a_later_day_is_told_with_its_moves_reveal():
    plan = scenario().exercise
    assert rows()["strike"].scenario_time == "day 100"
    assert rows()["strike"].planned_minute == plan.begins(1) - plan.moves[0].minutes.reveal


def test_expected_actions_come_with_the_discussion():
    plan = scenario().exercise
    row = rows()["move 1, action 1"]
    assert row.planned_minute == plan.begins(0) + plan.moves[0].minutes.situation
    assert (row.event_type, row.recipient, row.expected_response, row.objective) == (
        "Expected Action", "Analysts", "Teams ask for the false-alarm rate.", "luck",
    )  # fmt: skip
    assert (row.mode, row.sender, row.message, row.controller) == ("", "", "", "")


def test_what_waits_has_no_minute_but_a_first_day_and_a_trigger():
    leak, inquiry = rows()["leak"], rows()["inquiry"]
    assert {leak.event_type, inquiry.event_type} == {"Contingency Inject"}
    assert (leak.planned_minute, leak.scenario_time, leak.trigger) == (
        None, "from day 180", "the controller releases it",
    )  # fmt: skip
    assert (inquiry.scenario_time, inquiry.trigger) == (
        "from day 182.5", "once incidents reaches 2, team by team",
    )  # fmt: skip


def test_effects_on_the_model_and_on_the_budget_are_told_in_words():
    assert "background.community × 3 for 30 days" in rows()["rumours"].effect
    assert rows()["leak"].effect.startswith("trust × 0.9")
    assert rows()["leak"].effect.endswith("budget −2 cost units a year")
    assert rows()["heat"].effect == ""


def test_an_inject_of_the_scenario_is_told_as_the_exercise_stages_it():
    row = rows()["rumours"]
    assert (row.title, row.mode, row.expected_response) == ("A rumour goes round", "Radio", "Wait for facts.")
    assert rows()["strike"].mode == "Briefing"


def test_what_is_planned_has_no_actual_time_or_response():
    assert {(row.status, row.actual_time, row.actual_response) for row in msel(scenario())} == {
        ("planned", "", "")
    }


@pytest.mark.parametrize(("move", "position"), [(1, 1), (12, 20)])
def test_an_expected_action_is_found_by_its_id(move, position):
    assert action_place(action_id(move, position)) == (move - 1, position - 1)


@pytest.mark.parametrize("name", ["rumours", "move-1", "move_1_action_1", ""])
def test_the_id_of_an_inject_is_none_of_an_expected_action(name):
    assert action_place(name) is None
