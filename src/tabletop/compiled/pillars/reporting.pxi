# Reporting: community engagement and cooperation, as in `pillars/reporting.py`.

cdef struct ReportingLevers:
    double outreach
    double engagement
    double social_programmes

cdef struct ReportingConditions:
    double b0
    double b1
    double rumour
    Duration screening
    double d_prime
    double pass_at
    Duration shelf_life


cdef int reporting_receive(World *world, Trace *trace) except -1 nogil:
    """Somebody noticed something, and reports it or does not: trust governs the useful tips."""
    cdef Subject *subject = subject_at(world, trace.subject)
    cdef bint genuine = is_genuine(subject)
    cdef double chance = world.levers.reporting.outreach * reporting_willingness(world, genuine)
    world.tally.traces += 1
    note(world, STEP_TRACE_LEFT, subject.number, trace.channel)
    if trace_uniform(world, trace, REPORTING_REPORT) < chance:
        if genuine:
            world.tally.reports_genuine += 1
        else:
            world.tally.reports_benign += 1
        note(world, STEP_REPORTED, subject.number, genuine)
        return reporting_screen(world, trace)
    return pass_uncaptured(world, trace, subject)


cdef double reporting_willingness(const World *world, bint genuine) noexcept nogil:
    """Chance that what could reach the tip line does."""
    cdef const ReportingConditions *conditions = &world.conditions.reporting
    if not genuine:  # people who are asked to look report more of what is harmless, too
        return conditions.rumour + (1 - conditions.rumour) * world.levers.reporting.engagement
    return logistic(conditions.b0 + conditions.b1 * (level_at(&world.trust, world.now) - 0.5))


cdef int reporting_screen(World *world, Trace *trace) except -1 nogil:
    """The tip line looks at a report in the order of arrival, and passes on what is worth it."""
    cdef int answer = seize(
        world,
        &world.pools[<int>POOL_TIP_LINE_STAFF],
        &trace.ticket,
        DUE_SCREENER,
        trace.place,
        subject_at(world, trace.subject).number,
        0.0,
        0,
        trace_days(world, trace, REPORTING_SHELF_LIFE, &world.conditions.reporting.shelf_life),
    )
    if answer == TAKEN:
        return reporting_screen_served(world, trace)
    return reporting_screen_lapsed(world, trace) if answer == REFUSED else 0


cdef int reporting_screen_lapsed(World *world, Trace *trace) except -1 nogil:
    return detection_assess_lapsed(world, trace)  # whoever waited for, it counts alike


cdef int reporting_screen_served(World *world, Trace *trace) except -1 nogil:
    cdef double days = trace_days(world, trace, REPORTING_SCREENING, &world.conditions.reporting.screening)
    if days:
        return after(world, days, DUE_SCREENED, trace.place)
    return reporting_screen_done(world, trace)


cdef int reporting_screen_done(World *world, Trace *trace) except -1 nogil:
    cdef Subject *subject = subject_at(world, trace.subject)
    release(world, &world.pools[<int>POOL_TIP_LINE_STAFF], trace.ticket)
    trace_look(world, trace, world.conditions.reporting.d_prime, REPORTING_LOOK)
    note(world, STEP_LOOKED, subject.number, trace.evidence)
    if trace.evidence >= world.conditions.reporting.pass_at:
        return detection_receive(world, trace)
    return screen_out(world, trace, subject)


cdef int screen_out(World *world, Trace *trace, Subject *subject) except -1 nogil:
    """A trace is looked at and not passed on."""
    world.tally.screened_out += 1
    reaches(subject, STAGE_SCREENED_OUT)
    note(world, STEP_SCREENED_OUT, subject.number, trace.channel)
    drop_trace(world, trace)
    return 0
