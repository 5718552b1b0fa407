"""Experiments: every mix over many replications, run, stored and reported as results."""

from tabletop.experiment.run import run_experiment
from tabletop.experiment.store import open_results

__all__ = ["open_results", "run_experiment"]
