"""The levers of a chosen mix: what a unit more or less, spent on each in turn, changes.

Stepped mixes are run beside the chosen one under the same luck, after the same warm-up under the
scenario's baseline.
"""

from dataclasses import dataclass
from functools import cached_property

from tabletop.analysis.sensitivity import Sensitivity, Step, sensitivity
from tabletop.errors import TabletopError
from tabletop.experiment.results import Results
from tabletop.experiment.run import Progress, run_experiment
from tabletop.experiment.strides import UNIT, Apart, Stride, Way, stepped, strides_from
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True)
class Study:
    """What the steps came to; made by `study_levers`."""

    mix: str
    unit: float
    strides: tuple[Stride, ...]
    apart: tuple[Apart, ...]
    results: Results
    """The chosen mix, which is their baseline, and every step."""

    @property
    def scenario(self) -> Scenario:
        """The scenario, with a mix for every step beside its own."""
        return self.results.design.scenario

    @cached_property
    def sensitivities(self) -> tuple[Sensitivity, ...]:
        """What the steps change in each primary measure, ranked."""
        columns = self.results.outcomes().columns
        chosen = columns[self.mix]
        return tuple(
            sensitivity(
                chosen[name],
                [Step(stride.lever, stride.spent, columns[stride.mix][name]) for stride in self.strides],
                measure=name,
                direction=MEASURES[name].direction,
            )
            for name in self.scenario.primary_measures
        )

    def stride(self, lever: str, way: Way) -> Stride:
        """The step of a lever; raises KeyError where it has none."""
        for stride in self.strides:
            if (stride.lever, stride.way) == (lever, way):
                return stride
        raise KeyError(lever, way)


def study_levers(
    scenario: Scenario,
    *,
    mix: str | None = None,
    unit: float = UNIT,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Study:
    """Move every lever of a mix (the baseline unless told) a step up and a step down, and run all.

    Replications, seed and workers are as in `run_experiment`. Raises UnknownName for a mix that does
    not exist, TabletopError for a number out of range and where no lever can be moved at such a price.
    """
    chosen = scenario.baseline if mix is None else mix
    strides, apart = strides_from(scenario, chosen, unit=unit)
    if not strides:
        raise TabletopError(
            f"unit: {unit:g}: no lever of '{chosen}' can be moved at this price; ask for more"
        )
    results = run_experiment(
        stepped(scenario, chosen, strides),
        mixes=[stride.mix for stride in strides],
        baseline=chosen,
        replications=replications,
        seed=seed,
        workers=workers,
        progress=progress,
    )
    return Study(chosen, unit, strides, apart, results)
