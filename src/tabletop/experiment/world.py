"""A world: one replication of a scenario whose luck is held, to be simulated under one mix after another."""

from collections.abc import Mapping

from tabletop.compiled.choice import takes_compiled
from tabletop.measures import Reading
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Simulation, simulate


class World:
    """One replication, whose luck and warm-up are kept where the compiled engine is installed."""

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        self._seed = seed
        self._replication = replication
        self._is_compiled = takes_compiled("auto", Simulation)
        if self._is_compiled:
            from tabletop.compiled.store import Shared  # noqa: PLC0415 (not everywhere)

            self._shared = Shared.of(scenario, seed, replication)

    def readings(self, scenario: Scenario, mix: str, *, shares_warm_up: bool) -> Mapping[str, Reading]:
        """Numerator and denominator of every measure of a mix.

        The scenario must have the conditions of the one whose world it is. `shares_warm_up` says that it has
        its baseline too, as far as the warm-up goes.
        """
        if not self._is_compiled:
            return simulate(scenario, mix, self._replication, seed=self._seed, engine="simpy").parts
        from tabletop.compiled.runner import Runner  # noqa: PLC0415 (not everywhere)
        from tabletop.compiled.store import Shared  # noqa: PLC0415 (not everywhere)

        shared = self._shared if shares_warm_up else Shared(self._shared.luck)
        runner = Runner(scenario, mix, self._replication, seed=self._seed, shared=shared)
        return runner.readings()
