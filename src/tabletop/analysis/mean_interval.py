"""The interval of a mean: Student's, and where skew is seen as far as Hall's reaches as well.

Hall (1992) removes the skewness of a t statistic T by the monotone cubic g(T) = T + γT²/(3√n) + γ²T³/(27n)
+ γ/(6√n); its inverse turns the quantiles of a symmetric law into the ends of a skewed interval. Zhou & Gao
(2000) put normal quantiles in, here they are Student's. Alone it covers less than Student's interval where
tails are heavy on both sides; to go as far as the further of the two loses nothing anywhere
(`verification/coverage.py`). Where the cubic is flat its inverse runs away; from a slope of a third on its
tangent takes over, which covers as often and is a third narrower.
"""

from collections.abc import Sequence
from math import cbrt, sqrt

from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS, Interval, Method
from tabletop.analysis.moments import Moments

FLAT = 1 / 3
"""Slope of Hall's cubic from which on its tangent takes over."""


def t_quantile(confidence: float, n: int) -> float:
    """Student's t that leaves (1 − confidence)/2 above it, with n − 1 degrees of freedom."""
    from scipy.special import stdtrit  # 0.25 s to import

    return -float(stdtrit(n - 1, (1 - confidence) / 2))


def mean_interval(
    moments: Moments, confidence: float = CONFIDENCE, *, resting: int | None = None
) -> Interval | None:
    """The interval of a mean; None for fewer than two values, and for values without spread.

    `resting`, for a ratio, is how many replications have a denominator: below 20 they alone are counted
    as the sample, and below 2 there is no interval.
    """
    n = moments.n if resting is None or resting >= FEW_WORLDS else min(resting, moments.n)
    if n < 2 or moments.is_constant:
        return None
    # the variance of a mean over the n that have a denominator, from deviations over all
    widening = sqrt(n / (n - 1) * (moments.n - 1) / moments.n)
    error = widening * moments.deviation / sqrt(moments.n)
    t = t_quantile(confidence, n)
    low, high = moments.mean - t * error, moments.mean + t * error
    if not moments.skew_is_seen:
        return Interval(low, high, confidence)
    below, above = (moments.mean - _unskewed(end, moments) * error for end in (t, -t))
    return Interval(min(low, below), max(high, above), confidence, Method.SKEWED)


def t_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """Student's interval of the mean, whatever the skew; None for fewer than two values or no spread."""
    moments = Moments.of(values)
    if moments.is_constant:
        return None
    half = t_quantile(confidence, moments.n) * moments.deviation / sqrt(moments.n)
    return Interval(moments.mean - half, moments.mean + half, confidence)


def _unskewed(quantile: float, moments: Moments) -> float:
    """Hall's inverse: the t statistic that the transformation sends to this quantile."""
    skew = moments.skewness / sqrt(moments.n)
    # g(T) = (u³ − 1)/γ' + γ'/6 with u = 1 + γ'T/3 and γ' = γ/√n; its slope is u²
    cube, least = 1 + skew * (quantile - skew / 6), sqrt(FLAT)
    root = cbrt(cube) if cube >= least**3 else least + (cube - least**3) / (3 * FLAT)
    return (root - 1) / (skew / 3)
