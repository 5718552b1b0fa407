"""Experiments: every mix over many replications, and what is kept of them."""

from tabletop.experiment.run import run_experiment

__all__ = ["run_experiment"]
