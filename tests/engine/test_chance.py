"""Luck is a pure function of its keys."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.engine import chance
from tabletop.engine.chance import Cohort, Luck
from tabletop.engine.durations import Duration

LUCK = Luck(20261, 5)


def test_draws_of_one_entity_do_not_depend_on_what_was_drawn_before():
    plain = LUCK.cohort(("trace", 1), 5)
    busy = LUCK.cohort(("trace", 1), 5)
    busy.normals("another.purpose")
    LUCK.uniforms("a.purpose", ("trace", 2), 100)
    assert plain.uniforms("a.purpose") == busy.uniforms("a.purpose")


@given(st.integers(1, 50), st.integers(0, 50))
def test_a_longer_draw_starts_alike(size, more):
    short, long = (LUCK.uniforms("p", ("e",), n).tolist() for n in (size, size + more))
    assert short == long[:size]


@pytest.mark.parametrize(
    "other",
    [
        Luck(20262, 5).uniforms("p", ("e", 1), 4),
        Luck(20261, 6).uniforms("p", ("e", 1), 4),
        LUCK.uniforms("q", ("e", 1), 4),
        LUCK.uniforms("p", ("e", 2), 4),
        LUCK.uniforms("p", ("e", "1"), 4),
        Luck(2026, 15).uniforms("p", ("e", 1), 4),
        LUCK.uniforms("p|('e',", ("1)",), 4),
    ],
    ids=["seed", "replication", "purpose", "entity", "a name for a number", "digits moved", "a torn key"],
)
def test_every_part_of_a_key_counts(other):
    assert set(LUCK.uniforms("p", ("e", 1), 4)).isdisjoint(other)


def test_uniforms_are_uniform_and_inside():
    sample = LUCK.uniforms("p", ("many",), 100_000)
    assert sample.min() > 0
    assert sample.max() < 1
    assert stats.kstest(sample, "uniform").pvalue > 1e-4
    assert stats.kstest(sample**1.03, "uniform").pvalue < 1e-4


def test_first_draws_of_neighbouring_entities_are_uniform_and_unrelated():
    """What a model draws is mostly the first number of many keys."""
    first = np.array([LUCK.uniforms("p", ("e", n), 1)[0] for n in range(20_000)])
    assert stats.kstest(first, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(first[:-1], first[1:])[0, 1]) < 4 / sqrt(len(first))


def test_the_draws_of_two_purposes_are_unrelated():
    one, other = (LUCK.uniforms(purpose, ("e",), 20_000) for purpose in ("one", "other"))
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / sqrt(20_000)


def test_normals_are_the_quantiles_of_the_uniforms():
    cohort = LUCK.cohort(("e",), 100)
    assert cohort.normals("a") == pytest.approx(stats.norm.ppf(LUCK.uniforms("a", ("e",), 100)))


def test_one_draw_is_the_draw_of_the_whole_block():
    made = Duration(family="gamma", mean=30, cv=0.7)
    cohort, whole = LUCK.cohort(("e",), 9), LUCK.cohort(("e",), 9)
    assert [cohort.one_uniform("u", n) for n in range(9)] == whole.uniforms("u").tolist()
    assert [cohort.one_days("d", n, made) for n in range(9)] == [30 * unit for unit in whole.units("d", made)]


def test_arrivals_are_a_poisson_process_of_rate_one():
    times = LUCK.arrivals("p", ("e",), 20_000.0)
    assert times == sorted(times)
    assert times[0] > 0
    assert times[-1] < 20_000
    assert abs(len(times) - 20_000) < 4 * sqrt(20_000)
    assert stats.kstest(np.diff(times), "expon").pvalue > 1e-4


@given(st.floats(0, 300), st.floats(0, 300))
def test_a_longer_stretch_of_arrivals_starts_alike(length, more):
    short = LUCK.arrivals("p", ("e",), length)
    assert short == [t for t in LUCK.arrivals("p", ("e",), length + more) if t < length]


def test_arrivals_that_are_drawn_in_stretches_are_those_of_one_draw(monkeypatch):
    whole = Luck(7, 0)
    times = whole.arrivals("p", ("e",), 1_000.0)
    monkeypatch.setattr(chance, "STRETCH", 64)
    stretches = list(Luck(7, 0).stretches("p", ("e",), 1_000.0))
    assert len(stretches) > 10
    assert [time for stretch in stretches for time in stretch.times] == times
    together = whole.uniforms("q", ("e",), len(times)).tolist()
    assert [u for stretch in stretches for u in stretch.cohort.uniforms("q")] == together


def test_what_was_drawn_long_ago_is_let_go_of_and_drawn_again_alike(monkeypatch):
    monkeypatch.setattr(chance, "STRETCH", 64)
    monkeypatch.setattr(chance, "MOST_ENTITIES", 200)
    luck = Luck(7, 0)
    first = luck.cohort(("first",), 10)
    before = first.uniforms("q").tolist()
    for stretch in luck.stretches("p", ("e",), 5_000.0):
        stretch.cohort.uniforms("q")
        assert sum(one.size for one in luck._known.values()) <= 200
    assert luck.cohort(("first",), 10) is not first
    assert luck.cohort(("first",), 10).uniforms("q").tolist() == before
    assert [first.uniforms("q")[ordinal] for ordinal in range(10)] == before


@pytest.mark.parametrize("family", ["exponential", "lognormal", "gamma", "constant"])
def test_numbers_that_are_drawn_singly_are_those_drawn_together(family):
    made = Duration(family=family, mean=3)
    luck = Luck(7, 0)
    kept, past = (Cohort(luck, ("e",), 50, first=64) for _ in range(2))
    past.let_go()
    for numbers in (
        lambda cohort: cohort.uniforms("u"),
        lambda cohort: cohort.normals("n"),
        lambda cohort: cohort.units("d", made),
    ):
        assert [numbers(past)[ordinal] for ordinal in range(50)] == numbers(kept).tolist()
