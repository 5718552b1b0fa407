"""Crowds: whoever arrives in a year is drawn piece by piece, the same as all at once."""

import gc

import pytest

from support.lively import TEXT
from support.recount import rows
from tabletop import loads, simulate
from tabletop.engine import chance
from tabletop.engine.chance import Cohort, Luck

KEY = ("benign", "border", 0, 2)


def luck():
    return Luck(7, 3)


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(chance, "PIECE", 64)


def test_a_draw_may_begin_where_another_ended():
    whole = luck().uniforms("p", KEY, 1_000).tolist()
    for first in (0, 4, 64, 512, 996):
        assert luck().uniforms("p", KEY, 1_000 - first, first).tolist() == whole[first:]


@pytest.mark.parametrize("length", [0.0, 5.0, 31.9, 32.0, 64.0, 500.0, 1_000.5])
def test_the_pieces_are_the_whole(small_pieces, length):
    times = luck().arrivals("p", KEY, length)
    cohort = luck().cohort(KEY, len(times))
    found, marks, normals = [], [], []
    for first, units, piece in luck().crowd("p", KEY, length):
        assert first == len(found)
        found += units
        marks += piece.uniforms("mark")[: len(units)]
        normals += piece.normals("noise")[: len(units)]
    assert found == times
    assert (marks, normals) == (cohort.uniforms("mark"), cohort.normals("noise"))


def test_a_crowd_of_one_piece_is_kept_and_shared():
    one = luck()
    ((_, times, cohort),) = one.crowd("p", KEY, 100.0)
    ((_, again, same),) = one.crowd("p", KEY, 100.0)
    assert (again is times, same is cohort) == (True, True)


def test_of_a_large_crowd_no_piece_outlasts_whoever_holds_it(small_pieces):
    gc.collect()
    before = cohorts()
    pieces = luck().crowd("p", KEY, 1_000.0)
    held = [next(pieces) for _ in range(3)]
    assert cohorts() - before == 3
    del held
    next(pieces)
    assert cohorts() - before <= 1


def cohorts():
    """How many cohorts are in memory."""
    return sum(isinstance(one, Cohort) for one in gc.get_objects())


def test_a_run_is_the_same_whatever_the_size_of_pieces(monkeypatch):
    busy = TEXT.replace("intelligence: 1,", "intelligence: 3,")
    whole = simulate(loads(busy), "usual", 0, journal=True)
    monkeypatch.setattr(chance, "PIECE", 64)
    pieces = simulate(loads(busy), "usual", 0, journal=True)
    assert rows(pieces.journal) == rows(whole.journal)
    assert (pieces.parts, pieces.tally, pieces.series) == (whole.parts, whole.tally, whole.series)
