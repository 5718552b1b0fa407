# States: a loop as bytes, to be gone on with by another of the same build. Only what is in the system is in them.

cdef int64_t FIRST_ORDER = 1 << 40
"""What is scheduled beforehand has lower numbers, and so comes first on its day, whoever goes on."""

cdef struct Buffer:
    char *bytes
    size_t size
    size_t room

cdef struct CohortKey:
    CohortKind kind
    int32_t[KEY_NUMBERS] key

cdef struct Known:  # the cohorts of a state, by the numbers that they have in it
    CohortKey *keys
    int32_t count
    int32_t *numbers  # while it is saved: the place of a cohort of the luck; while it is loaded: the reverse


cdef int put(Buffer *buffer, const void *what, size_t size) except -1 nogil:
    if size == 0:  # there may be nothing to point to
        return 0
    if buffer.size + size > buffer.room:
        buffer.room = 2 * (buffer.size + size)
        buffer.bytes = <char *>more_bytes(buffer.bytes, buffer.room)
    memcpy(buffer.bytes + buffer.size, what, size)
    buffer.size += size
    return 0


cdef void take(const char **there, void *what, size_t size) noexcept nogil:
    memcpy(what, there[0], size)
    there[0] += size


cdef int cohorts_in(int kind, void *record, int32_t **fields) noexcept nogil:
    """Where a record names the cohorts that hold its luck; how many there are."""
    if kind == <int>RECORDS_WALKS:
        fields[0] = &(<Walk *>record).cohort
    elif kind == <int>RECORDS_TRACES:
        fields[0] = &(<Trace *>record).cohort
    elif kind == <int>RECORDS_CASES:
        fields[0] = &(<Case *>record).cohort
    elif kind == <int>RECORDS_ATTEMPTS:
        fields[0] = &(<Attempt *>record).plots
        fields[1] = &(<Attempt *>record).luck
        return 2
    else:
        return 0
    return 1


# --- saving ------------------------------------------------------------------------------------------------------

cdef int save_world(Buffer *buffer, World *world, bint with_waits) except -1 nogil:
    """How things stand; what Python has scheduled is left out, and so are waits of which only tallies count."""
    cdef Known known
    cdef int32_t number
    cdef int place
    cdef size_t begun = buffer.size
    cdef Pool *pool
    memset(&known, 0, sizeof(Known))
    put(buffer, world, sizeof(World))
    for place in range(POOLS):
        pool = &(<World *>(buffer.bytes + begun)).pools[place]
        pool.waits.size[0] = 0
        pool.waits.is_partial = True
        if not with_waits:
            memset(&pool.waits, 0, sizeof(Waits))
    known.numbers = <int32_t *>new_bytes((world.luck.count + 1) * sizeof(int32_t))
    save_queue(buffer, &world.queue)
    for place in range(RECORD_KINDS):
        save_arena(buffer, &world.records[place], place, world.luck, &known)
    for place in range(POOLS):
        save_pool(buffer, &world.pools[place], with_waits)
    put(buffer, known.keys, known.count * sizeof(CohortKey))
    put(buffer, &known.count, sizeof(int32_t))
    free(known.keys)
    free(known.numbers)
    return 0


cdef int save_queue(Buffer *buffer, const Heap *queue) except -1 nogil:
    cdef int32_t place, kept = 0
    cdef size_t begun = buffer.size
    put(buffer, &kept, sizeof(int32_t))
    for place in range(queue.size):
        if queue.entries[place].what != DUE_SCRIPT and queue.entries[place].what != DUE_SERIES:
            put(buffer, &queue.entries[place], sizeof(Entry))
            kept += 1
    memcpy(buffer.bytes + begun, &kept, sizeof(int32_t))
    return 0


cdef int save_waiting(Buffer *buffer, Pool *pool, const Heap *heap) except -1 nogil:
    """Those entries of a heap that are of somebody who still waits."""
    cdef int32_t place, kept = 0
    cdef size_t begun = buffer.size
    put(buffer, &kept, sizeof(int32_t))
    for place in range(heap.size):
        if still_waits(ticket_at(pool, heap.entries[place].who), &heap.entries[place]):
            put(buffer, &heap.entries[place], sizeof(Entry))
            kept += 1
    memcpy(buffer.bytes + begun, &kept, sizeof(int32_t))
    return 0


cdef int save_pool(Buffer *buffer, Pool *pool, bint with_waits) except -1 nogil:
    cdef int kind
    save_arena(buffer, &pool.tickets, NOBODY, NULL, NULL)
    save_waiting(buffer, pool, &pool.queue)
    save_waiting(buffer, pool, &pool.expiries)
    if with_waits:
        for kind in range(1, MOST_CLASSES):
            put(buffer, pool.waits.days[kind], pool.waits.size[kind] * sizeof(double))
    return 0


