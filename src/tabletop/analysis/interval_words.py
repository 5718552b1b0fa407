"""Estimates in words: never without their interval, and no interval without what it rests on."""

from collections.abc import Iterable

from tabletop.analysis.contrast import Contrast
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import Method
from tabletop.analysis.words import decimals_for, ends, figure, share

_EXACT = (Method.POISSON, Method.BINOMIAL)


def common_decimals(told: Iterable[Estimate | Contrast]) -> int:
    """Decimals that show what can be told apart by the narrowest interval; exact ones have their own."""
    intervals = [one.interval for one in told if one.interval is not None]
    return decimals_for(min((i.half_width for i in intervals if i.method not in _EXACT), default=0.0))


def with_interval(estimate: Estimate) -> str:
    """A mean with its interval behind it, and what both rest on where that is little."""
    if estimate.value is None:
        return _missing(estimate)
    spread = 0.0 if estimate.interval is None or not estimate.value else estimate.interval.half_width
    value = figure(estimate.value, decimals=decimals_for(spread) if spread > 0 else None)
    return _behind(value, interval_in_words(estimate))


def share_with_interval(estimate: Estimate) -> str:
    """A share with its interval, in per cent."""
    if estimate.value is None:
        return _missing(estimate)
    return _behind(share(estimate.value), interval_in_words(estimate, percent=True))


def interval_in_words(estimate: Estimate, decimals: int | None = None, *, percent: bool = False) -> str:
    """The interval of an estimate, and what it rests on where that is little: never one without the other."""
    interval, basis = estimate.interval, estimate.basis.in_words()
    if interval is None:
        return basis
    if interval.method is Method.POISSON and estimate.value == 0:
        return f"{basis}: at most {_shortest(interval.high)} a world"
    if percent:
        span = f"{share(interval.low)} to {share(interval.high)}"
    elif interval.method in _EXACT:
        span = f"{_shortest(interval.low)} to {_shortest(interval.high)}"
    else:
        span = ends(interval, decimals_for(interval.half_width) if decimals is None else decimals)
    return f"{span}; {basis}" if basis else span


def _missing(estimate: Estimate) -> str:
    return _behind("missing", estimate.basis.in_words())


def _behind(value: str, told: str) -> str:
    return f"{value} ({told})" if told else value


def _shortest(end: float) -> str:
    """An end of an exact interval, with two significant digits."""
    if end == 0:
        return "0"
    return figure(float(f"{end:.2g}"))
