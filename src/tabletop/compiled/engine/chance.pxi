# The luck of one replication: the numbers that `engine/chance.py` draws.
#
# A number belongs to (seed, replication, purpose, entity, ordinal). It is drawn when it is first asked for and
# kept for the other mixes of the replication. Since it can be drawn again at any time, what is kept is let go
# of when it becomes too much.

cdef enum CohortKind:  # what its key is made of
    PLOTS  # layer, slab
    ATTEMPTS  # layer, slab, attempt
    TRACES  # layer, slab, ordinal, attempt, channel, layer of the trail
    CASES  # layer, slab, ordinal, attempt, how manieth case
    BENIGN  # channel, layer, slab

cdef enum:
    KEY_NUMBERS = 6
    NAME_BYTES = 64  # of a purpose, at most
    TEXT_BYTES = 192
    SLAB_BITS = 10
    FEW_BITS = 3

cdef extern from *:
    """
    static const int KEY_LENGTHS[] = {2, 3, 6, 5, 3};
    static const char *const KIND_NAMES[] = {"plot", "attempt", "trace", "case", "benign"};
    static const char *const CHANNEL_NAMES[] = {"intelligence", "community", "border", "partner"};
    """
    const int KEY_LENGTHS[]
    const char *KIND_NAMES[]
    const char *CHANNEL_NAMES[]

cdef int64_t MOST_NUMBERS = 8_000_000  # 64 MB

cdef struct Block:  # the numbers of a cohort for one purpose
    Block *next
    int purpose
    uint64_t[2] key
    int64_t room  # places for chunks
    double **chunks  # NULL: not drawn, or let go of
    double *sums  # of arrivals: their sum at the end of each chunk
    int64_t summed  # chunks whose sum is known

cdef struct Cohort:  # entities that share a key and differ in their ordinal
    CohortKind kind
    int32_t[KEY_NUMBERS] key
    int bits  # a chunk holds 2 ** bits numbers
    Block *blocks
    Block **by_purpose  # the same, where there are many entities

cdef struct Luck:
    uint64_t[8] keyed
    Cohort **cohorts  # in the order in which they were first asked for
    int32_t count
    int32_t *slots  # a hash table over them: place + 1, 0 where free
    int32_t room
    char **purposes  # their names
    int purpose_count
    int64_t held  # numbers kept


cdef uint64_t cohort_hash(CohortKind kind, const int32_t *key) noexcept nogil:
    cdef uint64_t found = <uint64_t>kind
    cdef int i
    for i in range(KEY_LENGTHS[<int>kind]):
        found = (found ^ <uint32_t>key[i]) * 0x9E3779B97F4A7C15U
        found ^= found >> 32
    return found


cdef int32_t cohort_of(Luck *luck, CohortKind kind, const int32_t *key) except -1 nogil:
    """The number of a cohort: the same as ever, or a new one."""
    cdef int32_t slot, number
    cdef Cohort *cohort
    if 2 * luck.count >= luck.room:
        widen(luck)
    slot = cohort_hash(kind, key) & (luck.room - 1)
    while luck.slots[slot]:
        number = luck.slots[slot] - 1
        cohort = luck.cohorts[number]
        if cohort.kind == kind and memcmp(cohort.key, key, KEY_LENGTHS[<int>kind] * sizeof(int32_t)) == 0:
            return number
        slot = (slot + 1) & (luck.room - 1)
    number = luck.count
    cohort = luck.cohorts[number] = <Cohort *>new_bytes(sizeof(Cohort))
    cohort.kind = kind
    memcpy(cohort.key, key, KEY_LENGTHS[<int>kind] * sizeof(int32_t))
    cohort.bits = FEW_BITS
    if kind == BENIGN:
        cohort.bits = SLAB_BITS
        cohort.by_purpose = <Block **>new_bytes(luck.purpose_count * sizeof(Block *))
    luck.slots[slot] = number + 1
    luck.count += 1
    return number


cdef int widen(Luck *luck) except -1 nogil:
    """Room for twice as many cohorts."""
    cdef int32_t room = 2 * luck.room if luck.room else 256
    cdef int32_t slot, number
    cdef int32_t *slots
    luck.cohorts = <Cohort **>more_bytes(luck.cohorts, room * sizeof(Cohort *))
    slots = <int32_t *>new_bytes(room * sizeof(int32_t))
    for number in range(luck.count):
        slot = cohort_hash(luck.cohorts[number].kind, luck.cohorts[number].key) & (room - 1)
        while slots[slot]:
            slot = (slot + 1) & (room - 1)
        slots[slot] = number + 1
    free(luck.slots)
    luck.slots = slots
    luck.room = room
    return 0


