# Detection: intelligence gathering and analysis, as in `pillars/detection.py`.

cdef struct DetectionLevers:
    double collection
    double tradecraft
    double linkage
    double open_case_at
    double real_time_link

cdef struct DetectionConditions:
    Duration assessment
    Duration shelf_life
    Duration handover
    double d_prime
    double tradecraft_gain
    double collected_by_teams


cdef int detection_collect(World *world, Trace *trace) except -1 nogil:
    """A trace on the intelligence channel is captured, or passes unseen."""
    cdef Subject *subject = subject_at(world, trace.subject)
    cdef double chance = world.levers.detection.collection
    if world.conditions.detection.collected_by_teams:
        chance *= idle_share(&world.pools[<int>POOL_TEAMS])
    world.tally.traces += 1
    note(world, STEP_TRACE_LEFT, subject.number, trace.channel)
    if trace_uniform(world, trace, DETECTION_COLLECTION) < chance:
        return detection_receive(world, trace)
    return pass_uncaptured(world, trace, subject)


cdef int pass_uncaptured(World *world, Trace *trace, Subject *subject) except -1 nogil:
    """Nobody gets hold of a trace."""
    world.tally.uncaptured += 1
    reaches(subject, STAGE_UNCAPTURED)
    note(world, STEP_UNCAPTURED, subject.number, trace.channel)
    drop_trace(world, trace)
    return 0


cdef int detection_receive(World *world, Trace *trace) except -1 nogil:
    """A trace of any channel comes to the analysts."""
    return detection_assess(world, trace)


cdef int detection_assess(World *world, Trace *trace) except -1 nogil:
    """An analyst takes up a trace, most promising first, unless it lapses; and judges it."""
    cdef int answer = seize(
        world,
        &world.pools[<int>POOL_ANALYSTS],
        &trace.ticket,
        DUE_ANALYST,
        trace.place,
        subject_at(world, trace.subject).number,
        -(world.priors[trace.channel] + trace.evidence),
        trace.channel,
        trace_days(world, trace, DETECTION_SHELF_LIFE, &world.conditions.detection.shelf_life),
    )
    if answer == TAKEN:
        return detection_assess_served(world, trace)
    return detection_assess_lapsed(world, trace) if answer == REFUSED else 0


cdef int detection_assess_lapsed(World *world, Trace *trace) except -1 nogil:
    cdef Subject *subject = subject_at(world, trace.subject)
    world.tally.lapsed += 1
    reaches(subject, STAGE_LAPSED)
    note(world, STEP_LAPSED, subject.number, trace.channel)
    drop_trace(world, trace)
    return 0


cdef int detection_assess_served(World *world, Trace *trace) except -1 nogil:
    cdef double days = trace_days(world, trace, DETECTION_ASSESSMENT, &world.conditions.detection.assessment)
    if days:
        return after(world, days, DUE_ASSESSED, trace.place)
    return detection_assess_done(world, trace)


cdef int detection_assess_done(World *world, Trace *trace) except -1 nogil:
    cdef const DetectionConditions *conditions = &world.conditions.detection
    cdef double d_prime
    release(world, &world.pools[<int>POOL_ANALYSTS], trace.ticket)
    d_prime = conditions.d_prime + conditions.tradecraft_gain * world.levers.detection.tradecraft
    trace_look(world, trace, d_prime, DETECTION_LOOK)
    note(world, STEP_LOOKED, subject_at(world, trace.subject).number, trace.evidence)
    detection_judge(world, trace, subject_at(world, trace.subject))
    drop_trace(world, trace)
    return 0


cdef int detection_judge(World *world, Trace *trace, Subject *subject) except -1 nogil:
    """An assessed trace is linked or judged alone, and then filed or opened as a case."""
    cdef Case *case = case_at(world, subject.case) if subject.case != NOBODY else NULL
    cdef double posterior
    if subject.ended:
        world.tally.moot += 1
        return note(world, STEP_MOOT, subject.number, trace.channel)
    posterior = logistic(detection_weigh(world, trace, subject))
    if case == NULL and posterior >= world.levers.detection.open_case_at:
        world.tally.opened += 1
        note(world, STEP_OPENED, subject.number, trace.evidence)
        return detection_open(world, trace, subject, posterior)
    world.tally.filed += 1
    reaches(subject, STAGE_FILED)
    note(world, STEP_FILED, subject.number, trace.evidence)
    if case != NULL and posterior > case.posterior:
        return detection_strengthen(world, case, posterior)
    return 0


cdef int detection_strengthen(World *world, Case *case, double posterior) except -1 nogil:
    """More is known of a case: on its way to the teams or in their queue it moves up, and never down."""
    if case.in_handover:
        case.posterior = posterior
    elif not interdiction_move_up(world, case, posterior):
        return 0
    return note(world, STEP_CASE_RAISED, subject_at(world, case.subject).number, posterior)


cdef double detection_weigh(World *world, const Trace *trace, Subject *subject) except? -1.0 nogil:
    """The log-odds by which a trace is judged, having been put on file if it counts there."""
    cdef double alone = world.priors[trace.channel] + trace.evidence
    if not subject.has_file:
        put_on_file(subject, trace)
        return alone
    if trace_uniform(world, trace, DETECTION_LINKAGE) < world.levers.detection.linkage:
        subject.file_evidence += trace.evidence
        return world.priors[subject.file_channel] + subject.file_evidence
    if alone > world.priors[subject.file_channel] + subject.file_evidence:
        put_on_file(subject, trace)
    return alone


cdef void put_on_file(Subject *subject, const Trace *trace) noexcept nogil:
    subject.has_file = True
    subject.file_channel = trace.channel
    subject.file_evidence = trace.evidence


cdef int detection_open(World *world, Trace *trace, Subject *subject, double posterior) except -1 nogil:
    """A case is opened and handed over to the teams."""
    cdef Case *case = <Case *>new_record(&world.records[<int>RECORDS_CASES])
    case.holders = 1
    case.subject = subject.place
    case.ticket = NOBODY
    case.posterior = posterior
    case.decisive_partner = trace.partner
    subject.holders += 1
    case_luck(world, case, subject, trace)
    subject.case = case.place
    subject.stage = STAGE_HANDOVER
    world.tally.cases += 1
    if is_genuine(subject):
        add(&world.undetected, world.now, -1)
    else:
        world.tally.false_cases += 1
    note(world, STEP_CASE_OPENED, subject.number, posterior)
    sharing_announce(world, case)
    return detection_hand_over(world, case)


cdef int detection_hand_over(World *world, Case *case) except -1 nogil:
    """A case travels to the teams, the faster the better agencies are linked."""
    cdef double days = case_days(world, case, DETECTION_HANDOVER, &world.conditions.detection.handover)
    days *= 1 - world.levers.detection.real_time_link
    if days:
        case.in_handover = True
        world.in_handover += 1
        return after(world, days, DUE_HANDED_OVER, case.place)
    return interdiction_take(world, case)


cdef int detection_hand_over_done(World *world, Case *case) except -1 nogil:
    if not case.in_handover:
        drop_case(world, case)
        return 0
    case.in_handover = False
    world.in_handover -= 1
    return interdiction_take(world, case)


cdef int detection_withdraw(World *world, Case *case) except -1 nogil:
    """Its subject has ended while the case was on its way."""
    case.in_handover = False
    world.in_handover -= 1
    world.tally.cases_withdrawn += 1
    return note(world, STEP_CASE_CLOSED, subject_at(world, case.subject).number, <double>CLOSING_WITHDRAWN)
