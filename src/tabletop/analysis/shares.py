"""Shares of variance: how much of what changes a contrast between variants each condition explains.

The variance of the true contrast is that of the variants' means less that of a mean's own noise; luck that
all variants share moves all means alike, and is no part of it. A condition's part is the square of its
coefficient in a least-squares fit of straight terms, less the variance of that coefficient: plain squared
correlations are too small where there is noise, and not 0 where there is nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from tabletop.analysis.interval import CONFIDENCE, Interval, Method
from tabletop.analysis.mean_interval import t_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RESAMPLES = 999
CURVED_FROM = 128
"""Variants from which on a curved term of each condition is fitted beside the straight one."""
PER_TERM = 4
"""Least number of variants for each term."""


@dataclass(frozen=True)
class Spread:
    """The variance of a contrast in one of so many `worlds`, split."""

    conditions: float
    """Between variants: what the conditions change."""
    shared: float
    """Luck that all variants have alike."""
    own: float
    """Luck of one world in one variant."""
    worlds: int

    @property
    def noise(self) -> float:
        """The variance of a variant's mean that is luck of its own."""
        return self.own / self.worlds

    @property
    def is_mostly_luck(self) -> bool:
        """Whether luck is as large, in the means, as what the conditions change."""
        return self.noise >= self.conditions


@dataclass(frozen=True)
class Share:
    """The part `share` of one `condition` in the variance between variants, with its `interval`.

    Intervals are each for one number alone: of the share the bootstrap's, of the slope Student's.
    """

    condition: str
    share: float
    interval: Interval
    slope: float
    """Change of the contrast from the lower end of the range to the upper, or from first choice to last."""
    slope_interval: Interval
    """Of the slope."""


@dataclass(frozen=True)
class Shares:
    """What each condition explains of a contrast with this `spread`.

    What is left is interactions and thresholds. `is_curved` says whether a curved
    term of each was fitted beside the straight one.
    """

    spread: Spread
    of: tuple[Share, ...]
    """The largest first; empty where nothing can be told."""
    told: str
    """Why nothing can be told, if so."""
    is_curved: bool = False

    @property
    def left(self) -> float:
        """The part that no single condition explains."""
        return 1 - sum(one.share for one in self.of)


def split(table: "Numbers") -> Spread:
    """The spread of a table of differences: a row for each variant, a column for each world."""
    variants, worlds = table.shape
    means, of_worlds = table.mean(axis=1), table.mean(axis=0)
    rest = table - means[:, None] - of_worlds[None, :] + table.mean()
    own = float((rest**2).sum() / ((variants - 1) * (worlds - 1)))
    conditions = float(means.var(ddof=1)) - own / worlds
    shared = float(of_worlds.var(ddof=1)) - own / variants
    return Spread(max(0.0, conditions), max(0.0, shared), own, worlds)


def shares(
    points: "Numbers",
    table: "Numbers",
    conditions: Sequence[str],
    *,
    seed: int,
    choices: Sequence[int] | None = None,
) -> Shares:
    """What each condition explains of a contrast.

    `points` has a row for each variant and a column for each condition, from 0 to 1 over its range; `table`
    has the differences, variants × worlds. `seed` is that of the bootstrap of variants. `choices` says how
    many choices each condition has, each in the middle of its part, and 0 for a range; none have any unless
    told.
    """
    import numpy as np

    cases = tuple(choices or [0] * len(conditions))

    spread = split(table)
    variants, number = points.shape
    is_curved = variants >= CURVED_FROM
    terms = number * (2 if is_curved else 1)
    if terms * PER_TERM > variants:
        need = 1 << (number * PER_TERM - 1).bit_length()
        if need >= CURVED_FROM:  # as many have twice the terms
            need = max(CURVED_FROM, 1 << (2 * number * PER_TERM - 1).bit_length())
        return Shares(spread, (), f"{number} conditions need {need} variants for shares; here are {variants}")
    if spread.is_mostly_luck:
        return Shares(
            spread, (), "luck is larger than what these assumptions change; more worlds first", is_curved
        )
    means, within = table.mean(axis=1), spread.noise
    fit = _fit(points, cases, is_curved=is_curved)
    found, slopes = _parts(fit, means, within, is_curved=is_curved), _slopes(fit, means, cases)
    every = np.ascontiguousarray(points, dtype=float).tobytes()
    drawn, fits = _resampled(every, variants, cases, seed, is_curved=is_curved)
    again = _parts(fits, means[drawn], within, is_curved=is_curved)
    tails = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    low, high = np.nanquantile(again, tails, axis=0)
    each = [
        Share(
            name,
            float(found[place]),
            Interval(
                float(min(low[place], found[place])),
                float(max(high[place], found[place])),
                CONFIDENCE,
                Method.PERCENTILE,
            ),
            *slopes[place],
        )
        for place, name in enumerate(conditions)
    ]
    return Shares(spread, tuple(sorted(each, key=lambda one: -one.share)), "", is_curved)


