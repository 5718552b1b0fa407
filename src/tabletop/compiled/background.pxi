# The background: benign matters that merely look alike, as in `background.py`.

cdef struct BackgroundConditions:
    double intelligence
    double community
    double border
    double partner

cdef struct Source:
    double width
    double multiplier
    double reach
    Layers layers

cdef struct Background:
    Source[CHANNELS] sources


cdef double background_rate(const BackgroundConditions *conditions, int channel) noexcept nogil:
    return (&conditions.intelligence)[channel]


cdef int open_background(World *world) except -1 nogil:
    """The sources, under the conditions as they are written."""
    cdef int channel
    cdef double written
    for channel in range(CHANNELS):
        written = background_rate(&world.conditions.background, channel)
        world.background.sources[channel].width = written if written else 1.0
        world.background.sources[channel].layers.first = NOBODY
    return 0


cdef int background_adopt(World *world) except -1 nogil:
    """From now on traces come at these rates, and policy reaches so far."""
    cdef Source *source
    cdef int channel
    cdef double reach
    for channel in range(CHANNELS):
        source = &world.background.sources[channel]
        source.multiplier = background_rate(&world.conditions.background, channel) / source.width
        reach = background_reach(world, channel)
        if reach > source.reach:
            layers_restart(world, &source.layers)
        source.reach = reach
        layers_reach(world, &source.layers, source.multiplier, OF_BENIGN, channel)
    return 0


cdef double background_reach(const World *world, int channel) noexcept nogil:
    """Of the uniform that decides whether a trace is captured: what no policy in force gets hold of."""
    if world.journal.is_kept:  # a journal has every trace
        return inf
    if channel == <int>INTELLIGENCE:
        return world.levers.detection.collection
    if channel == <int>COMMUNITY:
        return world.levers.reporting.outreach
    if channel == <int>BORDER:
        return world.levers.interdiction.border_inspection
    return inf


cdef Purpose background_purpose(int channel) noexcept nogil:
    """What that uniform is drawn for."""
    if channel == <int>INTELLIGENCE:
        return DETECTION_COLLECTION
    return REPORTING_REPORT if channel == <int>COMMUNITY else INTERDICTION_REFERRAL


cdef int background_walk(World *world, Walk *walk) except -1 nogil:
    """The candidates of one layer come by, slab by slab; those below the multiplier are traces."""
    cdef Source *source = &world.background.sources[walk.owner]
    walk.slab = <int32_t>floor(world.now / SLAB_DAYS)
    background_open_slab(world, walk)
    while background_day(world, walk) < world.now:
        walk.ordinal += 1
    return background_await(world, walk, source)


cdef int background_open_slab(World *world, Walk *walk) except -1 nogil:
    cdef int32_t[KEY_NUMBERS] key
    key[0], key[1], key[2] = walk.owner, walk.layer, walk.slab
    walk.cohort = cohort_of(world.luck, BENIGN, key)
    walk.ordinal = 0
    walk.passed = False
    return 0


cdef double background_day(World *world, const Walk *walk) except? -1.0 nogil:
    """The day of the candidate that comes next; inf: none is left in this slab."""
    cdef double width = world.background.sources[walk.owner].width
    cdef double unit = arrival_of(world.luck, walk.cohort, BACKGROUND_ARRIVAL, walk.ordinal)
    return walk.slab * SLAB_DAYS + unit / width if unit < width * SLAB_DAYS else inf


cdef int background_await(World *world, Walk *walk, const Source *source) except -1 nogil:
    """Wait for the next candidate that policy can get hold of."""
    cdef double day
    cdef Purpose purpose = background_purpose(walk.owner)
    while True:
        day = background_day(world, walk)
        if day == inf:
            if not walk.passed:  # at a rate or a reach near 0 slab after slab is empty
                walk.ordinal = NOBODY
                return at(world, (walk.slab + 1) * SLAB_DAYS, DUE_BENIGN, walk.place)
            walk.slab += 1
            background_open_slab(world, walk)
            continue
        if source.reach >= 1 or uniform_of(world.luck, walk.cohort, purpose, walk.ordinal) < source.reach:
            walk.passed = True
            return at(world, day, DUE_BENIGN, walk.place)
        walk.ordinal += 1


cdef int background_walk_on(World *world, Walk *walk) except -1 nogil:
    """A candidate comes by, or the end of an empty slab."""
    cdef Source *source = &world.background.sources[walk.owner]
    cdef Subject *subject
    if walk.is_stale:
        end_record(&world.records[<int>RECORDS_WALKS], walk)
        return 0
    if walk.ordinal == NOBODY:
        walk.slab += 1
        background_open_slab(world, walk)
        return background_await(world, walk, source)
    if walk.layer + uniform_of(world.luck, walk.cohort, BACKGROUND_MARK, walk.ordinal) < source.multiplier:
        subject = new_subject(
            world, subject_number(walk.owner + 2, walk.layer, walk.slab, walk.ordinal, 0), NOBODY, False
        )
        leave_trace(world, new_trace(world, subject, walk.owner, walk.cohort, walk.ordinal))
    elif layers_leave(world, &source.layers, walk):
        return 0
    walk.ordinal += 1
    return background_await(world, walk, source)
