"""Bootstrap intervals over replications: BCa for ratios and their differences, percentile for quantiles.

Whole replications are resampled, with the outcomes of both mixes together, so that pairs stay
pairs. These intervals stand beside the paired-t intervals at the same level and decide nothing.
BCa is Efron's (1987); quantiles have the percentile interval, since BCa's acceleration comes from
the jackknife, which fails for quantiles (Efron & Tibshirani 1993, section 11.6).
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tabletop.analysis.interval import CONFIDENCE, Interval, Method
from tabletop.analysis.outcomes import Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 9_999
_HELD = 200_000
"""Numbers of a resample held in memory at once, per column."""


def bca_estimate(
    column: Column, *, seed: int, measure: str, mix: str, confidence: float = CONFIDENCE
) -> Interval | None:
    """The BCa interval of a mean or ratio; None where there is none.

    There is none for one replication, for a column that never varies, and where some resample has
    nothing to average: its denominators sum to 0.
    """

    def value(n: "NDArray[np.float64]", d: "NDArray[np.float64]", axis: int = -1) -> Any:
        return n.sum(axis) / d.sum(axis)

    return _interval(value, _parts(column), Method.BCA, (seed, measure, mix), confidence)


def bca_contrast(
    column: Column,
    reference: Column,
    *,
    seed: int,
    measure: str,
    mix: str,
    baseline: str,
    confidence: float = CONFIDENCE,
) -> Interval | None:
    """The BCa interval of a paired difference of means or ratios; None where there is none.

    There is none for one replication, where no replication differs, and where some resample has
    nothing to average.
    """
    if column.differing(reference) == 0:
        return None

    def difference(
        n: "NDArray[np.float64]",
        d: "NDArray[np.float64]",
        m: "NDArray[np.float64]",
        e: "NDArray[np.float64]",
        axis: int = -1,
    ) -> Any:
        return n.sum(axis) / d.sum(axis) - m.sum(axis) / e.sum(axis)

    parts = (*_parts(column), *_parts(reference))
    return _interval(difference, parts, Method.BCA, (seed, measure, mix, baseline), confidence)


def quantile_contrast(
    values: Sequence[float],
    reference: Sequence[float],
    p: float,
    *,
    seed: int,
    measure: str,
    mix: str,
    baseline: str,
    confidence: float = CONFIDENCE,
) -> Interval | None:
    """The percentile interval of the difference between two quantiles of paired replications.

    A quantile is the smallest outcome that a share `p` of the replications does not exceed. None for
    one replication, or where no replication differs.
    """
    import numpy as np

    if all(a == b for a, b in zip(values, reference, strict=True)):
        return None

    def difference(a: "NDArray[np.float64]", b: "NDArray[np.float64]", axis: int = -1) -> Any:
        ours = np.quantile(a, p, axis=axis, method="inverted_cdf")
        return ours - np.quantile(b, p, axis=axis, method="inverted_cdf")

    key = (seed, measure, mix, baseline, p)
    return _interval(difference, (values, reference), Method.PERCENTILE, key, confidence)


def _parts(column: Column) -> tuple[Sequence[float], Sequence[float]]:
    return column.numerators, column.denominators


def _interval(
    statistic: Callable[..., Any],
    parts: Sequence[Sequence[float]],
    method: Method,
    key: tuple[object, ...],
    confidence: float,
) -> Interval | None:
    import warnings

    import numpy as np
    from scipy.stats import bootstrap  # 0.7 s to import

    n = len(parts[0])
    if n < 2:
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # scipy warns of a degenerate distribution, and returns NaN
        found = bootstrap(
            tuple(np.asarray(part, dtype=float) for part in parts),
            statistic,
            n_resamples=RESAMPLES,
            batch=max(1, _HELD // n),
            vectorized=True,
            paired=True,
            confidence_level=confidence,
            method="BCa" if method is Method.BCA else "percentile",
            rng=_generator(key),
        ).confidence_interval
    low, high = float(found.low), float(found.high)
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        return None
    return Interval(low, high, confidence, method)


def _generator(key: tuple[object, ...]) -> "np.random.Generator":
    """A generator of its own for what these names say, whatever else is bootstrapped and in which order."""
    import numpy as np

    digest = blake2b(repr(("bootstrap", *key)).encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))
