"""Selection: what is of what has ended says so beside a change that ends fewer."""

import numpy as np
import pytest

from tabletop.analysis.compare import compare
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.selection import selection
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Interest

N = 40


def outcomes(verdicts, *, seed=1):
    """A mix that reaches so many verdicts a world more than the baseline's six, each in half the time."""
    generator = np.random.default_rng(seed)
    base = generator.poisson(6, N) + 3
    mine = np.maximum(base + verdicts + generator.integers(-1, 2, N), 0)

    def columns(ended, days):
        total = generator.gamma(4, days / 4, N) * ended
        ones = (1.0,) * N
        return {
            "guilty_acquitted": Column(tuple(generator.binomial(ended, 0.3).astype(float)), ones),
            "days_to_verdict": Column(tuple(total), tuple(ended.astype(float)), is_ratio=True),
            "incidents": Column(tuple(generator.poisson(4, N).astype(float)), ones),
        }

    return Outcomes(tuple(range(N)), {"base": columns(base, 100), "mine": columns(mine, 50)})


@pytest.mark.parametrize("name", ["days_to_verdict", "guilty_acquitted"])
def test_beside_a_change_that_ends_fewer_it_is_said_that_only_what_ended_counts(name):
    table = outcomes(-3)
    compared = compare(table, baseline="base", interests={name: Interest(delta=1.0)})
    found = compared.contrast(name, "mine")
    assert found.verdict is ContrastVerdict.LOWER
    ended = np.subtract(
        *(table.columns[mix]["days_to_verdict"].denominators for mix in ("mine", "base"))
    ).mean()
    assert found.selection.difference == pytest.approx(ended)
    assert f"only of what ended, and fewer did: −{-ended:.2f} court verdicts a world (" in found.in_words()
    assert "only of what ended" in compared.sentences()[0]


@pytest.mark.parametrize("verdicts", [0, 3])
def test_a_change_that_ends_as_many_or_more_says_nothing(verdicts):
    found = selection(MEASURES["days_to_verdict"], outcomes(verdicts).columns, mix="mine", baseline="base")
    assert found is None


def test_what_does_not_depend_on_what_ended_says_nothing():
    assert selection(MEASURES["incidents"], outcomes(-3).columns, mix="mine", baseline="base") is None


def test_whatever_is_of_what_ended_names_the_ratio_whose_denominator_counts_that():
    named = {name: measure.ended for name, measure in MEASURES.items() if measure.ended is not None}
    assert {"days_to_verdict", "guilty_acquitted", "wrongful_custody_days"} <= set(named)
    for ratio in named.values():
        assert MEASURES[ratio].kind == "ratio"
        assert MEASURES[ratio].denominator


def test_every_ratio_says_what_it_is_of_or_what_a_denominator_of_nothing_means():
    for measure in MEASURES.values():
        assert bool(measure.denominator or measure.nothing) == (measure.kind == "ratio"), measure.name
        assert not measure.is_proportion or measure.unit == "share"
