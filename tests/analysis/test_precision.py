"""Replications enough: against a search from the definition, and as properties."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.analysis.compare import compare
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.precision import Planner, look_ahead, precision
from tabletop.scenario.scenario import Interest

INTERESTS = {"incidents": Interest(delta=1.0), "disruption_share": Interest(delta=0.1)}


def drawn(n, *, spread=2.0, seed=1, differ=1.0, mixes=("base", "one", "two")):
    """Outcomes of a count and a ratio, in worlds that all mixes share."""
    generator = np.random.default_rng(seed)
    worlds, formed = generator.normal(50, 10, n), generator.poisson(20, n) + 1.0
    columns = {}
    for i, mix in enumerate(mixes):
        moved = (generator.normal(i, spread, n) * (generator.random(n) < differ)) if i else 0.0
        stopped = generator.binomial(formed.astype(int), 0.4 + 0.05 * i)
        columns[mix] = {
            "incidents": Column(tuple((worlds + moved).tolist()), (1.0,) * n),
            "disruption_share": Column(tuple(stopped.tolist()), tuple(formed.tolist()), is_ratio=True),
        }
    return Outcomes(tuple(range(n)), columns)


def first(outcomes, n):
    """The same, broken off after n replications."""
    columns = {
        mix: {name: Column(c.numerators[:n], c.denominators[:n], c.is_ratio) for name, c in of.items()}
        for mix, of in outcomes.columns.items()
    }
    return Outcomes(outcomes.replications[:n], columns)


def planned(outcomes, most=10_000, interests=INTERESTS, **other):
    return precision(outcomes, baseline="base", interests=interests, most=most, **other)


def enough(outcomes, n, interests=INTERESTS):
    """The definition, from the very intervals that are reported."""
    compared = compare(first(outcomes, n), baseline="base", interests=interests)
    return all(
        c.differing >= 50 and c.interval.half_width <= c.delta / 2 for c in compared.contrasts if c.primary
    )


@pytest.mark.parametrize(("seed", "differ"), [(1, 1.0), (2, 0.4), (3, 1.0)])
def test_it_is_the_smallest_number_that_is_enough_and_stays_so(seed, differ):
    outcomes = drawn(400, seed=seed, differ=differ)
    looks = [n >= 30 and enough(outcomes, n) for n in range(401)]
    smallest = next(n for n in range(30, 401) if all(looks[n : n + look_ahead(n) + 1]))
    found = planned(outcomes)
    assert (found.n, found.looked) == (smallest, smallest + look_ahead(smallest))
    assert found.finished


def test_precision_that_does_not_last_is_not_enough():
    moved = [1.0, -1.0] * 300
    moved[52] = 20.0  # a rare world, soon after the fiftieth
    base = Column((5.0,) * 600, (1.0,) * 600)
    mine = Column(tuple(5 + m for m in moved), (1.0,) * 600)
    outcomes = Outcomes(tuple(range(600)), {"base": {"incidents": base}, "one": {"incidents": mine}})
    interests = {"incidents": Interest(delta=1.0)}
    looks = [n >= 30 and enough(outcomes, n, interests) for n in range(601)]
    assert looks[50:53] == [True] * 3
    assert not looks[53]
    assert planned(outcomes, interests=interests).n == looks.index(True, 53)


def test_the_half_widths_are_those_that_a_comparison_reports():
    outcomes = drawn(45)
    compared = compare(outcomes, baseline="base", interests=INTERESTS)
    widths = planned(outcomes).widths
    assert len(widths) == 4
    for width in widths:
        reported = compared.contrast(width.measure, width.mix)
        assert width.half_width == pytest.approx(reported.interval.half_width, rel=1e-12)
        assert (width.wanted, width.differing) == (reported.delta / 2, reported.differing)


def test_once_it_is_precise_enough_no_contrast_is_undecided():
    for seed in range(5):
        outcomes = drawn(2000, seed=seed, spread=3.0)
        found = planned(outcomes)
        compared = compare(first(outcomes, found.looked), baseline="base", interests=INTERESTS)
        assert ContrastVerdict.UNDECIDED not in {c.verdict for c in compared.contrasts if c.primary}


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12), st.integers(0, 3))
def test_blocks_decide_nothing(blocks, seed):
    outcomes = drawn(300, seed=seed)
    planner = Planner(outcomes.mixes, baseline="base", interests=INTERESTS, most=300)
    for n in itertools.accumulate(blocks):
        planner.look(first(outcomes, min(n, 300)))
    assert planner.look(outcomes) == planned(outcomes, most=300)


def test_what_is_run_beyond_the_answer_does_not_change_it():
    outcomes = drawn(1000)
    found = planned(outcomes)
    assert planned(first(outcomes, found.looked)) == found
    assert planned(first(outcomes, found.looked - 1)).n is None


@pytest.mark.parametrize(("n", "further"), [(30, 5), (100, 5), (101, 5), (119, 5), (120, 6), (1000, 50)])
def test_the_look_ahead_is_five_and_above_a_hundred_five_per_cent(n, further):
    assert look_ahead(n) == further


def test_narrow_intervals_of_few_worlds_are_not_enough():
    outcomes = drawn(500, spread=0.5, differ=0.2)
    found = planned(outcomes, interests={"incidents": Interest(delta=1.0)})
    worlds = [outcomes.columns[mix]["incidents"] for mix in ("base", "one", "two")]
    assert min(first_differing(worlds[0], other, found.n) for other in worlds[1:]) == 50


def first_differing(a, b, n):
    return Column(a.numerators[:n], a.denominators[:n]).differing(
        Column(b.numerators[:n], b.denominators[:n])
    )


def test_a_contrast_that_never_differs_goes_on_to_the_cap_and_that_is_said():
    outcomes = drawn(200, differ=0.0)
    found = planned(outcomes, most=150, interests={"incidents": Interest(delta=1.0)})
    assert (found.n, found.looked, found.finished) == (None, 150, True)
    assert found.in_words() == (
        "the cap of 150 replications came first: "
        "incidents, one differs in 0 worlds, not 50; incidents, two differs in 0 worlds, not 50"
    )


def test_a_cap_that_comes_first_is_said_with_what_is_short():
    found = planned(drawn(60), most=40)
    assert (found.n, found.looked, found.finished) == (None, 40, True)
    assert "the cap of 40 replications came first: incidents, one is known to ±" in found.in_words()


def test_a_cap_within_the_look_ahead_is_said():
    outcomes = drawn(400)
    n = planned(outcomes).n
    found = planned(outcomes, most=n + 1)
    assert found.n is None
    assert found.in_words().endswith("the precision is reached, but has not held for the look-ahead")


def test_mixes_of_the_same_policy_need_nothing_yet_count_among_the_intervals():
    outcomes = drawn(400, differ=1.0)
    columns = dict(outcomes.columns) | {"twin": outcomes.columns["base"]}
    with_twin = Outcomes(outcomes.replications, columns)
    found = planned(with_twin, same_policy={"twin"})
    assert {width.mix for width in found.widths} == {"one", "two"}
    compared = compare(first(with_twin, found.looked), baseline="base", interests=INTERESTS)
    for width in found.widths:
        interval = compared.contrast(width.measure, width.mix).interval
        assert width.half_width == pytest.approx(interval.half_width, rel=1e-12)


def test_nothing_to_compare_needs_the_least_that_is_looked_at():
    outcomes = drawn(100, mixes=("base",))
    assert (planned(outcomes).n, planned(outcomes).looked) == (30, 35)


def test_a_ratio_with_nothing_to_average_has_no_width():
    nothing = Column((0.0,) * 40, (0.0,) * 40, is_ratio=True)
    outcomes = Outcomes(tuple(range(40)), {mix: {"disruption_share": nothing} for mix in ("base", "one")})
    found = planned(outcomes, most=40, interests={"disruption_share": Interest(delta=0.1)})
    assert found.widths[0].half_width is None
    assert found.in_words().endswith("disruption_share, one has no interval")


def test_what_is_expected_is_about_what_is_needed():
    outcomes = drawn(3000, spread=5.0)
    needed = planned(outcomes).looked
    so_far = planned(first(outcomes, 60))
    assert so_far.expected == pytest.approx(needed, rel=0.35)
    assert so_far.in_words() == f"not yet: 60 replications, about {so_far.expected:,} in all"
    assert planned(first(outcomes, 60), most=100).expected == 100
    assert planned(first(outcomes, 1)).expected > 1


def test_ten_thousand_looks_take_a_moment():
    import time

    outcomes = drawn(10_000, spread=30.0)
    began = time.process_time()
    assert planned(outcomes).looked > 5_000
    assert time.process_time() - began < 5
