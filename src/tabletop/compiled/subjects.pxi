# Subjects: what the pillars hand to each other, as in `subjects.py`. A record lives as long as somebody holds it.

cpdef enum Channel:
    INTELLIGENCE = 0
    COMMUNITY = 1
    BORDER = 2
    PARTNER = 3

cpdef enum Stage:
    STAGE_UNTRACED = 0
    STAGE_UNCAPTURED = 1
    STAGE_SCREENED_OUT = 2
    STAGE_LAPSED = 3
    STAGE_FILED = 4
    STAGE_HANDOVER = 5
    STAGE_WAITING = 6
    STAGE_INVESTIGATED = 7
    STAGE_LOST = 8

cpdef enum Closing:
    CLOSING_WITHDRAWN = 0
    CLOSING_TOO_LATE = 1
    CLOSING_LOST = 2
    CLOSING_CLEARED = 3
    CLOSING_DISRUPTED = 4
    CLOSING_WRONGFUL = 5

cpdef enum Kind:
    KIND_PLOT = 1
    KIND_INTELLIGENCE = 2
    KIND_COMMUNITY = 3
    KIND_BORDER = 4
    KIND_PARTNER = 5

cdef enum:
    CHANNELS = 4

cpdef enum Records:
    RECORDS_SUBJECTS
    RECORDS_ATTEMPTS
    RECORDS_TRAILS
    RECORDS_WALKS
    RECORDS_TRACES
    RECORDS_CASES
    RECORDS_PROCEEDINGS
    RECORDS_GIFTS

cdef enum:
    RECORD_KINDS = 8

cdef struct Subject:
    int32_t place
    int32_t holders
    int64_t number
    int32_t attempt  # NOBODY: a benign subject
    int32_t case  # NOBODY: there is none on it
    bint transnational
    bint ended
    int stage
    bint has_file
    int file_channel
    double file_evidence

cdef struct Attempt:
    int32_t place
    int32_t subject
    int32_t before  # among those that prepare, in the order in which they formed
    int32_t behind
    bint prepares
    int32_t layer  # of its plot; so the next three
    int32_t slab
    int32_t ordinal
    int32_t plots  # the draws of its plot's slab
    int32_t nth  # 1 for the plot's first formation
    int32_t luck  # the draws of the n-th attempts of its plot's slab
    int32_t cases
    bint contained
    double formed
    double matures
    int32_t[CHANNELS] trails  # NOBODY where it leaves none

cdef struct Trace:
    int32_t place
    int32_t holders
    int32_t subject
    int32_t ticket
    int channel
    int32_t cohort
    int64_t ordinal
    double evidence
    int partner  # who passed it on; NOBODY: it is ours
    int32_t original  # of a partner's copy
    bint handled

cdef struct Case:
    int32_t place
    int32_t holders
    int32_t subject
    int32_t ticket
    int32_t cohort
    int64_t ordinal
    double posterior
    int decisive_partner
    bint in_handover
    double care
    bint joint  # investigated jointly with partners
    double added  # to the chance of success

cdef struct Proceeding:
    int32_t place
    int32_t holders
    int32_t case
    int32_t at_prosecutors  # its ticket there
    int32_t at_courts
    double began
    double limit
    double waited
    bint in_trial
    bint is_over

cdef struct Gift:  # an item for a partner
    int32_t place
    int32_t case
    int32_t ticket
    int partner


cdef int64_t subject_number(int kind, int64_t layer, int64_t slab, int64_t ordinal, int64_t attempt) noexcept nogil:
    """A subject's number in the journal: a pure function of its key, so alike under every policy."""
    cdef int64_t number = (kind * 10_000 + layer) * 10_000 + slab + 5_000
    return (number * 10_000_000 + ordinal) * 100 + attempt


cdef inline Subject *subject_at(World *world, int32_t place) noexcept nogil:
    return <Subject *>record_at(&world.records[<int>RECORDS_SUBJECTS], place)


cdef inline Attempt *attempt_at(World *world, int32_t place) noexcept nogil:
    return <Attempt *>record_at(&world.records[<int>RECORDS_ATTEMPTS], place)


cdef inline Trace *trace_at(World *world, int32_t place) noexcept nogil:
    return <Trace *>record_at(&world.records[<int>RECORDS_TRACES], place)


cdef inline Case *case_at(World *world, int32_t place) noexcept nogil:
    return <Case *>record_at(&world.records[<int>RECORDS_CASES], place)


cdef inline Proceeding *proceeding_at(World *world, int32_t place) noexcept nogil:
    return <Proceeding *>record_at(&world.records[<int>RECORDS_PROCEEDINGS], place)


cdef inline Gift *gift_at(World *world, int32_t place) noexcept nogil:
    return <Gift *>record_at(&world.records[<int>RECORDS_GIFTS], place)


# --- beginning, holding and letting go of records ------------------------------------------------------------

cdef Subject *new_subject(World *world, int64_t number, int32_t attempt, bint transnational) except NULL nogil:
    """A subject that nobody holds yet."""
    cdef Subject *subject = <Subject *>new_record(&world.records[<int>RECORDS_SUBJECTS])
    subject.number = number
    subject.attempt = attempt
    subject.case = NOBODY
    subject.transnational = transnational
    subject.stage = STAGE_UNTRACED
    return subject


