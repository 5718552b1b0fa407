"""Robustness: the same comparison under other conditions, variant by variant."""
