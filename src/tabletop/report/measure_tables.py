"""Tables of one measure: every mix with its mean, and its difference from the baseline."""

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.analysis.compare import Comparison, Contrast, ContrastVerdict
from tabletop.analysis.estimate import Interval
from tabletop.analysis.words import DIRECTION, decimals_for, ends, figure, with_interval
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.report.names import MixName, named

_DECIDED = {
    ContrastVerdict.BETTER, ContrastVerdict.SLIGHTLY_BETTER, ContrastVerdict.HIGHER,
    ContrastVerdict.SLIGHTLY_HIGHER, ContrastVerdict.WORSE, ContrastVerdict.SLIGHTLY_WORSE,
    ContrastVerdict.LOWER, ContrastVerdict.SLIGHTLY_LOWER, ContrastVerdict.EQUIVALENT,
}  # fmt: skip


@dataclass(frozen=True)
class MeasureRow:
    """One mix in a measure; what a contrast would say is empty for the baseline."""

    mix: MixName
    is_baseline: bool
    mean: str
    interval: str
    difference: str = ""
    difference_interval: str = ""
    bootstrap: str = ""
    verdict: str = ""
    is_decided: bool = False


@dataclass(frozen=True)
class MeasureTable:
    """One measure that the scenario names."""

    name: str
    title: str
    unit: str
    sentence: str
    direction: str
    delta: str
    is_primary: bool
    is_hidden: bool
    """Whether players could not see it."""
    confidence: str
    """Of the intervals of the differences, as it is said: 'all 6 at 95 % together'."""
    has_bootstrap: bool
    rows: tuple[MeasureRow, ...]
    still_open: tuple[str, tuple[tuple[MixName, str], ...]] | None
    """Beside a mean duration: what is still open, by mix."""


@dataclass(frozen=True)
class OtherRow:
    """One mix in a measure that the scenario does not name."""

    mix: MixName
    mean: str
    difference: str


def measure_table(results: Results, compared: Comparison, name: str) -> MeasureTable:
    """The table of a measure of interest."""
    measure, interest = MEASURES[name], results.design.scenario.measures[name]
    names = named(results, compared.mixes)
    contrasts = {c.mix: c for c in compared.contrasts if c.measure == name}
    estimates = compared.estimates[name]
    beside = results.beside(compared)
    decimals = _decimals(
        [*(e.interval for e in estimates.values()), *(c.interval for c in contrasts.values())]
    )
    rows = []
    for mix, estimate in estimates.items():
        mean = "missing" if estimate.value is None else figure(estimate.value, decimals=decimals)
        interval = ends(estimate.interval, decimals)
        if mix == compared.baseline:
            rows.append(MeasureRow(names[mix], True, mean, interval))
            continue
        contrast = contrasts[mix]
        rows.append(
            MeasureRow(
                mix=names[mix],
                is_baseline=False,
                mean=mean,
                interval=interval,
                difference=_difference(contrast, decimals),
                difference_interval=ends(contrast.interval, decimals, signed=True),
                bootstrap=ends(beside.contrasts.get((name, mix)), decimals, signed=True),
                verdict=contrast.in_words(),
                is_decided=contrast.verdict in _DECIDED,
            )
        )
    is_primary = name in compared.primary
    together = compared.intervals_together
    return MeasureTable(
        name=name,
        title=measure.title,
        unit=measure.unit,
        sentence=measure.sentence,
        direction=DIRECTION[measure.direction],
        delta=figure(interest.delta),
        is_primary=is_primary,
        is_hidden=not measure.observable,
        confidence=f"all {together} at 95 % together" if is_primary and together > 1 else "95 %",
        has_bootstrap=name in beside.measures,
        rows=tuple(rows),
        still_open=_still_open(compared, names, name),
    )


def other_rows(results: Results, compared: Comparison, name: str) -> tuple[OtherRow, ...]:
    """Every mix in a measure about which the scenario says nothing."""
    names = named(results, compared.mixes)
    contrasts = {c.mix: c for c in compared.contrasts if c.measure == name}
    rows = []
    for mix, estimate in compared.estimates[name].items():
        contrast = contrasts.get(mix)
        said = "baseline"
        if contrast is not None and contrast.interval is None:
            said = contrast.in_words()
        elif contrast is not None:
            decimals = _decimals([contrast.interval])
            said = f"{_difference(contrast, decimals)} ({ends(contrast.interval, decimals, signed=True)})"
            if contrast.few_worlds_differ:
                said += f"; few worlds differ ({contrast.differing} of {contrast.n})"
        rows.append(OtherRow(names[mix], with_interval(estimate), said))
    return tuple(rows)


def _still_open(
    compared: Comparison, names: dict[str, MixName], name: str
) -> tuple[str, tuple[tuple[MixName, str], ...]] | None:
    still = MEASURES[name].still_open
    if still is None:
        return None
    told = tuple((names[mix], with_interval(e)) for mix, e in compared.estimates[still].items())
    return MEASURES[still].title, told


def _difference(contrast: Contrast, decimals: int) -> str:
    if contrast.difference is None:
        return ""
    return figure(contrast.difference, signed=True, decimals=decimals)


def _decimals(intervals: Iterable[Interval | None]) -> int:
    """Decimals that show what can be told apart by the narrowest of some intervals."""
    widths = [i.half_width for i in intervals if i is not None and i.half_width > 0]
    return decimals_for(min(widths, default=0.0))
