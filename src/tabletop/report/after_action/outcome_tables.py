"""Tables of outcomes in a period: measures in the world that is played, the baseline and every team."""

from collections.abc import Callable, Iterator, Sequence

from tabletop.exercise.adjudication import BASELINE, Adjudication, Outcome
from tabletop.exercise.values import formatted, titled
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Column, Table
from tabletop.report.document.statement import Said
from tabletop.scenario.words import number

Value = Callable[[Outcome, str], str]


MOST_BESIDE = 6
"""Columns for the baseline and teams beside each other; more teams stand below each other."""


def realised(outcome: Outcome, measure: str) -> str:
    """A measure in the world that is played."""
    return formatted(measure, outcome.value(measure))


def outcomes(
    found: Adjudication,
    measures: Sequence[str],
    caption: str,
    lines: tuple[int, ...],
    value: Value = realised,
) -> Table:
    """A row for each measure, or for each team where they are many; teams in order, after the baseline."""
    who = (BASELINE, *found.teams)
    if len(who) > MOST_BESIDE:
        heads = (Column("Team", 3), *(Column(titled(name), 2, number=True) for name in measures))
        teams = (
            (team or "Baseline", *(value(found.outcomes[team], name) for name in measures)) for team in who
        )
        return Table(Said(caption, lines), heads, tuple(teams))
    columns = (
        Column("Measure", 3),
        *(Column(team or "Baseline", 2, number=True) for team in who),
    )
    rows = ((titled(name), *(value(found.outcomes[team], name) for team in who)) for name in measures)
    return Table(Said(caption, lines), columns, tuple(rows))


def harsher(found: Adjudication, measures: Sequence[str], lines: tuple[int, ...]) -> Iterator[Said]:
    """The rank of the world that is played among the others, under the baseline."""
    for name in measures:
        if not MEASURES[name].direction:
            continue
        ranked = found.harsher_than(name)
        if ranked is None:
            continue
        below, among = ranked
        yield Said(
            f"{MEASURES[name].title}: this world was harsher than {number(below)} of {among}.",
            lines,
        )
