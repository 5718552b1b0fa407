"""Tables of a study in words, one a measure: what decides, where statements hold, what survives."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.analysis.words import share
from tabletop.experiment.robustness.deciding import decided, where_it_holds
from tabletop.experiment.robustness.sentences import Name, numerals_of, verdict_in_words, with_delta
from tabletop.experiment.robustness.study import Robustness
from tabletop.measures import MEASURES

DECIDES = (
    "Share: of what differs between variants, luck removed. Change: of the difference, from the lower end of "
    "the range to the upper, or from the first choice to the last; of a share in points. 95 % for one "
    "number. Luck: its part in the spread of the variants' means."
)
HOLDS = (
    "Right, of a rule: in variants that it had not seen, beside guessing, and in how many of ten parts the "
    "same was found. Of a box: in how many of the variants within the statement holds, in how many it is "
    "shown, and what share holds, beside a box among shuffled labels."
)

SURVIVES = (
    "In how many of the other variants, points and ends together, the verdict is word for word the same, and "
    "in how many the difference is decided on the other side."
)


@dataclass(frozen=True)
class WordedTable:
    """A table under a title; its first column has the mixes, and `widths` are shares of the room."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    figures: tuple[int, ...]
    """The positions of columns of figures, which are not broken into lines."""


def what_decides(study: Robustness, measure: str, name: Name = str) -> WordedTable:
    """The condition with the largest share for each mix, where shares pass their check."""
    heads = ("policy mix", "the largest share has", "share", "change", "luck")
    rows = tuple((name(mix), *_deciding(study, measure, mix)) for mix in study.others)
    title = f"{with_delta(study.scenario, measure)}: which condition decides"
    return WordedTable(title, heads, rows, (3, 4, 3, 3, 1), (2, 3, 4))


def _deciding(study: Robustness, measure: str, mix: str) -> tuple[str, str, str, str]:
    found = study.shares(measure, mix)
    if found is None:
        return "nothing can be said of its conditions", "", "", ""
    whole = found.spread.noise + found.spread.conditions
    luck = share(found.spread.noise / whole) if whole > 0 else ""
    if not found.of:
        return found.told, "", "", luck
    first = found.of[0]
    if first.interval.low <= 0:
        return "no single condition", "", "", luck
    ends = f"{share(max(0.0, first.interval.low))} to {share(min(1.0, first.interval.high))}"
    numerals = numerals_of(study.scenario, measure)
    change = f"{numerals.difference(first.slope)} ({numerals.span(first.slope_interval)})"
    return first.condition, f"{share(min(1.0, first.share))} ({ends})", change, luck


def where_statements_hold(study: Robustness, measure: str, name: Name = str) -> WordedTable:
    """The rules and boxes that passed their checks, and that others did not."""
    heads = ("policy mix", "is", "where", "right")
    rows = tuple(
        (name(mix), *told)
        for mix in study.others
        for told in where_it_holds(study, decided(study, measure, mix))
    )
    return WordedTable(f"{MEASURES[measure].title}: where a statement holds", heads, rows, (3, 3, 6, 4), (3,))


def what_survives(study: Robustness, measure: str, name: Name = str) -> WordedTable:
    """In how many other variants each verdict is the same, and in how many it is decided the other way."""
    heads = ("policy mix", "as written", "the same in", "the other way in")
    rows = tuple((name(mix), *_surviving(study, measure, mix)) for mix in study.others)
    of = len(study.variants) - 1
    return WordedTable(
        f"{MEASURES[measure].title}: the verdict in {of:,} other variants", heads, rows, (3, 6, 2, 2), (2, 3)
    )


def _surviving(study: Robustness, measure: str, mix: str) -> tuple[str, str, str]:
    own, same, opposite, _ = study.survival(measure, mix)
    return verdict_in_words(own), f"{same:,}", f"{opposite:,}"


def tables_of_points(
    study: Robustness, name: Name = str
) -> Iterator[tuple[str, str, tuple[WordedTable, ...]]]:
    """What is told of the points, as a heading, how it is read, and a table for each measure."""
    measures = study.measures
    yield "Which condition decides", DECIDES, tuple(what_decides(study, one, name) for one in measures)
    yield "Where a statement holds", HOLDS, tuple(where_statements_hold(study, one, name) for one in measures)
