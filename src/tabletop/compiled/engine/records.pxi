# Records of one kind: each keeps its place as long as it lives, and what has ended makes room for what begins.

cdef extern from *:
    """
    #if defined(__SANITIZE_ADDRESS__)
    #include <sanitizer/asan_interface.h>
    #define close_bytes(bytes, size) ASAN_POISON_MEMORY_REGION(bytes, size)
    #define open_bytes(bytes, size) ASAN_UNPOISON_MEMORY_REGION(bytes, size)
    #else
    #define close_bytes(bytes, size) (void)(bytes)
    #define open_bytes(bytes, size) (void)(bytes)
    #endif
    """
    void close_bytes(void *bytes, size_t size) noexcept nogil  # who reads them is caught by the sanitizer
    void open_bytes(void *bytes, size_t size) noexcept nogil


cdef enum:
    ARENA_BITS = 8
    NOBODY = -1

cdef struct Arena:
    size_t size  # bytes of a record, whose first number is its place
    char **chunks
    int32_t chunk_count
    int32_t used  # places that were ever given out
    int32_t free  # a place that is free and holds the next such, or NOBODY
    int32_t live
    bint is_open  # what has ended may still be looked at


cdef inline void *record_at(const Arena *arena, int32_t place) noexcept nogil:
    return arena.chunks[place >> ARENA_BITS] + (place & ((1 << ARENA_BITS) - 1)) * arena.size


cdef void open_arena(Arena *arena, size_t size) noexcept nogil:
    arena.size = size
    arena.free = NOBODY


cdef void *new_record(Arena *arena) except NULL nogil:
    """A record of zeros that knows its place."""
    cdef int32_t place = arena.free
    cdef int32_t *record
    if place != NOBODY:
        record = <int32_t *>record_at(arena, place)
        arena.free = record[0]
    else:
        place = arena.used
        if place >> ARENA_BITS == arena.chunk_count:
            arena.chunks = <char **>more_bytes(arena.chunks, (arena.chunk_count + 1) * sizeof(char *))
            arena.chunks[arena.chunk_count] = <char *>new_bytes(arena.size << ARENA_BITS)
            arena.chunk_count += 1
        arena.used += 1
        record = <int32_t *>record_at(arena, place)
    open_bytes(record, arena.size)
    memset(record, 0, arena.size)
    record[0] = place
    arena.live += 1
    return record


cdef inline void end_record(Arena *arena, void *record) noexcept nogil:
    arena.live -= 1
    free_record(arena, (<int32_t *>record)[0])


cdef inline void free_record(Arena *arena, int32_t place) noexcept nogil:
    """The place serves another from now on."""
    cdef int32_t *record = <int32_t *>record_at(arena, place)
    record[0] = arena.free
    arena.free = place
    if not arena.is_open:
        close_bytes(<char *>record + sizeof(int32_t), arena.size - sizeof(int32_t))


cdef void end_arena(Arena *arena) noexcept nogil:
    cdef int32_t chunk
    for chunk in range(arena.chunk_count):
        open_bytes(arena.chunks[chunk], arena.size << ARENA_BITS)
        free(arena.chunks[chunk])
    free(arena.chunks)
