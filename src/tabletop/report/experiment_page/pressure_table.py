"""The pressure on the services: how busy each is with each mix, and how long work waits for it."""

from dataclasses import dataclass
from typing import ClassVar

from tabletop.analysis.bottleneck import is_busy
from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure, share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import POOL_MEASURES
from tabletop.plots.labels import mix_numbers, others
from tabletop.plots.shortening import clipped
from tabletop.plots.style import identity
from tabletop.pools import POOLS

LABEL = 32
"""Letters of a title beside the pools, all of which have to fit on a page."""
WORTH_TELLING = 1.0
"""Days of waiting from which on they are written."""


@dataclass(frozen=True)
class PressureCell:
    """A pool of a mix: its load in words, and whether it is framed."""

    text: str
    is_busy: bool


@dataclass(frozen=True)
class PressureRow:
    """A mix and its pools."""

    number: int
    title: str
    colour: str
    cells: tuple[PressureCell, ...]


@dataclass(frozen=True)
class PressureTable:
    """All mixes, the baseline first."""

    kind: ClassVar = "pressure"
    pools: tuple[str, ...]
    rows: tuple[PressureRow, ...]


def pressure_table(results: Results, compared: Comparison) -> PressureTable:
    """Every pool that works in one of the mixes at least."""
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    mixes = (compared.baseline, *others(compared))
    empty = {mix: results.empty_pools(mix) for mix in mixes}
    pools = [pool for pool in POOLS if not all(pool in empty[mix] for mix in mixes)]
    rows = tuple(
        PressureRow(
            numbers[mix], clipped(names[mix], LABEL), identity(numbers[mix]),
            tuple(_cell(compared, mix, pool, nobody=pool in empty[mix]) for pool in pools),
        )
        for mix in mixes
    )  # fmt: skip
    return PressureTable(tuple(POOLS[pool].title for pool in pools), rows)


def _cell(compared: Comparison, mix: str, pool: str, *, nobody: bool) -> PressureCell:
    names = POOL_MEASURES[pool]
    busy, wait = (compared.estimates[name][mix].value for name in (names.utilisation, names.wait))
    if nobody:
        return PressureCell("nobody", is_busy=False)
    text = "no limit" if busy is None else share(busy)
    if wait is not None and wait >= WORTH_TELLING:
        text += f" · {figure(wait, decimals=0)} d"
    return PressureCell(text, is_busy(busy))
