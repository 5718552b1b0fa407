"""The design of an experiment: which mixes, over how many replications, under which luck."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from tabletop import arguments
from tabletop.errors import known_name
from tabletop.measures import MEASURES
from tabletop.scenario.names import meant
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """One run that is to be made."""

    mix: str
    replication: int


@dataclass(frozen=True)
class Design:
    """The plan of an experiment: what is simulated; made by `of`, which checks it."""

    scenario: Scenario
    """The scenario, with the seed and the number of replications that are used."""
    mixes: tuple[str, ...]
    """The mixes, in the order of the file; the baseline is one of them."""
    baseline: str
    """The mix that contrasts refer to; the warm-up is always under the scenario's own baseline."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        *,
        mixes: Iterable[str] | None = None,
        baseline: str | None = None,
        replications: int | None = None,
        seed: int | None = None,
    ) -> Self:
        """The design for a scenario, by default with all its mixes, its baseline, replications and seed.

        Raises UnknownName for a mix or a measure that does not exist, and TabletopError if an argument has
        the wrong type or is out of range.
        """
        scenario = arguments.scenario(scenario)
        replications = arguments.whole_number(
            "replications",
            scenario.replications if replications is None else replications,
            1,
            arguments.MOST_REPLICATIONS,
        )
        seed = arguments.seed(scenario.seed if seed is None else seed)
        mixes_there = scenario.policy_mixes

        def known(mix: object) -> str:
            name = meant(mix, mixes_there) if isinstance(mix, str) else mix
            return known_name("policy mix", name, mixes_there)

        baseline = scenario.baseline if baseline is None else known(baseline)
        asked = mixes_there if mixes is None else arguments.names("mixes", mixes)
        chosen = {*map(known, asked), baseline}
        for name in scenario.measures:
            known_name("measure", name, MEASURES)
        return cls(
            scenario=scenario.model_copy(update={"replications": replications, "seed": seed}),
            mixes=tuple(mix for mix in scenario.policy_mixes if mix in chosen),
            baseline=baseline,
        )

    @property
    def replications(self) -> int:
        """The number of replications of each mix."""
        return self.scenario.replications

    def of_first(self, replications: int) -> Self:
        """The same design, with the first `replications` only."""
        scenario = self.scenario.model_copy(update={"replications": replications})
        return replace(self, scenario=scenario)

    def jobs(self) -> Iterator[Job]:
        """Every run, replication by replication, so that early results can already be compared."""
        for replication in range(self.replications):
            for mix in self.mixes:
                yield Job(mix, replication)

    def __len__(self) -> int:
        return len(self.mixes) * self.replications
