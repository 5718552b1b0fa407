# Readings of a run: what happened in a window of time, in the types that `measures.py` reads.

cdef class WaitTimes:
    """How long items waited, by class, as `engine.waits.WaitTimes` has it."""

    cdef Waits waits
    cdef double days  # that all items waited together
    cdef bint has_days  # of each item

    def __dealloc__(self) -> None:
        cdef int kind
        for kind in range(MOST_CLASSES):
            free(self.waits.days[kind])

    @property
    def classes(self) -> list[int]:
        """The classes of which somebody left the queue."""
        return [kind for kind in range(MOST_CLASSES) if self.waits.none[kind] or self.waits.some[kind]]

    def total(self) -> tuple[float, int]:
        """The days that all items waited together; and how many items."""
        cdef int64_t items = 0
        cdef int kind
        for kind in range(MOST_CLASSES):
            items += self.waits.none[kind] + self.waits.some[kind]
        return self.days, items

    def mean(self, kind: int) -> float:
        """The mean wait of a class of which something left the queue."""
        if not self.has_days:
            raise ValueError("an interim reading has the sum of waits only")
        return fsum(chain.from_iterable(self._stretches(kind))) / self.items(kind)

    def _stretches(self, kind: int) -> "Iterator":
        """The waits of those of a class that did wait, some at a time."""
        cdef char *days = <char *>self.waits.days[<int>kind]
        cdef size_t size = self.waits.size[<int>kind] * sizeof(double), begun
        for begun in range(0, size, 1 << 20):
            yield array("d", <bytes>days[begun : min(size, begun + (1 << 20))])

    def items(self, kind: int) -> int:
        """How many of a class left the queue."""
        return self.waits.none[<int>kind] + self.waits.some[<int>kind]

    def percentile(self, p: float, kind: int | None = None) -> float:
        """The smallest wait that a share `p` of all items, or of those of a class, did not exceed."""
        cdef int first = 0 if kind is None else kind, last = MOST_CLASSES - 1 if kind is None else kind, k
        cdef int64_t none = 0, some = 0, place
        cdef double *days
        cdef double found
        if not self.has_days:
            raise ValueError("an interim reading has the sum of waits only")
        for k in range(first, last + 1):
            none += self.waits.none[k]
            some += self.waits.size[k]
        place = percentile_place(none + some, p)
        if place < none:
            return 0.0
        days = <double *>new_bytes(some * sizeof(double))
        some = 0
        for k in range(first, last + 1):
            if self.waits.size[k]:
                memcpy(days + some, self.waits.days[k], self.waits.size[k] * sizeof(double))
                some += self.waits.size[k]
        found = in_order(days, some, place - none)
        free(days)
        return found


cdef double in_order(double *values, int64_t size, int64_t place) noexcept nogil:
    """The value that would stand at a place if they were in order; moves them about."""
    cdef int64_t low = 0, high = size - 1, i, j
    cdef double middle
    while low < high:
        middle = values[(low + high) >> 1]
        i, j = low, high
        while i <= j:
            while values[i] < middle:
                i += 1
            while middle < values[j]:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            break
    return values[place]


cdef WaitTimes waits_of(Pool *pool, bint close):
    """The waits of the present window; who closes it takes each of them, and leaves none."""
    cdef WaitTimes found = WaitTimes()
    cdef int kind
    found.waits = pool.waits
    found.days = waited_together(&pool.waits)
    found.has_days = close and not pool.waits.is_partial
    for kind in range(MOST_CLASSES):
        if close:
            pool.waits.days[kind] = NULL
        else:
            found.waits.days[kind] = NULL
    return found


cdef dict window_of(World *world, double end, bint close):
    """The present window as it closes at `end`, or as it would."""
    cdef Pool *pool
    cdef int place
    pools = {}
    for name in PoolName:
        place = name
        pool = &world.pools[place]
        statistics = <dict>statistics_until(pool, end)
        came = statistics.pop("arrivals")
        pools[name.name.removeprefix("POOL_").lower()] = {
            **statistics,
            "arrivals_by_class": {kind: number for kind, number in enumerate(came) if number},
            "waits": waits_of(pool, close),
        }
    return {
        "start": world.window_start,
        "tally": world.tally,
        "pools": pools,
        "trust_days": area_of(&world.trust, end) - world.trust_before,
        "trust_at_end": level_at(&world.trust, end),
        "undetected_days": counted_area(&world.undetected, end) - world.undetected_before,
        "preparing_at_end": world.threat.preparing,
        "proceedings_at_end": world.open_proceedings,
    }
