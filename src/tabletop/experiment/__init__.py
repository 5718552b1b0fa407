"""Experiments: every mix over many replications, and what is kept of them."""

from tabletop.experiment.run import run_experiment
from tabletop.experiment.store import open_results

__all__ = ["open_results", "run_experiment"]
