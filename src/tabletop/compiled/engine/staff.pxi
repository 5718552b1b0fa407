# Staff: pools of people who serve by priority, as in `engine/staff.py`.

cpdef enum Movement:
    MOVEMENT_QUEUED = 0
    MOVEMENT_SERVED = 1
    MOVEMENT_LAPSED = 2
    MOVEMENT_WITHDRAWN = 3
    MOVEMENT_FINISHED = 4
    MOVEMENT_STAFFED = 5

cdef enum:  # what who asks for somebody of a pool is answered
    WAITS
    TAKEN  # somebody was free, and serves the item
    REFUSED  # nobody was, and the item does not wait

cdef enum:
    MOST_CLASSES = 4

cdef struct Waits:  # by class
    int64_t[MOST_CLASSES] none  # items that did not wait
    int64_t[MOST_CLASSES] some  # items that did
    double first_days  # that those of the first class waited together
    bint is_partial  # of the first class only that sum is kept
    double *days[MOST_CLASSES]  # of each that did, in the order in which they left the queue
    int64_t[MOST_CLASSES] size
    int64_t[MOST_CLASSES] room

cdef struct Statistics:
    double busy_days
    double staff_days
    double queue_days
    int64_t peak_queue
    int64_t[MOST_CLASSES] arrivals
    int64_t lapses
    int64_t withdrawals

cdef struct Ticket:  # an item in the queue or in hand
    int32_t place
    int32_t before  # in the queue or in hand, in the order in which they came there
    int32_t behind
    int32_t what  # happens when it is taken up
    int32_t who  # the item
    int32_t kind  # the class under which its wait is counted
    int64_t number  # of its subject
    int64_t order  # of its arrival
    double since  # when it came to the queue, or was taken up
    double lapses  # the day; inf: never
    bint is_waiting

cdef struct Line:  # tickets in the order in which they came
    int32_t first
    int32_t last
    int32_t size

cdef struct Pool:
    int name
    double staff
    Arena tickets
    Line waiting
    Line serving
    Heap queue  # by priority; what does not wait any more is passed over
    Heap expiries  # by the day on which they lapse; so here
    double next_expiry
    int64_t orders
    double window_start
    double staffed_since
    Statistics statistics
    Waits waits


cdef inline Ticket *ticket_at(Pool *pool, int32_t place) noexcept nogil:
    return <Ticket *>record_at(&pool.tickets, place)


cdef int open_pool(World *world, Pool *pool, int name, double staff) except -1 nogil:
    pool.name = name
    pool.staff = staff
    open_tickets(pool)
    pool.waiting.first = pool.waiting.last = pool.serving.first = pool.serving.last = NOBODY
    pool.next_expiry = inf
    pool.window_start = pool.staffed_since = world.now
    return pool_note(world, pool, MOVEMENT_STAFFED, 0, staff)


cdef void open_tickets(Pool *pool) noexcept nogil:
    open_arena(&pool.tickets, sizeof(Ticket))
    pool.tickets.is_open = True  # the heaps may still name a ticket that has ended


cdef int pool_note(World *world, const Pool *pool, Movement movement, int64_t number, double value) except -1 nogil:
    if world.journal.is_kept:
        write_row(&world.journal, world.now, STEP_POOL + 10 * pool.name + <int>movement, number, value)
    return 0


cdef int seize(
    World *world,
    Pool *pool,
    int32_t *ticket_place,
    Due what,
    int32_t who,
    int64_t number,
    double priority,
    int kind,
    double shelf_life,
) except -1 nogil:
    """Ask for somebody to serve an item: `what` happens to `who` once somebody does, if it has to wait."""
    cdef Ticket *ticket
    cdef Entry entry
    pool.statistics.arrivals[kind] += 1
    pool_note(world, pool, MOVEMENT_QUEUED, number, kind)
    if pool.serving.size >= pool.staff and shelf_life <= 0:
        count_unserved(world, pool, MOVEMENT_LAPSED, number, kind, 0.0)
        return REFUSED
    ticket = <Ticket *>new_record(&pool.tickets)
    ticket_place[0] = ticket.place
    ticket.what = what
    ticket.who = who
    ticket.number = number
    ticket.kind = kind
    if pool.serving.size < pool.staff:
        serve(world, pool, ticket, 0.0)
        return TAKEN
    pool.orders += 1
    ticket.order = pool.orders
    ticket.since = world.now
    ticket.lapses = world.now + shelf_life
    ticket.is_waiting = True
    join(pool, &pool.waiting, ticket)
    entry.key, entry.order, entry.what, entry.who = priority, ticket.order, 0, ticket.place
    enqueue(pool, &pool.queue, &entry)
    if pool.waiting.size > pool.statistics.peak_queue:
        pool.statistics.peak_queue = pool.waiting.size
    if shelf_life < inf:
        watch(world, pool, ticket)
    return WAITS


