"""Pools with nobody there: what came, and what became of it."""

from dataclasses import replace

import pytest

from tabletop.analysis.unstaffed import unstaffed
from tabletop.measures import PoolReport
from tabletop.pools import POOLS

QUIET = PoolReport(None, None, None, {}, {}, 0.0, 0, 0, 0, 0.0, 365.0)


def reports(*worlds):
    """So many arrivals and lapses at analysts who are not there, and staff everywhere else."""
    for arrivals, lapses in worlds:
        empty = replace(QUIET, arrivals=arrivals, lapses=lapses, staff_days=0.0)
        yield {pool: empty if pool == "analysts" else QUIET for pool in POOLS}


@pytest.mark.parametrize(
    ("worlds", "words"),
    [
        ([(1400, 1400), (1434, 1434)], "nobody there, 1,417 arrived, all lapsed (a world"),
        ([(1400, 1396), (1434, 1430)], "nobody there, 1,417 arrived, all lapsed but 4.0 (a world"),
        ([(140, 0), (144, 0)], "nobody there, 142 arrived, none was served (a world"),
        ([(140, 3), (144, 4)], "nobody there, 142 arrived, 3.5 lapsed, none was served (a world"),
    ],
)
def test_a_pool_with_nobody_says_what_came_and_what_became_of_it(worlds, words):
    (found,) = unstaffed(reports(*worlds))
    assert found.pool == "analysts"
    assert found.in_words().startswith(words)
    assert found.arrivals.interval is not None


def test_a_pool_that_the_mix_leaves_empty_has_nobody_although_the_warm_up_still_finishes_there():
    left = replace(QUIET, arrivals=5, lapses=4, busy_days=2.0, staff_days=2.0)
    of_runs = [dict.fromkeys(POOLS, left)] * 2
    assert unstaffed(of_runs) == ()
    (found,) = unstaffed(of_runs, {"teams"})
    assert found.pool == "teams"
    assert found.in_words().startswith("nobody there, 5.0 arrived, all lapsed but 1.0 (a world")


def test_where_nothing_comes_what_the_warm_up_left_is_said():
    left = replace(QUIET, lapses=3)
    (found,) = unstaffed([dict.fromkeys(POOLS, left)] * 2, {"teams"})
    said = "nobody there, none arrived, what waited lapsed: 3.0 (1.1 to 6.5; the same in both worlds) a world"
    assert found.in_words() == said


def test_a_pool_to_which_nothing_comes_or_which_has_somebody_for_a_day_is_none():
    assert unstaffed(reports((0, 0), (0, 0))) == ()
    staffed = [dict.fromkeys(POOLS, replace(QUIET, arrivals=5, staff_days=days)) for days in (0.0, 1.0)]
    assert unstaffed(staffed) == ()
