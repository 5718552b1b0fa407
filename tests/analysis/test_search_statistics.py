"""Fronts, halving and levers in common: against their definitions, SciPy, and truths that are known."""

import sys
from importlib import import_module
from itertools import product
from pathlib import Path
from random import Random

import pytest
from scipy import stats

from tabletop.analysis.front import Place, standings
from tabletop.analysis.halving import best, kept_of
from tabletop.analysis.moved_levers import moved_levers


def noisy(means, n=60, spread=0.2, seed="front"):
    luck = Random(seed)
    common = [[luck.gauss(0, 3) for _ in range(n)] for _ in next(iter(means.values()))]
    return {
        name: [[mean + c + luck.gauss(0, spread) for c in common[aim]] for aim, mean in enumerate(of)]
        for name, of in means.items()
    }


def test_what_is_far_apart_is_on_the_front_or_off_it_and_says_by_whom():
    found = {
        one.mix: one for one in standings(noisy({"a": (0, 9), "b": (9, 0), "c": (-1, -2), "d": (8, -1)}))
    }
    assert [found[name].place for name in "abcd"] == [Place.ON, Place.ON, Place.OFF, Place.OFF]
    assert found["d"].beaten_by == ("b",)
    assert {"a", "b"} <= set(found["c"].beaten_by)


def test_what_cannot_be_told_apart_may_be_on_the_front():
    found = {one.mix: one for one in standings(noisy({"a": (1, 1), "b": (1, 1), "c": (-5, -5)}))}
    assert [found[name].place for name in "abc"] == [Place.PERHAPS, Place.PERHAPS, Place.OFF]


def test_one_aim_has_one_best_and_what_is_missing_is_not_judged():
    found = {one.mix: one.place for one in standings(noisy({"a": (3,), "b": (1,)}))}
    assert found == {"a": Place.ON, "b": Place.OFF}
    values = noisy({"a": (3,), "b": (1,)}) | {"c": [None]}
    assert {one.mix: one.place for one in standings(values)}["c"] is Place.PERHAPS


def test_equal_in_one_aim_and_better_in_the_other_is_beaten():
    same = [1.0, 2.0, 3.0] * 10
    values = {"a": [same, [x + 1 + 0.1 * (i % 2) for i, x in enumerate(same)]], "b": [same, same]}
    assert {one.mix: one.place for one in standings(values)} == {"a": Place.ON, "b": Place.OFF}


def test_intervals_are_those_of_all_pairs_and_aims_at_once():
    """A lead that is shown by itself is not shown among so many pairs that it may be luck."""
    luck = Random("far")
    lead = [1.66, -0.34] * 10
    two = {"a": [lead], "b": [[0.0] * 20]}
    t = stats.ttest_1samp(lead, 0).pvalue
    assert 0.05 / 45 < t < 0.05  # known before what follows is asked
    assert {one.place for one in standings(two)} == {Place.ON, Place.OFF}
    many = two | {f"far {k}": [[-9.0 - k + luck.gauss(0, 0.1) for _ in range(20)]] for k in range(8)}
    places = {one.mix: one.place for one in standings(many)}
    assert (places["a"], places["b"]) == (Place.PERHAPS, Place.PERHAPS)


def test_a_stage_keeps_what_no_other_dominates_and_never_what_is_broken():
    scores = {f"{x}{y}": (x, y) for x, y in product(range(4), repeat=2)}
    assert best(scores, frozenset(), 1) == ("33",)
    assert best(scores, frozenset({"33"}), 2) == ("23", "32")
    assert set(best(scores, frozenset(), 3)) == {"33", "23", "32"}
    assert best(scores, frozenset(scores), 3) == ()
    assert best({"a": (1,), "b": (3,), "c": (2,)}, frozenset(), 2) == ("b", "c")


def test_within_a_rank_the_ends_and_what_is_lonely_are_kept_first():
    front = {
        "a": (0.0, 10.0),
        "b": (4.9, 5.1),
        "c": (5.0, 5.0),
        "d": (5.1, 4.9),
        "e": (7.0, 3.0),
        "f": (2.0, 8.0),
    }
    assert set(best(front, frozenset(), 3)) == {"a", "e", "f"}


def test_a_quarter_is_kept_and_one_at_least():
    assert [kept_of(n) for n in (262, 66, 17, 4, 1)] == [66, 17, 5, 1, 1]


def test_levers_in_common_have_the_hypergeometric_p_of_scipy_times_the_tests():
    shifts = {
        f"m{k}": ({"teams": 1.0} if k < 20 else {}) | {"care": -0.1 if k % 2 else 0.1} for k in range(100)
    }
    chosen = [f"m{k}" for k in (0, 2, 4, 6, 8, 10, 12, 14)]
    found = moved_levers(shifts, chosen)
    first = found[0]
    assert (first.lever, first.way, first.chosen, first.every) == ("teams", "raised", 8, 20)
    table = [[8, 0], [12, 80]]
    exact = stats.fisher_exact(table, alternative="greater").pvalue
    assert first.p == pytest.approx(exact, rel=1e-9)
    assert first.p_adjusted == pytest.approx(3 * exact)  # teams raised; care raised and cut
    assert first.is_shown
    assert "teams raised: 8 of 8 finalists, 20 of all 100 candidates (p < 0.001)" in first.in_words()
    assert not any(one.is_shown for one in moved_levers(shifts, ["m0", "m1", "m50", "m51"]))


def test_the_long_verification_shortened_keeps_its_promises(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "verification"))
    script = import_module("search_truths")
    rows = [*script.fronts(30), *script.searches(10)]
    assert {row.verdict for row in rows} <= {"reached", "published"}
    sys.modules.pop("search_truths")
