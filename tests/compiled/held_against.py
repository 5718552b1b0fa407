"""A program: whether the engine that is found first is the model's equal, as its tests would find it."""

import sys

from hypothesis import HealthCheck, Phase, given, settings

from compiled.equality import differences
from compiled.tied import TIED
from compiled.wild import wild_scenarios
from support.strategies import scenarios
from tabletop.compiled.runner import Runner
from tabletop.compiled.self_check import agrees
from tabletop.compiled.store import Shared
from tabletop.simulation import Simulation

found: list[str] = []
RULES = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def check(scenario):
    for mix in scenario.policy_mixes:
        found.extend(differences(scenario, mix, 0, journal=True))


def goes_on(scenario):
    """Whether what is read after a state is what is read without one."""
    days = [0.6 * scenario.horizon_days, scenario.horizon_days]
    for mix in scenario.policy_mixes:
        shared = [Shared.of(scenario, scenario.seed, 0) for _ in range(3)]
        whole = Runner(scenario, mix, 0, shared=shared[0]).interims(days)
        state = Runner(scenario, mix, 0, shared=shared[1]).state(days[0])
        if repr(Runner(scenario, mix, 0, shared=shared[2], state=state).interims(days)) != repr(whole):
            return False
    return True


if not agrees(Simulation, Runner):
    found.append("self-check")
else:
    check(TIED)
    if not goes_on(TIED):
        found.append("states")
    RULES(given(wild_scenarios())(check))()
    RULES(given(scenarios())(check))()
sys.stdout.write("differs\n" if found else "equal\n")
