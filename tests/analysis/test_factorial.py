"""Factorials against least squares, against their own definition, and under truths that are known."""

import sys
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.factorial import factorial
from tabletop.analysis.outcomes import Column

THREE = ("one", "two", "three")


def corners(factors):
    every = product((0, 1), repeat=len(factors))
    return [frozenset(f for f, high in zip(factors, of, strict=True) if high) for of in every]


def column(numbers):
    return Column(tuple(map(float, numbers)), (1.0,) * len(numbers))


def noisy(mean, factors=THREE, worlds=40, seed="noisy", spread=1.0):
    """Outcomes in every corner around a mean, with luck that all corners share."""
    luck = Random(seed)
    shared = [luck.gauss(0, 3) for _ in range(worlds)]
    return {c: column([mean(c) + s + luck.gauss(0, spread) for s in shared]) for c in corners(factors)}


def test_every_effect_is_twice_the_coefficient_of_least_squares():
    found = noisy(lambda c: -2 * ("one" in c) + ({"one", "two"} <= c))
    here = factorial(found, THREE, measure="incidents", delta=0.5)
    sides = {f: [1.0 if f in corner else -1.0 for corner in found] for f in THREE}
    effects = (*here.effects, *here.higher)
    design = np.column_stack([np.ones(8), *(np.prod([sides[f] for f in e.factors], axis=0) for e in effects)])
    by_world = np.array([of.numerators for of in found.values()])
    theirs = 2 * np.linalg.lstsq(design, by_world, rcond=None)[0][1:].mean(axis=1)
    assert [e.value for e in effects] == pytest.approx(theirs, rel=1e-9)
    assert [e.value for e in effects] != pytest.approx(theirs / 2, rel=0.1)


def test_without_noise_effects_are_their_definition_and_one_at_a_time_is_told_from_all_together():
    adds = {("one",): 4.0, ("two",): 2.0, ("one", "two"): -3.0}
    means = {c: sum(size for of, size in adds.items() if set(of) <= c) for c in corners(THREE)}
    found = {c: column([mean + 0.001 * r for r in range(30)]) for c, mean in means.items()}
    here = factorial(found, THREE, measure="incidents", delta=0.5)
    assert [e.value for e in here.mains] == pytest.approx([2.5, 0.5, 0.0], abs=1e-9)
    assert here.interaction("two", "one").value == pytest.approx(-1.5)
    once = here.one_at_a_time
    assert (once.alone.value, once.together.value, once.lost.value) == pytest.approx((6.0, 3.0, -3.0))
    with pytest.raises(KeyError):
        here.interaction("one", "four")


def test_the_intervals_of_mains_and_pairs_hold_together_and_those_of_the_others_by_themselves():
    here = factorial(noisy(lambda c: 0.0), THREE, measure="incidents", delta=0.5)
    assert [e.interval.confidence for e in here.effects] == pytest.approx([1 - 0.05 / 6] * 6)
    assert [e.interval.confidence for e in here.higher] == pytest.approx([0.95])
    assert here.one_at_a_time.lost.interval.confidence == pytest.approx(1 - 0.05 / 3)


def test_shared_luck_cancels_and_verdicts_follow_direction_and_delta():
    here = factorial(noisy(lambda c: -3 * ("one" in c)), THREE, measure="incidents", delta=1.0)
    first = here.mains[0]
    assert first.interval.half_width < 0.5  # the worlds' own spread of 3 would make it 1.0 at least
    assert first.verdict is ContrastVerdict.BETTER
    assert factorial(
        noisy(lambda c: -3 * ("one" in c)), THREE, measure="trust_mean", delta=1.0
    ).mains[0].verdict is ContrastVerdict.WORSE  # fmt: skip
    assert here.mains[1].verdict is ContrastVerdict.EQUIVALENT


def test_what_is_not_known_is_not_claimed():
    found = noisy(lambda c: 1.0)
    found[frozenset({"one"})] = Column((0.0,) * 40, (0.0,) * 40, is_ratio=True)
    missing = factorial(found, THREE, measure="disruption_share", delta=1.0)
    assert {e.verdict for e in missing.effects} == {ContrastVerdict.MISSING}
    same = {c: column([1.0, 2.0, 3.0] * 10) for c in corners(THREE)}
    nothing = factorial(same, THREE, measure="incidents", delta=1.0)
    assert {e.verdict for e in (*nothing.effects, *nothing.higher)} == {ContrastVerdict.NO_DIFFERENCE_SEEN}
    assert "nothing seen in 30 worlds (95 %: at most 10 % of worlds differ)" in nothing.mains[0].in_words()
    one = factorial({c: column([1.0 * len(c)]) for c in same}, THREE, measure="incidents", delta=1.0)
    assert {e.verdict for e in one.effects} == {ContrastVerdict.ONE_REPLICATION}
    alike = factorial({c: column([1.0 * len(c)] * 9) for c in same}, THREE, measure="incidents", delta=1.0)
    assert alike.mains[0].verdict is ContrastVerdict.TOO_LITTLE


def test_the_long_verification_shortened_keeps_its_promises(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "verification"))
    from importlib import import_module

    script = import_module("factorial")
    monkeypatch.setattr(script, "CASES", (("normal", 20),))
    monkeypatch.setattr(script, "TRUTHS", (script.TRUTHS[0], script.TRUTHS[2]))
    rows = [*script.rows(100)]
    assert {row.verdict for row in rows} <= {"reached", "published"}
    sys.modules.pop("factorial")
