"""The sequence of screens: whatever is offered is shown when asked for, and reveals no more than before."""

import pytest
from room_cases import class_of, shown

from tabletop.exercise import acts
from tabletop.exercise.readers import Step
from tabletop.exercise.state import Phase
from tabletop.report.room.sequence import aside, named, neighbours, sequence
from tabletop.report.room.showing import showing


@pytest.mark.parametrize("number", [1, 3, 13, 30])
def test_what_is_offered_is_shown_and_no_step_of_a_reveal_is_taken_by_it(number):
    found = class_of(number)
    for state in found.states:
        for more in ((), ("reveal baseline",), ("reveal held",)):
            at = shown(state, *more) if state.phase is Phase.REVEALED else state
            offered = (*sequence(at), *aside(at))
            assert len(set(offered)) == len(offered)
            for what in offered:
                then = shown(at, what)
                assert named(showing(then)) == what
                assert then.step is at.step


def test_a_class_goes_through_all_of_a_part_forth_and_back():
    found = class_of(3)
    for state in found.states:
        steps = sequence(state)
        at, gone = shown(state, steps[0]), [steps[0]]
        while (after := neighbours(at)[1]) is not None:
            at = shown(at, after)
            gone.append(after)
        assert tuple(gone) == steps
        while (before := neighbours(at)[0]) is not None:
            at = shown(at, before)
        assert named(showing(at)) == steps[0]


def test_from_beside_the_sequence_one_comes_back_into_it():
    state = class_of(3).at(acts.BeginMove, 1, "lobby")
    assert neighbours(state) == (None, "situation")


def test_before_all_is_revealed_only_ranges_are_offered():
    state = class_of(3).at(acts.Reveal)
    assert state.step is Step.OWN
    assert all(what.startswith("reveal ranges") for what in sequence(state))
    assert "reveal held" in sequence(shown(state, "reveal held"))
