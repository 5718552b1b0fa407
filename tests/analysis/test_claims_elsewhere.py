"""Claims under other conditions: what is said of one whose truth is known."""

import re

import numpy as np
import pytest

from tabletop.analysis.outcomes import Column
from tabletop.analysis.survival import There, counted, judged, turned
from tabletop.scenario.claim import Claim

CLAIM = Claim.model_validate(
    {"that": "A", "measure": "incidents", "mix": "one", "versus": "other", "is": "higher", "by": 1}
)
WORLDS, STUDIES, SEED = 60, 300, 20_261_126


def columns(rng, mean, *, worlds=WORLDS, spread=2.0):
    """Outcomes of two mixes whose true difference is the mean."""
    other = rng.normal(20, 3, worlds)
    one = other + rng.normal(mean, spread, worlds) if spread else other + mean
    return {"one": column(one), "other": column(other)}


def column(numbers):
    """Counts as a column."""
    return Column(tuple(map(float, numbers)), (1.0,) * len(numbers))


@pytest.mark.parametrize(
    ("mean", "worlds", "spread", "there"),
    [
        (-4.0, 60, 2.0, There.TURNS_ROUND),
        (0.0, 4_000, 2.0, There.FALLS_SHORT),
        (0.5, 4_000, 2.0, There.FALLS_SHORT),
        (1.0, 60, 2.0, There.NOT_SHOWN),
        (4.0, 60, 2.0, There.HOLDS),
        (0.0, 60, 0.0, There.NO_DIFFERENCE),
        (-4.0, 12, 2.0, There.NOT_SHOWN),
        (0.0, 12, 0.0, There.NOT_SHOWN),
    ],
)
def test_where_a_file_says_that_a_claim_turns_it_is_said_what_is_shown(mean, worlds, spread, there):
    rng = np.random.default_rng(SEED)
    (found,) = turned(CLAIM, {"x × 2": columns(rng, mean, worlds=worlds, spread=spread)}, claims=1)
    assert found.there is there
    assert found.supported == (there in (There.TURNS_ROUND, There.FALLS_SHORT, There.NO_DIFFERENCE))
    said = found.in_words(CLAIM)
    assert "x × 2" in said
    assert ("it is not shown that it no longer holds at x × 2" in said) == (there is There.NOT_SHOWN)
    if there is not There.NO_DIFFERENCE:
        assert "; incidents, one − other: higher by more than 1; found " in said
        assert ", at most " in said


def test_the_bound_of_where_a_claim_turns_is_on_the_side_that_speaks_for_it():
    rng = np.random.default_rng(SEED)
    lower = CLAIM.model_copy(update={"is_": "lower"})
    (found,) = turned(lower, {"x": columns(rng, -0.5, worlds=4_000)}, claims=1)
    assert found.there is There.FALLS_SHORT
    assert -1 < found.bound < found.estimate
    assert re.search(r"found −0\.\d+, at least −0\.\d+ \(99\.00 %\)$", found.in_words(lower))


def test_points_are_sorted_into_those_that_hold_those_that_turn_and_those_that_show_nothing():
    rng = np.random.default_rng(SEED)
    points = {"up": columns(rng, 3.0), "small": columns(rng, 0.1), "down": columns(rng, -3.0)}
    found = judged(CLAIM, points, claims=2)
    assert (found.holds, found.points, found.not_shown, found.turned) == (1, 3, ("small",), ("down",))
    assert not found.supported
    assert found.in_words() == "holds at 1 of 3 points; not shown at small; turns round at down"
    assert judged(CLAIM, {"up": points["up"]}, claims=2).supported


def test_the_direction_has_to_survive_and_not_the_size():
    rng = np.random.default_rng(SEED)
    there = columns(rng, 0.6, spread=0.3)
    assert judged(CLAIM, {"smaller": there}, claims=1).supported
    (said,) = turned(CLAIM, {"smaller": there}, claims=1)
    assert said.there is There.FALLS_SHORT


def test_a_false_direction_at_one_of_many_points_is_hardly_ever_supported_and_the_level_is_shared():
    rng = np.random.default_rng(SEED)
    wrong = at_one = 0
    for _ in range(STUDIES):
        points = {str(n): columns(rng, 0.0) for n in range(20)}
        wrong += judged(CLAIM, points, claims=1).holds > 0
        at_one += any(judged(CLAIM, {n: of}, claims=1).supported for n, of in points.items())
    assert wrong <= 11  # of 300 at 1 %: more than 11 has a chance of 3 in 10,000
    assert at_one > 20  # each point at 99 % of its own: 18 % of studies err, and no fewer than 20 of 300


def test_a_count_of_variants_is_judged_by_its_lower_bound():
    rng = np.random.default_rng(SEED)
    variants = [columns(rng, 3.0) for _ in range(12)] + [columns(rng, 0.4) for _ in range(4)]
    found = counted(CLAIM, variants, at_least=12)
    assert found.supported
    assert found.count.low in range(12, 15)
    assert not counted(CLAIM, variants, at_least=15).supported
    assert "asked for: 15 of 16 at least" in counted(CLAIM, variants, at_least=15).in_words()
