"""The bottleneck of a mix, by hand."""

import pytest

from tabletop.analysis.bottleneck import bottleneck
from tabletop.analysis.outcomes import Column
from tabletop.pools import POOLS


def columns(busy, waits=None):
    """Two replications in which pools are so busy and let wait so long."""
    found = {}
    for pool in POOLS:
        share, wait = busy.get(pool, 0.1), (waits or {}).get(pool, 1.0)
        staffed = (100.0, 300.0) if share is not None else (0.0, 0.0)
        worked = tuple((share or 0.0) * days for days in staffed)
        found[f"utilisation_{pool}"] = Column(worked, staffed, is_ratio=True)
        found[f"wait_{pool}"] = Column((wait * 10, wait * 30), (10.0, 30.0), is_ratio=True)
    return found


def test_the_bottleneck_is_the_busiest_pool():
    found = bottleneck(columns({"courts": 0.97, "teams": 0.9}, {"courts": 12.0, "teams": 40.0}))
    assert found.pool == "courts"
    assert found.utilisation.value == pytest.approx(0.97)
    assert found.wait.value == pytest.approx(12.0)
    assert found.wait.interval is None  # the same in both replications: nothing is known of a spread


def test_where_a_mix_has_nobody_the_warm_ups_staff_is_no_bottleneck():
    loads = columns({"teams": 1.0, "courts": 0.9})
    assert bottleneck(loads).pool == "teams"
    assert bottleneck(loads, {"teams"}).pool == "courts"


def test_of_equally_busy_pools_it_is_the_one_that_lets_wait_longest():
    assert bottleneck(columns({"courts": 1.0, "teams": 1.0}, {"teams": 40.0})).pool == "teams"
    assert bottleneck(columns({"courts": 1.0, "teams": 1.0}, {"courts": 40.0})).pool == "courts"


@pytest.mark.parametrize(("share", "is_one"), [(0.84, False), (0.85, True), (0.86, True)])
def test_no_pool_below_85_per_cent_is_one(share, is_one):
    assert (bottleneck(columns({"analysts": share})) is not None) is is_one


def test_unlimited_staff_is_none():
    assert bottleneck(columns({"analysts": None, "courts": 0.9})).pool == "courts"
    assert bottleneck(columns({"analysts": None})) is None
