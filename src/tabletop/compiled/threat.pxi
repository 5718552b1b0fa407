# The threat: plots form, leave traces and mature, as in `threat.py`.

cdef struct TraceRates:
    double intelligence
    double community
    double border
    double partner

cdef struct Reform:
    double probability
    Duration delay
    double preparation_factor

cdef struct ThreatConditions:
    double formation_rate
    double transnational_share
    Duration preparation
    Duration severity
    TraceRates trace_rates
    Duration visibility
    double max_attempts
    Reform reform
    double prevention
    double prevention_lag
    double backlash
    double backlash_decay
    double dismantling
    double dismantling_decay
    double abroad
    double abroad_lag

cdef struct Threat:
    double width
    Layers layers
    TraceRates written  # rates of traces as they are written
    int32_t first  # attempt that prepares, in the order in which they formed
    int32_t last
    int32_t preparing

cdef struct Trail:  # the traces that one attempt leaves on one channel
    int32_t place
    int32_t holders
    int32_t attempt
    int channel
    double until
    double width
    double rate
    double multiplier
    Layers layers


cdef int open_threat(World *world) except -1 nogil:
    """No plot yet, under the conditions as they are written."""
    cdef double written = world.conditions.threat.formation_rate
    world.threat.width = written / 365
    if world.threat.width == 0:  # no rate, or one too small to be divided
        world.threat.width = 1.0 / 365
    world.threat.layers.first = NOBODY
    world.threat.written = world.conditions.threat.trace_rates
    world.threat.first = world.threat.last = NOBODY
    return 0


cdef int threat_adopt(World *world) except -1 nogil:
    """From now on these conditions hold; the slow stocks tend to what the two levers make of them."""
    cdef const ThreatConditions *conditions = &world.conditions.threat
    cdef int32_t place
    cdef int channel
    tend(&world.programmes, world.now, world.levers.reporting.social_programmes, conditions.prevention_lag)
    tend(&world.capacity, world.now, world.levers.sharing.capacity_building, conditions.abroad_lag)
    tend(&world.grievance, world.now, 0.0, conditions.backlash_decay)
    tend(&world.dismantled, world.now, 0.0, conditions.dismantling_decay)
    threat_reach(world)
    place = world.threat.first
    while place != NOBODY:
        for channel in range(CHANNELS):
            if attempt_at(world, place).trails[channel] != NOBODY:
                trail_adopt(world, trail_at(world, attempt_at(world, place).trails[channel]))
        place = attempt_at(world, place).behind
    return 0


cdef double threat_without_policy(const World *world) noexcept nogil:
    """The formation multiplier without policy: 1, or what injects make of it."""
    return world.conditions.threat.formation_rate / 365 / world.threat.width


cdef double threat_multiplier(const World *world, bint transnational) noexcept nogil:
    """The formation multiplier now."""
    cdef const ThreatConditions *conditions = &world.conditions.threat
    cdef double multiplier = (
        threat_without_policy(world)
        * (1 - conditions.prevention * level_at(&world.programmes, world.now))
        * (1 + conditions.backlash * level_at(&world.grievance, world.now))
        * exp(-conditions.dismantling * level_at(&world.dismantled, world.now))
    )
    if transnational:
        multiplier *= 1 - conditions.abroad * level_at(&world.capacity, world.now)
    return multiplier


cdef int threat_reach(World *world) except -1 nogil:
    """Walk every layer that the multiplier can reach before grievance jumps again."""
    cdef double grievance = level_at(&world.grievance, world.now)
    cdef double bound = threat_without_policy(world) * (1 + world.conditions.threat.backlash * grievance)
    return layers_reach(world, &world.threat.layers, bound, OF_PLOTS, NOBODY)


cdef int threat_walk(World *world, Walk *walk) except -1 nogil:
    """The candidates of one layer come by, slab by slab; those below the multiplier form."""
    walk.slab = <int32_t>floor(world.now / SLAB_DAYS)
    threat_open_slab(world, walk)
    while threat_day(world, walk) < world.now:
        walk.ordinal += 1
    return threat_await(world, walk)


cdef int threat_open_slab(World *world, Walk *walk) except -1 nogil:
    cdef int32_t[KEY_NUMBERS] key
    key[0], key[1] = walk.layer, walk.slab
    walk.cohort = cohort_of(world.luck, PLOTS, key)
    walk.ordinal = 0
    return 0


