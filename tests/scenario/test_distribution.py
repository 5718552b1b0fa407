"""Distributions over a range: their quantiles, and what is refused."""

import pytest
from scipy import stats

from experiment.small import TEXT
from tabletop.errors import ScenarioError
from tabletop.experiment.robustness.variants import Ranges, bare
from tabletop.scenario.load import loads

LINE = TEXT.count("\n") + 2
SOURCE = "source: 'A study 2020, table 3'"


def written(distribution, source=SOURCE, rest="on: threat.formation_rate, set: [20, 80]"):
    """A small scenario with one range that has a distribution."""
    return loads(f"{TEXT}uncertain:\n  - {{{rest}, distribution: {distribution}, {source}}}\n", "small.yaml")


@pytest.mark.parametrize(
    ("distribution", "law"),
    [
        ("{uniform: true}", stats.uniform(20, 60)),
        ("{triangular: 30}", stats.triang(1 / 6, 20, 60)),
        ("{normal: [40, 15]}", stats.truncnorm(-4 / 3, 40 / 15, 40, 15)),
        ("{beta: [2, 5]}", stats.beta(2, 5, 20, 60)),
    ],
)
def test_a_point_of_the_range_is_the_quantile_that_scipy_has(distribution, law):
    (one,) = written(distribution).uncertain
    for share in (0.01, 0.2, 0.5, 0.9):
        assert one.at(share) == pytest.approx(law.ppf(share), rel=1e-6)
        assert one.at(share) != pytest.approx(law.ppf(share + 0.01), rel=1e-6)
    assert (one.at(0), one.at(1)) == (20, 80)


def test_a_lognormal_is_cut_off_at_the_ends_of_the_range():
    (one,) = written("{lognormal: [40, 2]}").uncertain
    import math

    law = stats.lognorm(math.log(2), scale=40)
    first, last = law.cdf(20), law.cdf(80)
    assert one.at(0.3) == pytest.approx(law.ppf(first + 0.3 * (last - first)), rel=1e-6)


def test_the_file_stands_where_its_value_lies_in_the_distribution():
    scenario = written("{triangular: 30}")
    (own,) = Ranges(bare(scenario), scenario.uncertain).own
    assert own == pytest.approx(stats.triang(1 / 6, 20, 60).cdf(40))


@pytest.mark.parametrize(
    ("distribution", "how", "told"),
    [
        ("{triangular: 30}", {"source": "source: 'assumption: a guess'"}, "write where the"),
        ("{triangular: 90}", {}, "triangular: 90 is outside [20, 80]"),
        ("{}", {}, "here is none"),
        ("{triangular: 30, beta: [2, 5]}", {}, "here are triangular and beta"),
        ("{normal: [40, -5]}", {}, "-5 is not above 0"),
        ("{normal: [40]}", {}, "write two numbers"),
        ("{lognormal: [40, 0.5]}", {}, "the ratio is above 1"),
        ("{normal: [4000, 5]}", {}, "next to nothing of it lies in [20, 80]"),
        (
            "{uniform: true}", {"rest": "on: interdiction.success, odds: [0.5, 2]"}, "does not go with odds",
        ),
        (
            "{uniform: true}", {"rest": "on: injects.rush.happens, choices: [true, false]"},
            "goes with a range, not with choices",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_line_and_what_would_be_right(distribution, how, told):
    with pytest.raises(ScenarioError) as caught:
        written(distribution, **how)
    (problem,) = caught.value.problems
    assert problem.line == LINE
    assert problem.path.startswith("uncertain[0]")
    assert told in problem.message
