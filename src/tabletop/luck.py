"""The luck of a replication, drawn once for all its mixes."""

from threading import local

from tabletop.engine.chance import Luck
from tabletop.scenario.scenario import Scenario


class _Latest(local):
    """The luck last used, with what it belongs to; one for each thread, which must not share a generator."""

    scenario: Scenario | None = None
    seed = replication = -1
    luck: Luck


_latest = _Latest()


def luck_of(scenario: Scenario, seed: int, replication: int) -> Luck:
    """The luck of one replication of a scenario.

    It is the same for every mix. The one last used is kept, so that mixes simulated one after the other share
    draws already made; a scenario that was changed in any way counts as another one.
    """
    if _latest.scenario is not scenario or (_latest.seed, _latest.replication) != (seed, replication):
        _latest.scenario, _latest.seed, _latest.replication = scenario, seed, replication
        _latest.luck = Luck(seed, replication)
    return _latest.luck
