# Sharing: international cooperation, as in `pillars/sharing.py`.

cdef enum:
    MOST_PARTNERS = 20

cdef struct SharingLevers:
    double openness
    double joint_operations
    double capacity_building

cdef struct Partner:
    double visibility
    Duration latency
    double reciprocity_lag
    double court_use
    double suspended

cdef struct SharingConditions:
    Partner[MOST_PARTNERS] partners
    int partner_count
    Duration handling
    double d_prime
    double capacity_gain
    double joint_speed
    double joint_success
    double joint_court_use

cdef enum Direction:
    DIRECTION_IN = 0
    DIRECTION_OUT = 1

cdef struct Sharing:
    Lagged[MOST_PARTNERS] reciprocity


cdef int sharing_adopt(World *world) except -1 nogil:
    """From now on these settings hold; partners answer our openness in kind, each with its lag."""
    cdef int partner
    resize(world, &world.pools[<int>POOL_LIAISON_OFFICERS], world.staff[<int>POOL_LIAISON_OFFICERS])
    for partner in range(world.conditions.sharing.partner_count):
        tend(
            &world.sharing.reciprocity[partner],
            world.now,
            world.levers.sharing.openness,
            world.conditions.sharing.partners[partner].reciprocity_lag,
        )
    return 0


cdef int sharing_receive(World *world, Trace *trace) except -1 nogil:
    """A trace abroad is offered to each partner; each may see it and pass it on."""
    cdef const SharingConditions *conditions = &world.conditions.sharing
    cdef Subject *subject = subject_at(world, trace.subject)
    cdef double capacity = 1 + conditions.capacity_gain * level_at(&world.capacity, world.now), chance
    cdef bint passed = False
    cdef int partner
    reaches(subject, STAGE_UNCAPTURED)
    for partner in range(conditions.partner_count):
        if conditions.partners[partner].suspended:
            continue
        chance = conditions.partners[partner].visibility * capacity
        chance *= level_at(&world.sharing.reciprocity[partner], world.now)
        if trace_uniform(world, trace, with_partner(SHARING_SIGHTING, partner)) < chance:
            passed = True
            world.tally.traces += 1
            note(world, STEP_TRACE_LEFT, subject.number, trace.channel)
            sharing_get(world, trace, subject, partner)
    if not passed:
        world.tally.traces += 1
        world.tally.uncaptured += 1
        note(world, STEP_TRACE_LEFT, subject.number, trace.channel)
        note(world, STEP_UNCAPTURED, subject.number, trace.channel)
    drop_trace(world, trace)
    return 0


cdef int sharing_get(World *world, Trace *original, Subject *subject, int partner) except -1 nogil:
    """A partner's item travels here, and liaison handles it if it is still of use."""
    cdef Trace *item = new_trace(world, subject, original.channel, original.cohort, original.ordinal)
    cdef double days
    item.partner = partner
    item.original = original.place
    original.holders += 1
    days = trace_days(
        world, item, with_partner(SHARING_LATENCY, partner), &world.conditions.sharing.partners[partner].latency
    )
    if days:
        return after(world, days, DUE_ARRIVED, item.place)
    return sharing_get_arrived(world, item)


cdef int sharing_get_arrived(World *world, Trace *item) except -1 nogil:
    cdef Subject *subject = subject_at(world, item.subject)
    cdef int answer
    if subject.ended:
        world.tally.late += 1
        world.tally.partner_items_late += 1
        note(world, STEP_LATE, subject.number, item.channel)
        drop_trace(world, item)
        return 0
    if is_genuine(subject):
        world.tally.partner_items_in_time += 1
        note(world, STEP_IN_TIME, subject.number, 0.0)
    answer = seize(
        world,
        &world.pools[<int>POOL_LIAISON_OFFICERS],
        &item.ticket,
        DUE_LIAISON_IN,
        item.place,
        subject.number,
        0.0,
        DIRECTION_IN,
        inf,
    )
    return sharing_get_served(world, item) if answer == TAKEN else 0


