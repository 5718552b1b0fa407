"""A program: whether the engine that is found first is the model's equal, as its tests would find it."""

import sys

from hypothesis import HealthCheck, Phase, given, settings

from compiled.equality import differences
from compiled.tied import TIED
from compiled.wild import wild_scenarios
from support.strategies import scenarios
from tabletop.compiled.runner import Runner
from tabletop.compiled.self_check import agrees
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


if not agrees(Simulation, Runner):
    found.append("self-check")
else:
    check(TIED)
    RULES(given(wild_scenarios())(check))()
    RULES(given(scenarios())(check))()
sys.stdout.write("differs\n" if found else "equal\n")