cdef double threat_day(World *world, const Walk *walk) except? -1.0 nogil:
    """The day of the candidate that comes next; inf: none is left in this slab."""
    cdef double unit = arrival_of(world.luck, walk.cohort, THREAT_FORMATION, walk.ordinal)
    if unit < world.threat.width * SLAB_DAYS:
        return walk.slab * SLAB_DAYS + unit / world.threat.width
    return inf


cdef int threat_await(World *world, Walk *walk) except -1 nogil:
    """Wait for the next candidate."""
    cdef double day = threat_day(world, walk)
    while day == inf:
        if walk.ordinal == 0:  # at a rate near 0 slab after slab is empty
            walk.ordinal = NOBODY
            return at(world, (walk.slab + 1) * SLAB_DAYS, DUE_FORMATION, walk.place)
        walk.slab += 1
        threat_open_slab(world, walk)
        day = threat_day(world, walk)
    return at(world, day, DUE_FORMATION, walk.place)


cdef int threat_walk_on(World *world, Walk *walk) except -1 nogil:
    """A candidate comes by, or the end of an empty slab."""
    cdef bint transnational
    cdef double height
    if walk.ordinal == NOBODY:
        walk.slab += 1
        threat_open_slab(world, walk)
        return threat_await(world, walk)
    if layers_leave(world, &world.threat.layers, walk):
        return 0
    transnational = (
        uniform_of(world.luck, walk.cohort, THREAT_TRANSNATIONAL, walk.ordinal)
        < world.conditions.threat.transnational_share
    )
    height = walk.layer + uniform_of(world.luck, walk.cohort, THREAT_FORMATION_MARK, walk.ordinal)
    if height < threat_multiplier(world, transnational):
        threat_form(world, walk.layer, walk.slab, walk.ordinal, walk.cohort, transnational, 1)
    elif height < threat_without_policy(world):
        world.tally.prevented += 1
        note(world, STEP_PREVENTED, subject_number(KIND_PLOT, walk.layer, walk.slab, walk.ordinal, 0), height)
    walk.ordinal += 1
    return threat_await(world, walk)


cdef int threat_form(
    World *world, int32_t layer, int32_t slab, int32_t ordinal, int32_t plots, bint transnational, int32_t nth
) except -1 nogil:
    """A plot forms, for the first time or again."""
    cdef const ThreatConditions *conditions = &world.conditions.threat
    cdef int32_t[KEY_NUMBERS] key
    cdef int32_t luck
    cdef double preparation, visibility
    cdef Attempt *attempt
    cdef Subject *subject
    key[0], key[1], key[2] = layer, slab, nth
    luck = cohort_of(world.luck, ATTEMPTS, key)
    preparation = days_of(world.luck, luck, THREAT_PREPARATION, ordinal, &conditions.preparation)
    visibility = days_of(world.luck, plots, THREAT_VISIBILITY, ordinal, &conditions.visibility)
    if nth > 1:
        preparation *= conditions.reform.preparation_factor
        world.tally.reformed += 1
    attempt = <Attempt *>new_record(&world.records[<int>RECORDS_ATTEMPTS])
    subject = new_subject(
        world, subject_number(KIND_PLOT, layer, slab, ordinal, nth), attempt.place, transnational
    )
    subject.holders = 1  # this function
    attempt.subject = subject.place
    attempt.layer, attempt.slab, attempt.ordinal, attempt.plots = layer, slab, ordinal, plots
    attempt.nth, attempt.luck = nth, luck
    attempt.formed, attempt.matures = world.now, world.now + preparation
    world.tally.formed += 1
    add(&world.undetected, world.now, 1)
    note(world, STEP_FORMED, subject.number, nth)
    threat_mature(world, attempt)
    if not subject.ended:
        threat_prepare(world, attempt, subject, visibility)
    drop_subject(world, subject)
    return 0


cdef int threat_prepare(World *world, Attempt *attempt, Subject *subject, double visibility) except -1 nogil:
    """An attempt prepares, and leaves trails; the partner's and the border's are those of transnational plots."""
    cdef Trail *trail
    cdef int channel
    for channel in range(CHANNELS):
        attempt.trails[channel] = NOBODY
        if channel <= <int>COMMUNITY or subject.transnational:
            trail = <Trail *>new_record(&world.records[<int>RECORDS_TRAILS])
            trail.holders = 1
            trail.attempt = attempt.place
            trail.channel = channel
            trail.until = attempt.matures
            trail.width = trace_rate(&world.threat.written, channel)
            if trail.width == 0:
                trail.width = 1.0
            trail.rate = trail.width * visibility * 12 / 365
            trail.layers.first = NOBODY
            attempt.trails[channel] = trail.place
            subject.holders += 1
    attempt.prepares = True
    attempt.behind = NOBODY
    attempt.before = world.threat.last
    if world.threat.last == NOBODY:
        world.threat.first = attempt.place
    else:
        attempt_at(world, world.threat.last).behind = attempt.place
    world.threat.last = attempt.place
    world.threat.preparing += 1
    for channel in range(CHANNELS):
        if attempt.trails[channel] != NOBODY:
            trail_adopt(world, trail_at(world, attempt.trails[channel]))
    return 0


