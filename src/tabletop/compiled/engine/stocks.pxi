# Stocks: states that lag, decay or are counted, in closed form between their changes, as in `engine/stocks.py`.

cdef struct Lagged:
    double since
    double level
    double area_before
    double target
    double lag

cdef struct Counted:
    double since
    double area_before
    int64_t count


cdef double level_at(const Lagged *stock, double time) noexcept nogil:
    """The level at a time, not before its last change."""
    if stock.level == stock.target:
        return stock.target
    return stock.target + (stock.level - stock.target) * exp(-(time - stock.since) / stock.lag)


cdef double area_since_change(const Lagged *stock, double time) noexcept nogil:
    cdef double elapsed = time - stock.since, area = stock.target * elapsed
    if stock.level != stock.target:
        area += (stock.level - stock.target) * stock.lag * (1 - exp(-elapsed / stock.lag))
    return area


cdef double area_of(const Lagged *stock, double time) noexcept nogil:
    """The integral from the stock's beginning to a time, not before its last change."""
    return stock.area_before + area_since_change(stock, time)


cdef void rebase(Lagged *stock, double now, double level) noexcept nogil:
    stock.area_before += area_since_change(stock, now)
    stock.since = now
    stock.level = level


cdef void tend(Lagged *stock, double now, double target, double lag) noexcept nogil:
    """From now on the level tends to a target with a time constant in days."""
    if target != stock.target or lag != stock.lag:
        rebase(stock, now, level_at(stock, now))
        stock.target = target
        stock.lag = lag


cdef void settle(Lagged *stock, double now, double target, double lag) noexcept nogil:
    """The level is at its target; so a run begins."""
    stock.since = now
    stock.level = stock.target = target
    stock.lag = lag


cdef void add(Counted *stock, double now, int change) noexcept nogil:
    """So many more (or fewer) from now on."""
    stock.area_before += stock.count * (now - stock.since)
    stock.since = now
    stock.count += change


cdef double counted_area(const Counted *stock, double time) noexcept nogil:
    """The integral from the beginning to a time, not before the last change."""
    return stock.area_before + stock.count * (time - stock.since)
