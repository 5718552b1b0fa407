"""Arrivals by class: what comes to a pool is counted under the class of its work, on either engine."""

import pytest

from tabletop.compiled.choice import absence
from tabletop.engine.staff import Statistics
from tabletop.scenario.load import load
from tabletop.simulation import simulate
from tabletop.subjects import Channel


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_what_came_is_what_left_or_is_still_there(engine):
    if engine == "compiled" and (why := absence()) is not None:
        pytest.skip(why)
    scenario = load("harbour-city")
    run = simulate(scenario, "detection", 3, engine=engine)
    for name, pool in run.pools.items():
        assert pool.arrivals == sum(pool.arrivals_by_class.values()), name
    analysts = run.pools["analysts"]
    assert set(analysts.arrivals_by_class) == set(Channel)
    left = {kind: waits.items for kind, waits in analysts.waits_by_class.items()}
    assert left != analysts.arrivals_by_class  # some wait at EndEx, some waited at StartEx
    apart = sum(abs(left[kind] - came) for kind, came in analysts.arrivals_by_class.items())
    assert apart <= 2 * analysts.peak_queue


def test_a_pool_counts_each_class_by_itself():
    assert Statistics(arrivals_by_class={0: 2, 3: 5}).arrivals == 7
    assert Statistics().arrivals == 0
