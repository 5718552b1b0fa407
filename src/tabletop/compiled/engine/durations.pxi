# Durations: families of positive random amounts, as `engine/durations.py` has them.

cdef enum Family:
    FAMILY_CONSTANT
    FAMILY_EXPONENTIAL
    FAMILY_LOGNORMAL
    FAMILY_GAMMA

cdef struct Duration:
    int family  # FAMILY_CONSTANT, too, where the coefficient of variation is 0
    double mean  # days; inf: for ever
    double sigma  # of the logarithm of a lognormal
    double shift  # half its variance
    double shape  # of a gamma


cdef double unit_at(const Duration *duration, double uniform) noexcept nogil:
    """The quantile at `uniform` of a duration scaled to mean 1."""
    if duration.family == FAMILY_CONSTANT:
        return 1.0
    if duration.family == FAMILY_EXPONENTIAL:
        return -log1p(-uniform)
    if duration.family == FAMILY_GAMMA:
        return gammaincinv(duration.shape, uniform) / duration.shape
    return exp(duration.sigma * ndtri(uniform) - duration.shift)