cdef int write_number(char *text, int64_t number) noexcept nogil:
    """Write a whole number as Python does; how many characters it has."""
    cdef char[24] digits
    cdef int length = 0, begun = 0
    if number < 0:
        text[0] = c"-"
        begun = 1
        number = -number
    while True:
        digits[length] = c"0" + <char>(number % 10)
        length += 1
        number //= 10
        if number == 0:
            break
    while length:
        length -= 1
        text[begun] = digits[length]
        begun += 1
    return begun


cdef int write_name(char *text, const char *name) noexcept nogil:
    """Write a name in quotes; how many characters that takes."""
    cdef int length = strlen(name)
    text[0] = c"'"
    memcpy(text + 1, name, length)
    text[length + 1] = c"'"
    return length + 2


cdef int write_entity(char *text, const Cohort *cohort) noexcept nogil:
    """Write the entity of a cohort as Python shows the tuple that it is there; how many characters it has."""
    cdef int i, length = 1
    text[0] = c"("
    length += write_name(text + length, KIND_NAMES[<int>cohort.kind])
    for i in range(KEY_LENGTHS[<int>cohort.kind]):
        text[length], text[length + 1] = c",", c" "
        length += 2
        if (cohort.kind == TRACES and i == 4) or (cohort.kind == BENIGN and i == 0):
            length += write_name(text + length, CHANNEL_NAMES[cohort.key[i]])
        else:
            length += write_number(text + length, cohort.key[i])
    text[length] = c")"
    return length + 1


cdef Block *block_of(Luck *luck, Cohort *cohort, int purpose) except NULL nogil:
    """The numbers of a cohort for a purpose."""
    cdef Block *block
    cdef char[TEXT_BYTES] text
    cdef int length
    if cohort.by_purpose != NULL and cohort.by_purpose[purpose] != NULL:
        return cohort.by_purpose[purpose]
    block = cohort.blocks
    while block != NULL:
        if block.purpose == purpose:
            return block
        block = block.next
    block = <Block *>new_bytes(sizeof(Block))
    block.purpose = purpose
    block.next = cohort.blocks
    cohort.blocks = block
    if cohort.by_purpose != NULL:
        cohort.by_purpose[purpose] = block
    length = strlen(luck.purposes[purpose])
    memcpy(text, luck.purposes[purpose], length)
    text[length] = c"|"
    length += 1
    length += write_entity(text + length, cohort)
    stream_key(luck.keyed, <const uint8_t *>text, length, block.key)
    return block


cdef double *new_chunk(Luck *luck, Cohort *cohort, Block *block, int64_t place) except NULL nogil:
    """Room for the numbers of a chunk that is not there; what is in it is undefined."""
    cdef int64_t room, size = <int64_t>1 << cohort.bits
    if luck.held + size > MOST_NUMBERS:
        let_go(luck)
    if place >= block.room:
        room = max(place + 1, 2 * block.room)
        block.chunks = <double **>more_bytes(block.chunks, room * sizeof(double *))
        memset(block.chunks + block.room, 0, (room - block.room) * sizeof(double *))
        block.room = room
    luck.held += size
    block.chunks[place] = <double *>more_bytes(NULL, size * sizeof(double))
    return block.chunks[place]


cdef void let_go(Luck *luck) noexcept nogil:
    """Let go of all numbers; each is drawn again when it is asked for."""
    cdef int32_t number
    cdef int64_t place
    cdef Block *block
    for number in range(luck.count):
        block = luck.cohorts[number].blocks
        while block != NULL:
            for place in range(block.room):
                free(block.chunks[place])
                block.chunks[place] = NULL
            block = block.next
    luck.held = 0


cdef inline double *chunk_of(Block *block, Cohort *cohort, int64_t ordinal) noexcept nogil:
    """The chunk that holds an ordinal; NULL if it has not been drawn."""
    cdef int64_t place = ordinal >> cohort.bits
    return block.chunks[place] if place < block.room else NULL


