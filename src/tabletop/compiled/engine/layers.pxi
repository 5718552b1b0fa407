# Layers: the candidates of a thinned Poisson process, and the walks along them, as in `engine/layers.py`.

cdef enum Candidates:
    OF_PLOTS
    OF_TRACES
    OF_BENIGN

cdef struct Walk:
    int32_t place
    int32_t behind  # in its layers, by layer
    Candidates of
    int32_t owner  # the trail, or the channel
    int32_t layer
    int32_t slab
    int32_t cohort
    int64_t ordinal  # the candidate that comes next
    bint passed  # something of this slab was waited for
    bint is_over  # no candidate is left
    bint is_stale  # another walk took its place

cdef struct Layers:
    double bound  # no multiplier exceeds it before the next call of `layers_reach`
    int32_t first  # walk


cdef inline Walk *walk_at(World *world, int32_t place) noexcept nogil:
    return <Walk *>record_at(&world.records[<int>RECORDS_WALKS], place)


cdef int layers_reach(
    World *world, Layers *layers, double bound, Candidates of, int32_t owner
) except -1 nogil:
    """From now on the multiplier stays at or below `bound`."""
    cdef int32_t *link = &layers.first
    cdef Walk *walk
    cdef int32_t layer
    layers.bound = bound
    for layer in range(<int32_t>ceil(bound)):
        while link[0] != NOBODY and walk_at(world, link[0]).layer < layer:
            link = &walk_at(world, link[0]).behind
        if link[0] == NOBODY or walk_at(world, link[0]).layer > layer:
            walk = <Walk *>new_record(&world.records[<int>RECORDS_WALKS])
            walk.of = of
            walk.owner = owner
            walk.layer = layer
            walk.behind = link[0]
            link[0] = walk.place
            link = &walk.behind
            if of == OF_PLOTS:
                threat_walk(world, walk)
            elif of == OF_TRACES:
                trail_walk(world, walk)
            else:
                background_walk(world, walk)
    return 0


cdef bint layers_leave(World *world, Layers *layers, Walk *walk) noexcept nogil:
    """Whether a walk stops, since its layer is out of reach; another begins when it is reached again."""
    if walk.layer < layers.bound:
        return False
    end_walk(world, layers, walk)
    return True


cdef void end_walk(World *world, Layers *layers, Walk *walk) noexcept nogil:
    cdef int32_t *link = &layers.first
    while link[0] != walk.place:
        link = &walk_at(world, link[0]).behind
    link[0] = walk.behind
    end_record(&world.records[<int>RECORDS_WALKS], walk)


cdef void layers_restart(World *world, Layers *layers) noexcept nogil:
    """Every walk stops at its next candidate; those that `layers_reach` begins take their places."""
    cdef int32_t place = layers.first
    while place != NOBODY:
        walk_at(world, place).is_stale = True
        place = walk_at(world, place).behind
    layers.first = NOBODY
