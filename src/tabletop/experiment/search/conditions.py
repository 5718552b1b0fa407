"""Finalists under other conditions: in variants of a file's ranges, on worlds that screening has not seen."""

from dataclasses import dataclass

from tabletop import arguments
from tabletop.errors import TabletopError
from tabletop.experiment.robustness.asked_ranges import of_the_file
from tabletop.experiment.robustness.plan import VARIANTS, WORLDS, StudyPlan
from tabletop.experiment.robustness.points import checked_number
from tabletop.experiment.robustness.study_runs import Asked
from tabletop.experiment.robustness.variants import Ranges, bare
from tabletop.experiment.search.screening import FURTHER_WORLDS, Goal
from tabletop.measures import MEASURES
from tabletop.scenario.limits import Limit
from tabletop.scenario.policy import PolicyMix
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.uncertain import Uncertain


@dataclass(frozen=True)
class OtherConditions:
    """How finalists are put through variants: so many points of these ranges, in so many worlds each."""

    uncertain: tuple[Uncertain, ...]
    left_out: tuple[str, ...]
    """Ranges that are left out, each with the reason."""
    variants: int
    worlds: int

    @classmethod
    def of(
        cls, scenario: Scenario, goal: Goal, variants: int | None, worlds: int | None
    ) -> "OtherConditions":
        """For the ranges of a file; raises TabletopError where it has none, or a variant cannot be built."""
        if not scenario.uncertain:
            raise TabletopError(
                f"{scenario.title}: no `uncertain` in the file, so that there are no other conditions to put "
                "finalists through; write ranges there, as {on: threat.formation_rate, multiply: [0.5, 2]}"
            )
        uncertain, left_out = of_the_file(scenario)
        number = checked_number(VARIANTS if variants is None else variants)
        each = arguments.whole_number(
            "variant_worlds", WORLDS if worlds is None else worlds, 2, arguments.MOST_REPLICATIONS
        )
        found = cls(uncertain, left_out, number, each)
        found.study(scenario, goal, (scenario.baseline,)).planned()
        return found

    def study(self, mixes: Scenario, goal: Goal, names: tuple[str, ...]) -> StudyPlan:
        """The study of some mixes, the baseline first; its worlds are the first of the fresh ones.

        Its limits are those of the file or, where that has none, the constraints of the search.
        """
        limits = dict(mixes.limits) or {
            name: Limit(at_least=-delta, against="baseline")
            if MEASURES[name].direction > 0
            else Limit(at_most=delta, against="baseline")
            for name, delta in goal.constraints.items()
        }
        scenario = mixes.model_copy(update={"limits": limits, "policy_mixes": _with_bases(mixes, names)})
        asked = Asked(
            mixes=names,
            baseline=mixes.baseline,
            worlds=self.worlds,
            seed=mixes.seed,
            variants=self.variants,
            is_line=False,
            first=sum(FURTHER_WORLDS),
            ends=False,
        )
        return StudyPlan(scenario, Ranges(bare(scenario), self.uncertain), asked, self.left_out)


def _with_bases(scenario: Scenario, names: tuple[str, ...]) -> dict[str, PolicyMix]:
    """These mixes, and those from which they inherit: the others need not be built in every variant."""
    wanted = {*names}
    left = [*names]
    while left:
        base = scenario.policy_mixes[left.pop()].base
        if base is not None and base not in wanted:
            wanted.add(base)
            left.append(base)
    return {name: mix for name, mix in scenario.policy_mixes.items() if name in wanted}
