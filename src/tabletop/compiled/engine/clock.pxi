# The clock: what is due, by day, and on a day in the order in which it was scheduled.

cdef int at(World *world, double day, Due what, int32_t who) except -1 nogil:
    """Something happens to somebody on a day."""
    put_in(world, day, what, who, world.order)
    world.order += 1
    return 0


cdef int plan(World *world, double day, Due what, int32_t who) except -1 nogil:
    """Something happens to somebody on a day, before all that is scheduled for it while time passes."""
    put_in(world, day, what, who, world.planned)
    world.planned += 1
    return 0


cdef int put_in(World *world, double day, Due what, int32_t who, int64_t order) except -1 nogil:
    cdef Entry entry
    entry.key, entry.order, entry.what, entry.who = day, order, what, who
    return push(&world.queue, &entry)


cdef inline int after(World *world, double days, Due what, int32_t who) except -1 nogil:
    """Something happens to somebody when so many days have passed."""
    return at(world, world.now + days, what, who)
