"""Worlds for a wanted precision: in each variant until every primary contrast is known to half of δ.

It looks at widths alone and never at a verdict, so that when it stops does not depend on what is concluded.
The intervals are Student's at 95 %, each alone. How many worlds a variant gets follows from its first ones.
"""

from math import ceil, sqrt

from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.mean_interval import t_quantile
from tabletop.analysis.statements import Difference
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant

CONFIDENCE = 0.95
MOST_TIMES = 10
"""A variant gets at most so many times the worlds that were asked for."""
STEP = 20
"""Worlds are added in multiples of this."""


def wider(study: Robustness) -> dict[str, int]:
    """The variants that are to have more worlds than they have, with how many in all."""
    most = MOST_TIMES * study.asked.worlds
    found = {}
    for one in study.variants:
        there = study.worlds_of(one)
        wanted = min(most, max(_needed(study, one), default=0))
        if wanted > there:
            found[one.label] = wanted
    return found


def left_wider(study: Robustness) -> int:
    """In how many variants a primary contrast is not known to half of δ by the worlds that there are."""
    return sum(max(_needed(study, one), default=0) > study.worlds_of(one) for one in study.variants)


def _needed(study: Robustness, variant: Variant) -> list[int]:
    """The worlds that each primary contrast seems to need."""
    return [
        _worlds(one, study.scenario.measures[measure].delta / 2)
        for measure in study.measures
        for mix in study.others
        if (one := study.difference(variant, measure, mix)) is not None
    ]


def _worlds(one: Difference, wanted: float) -> int:
    """How many worlds make an interval as narrow as wanted, judged by its spread so far; 0 if it is.

    A spread of none tells nothing in few worlds: others may differ.
    """
    if one.n < 2 or one.deviation == 0:
        return 0 if one.n >= FEW_WORLDS else FEW_WORLDS
    half = t_quantile(CONFIDENCE, one.n) * one.deviation / sqrt(one.n)
    if half <= wanted:
        return 0
    return max(STEP * ceil(one.n * (half / wanted) ** 2 / STEP), STEP * (one.n // STEP + 1))