cdef double uniform_of(Luck *luck, int32_t number, int purpose, int64_t ordinal) except -1.0 nogil:
    """The uniform in (0, 1) of an entity for a purpose."""
    cdef Cohort *cohort = luck.cohorts[number]
    cdef Block *block = block_of(luck, cohort, purpose)
    cdef double *chunk = chunk_of(block, cohort, ordinal)
    cdef int64_t size = <int64_t>1 << cohort.bits
    if chunk == NULL:
        chunk = new_chunk(luck, cohort, block, ordinal >> cohort.bits)
        fill_uniforms(block.key, ordinal & -size, size, chunk)
    return chunk[ordinal & (size - 1)]


cdef double *quantile_of(Luck *luck, Cohort *cohort, Block *block, int64_t ordinal) except NULL nogil:
    """Where the quantile of an entity is kept; a NaN as long as it has not been asked for."""
    cdef double *chunk = chunk_of(block, cohort, ordinal)
    cdef int64_t size = <int64_t>1 << cohort.bits
    if chunk == NULL:
        chunk = new_chunk(luck, cohort, block, ordinal >> cohort.bits)
        memset(chunk, 0xFF, size * sizeof(double))
    return &chunk[ordinal & (size - 1)]


cdef double normal_of(Luck *luck, int32_t number, int purpose, int64_t ordinal) except? -1.0 nogil:
    """The standard normal of an entity for a purpose."""
    cdef Cohort *cohort = luck.cohorts[number]
    cdef Block *block = block_of(luck, cohort, purpose)
    cdef double *quantile = quantile_of(luck, cohort, block, ordinal)
    if quantile[0] != quantile[0]:
        quantile[0] = ndtri(lone_uniform(block.key, ordinal))
    return quantile[0]


cdef double unit_of(
    Luck *luck, int32_t number, int purpose, int64_t ordinal, const Duration *duration
) except -1.0 nogil:
    """A duration scaled to mean 1; under one luck a purpose keeps its family and cv."""
    cdef Cohort *cohort = luck.cohorts[number]
    cdef Block *block = block_of(luck, cohort, purpose)
    cdef double *quantile = quantile_of(luck, cohort, block, ordinal)
    if quantile[0] != quantile[0]:
        quantile[0] = unit_at(duration, lone_uniform(block.key, ordinal))
    return quantile[0]


cdef double days_of(
    Luck *luck, int32_t number, int purpose, int64_t ordinal, const Duration *duration
) except -1.0 nogil:
    """The duration of an entity for a purpose, in days."""
    if duration.mean == 0 or duration.family == FAMILY_CONSTANT:
        return duration.mean
    return duration.mean * unit_of(luck, number, purpose, ordinal, duration)


cdef double arrival_of(Luck *luck, int32_t number, int purpose, int64_t ordinal) except -1.0 nogil:
    """The time of an arrival, counted from 0, in a Poisson process of rate 1."""
    cdef Cohort *cohort = luck.cohorts[number]
    cdef Block *block = block_of(luck, cohort, purpose)
    cdef double *chunk = chunk_of(block, cohort, ordinal)
    cdef int64_t size = <int64_t>1 << cohort.bits, wanted = ordinal >> cohort.bits, place, i
    cdef double total
    if chunk == NULL:
        # a chunk that was let go of begins at a known sum; a new one needs those before it
        for place in range(min(wanted, block.summed), wanted + 1):
            chunk = new_chunk(luck, cohort, block, place)
            fill_uniforms(block.key, place * size, size, chunk)
            total = block.sums[place - 1] if place else 0.0
            for i in range(size):
                total -= log1p(-chunk[i])
                chunk[i] = total
            if place == block.summed:
                block.sums = <double *>more_bytes(block.sums, (place + 1) * sizeof(double))
                block.sums[place] = total
                block.summed += 1
    return chunk[ordinal & (size - 1)]


cdef void end_luck(Luck *luck) noexcept nogil:
    """Give all memory back."""
    cdef int32_t number
    cdef Block *block
    cdef Block *next
    let_go(luck)
    for number in range(luck.count):
        block = luck.cohorts[number].blocks
        while block != NULL:
            next = block.next
            free(block.chunks)
            free(block.sums)
            free(block)
            block = next
        free(luck.cohorts[number].by_purpose)
        free(luck.cohorts[number])
    free(luck.cohorts)
    free(luck.slots)
    for number in range(luck.purpose_count):
        free(luck.purposes[number])
    free(luck.purposes)
