"""The worst tenth of worlds as a table: every mix in every primary measure with a preferred direction."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tabletop.analysis.tails import ENOUGH, Tail, bound
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Block, Column, Row, Table, Text
from tabletop.report.document.statement import Said
from tabletop.report.names import Names

COLUMNS = (
    Column("mix", 3),
    Column("nine worlds of ten, 95 % interval", 3),
    Column("difference, 95 % interval", 4),
)


def tail_blocks(tails: Sequence[Tail], names: Names) -> Iterator[Block]:
    """What nine worlds of ten come to with each mix; nothing, if no primary measure has a worse side."""
    if not tails:
        return
    if max(one.n for one in tails) < ENOUGH:
        yield Text((f"Where the worst tenth of worlds begins can be said from {ENOUGH} replications on.",))
        return
    rows: list[Row | Said] = []
    for name, of_measure in groupby(tails, key=lambda one: one.measure):
        rows.append(Said(f"{MEASURES[name].title} ({MEASURES[name].unit}): {bound(name)}"))
        rows += [(names[one.mix], one.quantile.in_words(), one.difference_in_words()) for one in of_measure]
    caption = "The worst tenth of worlds; intervals are not adjusted, and nothing is concluded from them"
    yield Table(caption, COLUMNS, tuple(rows))
