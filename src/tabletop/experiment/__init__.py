"""Experiments: every mix over many replications, run, stored and reported as results."""
