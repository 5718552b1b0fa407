"""What can be seen in a class: from which difference on a result of a measure differs visibly."""

from tabletop.measures import MEASURES, Measure
from tabletop.scenario.scenario import Scenario

SHARE_OF_BASELINE = 0.1
"""Of the baseline's value, where the scenario states no δ."""
LEAST_COUNT = 1.0
"""Of a count, where the scenario states no δ."""


def visible_difference(scenario: Scenario, measure: str, usual: float) -> float:
    """The smallest difference from a baseline's value that matters to a class, in the measure's unit.

    It is the scenario's δ; without one, a tenth of the baseline's value, and of a count at least 1. It is 0
    where that is all that is known: then any difference matters.
    """
    if measure in scenario.measures:
        return scenario.measures[measure].delta
    return max(abs(usual) * SHARE_OF_BASELINE, _least(MEASURES[measure]))


def differs(scenario: Scenario, measure: str, own: float | None, usual: float | None) -> bool:
    """Whether a value lies visibly away from the baseline's; not where one of the two is missing."""
    if own is None or usual is None:
        return False
    away = abs(own - usual)
    return away > 0 and away >= visible_difference(scenario, measure, usual) * (1 - 1e-9)


def _least(measure: Measure) -> float:
    return LEAST_COUNT if measure.kind == "count" else 0.0
