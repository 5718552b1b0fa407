"""Selection: measures that count only what has ended, beside a change that ends fewer."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.analysis.interval import Interval
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired
from tabletop.analysis.words import decimals_for, ends, figure
from tabletop.measures import MEASURES, Measure


@dataclass(frozen=True)
class Selection:
    """How many fewer have ended under a mix than under the baseline: a `difference` a replication."""

    thing: str
    """What ends, in the singular."""
    difference: float
    interval: Interval | None
    """At 95 %, unadjusted; None where all replications have the same difference."""

    def in_words(self) -> str:
        """What is to be known beside a mean, or a count, of what has ended."""
        if self.interval is None:
            change, where = figure(self.difference, signed=True), "in every world"
        else:
            decimals = decimals_for(self.interval.half_width)
            change = figure(self.difference, signed=True, decimals=decimals)
            where = f"a world ({ends(self.interval, decimals, signed=True)})"
        return f"only of what ended, and fewer did: {change} {self.thing}s {where}"


def selection(
    measure: Measure, columns: Mapping[str, Mapping[str, Column]], *, mix: str, baseline: str
) -> Selection | None:
    """Whether a measure is of what has ended, and fewer end under the mix; None if not, or not shown.

    `columns` are those of the outcomes: by mix, then by measure.
    """
    if measure.ended is None or any(measure.ended not in columns[name] for name in (mix, baseline)):
        return None
    ended = {name: _number(columns[name][measure.ended]) for name in (mix, baseline)}
    paired = Paired.of(ended, {mix: 1.0, baseline: -1.0})
    if paired is None or paired.tells_too_little or not paired.differing:
        return None
    interval = paired.interval()
    most = paired.moments.mean if interval is None else interval.high
    return Selection(MEASURES[measure.ended].denominator, paired.moments.mean, interval) if most < 0 else None


def _number(ratio: Column) -> Column:
    """What a ratio's denominator counts, as a count."""
    return Column(ratio.denominators, (1.0,) * len(ratio))
