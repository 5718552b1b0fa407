# The world: what more than one pillar touches, as in `world.py`.

cdef double SLAB_DAYS = 365.0

cpdef enum Step:
    STEP_PREVENTED = 1
    STEP_FORMED = 2
    STEP_INCIDENT = 3
    STEP_FOILED = 4
    STEP_MISSED = 5
    STEP_DISSOLVED = 6
    STEP_TURNED_BACK = 7
    STEP_TRACE_LEFT = 10
    STEP_UNCAPTURED = 11
    STEP_SCREENED_OUT = 12
    STEP_LAPSED = 13
    STEP_LATE = 14
    STEP_DUPLICATE = 15
    STEP_MOOT = 16
    STEP_FILED = 17
    STEP_OPENED = 18
    STEP_REPORTED = 19
    STEP_LOOKED = 20
    STEP_IN_TIME = 21
    STEP_PASSED_ON = 22
    STEP_REFUSED = 23
    STEP_LET_THROUGH = 24
    STEP_CASE_OPENED = 30
    STEP_CASE_CLOSED = 31
    STEP_CARE_TAKEN = 32
    STEP_DISRUPTED = 33
    STEP_CASE_RAISED = 34
    STEP_CHARGED = 40
    STEP_TRIAL_BEGAN = 41
    STEP_CONVICTED = 42
    STEP_ACQUITTED = 43
    STEP_RELEASED = 44
    STEP_SENTENCED = 45
    STEP_TRUST_JUMPED = 50
    STEP_TRUST_TENDS = 51
    STEP_WINDOW = 60
    STEP_POLICY_CHANGED = 61
    STEP_INJECTED = 62
    STEP_POOL = 100

cpdef enum PoolName:
    POOL_ANALYSTS
    POOL_TIP_LINE_STAFF
    POOL_TEAMS
    POOL_BORDER_OFFICERS
    POOL_PROSECUTORS
    POOL_COURTS
    POOL_LIAISON_OFFICERS

cdef enum:
    POOLS = 7

cdef struct Tally:
    int64_t formed
    int64_t reformed
    int64_t prevented
    int64_t disrupted
    int64_t turned_back
    int64_t foiled
    int64_t incidents
    double harm
    int64_t known_but_missed
    double days_to_disruption
    int64_t missed_untraced
    int64_t missed_uncaptured
    int64_t missed_screened_out
    int64_t missed_lapsed
    int64_t missed_filed
    int64_t missed_handover
    int64_t missed_waiting
    int64_t missed_investigated
    int64_t missed_lost
    int64_t traces
    int64_t uncaptured
    int64_t screened_out
    int64_t lapsed
    int64_t late
    int64_t duplicate
    int64_t moot
    int64_t filed
    int64_t opened
    int64_t reports_genuine
    int64_t reports_benign
    int64_t border_referrals
    int64_t border_refusals
    int64_t wrongful_refusals
    int64_t let_through
    int64_t partner_items_in_time
    int64_t partner_items_late
    int64_t cases
    int64_t false_cases
    int64_t cases_withdrawn
    int64_t cases_too_late
    int64_t cases_lost
    int64_t cleared
    int64_t wrongful
    int64_t proceedings
    int64_t convictions
    int64_t wrongful_convictions
    int64_t acquittals
    int64_t guilty_acquitted
    int64_t guilty_released
    int64_t guilty_freed
    int64_t limit_releases
    int64_t verdicts
    double days_to_verdict
    int64_t custody_ended
    double custody_days
    double wrongful_custody_days
    double wrongful_prison_days

cdef struct Trigger:  # what an inject waits for
    double day
    size_t count  # where in the tally it is counted
    double reaches

cdef struct Mark:  # what a series notes at one of its days
    double day
    Tally tally
    double trust
    int64_t open_cases
    int64_t open_proceedings

cdef struct Levers:
    DetectionLevers detection
    ReportingLevers reporting
    InterdictionLevers interdiction
    ProsecutionLevers prosecution
    SharingLevers sharing

cdef struct Conditions:
    ThreatConditions threat
    BackgroundConditions background
    TrustConditions trust
    DetectionConditions detection
    ReportingConditions reporting
    InterdictionConditions interdiction
    ProsecutionConditions prosecution
    SharingConditions sharing

cdef struct World:
    # the clock
    double now
    int64_t order
    int64_t planned  # the order of what is scheduled beforehand
    int64_t events
    Heap queue
    # what may hold, and what holds
    double[CHANNELS] priors
    Levers levers
    Conditions conditions
    double[POOLS] staff
    # what is counted
    Luck *luck
    Journal journal
    Tally tally
    Pool[POOLS] pools
    double window_start
    double trust_before
    double undetected_before
    Counted undetected
    Lagged trust
    Lagged programmes
    Lagged capacity
    Lagged grievance
    Lagged dismantled
    # what is in the system
    Arena[RECORD_KINDS] records
    Threat threat
    Background background
    Sharing sharing
    int64_t in_handover
    int64_t in_transit
    int64_t open_proceedings
    # what Python waits for
    int32_t script  # the scripted change that is due
    Trigger *triggers
    int32_t trigger_count
    Mark *marks
    int32_t mark_count


cdef inline double larger(double one, double other) noexcept nogil:
    return other if other > one else one


cdef inline int note(World *world, Step step, int64_t subject, double value) except -1 nogil:
    """Write a row of the journal, if one is kept."""
    if world.journal.is_kept:
        write_row(&world.journal, world.now, step, subject, value)
    return 0


cdef int note_series(World *world) except -1 nogil:
    """How things stand at a day of the series."""
    cdef Mark *mark = &world.marks[world.mark_count]
    mark.day = world.now
    mark.tally = world.tally
    mark.trust = level_at(&world.trust, world.now)
    mark.open_cases = open_cases(world)
    mark.open_proceedings = world.open_proceedings
    world.mark_count += 1
    return 0


cdef int64_t open_cases(World *world) noexcept nogil:
    cdef Pool *teams = &world.pools[<int>POOL_TEAMS]
    return world.in_handover + teams.waiting.size + teams.serving.size


cdef void end_world(World *world) noexcept nogil:
    """Give all memory back."""
    cdef int pool, kind
    for pool in range(POOLS):
        end_pool(&world.pools[pool])
    for kind in range(RECORD_KINDS):
        end_arena(&world.records[kind])
    end_journal(&world.journal)
    free(world.queue.entries)
    free(world.triggers)
    free(world.marks)
