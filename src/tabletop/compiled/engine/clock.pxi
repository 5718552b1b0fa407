# The clock: what is due, by day, and on a day in the order in which it was scheduled.

cdef int at(World *world, double day, Due what, int32_t who) except -1 nogil:
    """Something happens to somebody on a day."""
    cdef Entry entry
    entry.key, entry.order, entry.what, entry.who = day, world.order, what, who
    world.order += 1
    return push(&world.queue, &entry)


cdef inline int after(World *world, double days, Due what, int32_t who) except -1 nogil:
    """Something happens to somebody when so many days have passed."""
    return at(world, world.now + days, what, who)
