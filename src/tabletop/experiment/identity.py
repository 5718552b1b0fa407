"""The identity of an experiment: everything that decides its results, and the hash of it.

Titles, δ, claims and messages are not part of it, so that correcting one keeps every run.
"""

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.version import MODEL_VERSION

FOLDER_DIGITS = 8
"""Hex digits of the hash in a folder's name."""


def settings(scenario: Scenario, mix: str) -> list[tuple[float, dict[str, Any]]]:
    """The settings of a mix: (day, every lever), an entry for each day before EndEx on which they change."""
    settings_by_day: list[tuple[float, dict[str, Any]]] = []
    for day, policy in scenario.policies(mix):
        levers = policy.model_dump(mode="json")
        if day < scenario.horizon_days and (not settings_by_day or settings_by_day[-1][1] != levers):
            settings_by_day.append((day, levers))
    return settings_by_day


def same_policy(scenario: Scenario, mix: str, other: str) -> bool:
    """Whether two mixes resolve to the same settings."""
    return settings(scenario, mix) == settings(scenario, other)


def alike(scenario: Scenario, mixes: Iterable[str], base: str) -> tuple[str, ...]:
    """Those of some mixes that are `base` under another name."""
    return tuple(mix for mix in mixes if mix != base and same_policy(scenario, mix, base))


def costs(scenario: Scenario) -> dict[str, float]:
    """What every lever costs, in cost units a year per person or full unit."""
    return {name: float(lever.price(scenario.costs)) for name, lever in LEVERS.items()}


def common_to_all_runs(scenario: Scenario) -> dict[str, Any]:
    """Everything that the simulator reads and that is common to all mixes and replications, as plain data."""
    return {
        "model_version": MODEL_VERSION,
        "seed": scenario.seed,
        "horizon_days": scenario.horizon_days,
        "warm_up_days": scenario.warm_up_days,
        "warm_up_policy": settings(scenario, scenario.baseline)[0][1],
        "conditions": scenario.conditions.model_dump(mode="python"),
        "injects": [
            inject.model_dump(include={"day", "when", "effects"})
            for inject in scenario.injects
            if inject.effects
        ],
        "costs": costs(scenario),
    }


def digest(data: Any) -> str:
    """The hash of plain data, in hex: the same for equal data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def experiment_hash(scenario: Scenario) -> str:
    """The hash of an experiment with a scenario, of which a results folder's name has the first digits."""
    return digest(common_to_all_runs(scenario))


def everything_hash(scenario: Scenario) -> str:
    """The hash of all that any run of the scenario depends on: what its runs share, and every mix by name."""
    mixes = {mix: mix_digest(scenario, mix) for mix in scenario.policy_mixes}
    return digest([experiment_hash(scenario), mixes])


def mix_digest(scenario: Scenario, mix: str) -> str:
    """The hash of the settings of a mix; its name and title are not part of it."""
    return digest([{"day": day, **levers} for day, levers in settings(scenario, mix)])


def run_key(experiment: str, mix: str, replication: int) -> str:
    """The hash of all that decides one run, from the hashes of its experiment and of its mix."""
    return blake2b(f"{experiment}/{mix}/{replication}".encode(), digest_size=16).hexdigest()
