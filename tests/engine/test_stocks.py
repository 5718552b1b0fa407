"""Stocks follow their differential equations, and reading them changes nothing."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from tabletop.engine.stocks import Counted, Lagged


class Time:
    """A clock that a test turns."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def lagged(level=0.0, target=0.0, lag=1.0):
    time = Time()
    stock = Lagged(time)
    stock.settle(level, lag)
    stock.tend(target, lag)
    return time, stock


def test_a_stock_closes_its_gap_by_the_lag():
    time, stock = lagged(0.2, 0.8, 30.0)
    time.now = 30.0
    assert stock.value() == pytest.approx(0.8 - 0.6 * exp(-1))


def test_a_settled_stock_stays():
    _, stock = lagged(0.7, 0.7, 30.0)
    assert stock.value_at(1e6) == 0.7


MOVES = st.lists(
    st.tuples(st.floats(0.1, 50), st.sampled_from(["tend", "jump"]), st.floats(0, 1), st.floats(1, 200)),
    max_size=6,
)


@given(MOVES)
def test_level_and_integral_are_those_of_the_equation(moves):
    """The closed form against numerical integration of the level, stretch by stretch."""
    time, stock = lagged(0.5, 0.9, 40.0)
    target, lag, level, area = 0.9, 40.0, 0.5, 0.0
    for elapsed, move, to, new_lag in moves:

        def path(t, level=level, target=target, lag=lag):
            return target + (level - target) * exp(-t / lag)

        area += quad(path, 0, elapsed)[0]
        level = path(elapsed)
        time.now += elapsed
        assert stock.value() == pytest.approx(level, abs=1e-12)
        assert stock.area(time.now) == pytest.approx(area, abs=1e-8)
        if move == "jump":
            stock.jump(to)
            level = to
        else:
            stock.tend(to, new_lag)
            target, lag = to, new_lag
    assert stock.value() == pytest.approx(level, abs=1e-12)


@given(MOVES, st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_reading_changes_no_bit(moves, glances):
    quiet_time, quiet = lagged(0.5, 0.9, 40.0)
    time, watched = lagged(0.5, 0.9, 40.0)
    for (elapsed, move, to, new_lag), glance in zip(moves, glances, strict=False):
        before = time.now
        time.now = before + glance * elapsed
        watched.value()
        watched.area(time.now)
        time.now = quiet_time.now = before + elapsed
        for stock in (quiet, watched):
            if move == "jump":
                stock.jump(to)
            else:
                stock.tend(to, new_lag)
    end = time.now + 3
    assert (quiet.value_at(end), quiet.area(end)) == (watched.value_at(end), watched.area(end))


def test_whoever_depends_on_a_jump_is_told():
    _, stock = lagged()
    told = []
    stock.changed = lambda: told.append(stock.value())
    stock.jump(2.0)
    stock.tend(1.0, 5.0)
    assert told == [2.0]


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(-3, 3)), max_size=8))
def test_a_count_has_an_exact_integral(changes):
    time = Time()
    counted = Counted(time)
    level, area = 0, 0.0
    for elapsed, change in changes:
        time.now += elapsed
        area += level * elapsed
        counted.add(change)
        level += change
    assert counted.count == level
    assert counted.area(time.now + 2) == pytest.approx(area + 2 * level)
