"""The luck of a replication, drawn once for all its mixes."""

from threading import local

from tabletop.engine.chance import Luck
from tabletop.scenario.scenario import Scenario


class _Latest(local):
    """The luck that this thread asked for last, and whose it is; a generator serves one thread."""

    scenario: Scenario | None = None
    seed = replication = -1
    luck: Luck


_latest = _Latest()


def luck_of(scenario: Scenario, seed: int, replication: int) -> Luck:
    """The luck of one replication of a scenario.

    Every mix meets the same. So one that is simulated right after another finds drawn what both need;
    a scenario that was changed in any way is another, and draws anew.
    """
    if _latest.scenario is not scenario or (_latest.seed, _latest.replication) != (seed, replication):
        _latest.scenario, _latest.seed, _latest.replication = scenario, seed, replication
        _latest.luck = Luck(seed, replication)
    return _latest.luck