cdef int sharing_get_served(World *world, Trace *item) except -1 nogil:
    cdef double days = trace_days(
        world, item, with_partner(SHARING_HANDLING, item.partner), &world.conditions.sharing.handling
    )
    if days:
        return after(world, days, DUE_HANDLED, item.place)
    return sharing_get_done(world, item)


cdef int sharing_get_done(World *world, Trace *item) except -1 nogil:
    cdef Subject *subject = subject_at(world, item.subject)
    cdef Trace *original = trace_at(world, item.original)
    release(world, &world.pools[<int>POOL_LIAISON_OFFICERS], item.ticket)
    if original.handled:
        world.tally.duplicate += 1
        note(world, STEP_DUPLICATE, subject.number, item.channel)
        drop_trace(world, item)
        return 0
    original.handled = True
    trace_look(world, item, world.conditions.sharing.d_prime, with_partner(SHARING_LOOK, item.partner))
    note(world, STEP_LOOKED, subject.number, item.evidence)
    return detection_receive(world, item)


cdef int sharing_announce(World *world, Case *case) except -1 nogil:
    """A case was opened: partners may be told."""
    cdef int partner
    for partner in range(world.conditions.sharing.partner_count):
        if (
            not world.conditions.sharing.partners[partner].suspended
            and case_uniform(world, case, with_partner(SHARING_TELLING, partner)) < world.levers.sharing.openness
        ):
            sharing_give(world, case, partner)
    return 0


cdef int sharing_give(World *world, Case *case, int partner) except -1 nogil:
    """Liaison handles an item that goes out to a partner."""
    cdef Gift *item = <Gift *>new_record(&world.records[<int>RECORDS_GIFTS])
    cdef int answer
    item.case = case.place
    item.partner = partner
    case.holders += 1
    answer = seize(
        world,
        &world.pools[<int>POOL_LIAISON_OFFICERS],
        &item.ticket,
        DUE_LIAISON_OUT,
        item.place,
        subject_at(world, case.subject).number,
        0.0,
        DIRECTION_OUT,
        inf,
    )
    return sharing_give_served(world, item) if answer == TAKEN else 0


cdef int sharing_give_served(World *world, Gift *item) except -1 nogil:
    cdef double days = case_days(
        world,
        case_at(world, item.case),
        with_partner(SHARING_GIVING, item.partner),
        &world.conditions.sharing.handling,
    )
    if days:
        return after(world, days, DUE_GIVEN, item.place)
    return sharing_give_done(world, item)


cdef int sharing_give_done(World *world, Gift *item) except -1 nogil:
    release(world, &world.pools[<int>POOL_LIAISON_OFFICERS], item.ticket)
    drop_case(world, case_at(world, item.case))
    end_record(&world.records[<int>RECORDS_GIFTS], item)
    return 0


cdef int sharing_joins(World *world, const Case *case, const Subject *subject) except -1 nogil:
    """Whether a case is run jointly with partners."""
    cdef bint somebody = False
    cdef int partner
    for partner in range(world.conditions.sharing.partner_count):
        if not world.conditions.sharing.partners[partner].suspended:
            somebody = True
    if not subject.transnational or not somebody:
        return False
    return case_uniform(world, case, SHARING_JOINT) < world.levers.sharing.joint_operations


cdef int sharing_usable_in_court(World *world, const Case *case) except -1 nogil:
    """Whether a case's evidence may be used in court: what a partner passed on, or was found with partners."""
    if (
        case.joint
        and case_uniform(world, case, SHARING_JOINT_COURT_USE) >= world.conditions.sharing.joint_court_use
    ):
        return False
    if case.decisive_partner == NOBODY:
        return True
    return (
        case_uniform(world, case, with_partner(SHARING_COURT_USE, case.decisive_partner))
        < world.conditions.sharing.partners[case.decisive_partner].court_use
    )
