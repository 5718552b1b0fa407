# Prosecution: the legal framework, as in `pillars/prosecution.py`.

cdef struct ProsecutionLevers:
    double training
    double coordination
    double custody_limit_days
    double safeguards

cdef struct ProsecutionConditions:
    Duration handover
    Duration preparation
    Duration transfer
    Duration trial
    double trial_slowdown
    double a
    double b
    double partner_penalty
    double evidence_decay
    double innocent_rate
    Duration sentence
    double limit_max


cdef int prosecution_charge(World *world, Case *case) except -1 nogil:
    """An intervention: custody begins, under the law's limit of that day."""
    cdef double limit = world.levers.prosecution.custody_limit_days
    cdef Proceeding *proceeding = <Proceeding *>new_record(&world.records[<int>RECORDS_PROCEEDINGS])
    if world.conditions.prosecution.limit_max < limit:
        limit = world.conditions.prosecution.limit_max
    proceeding.holders = 1
    proceeding.case = case.place
    proceeding.at_prosecutors = proceeding.at_courts = NOBODY
    proceeding.began = world.now
    proceeding.limit = limit
    case.holders += 1
    world.open_proceedings += 1
    world.tally.proceedings += 1
    note(world, STEP_CHARGED, subject_at(world, case.subject).number, limit)
    if limit < inf:
        proceeding.holders += 1
    prosecution_proceed(world, proceeding)
    return prosecution_watch_limit(world, proceeding) if limit < inf else 0


cdef int prosecution_watch_limit(World *world, Proceeding *proceeding) except -1 nogil:
    """The law releases whoever is not in trial when the limit has passed."""
    if proceeding.limit:
        return after(world, proceeding.limit, DUE_LIMIT, proceeding.place)
    return prosecution_watch_limit_due(world, proceeding)


cdef int prosecution_watch_limit_due(World *world, Proceeding *proceeding) except -1 nogil:
    cdef Subject *subject = subject_at(world, case_at(world, proceeding.case).subject)
    if not proceeding.in_trial and not proceeding.is_over:
        prosecution_end(world, proceeding)
        world.tally.limit_releases += 1
        note(world, STEP_RELEASED, subject.number, prosecution_end_custody(world, proceeding, subject))
        if not withdraw(world, &world.pools[<int>POOL_PROSECUTORS], proceeding.at_prosecutors):
            withdraw(world, &world.pools[<int>POOL_COURTS], proceeding.at_courts)
        if is_genuine(subject):
            world.tally.guilty_released += 1
            world.tally.guilty_freed += 1
            threat_regroup(world, attempt_at(world, subject.attempt))
    drop_proceeding(world, proceeding)
    return 0


cdef void prosecution_end(World *world, Proceeding *proceeding) noexcept nogil:
    """A verdict or the limit ends it."""
    proceeding.is_over = True
    world.open_proceedings -= 1


cdef int prosecution_proceed(World *world, Proceeding *proceeding) except -1 nogil:
    """Hand-over, preparation by a prosecutor, transfer, and trial; the limit may end it before."""
    cdef double days = prosecution_travel(
        world, proceeding, PROSECUTION_HANDOVER, &world.conditions.prosecution.handover
    )
    if days:
        return after(world, days, DUE_CHARGE_HANDED_OVER, proceeding.place)
    return prosecution_proceed_handed_over(world, proceeding)


cdef int prosecution_proceed_handed_over(World *world, Proceeding *proceeding) except -1 nogil:
    cdef int answer
    if proceeding.is_over:
        return prosecution_proceed_withdrawn(world, proceeding)
    answer = seize(
        world,
        &world.pools[<int>POOL_PROSECUTORS],
        &proceeding.at_prosecutors,
        DUE_PROSECUTOR,
        proceeding.place,
        subject_at(world, case_at(world, proceeding.case).subject).number,
        0.0,
        0,
        inf,
    )
    return prosecution_proceed_prosecutor(world, proceeding) if answer == TAKEN else 0


cdef int prosecution_proceed_prosecutor(World *world, Proceeding *proceeding) except -1 nogil:
    cdef double days = case_days(
        world,
        case_at(world, proceeding.case),
        PROSECUTION_PREPARATION,
        &world.conditions.prosecution.preparation,
    )
    if days:
        return after(world, days, DUE_PREPARED, proceeding.place)
    return prosecution_proceed_prepared(world, proceeding)


cdef int prosecution_proceed_prepared(World *world, Proceeding *proceeding) except -1 nogil:
    cdef double days
    release(world, &world.pools[<int>POOL_PROSECUTORS], proceeding.at_prosecutors)
    proceeding.at_prosecutors = NOBODY
    if proceeding.is_over:
        return prosecution_proceed_withdrawn(world, proceeding)
    days = prosecution_travel(world, proceeding, PROSECUTION_TRANSFER, &world.conditions.prosecution.transfer)
    if days:
        return after(world, days, DUE_TRANSFERRED, proceeding.place)
    return prosecution_proceed_transferred(world, proceeding)


