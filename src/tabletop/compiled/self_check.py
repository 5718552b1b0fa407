"""The self-check: the compiled engine is held against the model, before its first use on a machine."""

from collections.abc import Callable
from typing import Any, Protocol

from tabletop.run import Run
from tabletop.scenario.scenario import Scenario


class Making(Protocol):
    """A run in the making, on some engine."""

    def run(self) -> Run:
        """Let it come to its end."""


Maker = Callable[..., Making]

LIVELY = {
    "title": "Self-check",
    "seed": 5,
    "horizon_days": 120,
    "warm_up_days": 60,
    "conditions": {
        "threat": {
            "formation_rate": 60,
            "preparation": 60,
            "trace_rates": {"intelligence": 3, "community": 3, "border": 3, "partner": 3},
            "reform": {"delay": 10},
        },
        "background": {"intelligence": 2, "community": 2, "border": 1, "partner": 1},
        "detection": {"handover": 2},
        "interdiction": {"investigation": 10},
        "prosecution": {"preparation": 10, "trial": 5},
    },
    "injects": [
        {
            "id": "rumours",
            "day": 20,
            "title": "Rumours",
            "effects": [{"on": "background.community", "multiply": 2, "for_days": 30}],
        },
        {
            "id": "news",
            "title": "News",
            "when": {"measure": "incidents", "reaches": 2},
            "effects": [{"on": "trust", "add": -0.1}],
        },
    ],
    "baseline": "usual",
    "policy_mixes": {
        "usual": {"detection": {"open_case_at": 0.05}, "prosecution": {"custody_limit_days": 30}},
        "later": {"changes": [{"day": 50, "interdiction": {"teams": 5}, "detection": {"analysts": 2}}]},
    },
    "measures": {"incidents": {"delta": 1}},
}
"""Half a year in which everything happens."""


def agrees(model: Maker, compiled: Maker) -> bool:
    """Whether the compiled engine gives what the model gives, in all that a run reports."""
    scenario = Scenario.model_validate(LIVELY)
    for mix in scenario.policy_mixes:
        runs = [make(scenario, mix, 0, journal=True, interim_days=[60.0]).run() for make in (model, compiled)]
        if len({repr(_reported(run)) for run in runs}) > 1:
            return False
    return True


def _reported(run: Run) -> tuple[Any, ...]:
    journal = run.journal
    assert journal is not None
    rows = journal.days, journal.steps, journal.subjects, journal.values
    return run.parts, run.pools, run.tally, run.series, run.interims, run.events, run.traces, rows
