"""The worst tenth of worlds, against NumPy and its own promise."""

import numpy as np
import pytest
from scipy import stats

from tabletop.analysis.compare import compare
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.tails import ENOUGH, bound, tails
from tabletop.scenario.scenario import Interest


def column(values):
    return Column(tuple(map(float, values)), (1.0,) * len(values))


def told(mine, theirs, measure="incidents"):
    """The tails of a mix and of the baseline in one measure."""
    columns = {"base": {measure: theirs}, "mix": {measure: mine}}
    outcomes = Outcomes(tuple(range(len(mine))), columns)
    compared = compare(outcomes, baseline="base", interests={measure: Interest(delta=1.0)})
    base, other = tails(outcomes, compared, seed=5)
    assert (base.mix, base.is_baseline, base.difference) == ("base", True, None)
    return base, other


def pair(n, seed=3):
    """Counts that share their worlds' luck."""
    generator = np.random.default_rng(seed)
    worlds = generator.poisson(3, n)
    return worlds + generator.poisson(2, n), worlds + generator.poisson(1, n)


@pytest.mark.parametrize(
    ("measure", "p", "said"), [("incidents", 0.9, "at most"), ("trust_mean", 0.1, "at least")]
)
def test_the_worst_tenth_lies_where_the_measure_is_worse(measure, p, said):
    mine, theirs = pair(100)
    base, other = told(column(mine), column(theirs), measure)
    assert bound(measure) == said
    ends = [np.quantile(values, p, method="inverted_cdf") for values in (mine, theirs)]
    assert (other.quantile.value, base.quantile.value) == tuple(ends)
    assert other.difference == ends[0] - ends[1]
    assert other.interval.low <= other.difference <= other.interval.high


def test_a_measure_without_a_better_side_has_no_worst_tenth():
    columns = {mix: {"cases_opened": column(range(50))} for mix in ("base", "mix")}
    outcomes = Outcomes(tuple(range(50)), columns)
    compared = compare(outcomes, baseline="base", interests={"cases_opened": Interest(delta=1.0)})
    assert not list(tails(outcomes, compared, seed=5))


def test_below_36_replications_no_difference_is_told():
    """The tenth then has no outer end, and a bootstrap cannot see beyond the worlds that there are."""
    few, enough = (told(*map(column, pair(n)))[1] for n in (ENOUGH - 1, ENOUGH))
    assert ENOUGH == 36
    assert (few.difference, few.interval) == (None, None)
    assert few.difference_in_words() == "too few worlds: 35, needed are 36"
    assert few.quantile.few_worlds == "35 replications, bounded from 36"
    assert enough.interval is not None


def test_where_all_resamples_agree_there_is_no_interval():
    _, other = told(column([3.0] * 40 + [4.0]), column([2.0] * 41))
    assert (other.difference, other.interval) == (1.0, None)
    assert other.difference_in_words() == "+1, the same in every resample: no interval"


def test_worlds_in_which_a_measure_is_missing_are_left_out_of_both():
    mine = Column((1.0,) * 50 + (0.0,) * 10, (2.0,) * 50 + (0.0,) * 10, is_ratio=True)
    theirs = Column((1.0,) * 60, (4.0,) * 60, is_ratio=True)
    base, other = told(mine, theirs, "disruption_share")
    assert (base.n, other.n, other.quantile.n) == (60, 50, 50)
    assert other.difference == 0.25


def test_the_interval_of_the_difference_holds_as_often_as_it_says():
    """Seed 20260704, 200 experiments, as declared: it may hold more often, for counts are coarse."""
    generator, held = np.random.default_rng(20260704), 0
    for _ in range(200):
        worlds = generator.normal(0, 5, 40)
        mine, theirs = worlds + generator.normal(1, 2, 40), worlds + generator.normal(0, 2, 40)
        found = told(column(mine), column(theirs))[1].interval
        held += found.low <= 1.0 <= found.high  # spreads are equal, so that quantiles differ as means do
    assert stats.binomtest(held, 200).proportion_ci(0.99, method="exact").high > 0.95
    assert held < 200
