"""Small experiments: a scenario that runs in milliseconds, and models that only pretend to simulate.

The pretended models live in a module of their own so that worker processes can import them.
"""

import os
import signal
import time
from dataclasses import replace
from functools import cache
from random import Random

from tabletop.measures import MEASURES, PoolReport, Waits, value
from tabletop.pools import POOLS
from tabletop.scenario.load import loads
from tabletop.simulation import simulate

TEXT = """\
title: Small
seed: 5
replications: 6
horizon_days: 90
warm_up_days: 0
conditions:
  background: {intelligence: 2, community: 1, border: 1, partner: 0.5}
  threat: {formation_rate: 40, preparation: {family: exponential, mean: 60}}
injects:
  - {id: story, day: 3, title: Something happens}
  - {id: rush, day: 10, title: Rumours, effects: [{on: background.community, multiply: 3, for_days: 30}]}
policy_mixes:
  usual: {}
  same: {title: Another name for it}
  careful: {interdiction: {care: 1.0}, detection: {analysts: 2}}
  later: {base: careful, changes: [{day: 30, prosecution: {courts: 3}}]}
baseline: usual
measures:
  incidents: {delta: 1}
  trust_mean: {delta: 0.01}
  days_to_verdict: {delta: 5}
  harm: {delta: 2, primary: false}
costs: {analysts: 2}
"""


def small():
    """The scenario of this module."""
    return loads(TEXT, "small.yaml")


@cache
def a_run():
    """A run of the scenario of this module."""
    return simulate(small(), "usual", 0)


def pretended(scenario, mix, replication):
    """A run whose outcomes depend on nothing but seed, mix and replication."""
    luck = Random(f"{scenario.seed}/{replication}")
    shift = len(mix) - 5
    parts = {}
    for name, measure in MEASURES.items():
        number = luck.randint(0, 9) + shift * luck.randint(0, 1)
        parts[name] = (abs(number) / 3, float(luck.randint(0, 4)) if measure.kind == "ratio" else 1.0)
    pool = PoolReport(0.9, 1.5, 3.0, {0: Waits(1.5, 3.0, 4)}, {0: 4}, 0.3, 2, 4, 0, 9.0, 10.0)
    return replace(
        a_run(),
        mix=mix,
        replication=replication,
        seed=scenario.seed,
        measures={name: value(reading) for name, reading in parts.items()},
        parts=parts,
        pools=dict.fromkeys(POOLS, pool),
    )


def failing(scenario, mix, replication):
    """A run that breaks off in one replication of one mix."""
    if (mix, replication) == ("careful", 2):
        raise ZeroDivisionError("pretended")
    return pretended(scenario, mix, replication)


def uneven(scenario, mix, replication):
    """A run that takes the longer the earlier it is, so that blocks finish out of order."""
    time.sleep(0.02 * (6 - replication))
    return pretended(scenario, mix, replication)


def dying(scenario, mix, replication):
    """A run that takes its process with it."""
    os.kill(os.getpid(), signal.SIGKILL)


def endless(scenario, mix, replication):
    """A run that takes for ever, after the first few."""
    if replication:
        time.sleep(0.3)
    return pretended(scenario, mix, replication)


def dying_once(scenario, mix, replication):
    """A run that takes its process with it, but only the first time; the mark is the scenario's summary."""
    if (mix, replication) == ("careful", 2) and not os.path.exists(scenario.summary):  # noqa: PTH110 (a name)
        with open(scenario.summary, "w"):  # noqa: PTH123 (the same)
            os.kill(os.getpid(), signal.SIGKILL)
    return pretended(scenario, mix, replication)


def steady(scenario, mix, replication):
    """A run whose differences from the baseline vary a little, in every primary measure."""
    luck = Random(f"{mix}/{replication}")
    run = pretended(scenario, mix, replication)
    made_up = {
        "incidents": (10 + luck.gauss(0, 1), 1.0),
        "trust_mean": (0.5 + luck.gauss(0, 0.01), 1.0),
        "days_to_verdict": (50 + luck.gauss(0, 5), 5.0),
    }
    parts = {**run.parts, **made_up}
    return replace(run, parts=parts, measures={name: value(reading) for name, reading in parts.items()})


def steady_but_failing(scenario, mix, replication):
    """The same, but for a few that break off."""
    if mix == "careful" and replication % 20 == 7:
        raise ZeroDivisionError("pretended")
    return steady(scenario, mix, replication)
