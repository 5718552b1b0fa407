"""The monitor's view of injects: a controller sees which of them players cannot know of yet."""

from exercise.room import opened
from tabletop.exercise.acts import Lock, Reveal
from tabletop.exercise.roles import CONTROLLER
from tabletop.serve.views.monitor import monitor


def to_come(exercise):
    seen = monitor(exercise.state, here=(), progress={}, failed="", door_is_open=True)
    return {row.id for row in seen.injects if row.is_to_come}


def test_an_inject_of_a_later_day_is_to_come_until_its_move_is_revealed(tmp_path):
    exercise = opened(tmp_path)
    assert to_come(exercise) == {"alarm"}  # of day 60, in a move that begins on day 0
    exercise.do(CONTROLLER, Lock(), at=100.0)
    assert to_come(exercise) == {"alarm"}
    exercise.do(CONTROLLER, Reveal(), at=200.0)
    assert to_come(exercise) == set()


def test_an_inject_that_waits_for_a_count_happens_by_itself_and_others_wait_for_the_controller(tmp_path):
    seen = monitor(opened(tmp_path).state, here=(), progress={}, failed="", door_is_open=True)
    assert {row.id for row in seen.injects if row.is_by_itself} == {"outcry"}
    assert {row.id for row in seen.injects if row.may_release} == {"help"}
