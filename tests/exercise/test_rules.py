"""The rules: what can be done when and by whom, and why other acts are refused."""

import pytest

from exercise.room import TEXT, begun, opened, passed
from tabletop.exercise.acts import (
    Add,
    BeginMove,
    Draft,
    End,
    HotWash,
    Join,
    Lock,
    Note,
    Observe,
    Override,
    Pause,
    Predict,
    Rate,
    Release,
    Resume,
    Reveal,
    Skip,
    Start,
    Submit,
)
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import Phase, Status
from tabletop.scenario.inject import Effect


def refusal(exercise, act, by=CONTROLLER):
    """Why an act is refused; and nothing has changed."""
    before = exercise.entries, exercise.state
    with pytest.raises(Refused) as refused:
        exercise.do(by, act)
    assert (exercise.entries, exercise.state) == before
    return str(refused.value)


def test_a_second_device_is_told_who_submitted_what_and_may_replace_it(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1", device="phone 1"))
    second = Submit(team="Alpha", entry="R1", device="phone 2")
    assert refusal(exercise, second, "Alpha") == (
        "Alpha has decided: D1, revision 1, from phone 1 (line 3); it can be replaced by whoever has seen it"
    )
    exercise.do("Alpha", second.model_copy(update={"replaces": 1}))
    assert exercise.state.submissions["Alpha", 0].revision == 2
    assert exercise.state.hand("Alpha").codes == ("R1",)


def test_a_decision_over_budget_is_refused_with_the_sum(tmp_path):
    exercise = opened(tmp_path)
    said = refusal(exercise, Submit(team="Alpha", entry="P1"), "Alpha")
    assert said == "P1: the mix would cost 84.6 cost units a year, 2.6 above the budget of 82"


def test_a_cut_budget_leaves_a_silent_team_overspent_until_its_next_decision(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1 D2"))
    assert not exercise.state.is_overspent("Alpha")
    passed(exercise)
    assert exercise.state.budget(0) == 82
    assert exercise.state.budget() == 75
    assert exercise.state.is_overspent("Alpha")
    assert "above the budget of 75" in refusal(exercise, Submit(team="Alpha", entry="keep"), "Alpha")
    exercise.do("Alpha", Submit(team="Alpha", entry="-D1 -D2"))
    assert not exercise.state.is_overspent("Alpha")


def test_a_budget_cut_after_a_reveal_is_the_next_move_s_and_leaves_what_was_revealed(tmp_path):
    text = TEXT.replace("contingency: true,", "contingency: true, budget: -9,")
    exercise = Exercise.new(tmp_path / "x", text=text, name="small.yaml")
    for act in (Start(secret="s", teams=("Alpha", "Bravo"), others=3), BeginMove(move=1)):
        exercise.do(CONTROLLER, act)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1 D2"))
    for act in (Lock(), Reveal(), Release(inject="help")):
        exercise.do(CONTROLLER, act)
    assert exercise.state.budget(0) == 82
    assert not exercise.state.is_overspent("Alpha", 0)
    exercise.do(CONTROLLER, BeginMove(move=2))
    assert exercise.state.budget() == 82 - 9 - 7
    assert exercise.state.is_overspent("Alpha")


def test_every_act_out_of_its_phase_is_refused_with_where_the_exercise_stands(tmp_path):
    exercise = begun(tmp_path)
    assert refusal(exercise, Submit(team="Alpha", entry="D1"), "Alpha") == (
        "submit: the exercise is in the brief; it is possible when a move is open for decisions"
    )
    assert refusal(exercise, BeginMove(move=2)) == "move 2: the next move is 1 of 2"
    exercise.do(CONTROLLER, BeginMove(move=1))
    assert refusal(exercise, Reveal()) == (
        "reveal: move 1 is open for decisions; it is possible when a move is open for predictions"
    )
    exercise.do(CONTROLLER, Lock())
    assert "move 1 is open for predictions" in refusal(exercise, Submit(team="Alpha", entry="D1"), "Alpha")
    exercise.do(CONTROLLER, Reveal())
    assert refusal(exercise, HotWash()) == "move 2, Second, is still to come; the hot wash follows the last"
    exercise.do(CONTROLLER, BeginMove(move=2))
    passed(exercise)
    exercise.do(CONTROLLER, End())
    assert exercise.state.phase is Phase.ENDED
    assert refusal(exercise, Pause()) == "pause: not after EndEx"
    exercise.do("evaluator", Rate(objective="weigh", rating="S"))


def test_only_the_controller_leads_and_only_a_team_decides_for_itself(tmp_path):
    exercise = opened(tmp_path)
    assert refusal(exercise, Lock(), "Alpha") == "lock: this is the controller's to do, not Alpha's"
    assert (
        refusal(exercise, Submit(team="Bravo", entry="D1"), "Alpha")
        == "submit: Alpha cannot do this for Bravo"
    )
    assert refusal(exercise, Submit(team="Alfa", entry="D1")) == "Alfa: no such team; did you mean 'Alpha'?"
    assert "the controller's to do" in refusal(exercise, Note(text="x"), "Alpha")
    exercise.do(CONTROLLER, Submit(team="Bravo", entry="D1"))
    exercise.do("evaluator 2", Note(text="They talked about rights first.", objective="weigh"))


def test_a_role_drafts_only_the_cards_that_it_holds(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Join(team="Alpha", device="phone", role="Analyst"))
    exercise.do("Alpha", Draft(team="Alpha", entry="D1", role="Analyst"))
    said = refusal(exercise, Draft(team="Alpha", entry="R1", role="Analyst"), "Alpha")
    assert said == "R1: a card of reporting, which Analyst does not hold"
    assert exercise.state.draft("Alpha").line == "D1"
    assert exercise.state.hand("Alpha").codes == ()


def test_while_it_stands_still_nothing_is_decided(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Pause(reason="fire alarm"))
    assert refusal(exercise, Submit(team="Alpha", entry="D1"), "Alpha") == (
        "submit: the exercise is paused; resume it first"
    )
    exercise.do(CONTROLLER, Resume())
    exercise.do("Alpha", Submit(team="Alpha", entry="D1"))


@pytest.mark.parametrize(
    ("low", "high", "measure", "said"),
    [
        (5, 2, "incidents", "5 to 2: write the lower end first, as 2 5"),
        (-1, 2, "incidents", "incidents is 0 or more; here are -1 to 2"),
        (0.5, 1.2, "trust_mean", "trust_mean is 0 to 1; here are 0.5 to 1.2, which is 50 % to 120 %"),
        (1, 2, "harm", "harm: not predicted here; known: incidents, trust_mean"),
    ],
)
def test_a_range_that_cannot_be_is_refused(tmp_path, low, high, measure, said):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Lock())
    act = Predict(team="Alpha", measure=measure, low=low, high=high)
    assert refusal(exercise, act, "Alpha").replace("\N{NARROW NO-BREAK SPACE}", " ") == said


def test_injects_are_released_by_their_moves_and_contingencies_by_the_controller(tmp_path):
    exercise = opened(tmp_path)
    status = {name: one.status for name, one in exercise.state.inject_status.items()}
    assert status == {"alarm": Status.RELEASED} | dict.fromkeys(
        ("backlog", "cut", "help", "outcry"), Status.PLANNED
    )
    assert (
        refusal(exercise, Release(inject="backlog"))
        == "backlog is released by its move (2), and no contingency"
    )
    assert refusal(exercise, Release(inject="outcry")) == "outcry happens by itself when incidents reaches 1"
    assert refusal(exercise, Release(inject="helo")) == "helo: no such inject; did you mean 'help'?"
    passed(exercise)
    exercise.do(CONTROLLER, Release(inject="help"))
    assert exercise.state.inject_status["help"].day == 120
    assert "is released already" in refusal(exercise, Release(inject="help"))


def test_what_is_history_cannot_be_skipped_or_changed(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Skip(inject="backlog", reason="no time"))
    passed(exercise)
    assert refusal(exercise, Skip(inject="alarm", reason="x")) == (
        "alarm: day 60 is history; only what happens from day 120 on can be skipped"
    )
    assert exercise.state.inject_status["backlog"].status is Status.SKIPPED
    assert "backlog" not in [inject.id for inject in exercise.state.injects_in_force()]
    early = Add(inject="late", title="Late", reason="why not", day=60)
    assert refusal(exercise, early) == "late: day 60 is not in [120, 240): what was revealed stays as it is"
    override = Override(reason="too mild", day=119, effects=(Effect(on="trust", multiply=0.5),))
    assert "day 119 is not in [120, 240)" in refusal(exercise, override)


def test_a_live_inject_is_checked_like_a_written_one(tmp_path):
    exercise = opened(tmp_path)
    wrong = Add(inject="x", title="X", reason="r", effects=(Effect(on="staff.court.availability", set=0.5),))
    assert refusal(exercise, wrong) == (
        "x: effects[0].on: 'staff.court.availability': no such condition; "
        "did you mean 'staff.courts.availability'?"
    )
    far = Add(inject="x", title="X", reason="r", effects=(Effect(on="staff.courts.availability", add=1.0),))
    assert "it must be in [0, 1]" in refusal(exercise, far)
    assert refusal(exercise, Add(inject="alarm", title="X", reason="r")).startswith(
        "alarm is the id of another"
    )
    good = Add(inject="x", title="X", reason="r", effects=(Effect(on="staff.courts.availability", set=0.5),))
    exercise.do(CONTROLLER, good)
    assert [inject.id for inject in exercise.state.injects_in_force()][-1] == "x"


def test_an_override_is_a_ruling_or_an_effect_and_has_a_reason(tmp_path):
    exercise = opened(tmp_path)
    assert "one of the two" in refusal(exercise, Override(reason="r"))
    exercise.do(CONTROLLER, Override(reason="r", ruling="The court would have said no.", team="Alpha"))
    exercise.do(CONTROLLER, Override(reason="r", day=10, effects=(Effect(on="trust", multiply=0.5),)))
    assert exercise.state.injects_in_force()[-1].id == "override-4"


def test_an_observation_refers_to_lines_that_exist(tmp_path):
    exercise = opened(tmp_path)
    act = Observe(objective="weigh", kind="strength", observation="Good.", reference=(2, 9))
    assert refusal(exercise, act) == "reference: line 9 is not in the log, which has 2"
    assert refusal(exercise, Rate(objective="wiegh", rating="P")) == (
        "wiegh: no such objective; did you mean 'weigh'?"
    )


def test_two_teams_of_one_name_cannot_start(tmp_path):
    exercise = Exercise.new(tmp_path / "x", text=TEXT, name="small.yaml")
    said = refusal(exercise, Start(secret="s", teams=("Alpha", "ALPHA"), others=3))
    assert said == "ALPHA: two teams of that name, and 'Alpha' looks like it; names are unique"


def test_more_worlds_than_a_replay_bundle_holds_cannot_start(tmp_path):
    exercise = Exercise.new(tmp_path / "x", text=TEXT, name="small.yaml")
    teams = tuple(f"Team {number}" for number in range(30))
    assert refusal(exercise, Start(secret="s", teams=teams, others=10_000)) == (
        "10,000 other worlds, with 30 teams and 2 moves: a replay bundle would hold too much; "
        "at most 4,031 other worlds"
    )
    exercise.do(CONTROLLER, Start(secret="s", teams=teams, others=4_031))


def test_contingencies_that_never_came_are_cancelled_at_the_end(tmp_path):
    exercise = passed(passed(opened(tmp_path)))
    exercise.do(CONTROLLER, End())
    assert exercise.state.inject_status["help"].status is Status.CANCELLED
    assert exercise.state.inject_status["cut"].status is Status.RELEASED
