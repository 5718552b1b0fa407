"""The parts of an exercise fitted to a time, typing included."""

import pytest

from tabletop.cli import main
from tabletop.scenario.fitted_minutes import TooFewMinutes, fitted, typing_seconds
from tabletop.scenario.load import load, loads
from tabletop.scenario.source import shipped

PLANS = {name: load(name).exercise for name in shipped()}


def total_of(fit):
    """What the fitted parts add up to."""
    return fit.brief + sum(move.total for move in fit.moves) + fit.hot_wash + fit.feedback


def test_typing_lies_on_the_line_through_three_and_six_teams():
    assert [typing_seconds(teams) for teams in (3, 6)] == [60, 115]
    assert typing_seconds(9) == pytest.approx(170)
    assert typing_seconds(1) == pytest.approx(60 - 2 * 55 / 3)


@pytest.mark.parametrize("minutes", [30, 45, 61, 90, 179])
@pytest.mark.parametrize("name", PLANS)
def test_the_parts_add_up_and_leave_time_to_type(name, minutes):
    fit = fitted(PLANS[name], minutes)
    assert total_of(fit) == minutes
    for before, after in zip(PLANS[name].moves, fit.moves, strict=True):
        assert after.decision * 60 >= typing_seconds(len(PLANS[name].teams))
        assert (before.minutes.situation > 0) <= (after.situation >= 1)


def test_a_plan_that_takes_just_the_time_stays_as_it_is():
    plan = PLANS["harbour-city"]
    fit = fitted(plan, 90)
    assert fit.fits
    assert fit.moves == tuple(move.minutes for move in plan.moves)
    seven = plan.model_copy(update={"teams": (*plan.teams, "Gulf")})  # 133 s do not fit into 2 minutes
    fit = fitted(seven, 90)
    assert not fit.fits
    assert {move.decision for move in fit.moves} == {2.5}
    assert total_of(fit) == 90


def test_too_few_minutes_are_said_with_what_is_needed(capsys):
    plan = PLANS["harbour-city"]
    needed = 3 + 4 * (3 + 2)
    assert total_of(fitted(plan, needed)) == needed
    with pytest.raises(TooFewMinutes, match=f"needs {needed} minutes; leave out a move, or have fewer teams"):
        fitted(plan, needed - 1)
    with pytest.raises(SystemExit) as leaving:
        main(["validate", "harbour-city", "--minutes", str(needed - 1)])
    assert leaving.value.code == 2
    assert capsys.readouterr().err.startswith(f"harbour-city: --minutes {needed - 1}: too few for 4 moves")


def test_validate_says_what_to_write(capsys):
    with pytest.raises(SystemExit):
        main(["validate", "harbour-city", "--minutes", "60"])
    out = capsys.readouterr().out.splitlines()
    assert out[2] == "  for 60 minutes, with 115 s of typing a move for 6 teams (assumed), write:"
    assert out[3].strip() == "duration_minutes: 60"
    with pytest.raises(SystemExit):
        main(["validate", "first-steps", "--minutes", "60"])
    out = capsys.readouterr().out.splitlines()
    assert out[2] == "  fits 60 minutes, 10 to spare, with 78 s of typing a move for 4 teams (assumed)"


def test_a_file_without_an_exercise_has_no_minutes(tmp_path, capsys):
    path = tmp_path / "plain.yaml"
    path.write_text("title: A\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n")
    with pytest.raises(SystemExit) as leaving:
        main(["validate", str(path), "--minutes", "60"])
    assert leaving.value.code == 2
    assert "exercise" in capsys.readouterr().err


@pytest.mark.parametrize("minutes", [20, 60, 90, 300])
def test_a_new_scenario_fits(minutes, tmp_path, capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["new", "valley", "--minutes", str(minutes), "--out", str(tmp_path)])
    assert leaving.value.code == 0
    made = loads((tmp_path / "valley.yaml").read_text("utf-8"))
    assert made.exercise.duration_minutes == minutes
    assert made.exercise.planned_minutes == minutes
    with pytest.raises(SystemExit) as leaving:
        main(["new", "alley", "--minutes", "9", "--out", str(tmp_path)])
    assert leaving.value.code == 2
    assert capsys.readouterr().err.startswith("--minutes 9: too few for 2 moves")
