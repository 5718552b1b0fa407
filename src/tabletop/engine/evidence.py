"""Evidence: the log-likelihood ratio of a look at a trace, and the probability that a file implies.

Signal detection with equal variances: a look scores Normal(d′, 1) for a plot and Normal(0, 1) for a
benign subject (Green & Swets 1966).
"""

from math import exp


def look(d_prime: float, noise: float, *, genuine: bool) -> float:
    """The log-likelihood ratio that one look yields; `noise` is a standard normal."""
    score = d_prime + noise if genuine else noise
    return d_prime * score - d_prime * d_prime / 2


def logistic(log_odds: float) -> float:
    """The probability of a log-odds; exact at ±inf."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    odds = exp(log_odds)
    return odds / (1 + odds)