cdef int save_arena(Buffer *buffer, Arena *arena, int kind, Luck *luck, Known *known) except -1 nogil:
    """The records that live."""
    cdef char *is_free = <char *>new_bytes(arena.used + 1)
    cdef int32_t place = arena.free
    cdef void *record = new_bytes(arena.size)  # a copy, where its numbers are aligned as in the arena
    cdef int32_t *fields[2]
    cdef int field
    while place != NOBODY:
        is_free[place] = True
        place = (<int32_t *>record_at(arena, place))[0]
    put(buffer, &arena.used, sizeof(int32_t))
    put(buffer, &arena.live, sizeof(int32_t))
    for place in range(arena.used):
        if not is_free[place]:
            memcpy(record, record_at(arena, place), arena.size)
            for field in range(cohorts_in(kind, record, fields)):
                fields[field][0] = known_cohort(luck, known, fields[field][0])
            put(buffer, record, arena.size)
    free(record)
    free(is_free)
    return 0


cdef int32_t known_cohort(Luck *luck, Known *known, int32_t number) except -1 nogil:
    """The number of a cohort in the state; it is put there if it was not."""
    cdef Cohort *cohort = luck.cohorts[number]
    if known.numbers[number] == 0:
        if known.count & (known.count - 1) == 0:  # full at every power of 2
            known.keys = <CohortKey *>more_bytes(
                known.keys, (2 * known.count if known.count else 1) * sizeof(CohortKey)
            )
        known.keys[known.count].kind = cohort.kind
        memcpy(known.keys[known.count].key, cohort.key, sizeof(cohort.key))
        known.count += 1
        known.numbers[number] = known.count
    return known.numbers[number] - 1


# --- loading -----------------------------------------------------------------------------------------------------

cdef int load_world(World *world, const char *bytes, size_t size, Luck *luck) except -1 nogil:
    """A world as it stood when it was saved, under the same luck, without what Python schedules."""
    cdef Known known
    cdef const char *there = bytes
    cdef int32_t number
    cdef int place
    take(&there, world, sizeof(World))
    world.luck = luck
    memset(&world.queue, 0, sizeof(Heap))
    memset(&world.journal, 0, sizeof(Journal))
    memset(world.records, 0, sizeof(world.records))
    world.triggers = NULL
    world.marks = NULL
    world.trigger_count = world.mark_count = 0
    for place in range(POOLS):
        memset(&world.pools[place].tickets, 0, sizeof(Arena))
        memset(&world.pools[place].queue, 0, sizeof(Heap))
        memset(&world.pools[place].expiries, 0, sizeof(Heap))
        memset(world.pools[place].waits.days, 0, sizeof(world.pools[place].waits.days))
    memcpy(&known.count, bytes + size - sizeof(int32_t), sizeof(int32_t))
    known.keys = <CohortKey *>new_bytes((known.count + 1) * sizeof(CohortKey))
    known.numbers = <int32_t *>new_bytes((known.count + 1) * sizeof(int32_t))
    memcpy(
        known.keys,
        bytes + size - sizeof(int32_t) - known.count * sizeof(CohortKey),
        known.count * sizeof(CohortKey),
    )
    for number in range(known.count):
        known.numbers[number] = cohort_of(luck, known.keys[number].kind, known.keys[number].key)
    load_heap(&there, &world.queue)
    open_arenas(world)
    for place in range(RECORD_KINDS):
        load_arena(&there, &world.records[place], place, &known)
    for place in range(POOLS):
        load_pool(&there, &world.pools[place])
    free(known.keys)
    free(known.numbers)
    return 0


cdef int load_heap(const char **there, Heap *heap) except -1 nogil:
    take(there, &heap.size, sizeof(int32_t))
    heap.room = heap.size
    if heap.size:
        heap.entries = <Entry *>new_bytes(heap.size * sizeof(Entry))
        take(there, heap.entries, heap.size * sizeof(Entry))
    order_anew(heap)
    return 0


cdef int load_pool(const char **there, Pool *pool) except -1 nogil:
    cdef int kind
    open_tickets(pool)
    load_arena(there, &pool.tickets, NOBODY, NULL)
    load_heap(there, &pool.queue)
    load_heap(there, &pool.expiries)
    for kind in range(MOST_CLASSES):
        pool.waits.room[kind] = pool.waits.size[kind]
        if pool.waits.size[kind]:
            pool.waits.days[kind] = <double *>new_bytes(pool.waits.size[kind] * sizeof(double))
            take(there, pool.waits.days[kind], pool.waits.size[kind] * sizeof(double))
    return 0


cdef int load_arena(const char **there, Arena *arena, int kind, const Known *known) except -1 nogil:
    """The records that live, each at its place."""
    cdef int32_t place, live, chunk
    cdef char *is_live
    cdef void *record
    cdef int32_t *fields[2]
    cdef int field
    take(there, &arena.used, sizeof(int32_t))
    take(there, &arena.live, sizeof(int32_t))
    is_live = <char *>new_bytes(arena.used + 1)
    arena.chunk_count = (arena.used + (1 << ARENA_BITS) - 1) >> ARENA_BITS
    arena.chunks = <char **>new_bytes((arena.chunk_count + 1) * sizeof(char *))
    for chunk in range(arena.chunk_count):
        arena.chunks[chunk] = <char *>new_bytes(arena.size << ARENA_BITS)
    for live in range(arena.live):
        memcpy(&place, there[0], sizeof(int32_t))
        record = record_at(arena, place)
        take(there, record, arena.size)
        is_live[place] = True
        for field in range(cohorts_in(kind, record, fields)):
            fields[field][0] = known.numbers[fields[field][0]]
    for place in range(arena.used):
        if not is_live[place]:
            free_record(arena, place)
    free(is_live)
    return 0
