"""Tables of one measure: every mix with its mean, and its difference from the baseline."""

from collections.abc import Iterator

from tabletop.analysis.bootstrap_intervals import RatioIntervals
from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import Method
from tabletop.analysis.interval_words import interval_in_words, with_interval
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import DIRECTION, delta_in_words
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
    numerals = Numerals.of(name, interest.delta)
    rows: list[Row] = []
    for mix, estimate in compared.estimates[name].items():
        mean = _mean(estimate, numerals)
        if (contrast := contrasts.get(mix)) is None:
            rows.append((names[mix], mean, "", "", "baseline"))
            continue
        difference = "" if contrast.difference is None else numerals.difference(contrast.difference)
        rows.append((names[mix], mean, difference, numerals.span(contrast.interval), _verdict(contrast)))
    unit = f", in {numerals.unit()}" if numerals.unit() else ""
    columns = (
        Column("mix", 4),
        Column("mean, 95 % interval", 4),
        Column(f"difference{unit}", 2, number=True),
        Column("simultaneous" if is_primary else "95 % interval", 3),
        Column("verdict" if is_primary else "remark", 5),
    )
    delta = (
        f"δ {delta_in_words(interest.delta, measure.unit)}"
        if is_primary
        else "not primary, so without verdict"
    )
    caption = f"{measure.title} ({measure.unit}; {DIRECTION[measure.direction]}; {delta})"
    yield Table(caption, columns, tuple(rows))
    yield Text((*_still_open(compared, names, name), *_bootstrap(compared, names, name, bootstrap, numerals)))


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


def _bootstrap(
    compared: Comparison, names: Names, name: str, bootstrap: RatioIntervals, numerals: Numerals
) -> Iterator[str]:
    """Beside a ratio: the bootstrap intervals of its differences, which decide nothing."""
    intervals = [
        f"{title_of(names[mix])} {numerals.span(interval)}"
        for mix in compared.mixes
        if (interval := bootstrap.contrasts.get((name, mix))) is not None
    ]
    unit = f" in {numerals.unit()}" if numerals.unit() else ""
    if intervals:
        yield f"Differences{unit} by BCa bootstrap, at the same level: {'; '.join(intervals)}."


def _mean(estimate: Estimate, numerals: Numerals) -> str:
    """A mean with its interval behind it, and what both rest on where that is little."""
    if estimate.value is None:
        return f"missing ({estimate.basis.in_words()})"
    behind = [estimate.basis.in_words()]
    if estimate.interval is not None and estimate.interval.method in {Method.POISSON, Method.BINOMIAL}:
        behind = [interval_in_words(estimate, percent=numerals.is_share)]
    elif estimate.interval is not None:
        low, high = (numerals.mean(end) for end in (estimate.interval.low, estimate.interval.high))
        behind.insert(0, f"{low} to {high}")
    said = "; ".join(part for part in behind if part)
    return numerals.mean(estimate.value) + (f" ({said})" if said else "")