class _Fit(NamedTuple):
    """What a least-squares fit to points, or to many samples of them, is made of, whatever is fitted."""

    design: "Numbers"
    """A row for each variant, a column for each term."""
    solver: "Numbers"
    """What turns means into coefficients."""
    variances: "Numbers"
    """Of the coefficients, where that of a mean is 1."""


def _fit(points: "Numbers", choices: tuple[int, ...], *, is_curved: bool) -> _Fit:
    """The fit of a straight term for each condition, and of a curved one, each with variance 1.

    Over a range these are Legendre's polynomials; over choices those that are orthogonal over their middles.
    Between two choices there is no curve: that term is 0, and explains nothing.
    """
    import numpy as np

    x = 2 * points - 1  # on [-1, 1]: variance 1/3, and of choices less
    wide = np.array([sqrt(3 / (1 - 1 / number**2)) if number else sqrt(3) for number in choices])
    terms = [np.ones((*x.shape[:-1], 1)), x * wide]
    if is_curved:
        fourth = np.array([0.6 * (3 * n**2 - 7) / (n**2 - 1) if n else 1.8 for n in choices])
        deep = np.array([0.0 if n == 2 else 1 / sqrt(of - 1) for n, of in zip(choices, fourth, strict=True)])
        terms.append(((x * wide) ** 2 - 1) * deep)
    design = np.concatenate(terms, axis=-1)
    across = np.swapaxes(design, -1, -2)
    inverse = np.linalg.pinv(across @ design)
    return _Fit(design, inverse @ across, np.diagonal(inverse, axis1=-2, axis2=-1))


@lru_cache(maxsize=1)
def _resampled(
    points: bytes, variants: int, choices: tuple[int, ...], seed: int, *, is_curved: bool
) -> tuple[Any, _Fit]:
    """Which variants each sample of the bootstrap has, and the fit: alike for all contrasts of a study."""
    import numpy as np

    drawn = np.random.default_rng(seed).integers(0, variants, size=(RESAMPLES, variants))
    return drawn, _fit(np.frombuffer(points).reshape(variants, -1)[drawn], choices, is_curved=is_curved)


def _parts(fit: _Fit, means: "Numbers", noise: float, *, is_curved: bool) -> Any:
    """The share of each condition; of one sample, or of many along the first axis."""
    import numpy as np

    variants, terms = fit.design.shape[-2:]
    number = (terms - 1) // (2 if is_curved else 1)
    fitted, residual = _fitted(fit, means)
    scale = (residual**2).sum(axis=-1) / max(1, variants - terms)
    error = scale[..., None] * fit.variances
    parts = fitted[..., 1:] ** 2 - error[..., 1:]
    if is_curved:
        parts = parts[..., :number] + parts[..., number:]
    whole = means.var(axis=-1, ddof=1) - noise
    whole = np.where(whole > 0, whole, np.nan)
    return parts / whole[..., None]


def _slopes(fit: _Fit, means: "Numbers", choices: Sequence[int]) -> list[tuple[float, Interval]]:
    """How far each straight term goes from end to end, or from the first choice to the last; its interval.

    The variance of a coefficient is HC2 of MacKinnon & White (1985): right on average where noise is the same
    in all variants, and about right where it is not, or what is fitted is not straight.
    """
    variants, terms = fit.design.shape
    fitted, residual = _fitted(fit, means)
    leverage = (fit.design * fit.solver.T).sum(axis=1)
    variances = fit.solver**2 @ (residual**2 / (1 - leverage))
    number = len(choices)
    t = t_quantile(CONFIDENCE, variants - terms + 1)
    scales = [2 * sqrt(3 * (of - 1) / (of + 1)) if of else 2 * sqrt(3) for of in choices]
    straight = fitted[1 : number + 1].tolist(), (variances[1 : number + 1] ** 0.5).tolist()
    return [
        (
            scale * value,
            Interval(scale * (value - t * error), scale * (value + t * error), CONFIDENCE),
        )
        for scale, value, error in zip(scales, *straight, strict=True)
    ]


def _fitted(fit: _Fit, means: "Numbers") -> tuple["Numbers", "Numbers"]:
    """The coefficients, and what they leave of each mean."""
    fitted = (fit.solver @ means[..., None])[..., 0]
    return fitted, means - (fit.design @ fitted[..., None])[..., 0]