cdef int release(World *world, Pool *pool, int32_t place) except -1 nogil:
    """An item is served; whoever served it takes the next."""
    cdef Ticket *ticket = ticket_at(pool, place)
    if pool.serving.size > pool.staff:
        count_staff(world, pool)
    pool.statistics.busy_days += world.now - larger(ticket.since, pool.window_start)
    pool_note(world, pool, MOVEMENT_FINISHED, ticket.number, 0.0)
    leave(pool, &pool.serving, ticket)
    end_record(&pool.tickets, ticket)
    if pool.waiting.size:
        call_next(world, pool)
    return 0


cdef int withdraw(World *world, Pool *pool, int32_t place) except -1 nogil:
    """Take an item out of the queue; 0 if it does not wait there."""
    if not waits(pool, place):
        return 0
    send_away(world, pool, ticket_at(pool, place), MOVEMENT_WITHDRAWN)
    return 1


cdef bint waits(Pool *pool, int32_t place) noexcept nogil:
    """Whether an item is in the queue."""
    return place != NOBODY and ticket_at(pool, place).is_waiting


cdef int move_up(Pool *pool, int32_t place, double priority) except -1 nogil:
    """Serve a waiting item by a lower priority than its last, among equals by its arrival."""
    cdef Ticket *ticket = ticket_at(pool, place)
    cdef Entry entry
    # its old entry comes later in the heap, and is passed over once the ticket waits no longer
    entry.key, entry.order, entry.what, entry.who = priority, ticket.order, 0, ticket.place
    return enqueue(pool, &pool.queue, &entry)


cdef int resize(World *world, Pool *pool, double staff) except -1 nogil:
    """From now on so many are present; whoever is busy finishes the item in hand."""
    if staff == pool.staff:
        return 0
    count_staff(world, pool)
    pool.staff = staff
    pool_note(world, pool, MOVEMENT_STAFFED, 0, staff)
    return call_next(world, pool)


cdef double idle_share(const Pool *pool) noexcept nogil:
    """Share of those present who are idle: 1 if unlimited, 0 if there are none."""
    if pool.staff == inf:
        return 1.0
    if pool.staff <= pool.serving.size:
        return 0.0
    return (pool.staff - pool.serving.size) / pool.staff


cdef Statistics statistics_until(Pool *pool, double end) noexcept nogil:
    """The statistics of the present window as they would close at `end`, but for the waits."""
    cdef Statistics found = pool.statistics
    cdef int32_t place = pool.serving.first
    found.staff_days += staff_days_until(pool, end)
    while place != NOBODY:
        found.busy_days += end - larger(ticket_at(pool, place).since, pool.window_start)
        place = ticket_at(pool, place).behind
    place = pool.waiting.first
    while place != NOBODY:
        found.queue_days += end - larger(ticket_at(pool, place).since, pool.window_start)
        place = ticket_at(pool, place).behind
    return found


cdef void begin_window(Pool *pool, double start) noexcept nogil:
    """The statistics begin anew."""
    cdef int kind
    pool.window_start = pool.staffed_since = start
    memset(&pool.statistics, 0, sizeof(Statistics))
    pool.statistics.peak_queue = pool.waiting.size
    for kind in range(MOST_CLASSES):
        free(pool.waits.days[kind])
    memset(&pool.waits, 0, sizeof(Waits))


cdef int serve(World *world, Pool *pool, Ticket *ticket, double wait) except -1 nogil:
    ticket.since = world.now
    ticket.is_waiting = False
    join(pool, &pool.serving, ticket)
    count_wait(&pool.waits, ticket.kind, wait)
    return pool_note(world, pool, MOVEMENT_SERVED, ticket.number, wait)


cdef int call_next(World *world, Pool *pool) except -1 nogil:
    cdef Entry entry
    cdef Ticket *ticket
    while pool.waiting.size and pool.serving.size < pool.staff:
        entry = pop(&pool.queue)
        ticket = ticket_at(pool, entry.who)
        if still_waits(ticket, &entry):
            serve(world, pool, ticket, leave_queue(world, pool, ticket))
            at(world, world.now, <Due>ticket.what, ticket.who)
    return 0


cdef int watch(World *world, Pool *pool, Ticket *ticket) except -1 nogil:
    """Let a ticket lapse on its day if it waits until then; one timer serves all tickets in turn."""
    cdef Entry entry
    entry.key, entry.order, entry.what, entry.who = ticket.lapses, ticket.order, 0, ticket.place
    enqueue(pool, &pool.expiries, &entry)
    if ticket.lapses < pool.next_expiry:
        set_timer(world, pool, ticket.lapses)
    return 0


cdef int set_timer(World *world, Pool *pool, double day) except -1 nogil:
    pool.next_expiry = day
    return at(world, day, DUE_EXPIRY, pool.name)


