"""The levers of a chosen mix: what a unit more or less, spent on each in turn, changes.

Stepped mixes are run beside the chosen one under the same luck, after the same warm-up under the
scenario's baseline.
"""

from dataclasses import dataclass
from functools import cached_property

from tabletop.analysis.sensitivity import Sensitivity, StepOutcome, sensitivity
from tabletop.errors import TabletopError
from tabletop.experiment.execution import Progress
from tabletop.experiment.lever_steps import UNIT, LeverStep, Unmoved, Way, stepped, steps_from
from tabletop.experiment.results import Results
from tabletop.experiment.run import run_experiment
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True)
class Study:
    """The outcomes of all steps; made by `study_levers`."""

    mix: str
    unit: float
    steps: tuple[LeverStep, ...]
    apart: tuple[Unmoved, ...]
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
                [StepOutcome(step.lever, step.spent, columns[step.mix][name]) for step in self.steps],
                measure=name,
                direction=MEASURES[name].direction,
            )
            for name in self.scenario.primary_measures
        )

    def step(self, lever: str, way: Way) -> LeverStep:
        """The step of a lever; raises KeyError where it has none."""
        for step in self.steps:
            if (step.lever, step.way) == (lever, way):
                return step
        raise KeyError(lever, way)


def study_levers(
    scenario: Scenario,
    *,
    mix: str | None = None,
    unit: float = UNIT,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | bool = True,
) -> Study:
    """Move every lever of a mix (by default the baseline) a step up and a step down, and simulate all.

    Replications, seed, workers and progress are as in `run_experiment`. Raises UnknownName for a mix that
    does not exist, TabletopError for a number out of range and where no lever can be moved at such a price.
    """
    chosen = scenario.baseline if mix is None else mix
    steps, apart = steps_from(scenario, chosen, unit=unit)
    if not steps:
        raise TabletopError(
            f"unit: {unit:g}: no lever of '{chosen}' can be moved at this price; ask for more"
        )
    results = run_experiment(
        stepped(scenario, chosen, steps),
        mixes=[step.mix for step in steps],
        baseline=chosen,
        replications=replications,
        seed=seed,
        workers=workers,
        progress=progress,
    )
    return Study(chosen, unit, steps, apart, results)
