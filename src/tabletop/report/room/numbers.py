"""Numbers on the room's screens: as many digits as a measure's δ makes matter, whole ones of one world."""

from tabletop.analysis.numerals import Numerals
from tabletop.exercise.visible import visible_difference
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Scenario


def numerals(scenario: Scenario, measure: str, usual: float = 0.0) -> Numerals:
    """How the numbers of a measure are written, where the baseline has about the value `usual`."""
    return Numerals.of(measure, visible_difference(scenario, measure, usual) or None)


def one_world(scenario: Scenario, measure: str, value: float | None) -> str:
    """What happened in one world: a count is whole."""
    if value is None:
        return "missing"
    if MEASURES[measure].kind == "count":
        return f"{value:,.0f}"
    return numerals(scenario, measure, value).mean(value)