cdef int threat_mature(World *world, Attempt *attempt) except -1 nogil:
    """An attempt prepares until it matures, unless it was disrupted by then or is contained."""
    if attempt.matures > world.now:
        subject_at(world, attempt.subject).holders += 1
        return at(world, attempt.matures, DUE_MATURITY, attempt.place)
    return threat_carry_out(world, attempt)


cdef int threat_mature_due(World *world, Attempt *attempt) except -1 nogil:
    cdef Subject *subject = subject_at(world, attempt.subject)
    if not subject.ended and not attempt.contained:
        threat_carry_out(world, attempt)
    drop_subject(world, subject)
    return 0


cdef int threat_carry_out(World *world, Attempt *attempt) except -1 nogil:
    """A mature attempt is foiled by protection, or becomes an incident."""
    cdef Subject *subject = subject_at(world, attempt.subject)
    cdef bint known = subject.case != NOBODY or attempt.contained
    cdef double severity
    if not known:
        add(&world.undetected, world.now, -1)
    (&world.tally.missed_untraced)[subject.stage] += 1
    if interdiction_foils(world, uniform_of(world.luck, attempt.luck, THREAT_PROTECTION, attempt.ordinal)):
        world.tally.foiled += 1
        note(world, STEP_FOILED, subject.number, 0.0)
        attempt_end(world, attempt)
        return threat_regroup(world, attempt)
    severity = days_of(
        world.luck, attempt.luck, THREAT_SEVERITY, attempt.ordinal, &world.conditions.threat.severity
    )
    world.tally.incidents += 1
    world.tally.harm += severity
    note(world, STEP_INCIDENT, subject.number, severity)
    if known:
        world.tally.known_but_missed += 1
        note(world, STEP_MISSED, subject.number, 0.0)
    attempt_end(world, attempt)
    return trust_shaken(world)


cdef int threat_turn_back(World *world, Attempt *attempt) except -1 nogil:
    """Somebody of it is refused at the border: the attempt ends at once, whatever case is on it."""
    cdef Subject *subject = subject_at(world, attempt.subject)
    if subject.case == NOBODY:
        add(&world.undetected, world.now, -1)
    world.tally.turned_back += 1
    note(world, STEP_TURNED_BACK, subject.number, 0.0)
    attempt_end(world, attempt)
    return threat_regroup(world, attempt)


cdef void threat_forget(World *world, Attempt *attempt) noexcept nogil:
    """The attempt has ended: it prepares no longer."""
    cdef int channel
    if not attempt.prepares:
        return
    attempt.prepares = False
    if attempt.before == NOBODY:
        world.threat.first = attempt.behind
    else:
        attempt_at(world, attempt.before).behind = attempt.behind
    if attempt.behind == NOBODY:
        world.threat.last = attempt.before
    else:
        attempt_at(world, attempt.behind).before = attempt.before
    world.threat.preparing -= 1
    for channel in range(CHANNELS):
        if attempt.trails[channel] != NOBODY:
            drop_trail(world, trail_at(world, attempt.trails[channel]))


cdef int threat_regroup(World *world, Attempt *attempt) except -1 nogil:
    """Its people are free, or it was foiled or turned back: its plot forms again later, or dissolves."""
    cdef const Reform *reform = &world.conditions.threat.reform
    cdef Subject *subject = subject_at(world, attempt.subject)
    cdef bint again = uniform_of(world.luck, attempt.luck, THREAT_REFORM, attempt.ordinal) < reform.probability
    if again and attempt.nth < world.conditions.threat.max_attempts:
        return threat_form_again(
            world, attempt, days_of(world.luck, attempt.luck, THREAT_REFORM_DELAY, attempt.ordinal, &reform.delay)
        )
    return note(world, STEP_DISSOLVED, subject.number, 0.0)


