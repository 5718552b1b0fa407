"""What an experiment found, in sentences and in tables, measure by measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from tabletop.analysis.best import Best, in_every_set
from tabletop.analysis.bottleneck import BUSY, Bottleneck
from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural, share, share_with_interval, with_interval
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.report.measure_tables import MeasureTable, OtherRow, measure_table, other_rows
from tabletop.report.names import MixName, named


@dataclass(frozen=True)
class BottleneckRow:
    """Where the work of a mix piles up; no pool if none is that busy."""

    mix: MixName
    pool: str | None
    utilisation: str
    wait: str


@dataclass(frozen=True)
class Conclusions:
    """The findings of a comparison."""

    baseline: str
    together: int
    """How many intervals hold together."""
    sentences: tuple[str, ...]
    best: tuple[tuple[str, str], ...]
    """Each primary measure, and which mixes may be the best in it."""
    best_in_all: str
    warnings: tuple[str, ...]
    """What is to be known before the findings are read."""
    primary: tuple[MeasureTable, ...]
    others: tuple[MeasureTable, ...]
    """Measures that the scenario names, without verdict."""
    rest: tuple[tuple[str, tuple[OtherRow, ...]], ...]
    """All further measures of the model, by title and unit."""
    busy: str
    bottlenecks: tuple[BottleneckRow, ...]

    @classmethod
    def of(cls, results: Results, compared: Comparison) -> Self:
        """What there is to conclude."""
        interests = results.design.scenario.measures
        best = results.best(compared)
        further = [name for name in compared.estimates if name not in interests]
        found, names = results.bottlenecks(), named(results, compared.mixes)
        return cls(
            baseline=compared.baseline,
            together=compared.intervals_together,
            sentences=compared.sentences(),
            best=tuple((MEASURES[one.measure].title, one.in_words()) for one in best),
            best_in_all=_best_in_all(best),
            warnings=tuple(_warnings(results, compared)),
            primary=tuple(measure_table(results, compared, name) for name in compared.primary),
            others=tuple(
                measure_table(results, compared, name)
                for name, interest in interests.items()
                if not interest.primary
            ),
            rest=tuple(
                (f"{MEASURES[name].title} ({MEASURES[name].unit})", other_rows(results, compared, name))
                for name in further
            ),
            busy=share(BUSY),
            bottlenecks=tuple(_bottleneck(names[mix], found.get(mix)) for mix in compared.mixes),
        )


def _best_in_all(best: tuple[Best, ...]) -> str:
    """The mixes that may be the best whatever one looks at, where there are two measures to look at."""
    if sum(1 for one in best if one.direction) < 2:
        return ""
    mixes = in_every_set(best)
    if not mixes:
        return "No mix is among the best in every primary measure: which matters more is for people to say."
    return f"Among the best in every primary measure: {', '.join(mixes)}."


def _warnings(results: Results, compared: Comparison) -> Iterator[str]:
    asked = results.design.replications
    if results.interrupted:
        yield "The experiment is not complete: it was broken off, or is still running."
    if results.failures:
        first = results.failures[0]
        yield (
            f"{plural(len(results.failures), 'run')} of {len(results.design):,} failed; their replications "
            f"are left out of every mix. First: {first.mix}, replication {first.replication}: {first.error}."
        )
    if len(compared.replications) < asked:
        yield f"Compared over {len(compared.replications):,} of {plural(asked, 'replication')}."
    if results.mixed_platforms:
        yield "The runs were made on platforms whose last bits may differ."
    if not compared.primary:
        yield "The scenario has no primary measure: nothing is concluded."


def _bottleneck(mix: MixName, found: Bottleneck | None) -> BottleneckRow:
    if found is None:
        return BottleneckRow(mix, None, "", "")
    return BottleneckRow(mix, found.pool, share_with_interval(found.utilisation), with_interval(found.wait))
