"""Satisficing: in how many variants a mix keeps all limits at once, with bounds.

In one variant all limits are kept if each is; that is shown if each is shown (intersection-union test: the
largest p-value counts). They are not kept if one is broken; that is shown if one is, at a level that all of
them share (Bonferroni). The bounds over variants are Holm's, as for a count of one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.analysis.statements import Difference, Statement, rejected

Judged = tuple[Statement, Difference]
"""That a limit is kept, and what the worlds of a variant say of it."""


@dataclass(frozen=True)
class Kept:
    """In how many of some `variants` all limits are kept."""

    variants: int
    seen: int
    """In so many the means say so."""
    low: int
    high: int
    """At least and at most so many, at 95 % together."""


def kept(variants: Sequence[Sequence[Judged]]) -> Kept:
    """In how many variants all of some limits are kept."""
    so = [max(one.doubt(said.sign, said.threshold) for said, one in each) for each in variants]
    not_so = [min(1.0, len(each) * min(said.opposite_doubt(one) for said, one in each)) for each in variants]
    seen = sum(all(said.holds(one.mean) for said, one in each) for each in variants)
    return Kept(len(variants), seen, len(rejected(so)), len(variants) - len(rejected(not_so)))
