"""A world: one replication of a scenario whose luck is held, to be simulated under one mix after another."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tabletop.compiled.choice import takes_compiled
from tabletop.measures import Reading
from tabletop.run import Run
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Simulation, simulate

if TYPE_CHECKING:
    from tabletop.compiled.runner import Runner


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
            return self.run(scenario, mix, shares_warm_up=shares_warm_up).parts
        return self._runner(scenario, mix, shares_warm_up=shares_warm_up).readings()

    def run(self, scenario: Scenario, mix: str, *, shares_warm_up: bool) -> Run:
        """The whole run of a mix, with its series and pools; else as `readings`."""
        if not self._is_compiled:
            return simulate(scenario, mix, self._replication, seed=self._seed, engine="simpy")
        return self._runner(scenario, mix, shares_warm_up=shares_warm_up).run()

    def _runner(self, scenario: Scenario, mix: str, *, shares_warm_up: bool) -> "Runner":
        from tabletop.compiled.runner import Runner  # noqa: PLC0415 (not everywhere)
        from tabletop.compiled.store import Shared  # noqa: PLC0415 (not everywhere)

        shared = self._shared if shares_warm_up else Shared(self._shared.luck)
        return Runner(scenario, mix, self._replication, seed=self._seed, shared=shared)
