"""The design of an experiment: which mixes, over how many replications, under which luck."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from tabletop import arguments
from tabletop.errors import UnknownName
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """One run that is to be made."""

    mix: str
    replication: int


@dataclass(frozen=True)
class Design:
    """What is to be run; made by `of`, which checks it."""

    scenario: Scenario
    """With the seed and the number of replications in force."""
    mixes: tuple[str, ...]
    """In the order of the file, the baseline among them."""
    baseline: str
    """What the contrasts refer to; the warm-up stays under the scenario's own baseline."""

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
        """The design for a scenario: all its mixes, its baseline, replications and seed unless told.

        Raises UnknownName for a mix or a measure that does not exist, TabletopError for what is no
        scenario, no list of mixes, or a number out of range.
        """
        scenario = arguments.scenario(scenario)
        replications = arguments.whole_number(
            "replications",
            scenario.replications if replications is None else replications,
            1,
            arguments.MOST_REPLICATIONS,
        )
        seed = arguments.seed(scenario.seed if seed is None else seed)
        baseline = scenario.baseline if baseline is None else baseline
        chosen = {baseline, *(scenario.policy_mixes if mixes is None else arguments.names("mixes", mixes))}
        for name in sorted(chosen - set(scenario.policy_mixes)):
            raise UnknownName.among("policy mix", name, scenario.policy_mixes)
        for name in scenario.measures:
            if name not in MEASURES:
                raise UnknownName.among("measure", name, MEASURES)
        return cls(
            scenario=scenario.model_copy(update={"replications": replications, "seed": seed}),
            mixes=tuple(mix for mix in scenario.policy_mixes if mix in chosen),
            baseline=baseline,
        )

    @property
    def replications(self) -> int:
        """Replications of every mix."""
        return self.scenario.replications

    def of_first(self, replications: int) -> Self:
        """The same design, over so many replications."""
        scenario = self.scenario.model_copy(update={"replications": replications})
        return replace(self, scenario=scenario)

    def jobs(self) -> Iterator[Job]:
        """Every run, all mixes of a replication together: what is finished early is then comparable."""
        for replication in range(self.replications):
            for mix in self.mixes:
                yield Job(mix, replication)

    def __len__(self) -> int:
        return len(self.mixes) * self.replications