cdef int expire(World *world, Pool *pool) except -1 nogil:
    """The tickets that are due lapse; the timer is set for the next that still waits."""
    cdef Heap *expiries = &pool.expiries
    cdef Entry entry
    cdef Ticket *ticket
    while expiries.size:
        entry = expiries.entries[0]
        ticket = ticket_at(pool, entry.who)
        if entry.key > world.now and still_waits(ticket, &entry):
            break
        pop(expiries)
        if still_waits(ticket, &entry):
            send_away(world, pool, ticket, MOVEMENT_LAPSED)
    if expiries.size == 0:
        pool.next_expiry = inf
    elif expiries.entries[0].key != pool.next_expiry:
        set_timer(world, pool, expiries.entries[0].key)
    return 0


cdef int send_away(World *world, Pool *pool, Ticket *ticket, Movement movement) except -1 nogil:
    """A ticket leaves the queue unserved, and whoever holds it goes on at once."""
    cdef double wait = leave_queue(world, pool, ticket)
    cdef Due what = <Due>ticket.what
    cdef int32_t who = ticket.who
    count_unserved(world, pool, movement, ticket.number, ticket.kind, wait)
    end_record(&pool.tickets, ticket)
    return is_refused(world, what, who)


cdef int count_unserved(
    World *world, Pool *pool, Movement movement, int64_t number, int kind, double wait
) except -1 nogil:
    if movement == MOVEMENT_LAPSED:
        pool.statistics.lapses += 1
    else:
        pool.statistics.withdrawals += 1
    count_wait(&pool.waits, kind, wait)
    return pool_note(world, pool, movement, number, wait)


cdef double leave_queue(World *world, Pool *pool, Ticket *ticket) noexcept nogil:
    """The ticket waits no longer; how long it did."""
    ticket.is_waiting = False
    leave(pool, &pool.waiting, ticket)
    pool.statistics.queue_days += world.now - larger(ticket.since, pool.window_start)
    return world.now - ticket.since


cdef void count_staff(World *world, Pool *pool) noexcept nogil:
    """Staff days until now; people who finish an item after their post has gone count as staff."""
    pool.statistics.staff_days += staff_days_until(pool, world.now)
    pool.staffed_since = world.now


cdef double staff_days_until(const Pool *pool, double end) noexcept nogil:
    cdef double elapsed = end - pool.staffed_since
    # no time of unlimited staff is 0 people-days, not a NaN
    return larger(pool.staff, pool.serving.size) * elapsed if elapsed > 0 else 0.0


# --- queues and lines --------------------------------------------------------------------------------------------

cdef inline bint still_waits(const Ticket *ticket, const Entry *entry) noexcept nogil:
    """Whether an entry of a heap is of a ticket that waits: its record may serve another by now."""
    return ticket.is_waiting and ticket.order == entry.order


cdef int enqueue(Pool *pool, Heap *heap, const Entry *entry) except -1 nogil:
    """Put an entry into a heap, which is cleared first if it mostly holds what does not wait any more."""
    cdef int32_t place, kept = 0
    if heap.size == heap.room and heap.size > 2 * pool.waiting.size:
        for place in range(heap.size):
            if still_waits(ticket_at(pool, heap.entries[place].who), &heap.entries[place]):
                heap.entries[kept] = heap.entries[place]
                kept += 1
        heap.size = kept
        order_anew(heap)
    return push(heap, entry)


cdef void join(Pool *pool, Line *line, Ticket *ticket) noexcept nogil:
    ticket.before = line.last
    ticket.behind = NOBODY
    if line.last == NOBODY:
        line.first = ticket.place
    else:
        ticket_at(pool, line.last).behind = ticket.place
    line.last = ticket.place
    line.size += 1


cdef void leave(Pool *pool, Line *line, Ticket *ticket) noexcept nogil:
    if ticket.before == NOBODY:
        line.first = ticket.behind
    else:
        ticket_at(pool, ticket.before).behind = ticket.behind
    if ticket.behind == NOBODY:
        line.last = ticket.before
    else:
        ticket_at(pool, ticket.behind).before = ticket.before
    line.size -= 1


cdef int count_wait(Waits *waits, int kind, double days) except -1 nogil:
    if days == 0:
        waits.none[kind] += 1
        return 0
    waits.some[kind] += 1
    if kind == 0:
        waits.first_days += days
        if waits.is_partial:
            return 0
    if waits.size[kind] == waits.room[kind]:
        waits.room[kind] += waits.room[kind] // 4 + 64
        waits.days[kind] = <double *>more_bytes(waits.days[kind], waits.room[kind] * sizeof(double))
    waits.days[kind][waits.size[kind]] = days
    waits.size[kind] += 1
    return 0


cdef double waited_together(const Waits *waits) noexcept nogil:
    """The days that all items waited, added up class by class."""
    cdef double days = waits.first_days
    cdef int64_t place
    cdef int kind
    for kind in range(1, MOST_CLASSES):
        for place in range(waits.size[kind]):
            days += waits.days[kind][place]
    return days


cdef void end_pool(Pool *pool) noexcept nogil:
    cdef int kind
    end_arena(&pool.tickets)
    free(pool.queue.entries)
    free(pool.expiries.entries)
    for kind in range(MOST_CLASSES):
        free(pool.waits.days[kind])
