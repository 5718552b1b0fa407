"""The worst tenth of worlds on a page: every number is that of the tails."""

import pytest

from tabletop.analysis.compare import compare
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.tails import tails
from tabletop.report.document.statement import Said, text_of
from tabletop.report.tail_tables import tail_blocks
from tabletop.scenario.scenario import Interest

NAMES = {"usual": "As usual", "careful": "Careful"}


def found(n):
    """Tails of two measures: in one less is better, in the other more."""
    columns = {
        mix: {
            "incidents": Column(tuple(float(i + better * (i % 3)) for i in range(n)), (1.0,) * n),
            "trust_mean": Column(tuple(0.5 + (i + better * (i % 4)) / 1000 for i in range(n)), (1.0,) * n),
        }
        for mix, better in (("usual", 0), ("careful", 1))
    }
    outcomes = Outcomes(tuple(range(n)), columns)
    interests = {"incidents": Interest(delta=1.0), "trust_mean": Interest(delta=0.01)}
    return tuple(tails(outcomes, compare(outcomes, baseline="usual", interests=interests), seed=1))


def test_each_measure_has_a_heading_and_a_row_for_each_mix():
    every = found(50)
    (table,) = tail_blocks(every, NAMES)
    heads = [text_of(row) for row in table.rows if isinstance(row, Said)]
    assert heads == ["Incidents (count): at most", "Trust (share): at least"]
    rows = [row for row in table.rows if not isinstance(row, Said)]
    assert rows == [(NAMES[one.mix], one.quantile.in_words(), one.difference_in_words()) for one in every]
    assert rows[0] == ("As usual", "44 (from 40 to 49)", "baseline")


@pytest.mark.parametrize("n", [1, 35])
def test_below_36_replications_only_that_is_said(n):
    (only,) = tail_blocks(found(n), NAMES)
    assert only.paragraphs == ("Where the worst tenth of worlds begins can be said from 36 replications on.",)


def test_without_a_primary_measure_there_is_nothing():
    assert list(tail_blocks((), NAMES)) == []
