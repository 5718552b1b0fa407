# Evidence: what a look at a trace is worth, as in `engine/evidence.py`.

cdef double look(double d_prime, double noise, bint genuine) noexcept nogil:
    """The log-likelihood ratio that one look yields; `noise` is a standard normal."""
    cdef double score = d_prime + noise if genuine else noise
    return d_prime * score - d_prime * d_prime / 2


cdef double logistic(double log_odds) noexcept nogil:
    """The probability of a log-odds; exact at ±inf."""
    cdef double odds
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    odds = exp(log_odds)
    return odds / (1 + odds)
