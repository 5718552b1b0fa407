# Interdiction: security measures, as in `pillars/interdiction.py`.

cdef struct InterdictionLevers:
    double care
    double border_inspection
    double protection

cdef struct InterdictionConditions:
    Duration investigation
    double care_slowdown
    double success
    double containment
    double clear_base
    double clear_gain
    double protection_ceiling
    double protection_curve
    Duration inspection
    Duration patience
    double d_prime
    double refuse_at
    double pass_at


cdef bint interdiction_foils(const World *world, double uniform) noexcept nogil:
    """Whether protection foils a mature attempt of this luck: the first guarded places matter most."""
    cdef const InterdictionConditions *conditions = &world.conditions.interdiction
    cdef double guarded = 1 - exp(-conditions.protection_curve * world.levers.interdiction.protection)
    return uniform < conditions.protection_ceiling * guarded


cdef int interdiction_take(World *world, Case *case) except -1 nogil:
    """A case arrives at the teams."""
    subject_at(world, case.subject).stage = STAGE_WAITING
    return interdiction_investigate(world, case)


cdef int interdiction_move_up(World *world, Case *case, double posterior) except -1 nogil:
    """A case that waits for a team is queued by a higher posterior; 0 if it does not wait."""
    if not waits(&world.pools[<int>POOL_TEAMS], case.ticket):
        return 0
    case.posterior = posterior
    move_up(&world.pools[<int>POOL_TEAMS], case.ticket, -posterior)
    return 1


cdef int interdiction_subject_ended(World *world, Case *case) except -1 nogil:
    """The plot is over: a waiting case is withdrawn; a team at work stays on it to the planned end."""
    withdraw(world, &world.pools[<int>POOL_TEAMS], case.ticket)
    return 0


cdef int interdiction_investigate(World *world, Case *case) except -1 nogil:
    """A team works one case until it can intervene, clears it, or is too late."""
    cdef int answer = seize(
        world,
        &world.pools[<int>POOL_TEAMS],
        &case.ticket,
        DUE_TEAM,
        case.place,
        subject_at(world, case.subject).number,
        -case.posterior,
        0,
        inf,
    )
    return interdiction_investigate_served(world, case) if answer == TAKEN else 0


cdef int interdiction_investigate_withdrawn(World *world, Case *case) except -1 nogil:
    interdiction_close(world, case, CLOSING_WITHDRAWN)
    drop_case(world, case)
    return 0


cdef int interdiction_investigate_served(World *world, Case *case) except -1 nogil:
    cdef const InterdictionConditions *conditions = &world.conditions.interdiction
    cdef Subject *subject = subject_at(world, case.subject)
    cdef double speed, slowdown, days
    subject.stage = STAGE_INVESTIGATED
    case.care = world.levers.interdiction.care
    note(world, STEP_CARE_TAKEN, subject.number, case.care)
    case.joint = sharing_joins(world, case, subject)
    speed = world.conditions.sharing.joint_speed if case.joint else 1.0
    case.added = world.conditions.sharing.joint_success if case.joint else 0.0
    if is_genuine(subject) and not subject.ended:
        attempt_at(world, subject.attempt).contained = (
            case_uniform(world, case, INTERDICTION_CONTAINMENT) < conditions.containment
        )
    slowdown = 1 + conditions.care_slowdown * case.care
    days = case_days(world, case, INTERDICTION_INVESTIGATION, &conditions.investigation) * slowdown * speed
    if days:
        return after(world, days, DUE_INVESTIGATED, case.place)
    return interdiction_investigate_done(world, case)


cdef int interdiction_investigate_done(World *world, Case *case) except -1 nogil:
    cdef Subject *subject = subject_at(world, case.subject)
    release(world, &world.pools[<int>POOL_TEAMS], case.ticket)
    if not is_genuine(subject):
        interdiction_conclude_benign(world, case, subject)
    elif subject.ended:
        interdiction_close(world, case, CLOSING_TOO_LATE)
    elif (
        case_uniform(world, case, INTERDICTION_SUCCESS)
        < world.conditions.interdiction.success + case.added
    ):
        interdiction_disrupt(world, case, attempt_at(world, subject.attempt), subject)
    else:
        interdiction_lose_sight(world, case, attempt_at(world, subject.attempt), subject)
    drop_case(world, case)
    return 0


cdef int interdiction_disrupt(World *world, Case *case, Attempt *attempt, Subject *subject) except -1 nogil:
    """The plot is disrupted, and justice takes over."""
    cdef double days = world.now - attempt.formed
    subject.case = NOBODY
    attempt_end(world, attempt)
    world.tally.disrupted += 1
    world.tally.days_to_disruption += days
    note(world, STEP_DISRUPTED, subject.number, days)
    interdiction_close(world, case, CLOSING_DISRUPTED)
    return prosecution_charge(world, case)