cdef int threat_form_again(World *world, Attempt *attempt, double delay) except -1 nogil:
    """After a delay the plot's next attempt begins, without a file."""
    subject_at(world, attempt.subject).holders += 1
    if delay:
        return after(world, delay, DUE_NEXT_ATTEMPT, attempt.place)
    return threat_form_again_due(world, attempt)


cdef int threat_form_again_due(World *world, Attempt *attempt) except -1 nogil:
    cdef Subject *subject = subject_at(world, attempt.subject)
    threat_form(
        world,
        attempt.layer,
        attempt.slab,
        attempt.ordinal,
        attempt.plots,
        subject.transnational,
        attempt.nth + 1,
    )
    drop_subject(world, subject)
    return 0


# --- the traces that one attempt leaves on one channel --------------------------------------------------------

cdef inline Trail *trail_at(World *world, int32_t place) noexcept nogil:
    return <Trail *>record_at(&world.records[<int>RECORDS_TRAILS], place)


cdef inline double trace_rate(const TraceRates *rates, int channel) noexcept nogil:
    return (&rates.intelligence)[channel]


cdef int trail_adopt(World *world, Trail *trail) except -1 nogil:
    """From now on the plot leaves so many traces a month."""
    trail.multiplier = trace_rate(&world.conditions.threat.trace_rates, trail.channel) / trail.width
    return layers_reach(world, &trail.layers, trail.multiplier, OF_TRACES, trail.place)


cdef int trail_walk(World *world, Walk *walk) except -1 nogil:
    """The candidates of one layer come by while the attempt prepares."""
    cdef Trail *trail = trail_at(world, walk.owner)
    cdef Attempt *attempt = attempt_at(world, trail.attempt)
    cdef int32_t[KEY_NUMBERS] key
    key[0], key[1], key[2], key[3] = attempt.layer, attempt.slab, attempt.ordinal, attempt.nth
    key[4], key[5] = trail.channel, walk.layer
    walk.cohort = cohort_of(world.luck, TRACES, key)
    while trail_day(world, trail, walk) < world.now:
        walk.ordinal += 1
    trail.holders += 1
    return trail_await(world, trail, walk)


cdef double trail_day(World *world, const Trail *trail, const Walk *walk) except? -1.0 nogil:
    """The day of the candidate that comes next; inf: none is left."""
    cdef double formed = attempt_at(world, trail.attempt).formed
    cdef double unit = arrival_of(world.luck, walk.cohort, THREAT_TRACE, walk.ordinal)
    return formed + unit / trail.rate if unit < trail.rate * (trail.until - formed) else inf


cdef int trail_await(World *world, Trail *trail, Walk *walk) except -1 nogil:
    """Wait for the next candidate; its layer counts as walked when none is left."""
    cdef double day = trail_day(world, trail, walk)
    if day == inf:
        walk.is_over = True
        drop_trail(world, trail)
        return 0
    return at(world, day, DUE_TRACE, walk.place)


cdef int trail_walk_on(World *world, Walk *walk) except -1 nogil:
    """A candidate comes by."""
    cdef Trail *trail = trail_at(world, walk.owner)
    cdef Subject *subject = subject_at(world, attempt_at(world, trail.attempt).subject)
    if subject.ended:
        end_walk(world, &trail.layers, walk)
        drop_trail(world, trail)
        return 0
    if layers_leave(world, &trail.layers, walk):
        drop_trail(world, trail)
        return 0
    if walk.layer + uniform_of(world.luck, walk.cohort, THREAT_TRACE_MARK, walk.ordinal) < trail.multiplier:
        leave_trace(world, new_trace(world, subject, trail.channel, walk.cohort, walk.ordinal))
    walk.ordinal += 1
    return trail_await(world, trail, walk)


cdef void drop_trail(World *world, Trail *trail) noexcept nogil:
    trail.holders -= 1
    if trail.holders == 0:
        while trail.layers.first != NOBODY:
            end_walk(world, &trail.layers, walk_at(world, trail.layers.first))
        drop_subject(world, subject_at(world, attempt_at(world, trail.attempt).subject))
        end_record(&world.records[<int>RECORDS_TRAILS], trail)


cdef int leave_trace(World *world, Trace *trace) except -1 nogil:
    """A trace is left on its channel, and who looks there sees it or lets it pass."""
    if trace.channel == <int>INTELLIGENCE:
        return detection_collect(world, trace)
    if trace.channel == <int>COMMUNITY:
        return reporting_receive(world, trace)
    if trace.channel == <int>BORDER:
        return border_receive(world, trace)
    return sharing_receive(world, trace)
