"""Switch points: none, one, two, and what lies between the values is not told."""

from tabletop.analysis.statements import Difference, statements
from tabletop.analysis.switches import switches

_, BETTER, _, MUCH_WORSE = statements(-1, 1.0)


def line(*means):
    """Differences known to ±0.2."""
    return [Difference(mean, 1.0, 100, 100) for mean in means]


def test_a_line_without_both_signs_has_no_switch():
    assert switches(BETTER, [1, 2, 3], line(-3, -2, -1)) == ()
    assert switches(BETTER, [1, 2, 3], line(-3, 0.0, 0.1)) == ()


def test_one_switch_lies_between_the_last_value_shown_and_the_next_refuted():
    (one,) = switches(BETTER, [1, 2, 3, 4], line(-3, -2, 0.0, 2))
    assert (one.low, one.high, one.begins) == (2, 4, False)
    (other,) = switches(BETTER, [1, 2, 3, 4], line(3, 0.1, -2, -3))
    assert (other.low, other.high, other.begins) == (1, 3, True)


def test_a_verdict_may_turn_twice_and_both_are_told():
    found = switches(MUCH_WORSE, [1, 2, 3, 4, 5], line(0, 2, 3, 2, 0))
    assert [(one.low, one.high, one.begins) for one in found] == [(1, 2, True), (4, 5, False)]