cdef int interdiction_lose_sight(World *world, Case *case, Attempt *attempt, Subject *subject) except -1 nogil:
    """The same attempt goes on, its file deleted; it is carried out at once if it was only contained."""
    subject.case = NOBODY
    subject.has_file = False
    subject.stage = STAGE_LOST
    world.tally.cases_lost += 1
    interdiction_close(world, case, CLOSING_LOST)
    if not attempt_let_go(world, attempt):
        add(&world.undetected, world.now, 1)
    return 0


cdef int interdiction_conclude_benign(World *world, Case *case, Subject *subject) except -1 nogil:
    """A benign subject is cleared, or suffers a wrongful intervention."""
    cdef const InterdictionConditions *conditions = &world.conditions.interdiction
    subject.case = NOBODY
    if (
        case_uniform(world, case, INTERDICTION_CLEARING)
        < conditions.clear_base + conditions.clear_gain * case.care
    ):
        world.tally.cleared += 1
        interdiction_close(world, case, CLOSING_CLEARED)
        return trust_troubled(world, case.care)
    world.tally.wrongful += 1
    interdiction_close(world, case, CLOSING_WRONGFUL)
    rebase(&world.grievance, world.now, level_at(&world.grievance, world.now) + 1)
    threat_reach(world)
    trust_wronged(world)
    return prosecution_charge(world, case)


cdef int interdiction_close(World *world, const Case *case, Closing closing) except -1 nogil:
    if closing == CLOSING_WITHDRAWN:
        world.tally.cases_withdrawn += 1
    elif closing == CLOSING_TOO_LATE:
        world.tally.cases_too_late += 1
    return note(world, STEP_CASE_CLOSED, subject_at(world, case.subject).number, <double>closing)


# --- the border -----------------------------------------------------------------------------------------------

cdef int border_receive(World *world, Trace *trace) except -1 nogil:
    """A trace at the border is referred to inspection, or passes."""
    cdef Subject *subject = subject_at(world, trace.subject)
    world.tally.traces += 1
    note(world, STEP_TRACE_LEFT, subject.number, trace.channel)
    if trace_uniform(world, trace, INTERDICTION_REFERRAL) < world.levers.interdiction.border_inspection:
        return border_inspect(world, trace)
    return pass_uncaptured(world, trace, subject)


cdef int border_inspect(World *world, Trace *trace) except -1 nogil:
    """A traveller waits for an officer, is inspected, and is refused, noted or let go."""
    cdef int answer = seize(
        world,
        &world.pools[<int>POOL_BORDER_OFFICERS],
        &trace.ticket,
        DUE_OFFICER,
        trace.place,
        subject_at(world, trace.subject).number,
        0.0,
        0,
        trace_days(world, trace, INTERDICTION_PATIENCE, &world.conditions.interdiction.patience),
    )
    if answer == TAKEN:
        return border_inspect_served(world, trace)
    return border_inspect_lapsed(world, trace) if answer == REFUSED else 0


cdef int border_inspect_lapsed(World *world, Trace *trace) except -1 nogil:
    cdef Subject *subject = subject_at(world, trace.subject)
    world.tally.let_through += 1
    reaches(subject, STAGE_UNCAPTURED)
    note(world, STEP_LET_THROUGH, subject.number, trace.channel)
    drop_trace(world, trace)
    return 0


cdef int border_inspect_served(World *world, Trace *trace) except -1 nogil:
    cdef double days = trace_days(world, trace, INTERDICTION_INSPECTION, &world.conditions.interdiction.inspection)
    if days:
        return after(world, days, DUE_INSPECTED, trace.place)
    return border_inspect_done(world, trace)


cdef int border_inspect_done(World *world, Trace *trace) except -1 nogil:
    cdef Subject *subject = subject_at(world, trace.subject)
    release(world, &world.pools[<int>POOL_BORDER_OFFICERS], trace.ticket)
    trace_look(world, trace, world.conditions.interdiction.d_prime, INTERDICTION_LOOK)
    note(world, STEP_LOOKED, subject.number, trace.evidence)
    if trace.evidence >= world.conditions.interdiction.refuse_at:
        border_refuse(world, trace, subject)
        drop_trace(world, trace)
        return 0
    if trace.evidence >= world.conditions.interdiction.pass_at:
        world.tally.border_referrals += 1
        note(world, STEP_PASSED_ON, subject.number, trace.channel)
        return detection_receive(world, trace)
    return screen_out(world, trace, subject)


cdef int border_refuse(World *world, const Trace *trace, Subject *subject) except -1 nogil:
    """A traveller is turned away: with a plot's people their attempt ends; an innocent is wronged."""
    world.tally.border_refusals += 1
    note(world, STEP_REFUSED, subject.number, trace.channel)
    if not is_genuine(subject):
        world.tally.wrongful_refusals += 1
        return trust_refused(world)
    return 0 if subject.ended else threat_turn_back(world, attempt_at(world, subject.attempt))
