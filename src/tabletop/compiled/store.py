"""What the runs of a replication share: its luck, and how things stand at StartEx."""

from dataclasses import dataclass
from threading import local

from tabletop.compiled import loop
from tabletop.compiled.state import State
from tabletop.scenario.scenario import Scenario


@dataclass
class Shared:
    """What the mixes of a replication share."""

    luck: loop.LuckStore
    start: State | None = None
    """The state just before StartEx, once a run has come so far: until then all mixes are the baseline."""

    @classmethod
    def of(cls, scenario: Scenario, seed: int, replication: int) -> "Shared":
        """Nothing drawn yet, and no run made."""
        partners = tuple(partner.name for partner in scenario.conditions.sharing.partners)
        return cls(loop.LuckStore(seed, replication, partners))


class _Latest(local):
    """What this thread asked for last, and whose it is."""

    scenario: Scenario | None = None
    seed = replication = -1
    shared: Shared


_latest = _Latest()


def shared_by(scenario: Scenario, seed: int, replication: int) -> Shared:
    """What runs of a replication of a scenario share; a scenario that was changed in any way begins anew."""
    if _latest.scenario is not scenario or (_latest.seed, _latest.replication) != (seed, replication):
        _latest.scenario, _latest.seed, _latest.replication = scenario, seed, replication
        _latest.shared = Shared.of(scenario, seed, replication)
    return _latest.shared
