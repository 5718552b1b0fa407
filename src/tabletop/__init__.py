"""A scenario-based tabletop exercise simulator: it compares abstract policy mixes, and predicts nothing."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabletop.analysis.compare import Comparison
    from tabletop.errors import ScenarioError, TabletopError, UnknownName
    from tabletop.experiment.compared_folders import compare_results
    from tabletop.experiment.pillars import study_pillars
    from tabletop.experiment.preview import Preview
    from tabletop.experiment.results import Results
    from tabletop.experiment.robustness.reading import open_study
    from tabletop.experiment.robustness.run import study_robustness
    from tabletop.experiment.run import run_experiment
    from tabletop.experiment.search.run import search_mixes
    from tabletop.experiment.store import open_results, write
    from tabletop.measures import MEASURES, Measure
    from tabletop.scenario.load import load, loads
    from tabletop.scenario.policy import LEVERS, Lever, Policy
    from tabletop.scenario.scenario import Scenario
    from tabletop.simulation import Run, simulate

_HOMES = {
    "LEVERS": "tabletop.scenario.policy",
    "MEASURES": "tabletop.measures",
    "Comparison": "tabletop.analysis.compare",
    "Lever": "tabletop.scenario.policy",
    "Measure": "tabletop.measures",
    "Policy": "tabletop.scenario.policy",
    "Preview": "tabletop.experiment.preview",
    "Results": "tabletop.experiment.results",
    "Run": "tabletop.run",
    "Scenario": "tabletop.scenario.scenario",
    "ScenarioError": "tabletop.errors",
    "TabletopError": "tabletop.errors",
    "UnknownName": "tabletop.errors",
    "compare_results": "tabletop.experiment.compared_folders",
    "load": "tabletop.scenario.load",
    "loads": "tabletop.scenario.load",
    "open_results": "tabletop.experiment.store",
    "open_study": "tabletop.experiment.robustness.reading",
    "run_experiment": "tabletop.experiment.run",
    "search_mixes": "tabletop.experiment.search.run",
    "simulate": "tabletop.simulation",
    "study_pillars": "tabletop.experiment.pillars",
    "study_robustness": "tabletop.experiment.robustness.run",
    "write": "tabletop.experiment.store",
}
"""Where each public name lives. They are imported when asked for, so that the command starts at once."""

__all__ = [
    "LEVERS",
    "MEASURES",
    "Comparison",
    "Lever",
    "Measure",
    "Policy",
    "Preview",
    "Results",
    "Run",
    "Scenario",
    "ScenarioError",
    "TabletopError",
    "UnknownName",
    "compare_results",
    "load",
    "loads",
    "open_results",
    "open_study",
    "run_experiment",
    "search_mixes",
    "simulate",
    "study_pillars",
    "study_robustness",
    "write",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'tabletop' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
