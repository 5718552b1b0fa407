"""Exact intervals where nothing is known of a spread: of counts, of proportions, of what was never seen."""

from tabletop.analysis.interval import CONFIDENCE, Interval, Method


def poisson_interval(total: float, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The interval of a mean count, from the total of n replications (Garwood 1936)."""
    from scipy.special import gammaincinv  # 0.25 s to import

    tail = (1 - confidence) / 2
    low = float(gammaincinv(total, tail)) if total > 0 else 0.0
    high = float(gammaincinv(total + 1, 1 - tail))
    return Interval(low / n, high / n, confidence, Method.POISSON)


def proportion_interval(part: float, whole: float, confidence: float = CONFIDENCE) -> Interval:
    """The interval of a proportion, from `part` of `whole` things (Clopper & Pearson 1934)."""
    from scipy.special import betaincinv  # 0.25 s to import

    tail = (1 - confidence) / 2
    low = float(betaincinv(part, whole - part + 1, tail)) if part > 0 else 0.0
    high = float(betaincinv(part + 1, whole - part, 1 - tail)) if part < whole else 1.0
    return Interval(low, high, confidence, Method.BINOMIAL)


def unseen_share(n: int) -> float:
    """The largest share of worlds, with 95 % confidence, that differ although none of n did.

    The rule of three: (1 − p)^n = 0.05 at p ≈ 3/n (Hanley & Lippman-Hand 1983).
    """
    return min(1.0, 3 / n)