cdef int prosecution_proceed_transferred(World *world, Proceeding *proceeding) except -1 nogil:
    cdef int answer
    if proceeding.is_over:
        return prosecution_proceed_withdrawn(world, proceeding)
    answer = seize(
        world,
        &world.pools[<int>POOL_COURTS],
        &proceeding.at_courts,
        DUE_COURT,
        proceeding.place,
        subject_at(world, case_at(world, proceeding.case).subject).number,
        0.0,
        0,
        inf,
    )
    return prosecution_proceed_court(world, proceeding) if answer == TAKEN else 0


cdef int prosecution_proceed_court(World *world, Proceeding *proceeding) except -1 nogil:
    cdef Case *case = case_at(world, proceeding.case)
    cdef double slowdown, days
    if proceeding.is_over:  # the limit passed at the very moment when a court was free
        release(world, &world.pools[<int>POOL_COURTS], proceeding.at_courts)
        return prosecution_proceed_withdrawn(world, proceeding)
    proceeding.in_trial = True
    proceeding.waited = world.now - proceeding.began
    note(world, STEP_TRIAL_BEGAN, subject_at(world, case.subject).number, proceeding.waited)
    slowdown = 1 + world.conditions.prosecution.trial_slowdown * world.levers.prosecution.safeguards
    days = case_days(world, case, PROSECUTION_TRIAL, &world.conditions.prosecution.trial) * slowdown
    if days:
        return after(world, days, DUE_TRIED, proceeding.place)
    return prosecution_proceed_tried(world, proceeding)


cdef int prosecution_proceed_tried(World *world, Proceeding *proceeding) except -1 nogil:
    release(world, &world.pools[<int>POOL_COURTS], proceeding.at_courts)
    prosecution_reach_verdict(world, proceeding)
    return prosecution_proceed_withdrawn(world, proceeding)


cdef int prosecution_proceed_withdrawn(World *world, Proceeding *proceeding) except -1 nogil:
    """Nothing is left to be done in it."""
    drop_proceeding(world, proceeding)
    return 0


cdef double prosecution_travel(
    World *world, Proceeding *proceeding, Purpose purpose, const Duration *duration
) except -1.0 nogil:
    """The days in which a proceeding passes between bodies."""
    cdef double days = case_days(world, case_at(world, proceeding.case), purpose, duration)
    return days * (1 - world.levers.prosecution.coordination)


cdef int prosecution_reach_verdict(World *world, Proceeding *proceeding) except -1 nogil:
    cdef Case *case = case_at(world, proceeding.case)
    cdef Subject *subject = subject_at(world, case.subject)
    cdef double days, sentence
    cdef bint convicted
    prosecution_end(world, proceeding)
    days = prosecution_end_custody(world, proceeding, subject)
    world.tally.verdicts += 1
    world.tally.days_to_verdict += days
    convicted = case_uniform(world, case, PROSECUTION_VERDICT) < prosecution_conviction(world, proceeding)
    note(world, STEP_CONVICTED if convicted else STEP_ACQUITTED, subject.number, days)
    if convicted:
        world.tally.convictions += 1
    else:
        world.tally.acquittals += 1
    if is_genuine(subject):
        if convicted:
            rebase(&world.dismantled, world.now, level_at(&world.dismantled, world.now) + 1)
        else:
            world.tally.guilty_acquitted += 1
            world.tally.guilty_freed += 1
            threat_regroup(world, attempt_at(world, subject.attempt))
    elif convicted:
        world.tally.wrongful_convictions += 1
        sentence = case_days(world, case, PROSECUTION_SENTENCE, &world.conditions.prosecution.sentence)
        world.tally.wrongful_prison_days += sentence
        note(world, STEP_SENTENCED, subject.number, sentence)
    else:
        trust_vindicated(world, world.levers.prosecution.safeguards)
    return 0


cdef double prosecution_conviction(World *world, const Proceeding *proceeding) except -1.0 nogil:
    """The chance of a conviction."""
    cdef const ProsecutionConditions *conditions = &world.conditions.prosecution
    cdef const ProsecutionLevers *levers = &world.levers.prosecution
    cdef Case *case = case_at(world, proceeding.case)
    cdef double quality
    if not is_genuine(subject_at(world, case.subject)):
        return conditions.innocent_rate * (1 - levers.training / 2) * (1 - levers.safeguards / 2)
    quality = (levers.training + case.care) / 2
    if not sharing_usable_in_court(world, case):
        quality -= conditions.partner_penalty
    return logistic(conditions.a + conditions.b * quality) * exp(-conditions.evidence_decay * proceeding.waited)


cdef double prosecution_end_custody(World *world, const Proceeding *proceeding, const Subject *subject) noexcept nogil:
    """Custody ends after so many days."""
    cdef double days = world.now - proceeding.began
    world.tally.custody_ended += 1
    world.tally.custody_days += days
    if not is_genuine(subject):
        world.tally.wrongful_custody_days += days
    return days
