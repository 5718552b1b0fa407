"""Tables of one measure: every mix with its mean, and its difference from the baseline."""

from collections.abc import Iterator

from tabletop.analysis.bootstrap_intervals import RatioIntervals
from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.interval_words import common_decimals, interval_in_words, with_interval
from tabletop.analysis.words import DIRECTION, decimals_for, ends, figure
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Block, Column, Row, Table, Text
from tabletop.report.document.statement import Run, Said, Words
from tabletop.report.names import Names, title_of
from tabletop.scenario.scenario import Interest

_DECIDED = {
    ContrastVerdict.BETTER, ContrastVerdict.SLIGHTLY_BETTER, ContrastVerdict.HIGHER,
    ContrastVerdict.SLIGHTLY_HIGHER, ContrastVerdict.WORSE, ContrastVerdict.SLIGHTLY_WORSE,
    ContrastVerdict.LOWER, ContrastVerdict.SLIGHTLY_LOWER, ContrastVerdict.EQUIVALENT,
}  # fmt: skip


def measure_blocks(
    compared: Comparison, name: str, interest: Interest, bootstrap: RatioIntervals, names: Names
) -> Iterator[Block]:
    """The table of a measure that the scenario names, and what has to stand beside it."""
    measure, is_primary = MEASURES[name], name in compared.primary
    contrasts = {c.mix: c for c in compared.contrasts if c.measure == name}
    estimates = compared.estimates[name]
    decimals = common_decimals([*estimates.values(), *contrasts.values()])
    rows: list[Row] = []
    for mix, estimate in estimates.items():
        mean = "missing" if estimate.value is None else figure(estimate.value, decimals=decimals)
        begin: Row = (names[mix], mean, interval_in_words(estimate, decimals))
        if (contrast := contrasts.get(mix)) is None:
            rows.append((*begin, "", "", "baseline"))
            continue
        interval = ends(contrast.interval, decimals, signed=True)
        rows.append((*begin, _difference(contrast, decimals), interval, _verdict(contrast)))
    columns = (
        Column("mix", 4),
        Column("mean", 2, number=True),
        Column("95 % interval", 3),
        Column("difference", 2, number=True),
        Column("simultaneous" if is_primary else "95 % interval", 3),
        Column("verdict" if is_primary else "remark", 5),
    )
    delta = f"δ {figure(interest.delta)}" if is_primary else "not primary, so without verdict"
    caption = f"{measure.title} ({measure.unit}; {DIRECTION[measure.direction]}; {delta})"
    yield Table(caption, columns, tuple(rows))
    yield Text((*_still_open(compared, names, name), *_bootstrap(compared, names, name, bootstrap)))


def other_rows(compared: Comparison, name: str, names: Names) -> Iterator[Row]:
    """Every mix in a measure that the scenario does not name."""
    contrasts = {c.mix: c for c in compared.contrasts if c.measure == name}
    for mix, estimate in compared.estimates[name].items():
        contrast = contrasts.get(mix)
        said = "baseline"
        if contrast is not None and contrast.interval is None:
            said = contrast.in_words()
        elif contrast is not None:
            decimals = common_decimals([contrast])
            said = f"{_difference(contrast, decimals)} ({ends(contrast.interval, decimals, signed=True)})"
            said = "; ".join((said, *contrast.cautions))
        yield title_of(names[mix]), with_interval(estimate), said


def _verdict(contrast: Contrast) -> Words:
    said = contrast.in_words()
    return Said((Run(said, "strong"),)) if contrast.verdict in _DECIDED else said


def _still_open(compared: Comparison, names: Names, name: str) -> Iterator[str]:
    """Beside a mean duration: what is still open, by mix."""
    if (still := MEASURES[name].still_open) is not None:
        values = (
            f"{title_of(names[mix])} {with_interval(e)}" for mix, e in compared.estimates[still].items()
        )
        yield f"{MEASURES[still].title}: {'; '.join(values)}."


def _bootstrap(compared: Comparison, names: Names, name: str, bootstrap: RatioIntervals) -> Iterator[str]:
    """Beside a ratio: the bootstrap intervals of its differences, which decide nothing."""
    intervals = []
    for mix in compared.mixes:
        if (interval := bootstrap.contrasts.get((name, mix))) is not None:
            decimals = decimals_for(interval.half_width)
            intervals.append(f"{title_of(names[mix])} {ends(interval, decimals, signed=True)}")
    if intervals:
        yield f"Differences by BCa bootstrap, at the same level: {'; '.join(intervals)}."


def _difference(contrast: Contrast, decimals: int) -> str:
    if contrast.difference is None:
        return ""
    return figure(contrast.difference, signed=True, decimals=decimals)