cdef Trace *new_trace(World *world, Subject *subject, int channel, int32_t cohort, int64_t ordinal) except NULL nogil:
    """A trace, which holds its subject."""
    cdef Trace *trace = <Trace *>new_record(&world.records[<int>RECORDS_TRACES])
    trace.holders = 1
    trace.subject = subject.place
    trace.ticket = NOBODY
    trace.channel = channel
    trace.cohort = cohort
    trace.ordinal = ordinal
    trace.partner = NOBODY
    trace.original = NOBODY
    subject.holders += 1
    return trace


cdef void drop_subject(World *world, Subject *subject) noexcept nogil:
    subject.holders -= 1
    if subject.holders == 0:
        if subject.attempt != NOBODY:
            end_record(&world.records[<int>RECORDS_ATTEMPTS], attempt_at(world, subject.attempt))
        end_record(&world.records[<int>RECORDS_SUBJECTS], subject)


cdef void drop_trace(World *world, Trace *trace) noexcept nogil:
    trace.holders -= 1
    if trace.holders == 0:
        if trace.original != NOBODY:
            drop_trace(world, trace_at(world, trace.original))
        drop_subject(world, subject_at(world, trace.subject))
        end_record(&world.records[<int>RECORDS_TRACES], trace)


cdef void drop_case(World *world, Case *case) noexcept nogil:
    case.holders -= 1
    if case.holders == 0:
        drop_subject(world, subject_at(world, case.subject))
        end_record(&world.records[<int>RECORDS_CASES], case)


cdef void drop_proceeding(World *world, Proceeding *proceeding) noexcept nogil:
    proceeding.holders -= 1
    if proceeding.holders == 0:
        drop_case(world, case_at(world, proceeding.case))
        end_record(&world.records[<int>RECORDS_PROCEEDINGS], proceeding)


# --- what subjects, traces and cases do ----------------------------------------------------------------------

cdef inline bint is_genuine(const Subject *subject) noexcept nogil:
    return subject.attempt != NOBODY


cdef inline void reaches(Subject *subject, int stage) noexcept nogil:
    """The evidence on it comes so far, if it has not come further already."""
    if stage > subject.stage:
        subject.stage = stage


cdef double trace_uniform(World *world, const Trace *trace, int purpose) except -1.0 nogil:
    """This trace's uniform for a purpose."""
    return uniform_of(world.luck, trace.cohort, purpose, trace.ordinal)


cdef double trace_days(World *world, const Trace *trace, int purpose, const Duration *duration) except -1.0 nogil:
    """This trace's duration for a purpose."""
    return days_of(world.luck, trace.cohort, purpose, trace.ordinal, duration)


cdef int trace_look(World *world, Trace *trace, double d_prime, int purpose) except -1 nogil:
    """Somebody looks at the trace: what the look is worth adds to its evidence."""
    cdef double noise = normal_of(world.luck, trace.cohort, purpose, trace.ordinal)
    trace.evidence += look(d_prime, noise, is_genuine(subject_at(world, trace.subject)))
    return 0


cdef double case_uniform(World *world, const Case *case, int purpose) except -1.0 nogil:
    """This case's uniform for a purpose."""
    return uniform_of(world.luck, case.cohort, purpose, case.ordinal)


cdef double case_days(World *world, const Case *case, int purpose, const Duration *duration) except -1.0 nogil:
    """This case's duration for a purpose."""
    return days_of(world.luck, case.cohort, purpose, case.ordinal, duration)


cdef int case_luck(World *world, Case *case, const Subject *subject, const Trace *decisive) except -1 nogil:
    """The draws of a case: an attempt's are keyed by how manieth it is, a benign subject's lie beside its trace's."""
    cdef Attempt *attempt
    cdef int32_t[KEY_NUMBERS] key
    if not is_genuine(subject):
        case.cohort = decisive.cohort
        case.ordinal = decisive.ordinal
        return 0
    attempt = attempt_at(world, subject.attempt)
    attempt.cases += 1
    key[0], key[1], key[2], key[3], key[4] = attempt.layer, attempt.slab, attempt.ordinal, attempt.nth, attempt.cases
    case.cohort = cohort_of(world.luck, CASES, key)
    case.ordinal = 0
    return 0


cdef int attempt_end(World *world, Attempt *attempt) except -1 nogil:
    """The attempt is over; whoever holds a case on it is notified."""
    cdef Subject *subject = subject_at(world, attempt.subject)
    cdef Case *case
    subject.ended = True
    threat_forget(world, attempt)
    if subject.case != NOBODY:
        case = case_at(world, subject.case)
        subject.case = NOBODY
        if case.in_handover:
            return detection_withdraw(world, case)
        return interdiction_subject_ended(world, case)
    return 0


cdef int attempt_let_go(World *world, Attempt *attempt) except -1 nogil:
    """The investigation that contained it has ended without result: if overdue, it matures at once."""
    cdef bint overdue = attempt.contained and world.now >= attempt.matures
    if overdue:
        threat_carry_out(world, attempt)
    attempt.contained = False
    return overdue
