"""Readings of worlds as columns, and the contrast of two of them."""

from math import fsum

from tabletop.analysis.contrast import Contrast, contrast
from tabletop.analysis.outcomes import Column
from tabletop.interim import Interim
from tabletop.measures import MEASURES, value

Worlds = tuple[Interim, ...]
"""The readings of one course over one period, by replication."""


def column_of(worlds: Worlds, measure: str) -> Column:
    """A measure of one course, world by world."""
    parts = [one.parts[measure] for one in worlds]
    return Column(
        tuple(above for above, _ in parts),
        tuple(below for _, below in parts),
        is_ratio=MEASURES[measure].kind == "ratio",
    )


def mean_of(column: Column) -> float:
    """The mean over worlds, of a ratio the ratio of sums; 0 where it is missing."""
    return value((fsum(column.numerators), fsum(column.denominators))) or 0.0


def paired(
    column: Column, reference: Column, measure: str, code: str, versus: str, together: int
) -> Contrast:
    """One course against another, with an interval that holds together with so many others."""
    return contrast(
        column,
        reference,
        measure=measure,
        mix=code,
        baseline=versus,
        direction=MEASURES[measure].direction,
        delta=None,  # what an effect is beside δ is said by its sight
        together=together,
    )
