"""The list of events as it was played."""

from exercise.room import opened, passed
from tabletop.exercise.acts import Add, End, Release, Respond, Skip
from tabletop.exercise.msel_played import played
from tabletop.exercise.roles import CONTROLLER


def test_every_event_tells_what_became_of_it(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Respond(inject="alarm", response="They asked for officers.", team="Bravo"))
    exercise.do(CONTROLLER, Respond(inject="alarm", response="Silence."))
    exercise.do(CONTROLLER, Skip(inject="backlog", reason="no time"))
    passed(exercise)
    exercise.do(CONTROLLER, Release(inject="help"))
    exercise.do(CONTROLLER, Add(inject="storm", title="Storm", message="Rain.", reason="too quiet"))
    rows = {row.id: row for row in played(exercise.state, {"Alpha": {"outcry": 33.33}, "Bravo": {}})}
    assert (rows["alarm"].status, rows["alarm"].actual_time) == ("released", "day 60")
    assert rows["alarm"].actual_response == "Bravo: They asked for officers.; Silence."
    assert (rows["backlog"].status, rows["backlog"].actual_time) == ("skipped", "")
    assert (rows["help"].status, rows["help"].actual_time) == ("released", "day 120")
    assert (rows["outcry"].status, rows["outcry"].actual_time) == ("released", "Alpha: day 33.3; Bravo: not")
    assert (rows["storm"].status, rows["storm"].message) == ("released", "Rain.")
    assert rows["storm"].event_number == max(row.event_number for row in rows.values())
    assert len({row.event_number for row in rows.values()}) == len(rows)


def test_what_never_came_is_cancelled_in_the_end(tmp_path):
    exercise = passed(passed(opened(tmp_path)))
    before = {row.id: row.status for row in played(exercise.state, {})}
    exercise.do(CONTROLLER, End())
    after = {row.id: row.status for row in played(exercise.state, {})}
    assert (before["help"], before["outcry"]) == ("planned", "planned")
    assert (after["help"], after["outcry"]) == ("cancelled", "cancelled")
    assert after["cut"] == "released"
