# The journal: the four columns of `engine/journal.py`.

cdef struct Journal:
    bint is_kept
    double *days
    int16_t *steps
    int64_t *subjects
    double *values
    int64_t size
    int64_t room


cdef int write_row(Journal *journal, double day, int step, int64_t subject, double value) except -1 nogil:
    cdef int64_t room
    if journal.size == journal.room:
        room = 2 * journal.room if journal.room else 4096
        journal.days = <double *>more_bytes(journal.days, room * sizeof(double))
        journal.steps = <int16_t *>more_bytes(journal.steps, room * sizeof(int16_t))
        journal.subjects = <int64_t *>more_bytes(journal.subjects, room * sizeof(int64_t))
        journal.values = <double *>more_bytes(journal.values, room * sizeof(double))
        journal.room = room
    journal.days[journal.size] = day
    journal.steps[journal.size] = step
    journal.subjects[journal.size] = subject
    journal.values[journal.size] = value
    journal.size += 1
    return 0


cdef void end_journal(Journal *journal) noexcept nogil:
    free(journal.days)
    free(journal.steps)
    free(journal.subjects)
    free(journal.values)
