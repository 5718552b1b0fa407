"""The store of a replication's luck, drawn once for all its mixes, as `luck.py` keeps the model's."""

from threading import local

from tabletop.compiled import loop
from tabletop.scenario.scenario import Scenario


class _Latest(local):
    """The store that this thread asked for last, and whose it is."""

    scenario: Scenario | None = None
    seed = replication = -1
    store: loop.LuckStore


_latest = _Latest()


def luck_store(scenario: Scenario, seed: int, replication: int) -> loop.LuckStore:
    """The luck of one replication of a scenario; a scenario that was changed in any way draws anew."""
    if _latest.scenario is not scenario or (_latest.seed, _latest.replication) != (seed, replication):
        partners = tuple(partner.name for partner in scenario.conditions.sharing.partners)
        _latest.scenario, _latest.seed, _latest.replication = scenario, seed, replication
        _latest.store = loop.LuckStore(seed, replication, partners)
    return _latest.store
