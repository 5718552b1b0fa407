"""Workload: how much a scenario has to simulate, judged by the traces that it leaves."""

from itertools import pairwise

from tabletop.scenario.conditions import Conditions
from tabletop.scenario.priors import left_traces
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.timeline import active, boundaries, conditions_under

PLOTTED = 4
"""A plot's trace takes as long as so many benign ones: the plot, its cases and justice come with it."""
HEAVY_REPLICATION = 1_000_000
"""So many traces are twenty times those of a replication of a year-long city with all its channels."""
HEAVY = 500_000_000
"""Traces of all runs together that take minutes on every core, and hours without the compiled engine."""


def traces(scenario: Scenario) -> float:
    """How many traces a replication leaves, warm-up included, if nothing were disrupted or prevented.

    A plot's count PLOTTED times. Scripted injects are in force; those that wait for a count are from their
    earliest day on.
    """
    written = scenario.conditions
    found = scenario.warm_up_days * _a_day(written)
    days = [*boundaries(scenario.injects, scenario.horizon_days), scenario.horizon_days]
    for begin, end in pairwise(days):
        effects = [
            effect
            for inject in scenario.injects
            for effect in inject.effects
            if active(inject, effect, begin)
        ]
        found += (end - begin) * _a_day(conditions_under(written, effects))
    return found


def heaviness(scenario: Scenario, runs: int = 1) -> str | None:
    """That so many runs are a lot to simulate; None if they are not."""
    one = traces(scenario)
    if one < HEAVY_REPLICATION and one * runs < HEAVY:
        return None
    both = f", and {runs:,} runs {_rounded(one * runs)}" if runs > 1 else ""
    return f"Heavy: a replication leaves about {_rounded(one)} traces{both}."


def _rounded(number: float) -> str:
    """A count of which two digits matter, in words where it is large."""
    rounded = float(f"{number:.2g}")
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if rounded >= size:
            return f"{rounded / size:,g} {name}"
    return f"{rounded:,.0f}"


def _a_day(conditions: Conditions) -> float:
    total = 0.0
    for channel in left_traces(conditions).values():
        total += PLOTTED * channel.genuine + channel.benign
    return total
