# Heaps: entries by key, and among equals by their order, which is unique.

cdef struct Entry:
    double key
    int64_t order
    int32_t what
    int32_t who

cdef struct Heap:
    Entry *entries
    int32_t size
    int32_t room


cdef inline int is_before(const Entry *one, const Entry *other) noexcept nogil:
    # without a branch, which the processor could not foresee
    return (one.key < other.key) | ((one.key == other.key) & (one.order < other.order))


cdef int push(Heap *heap, const Entry *entry) except -1 nogil:
    cdef int32_t place = heap.size, above
    if place == heap.room:
        heap.room = 2 * heap.room if heap.room else 64
        heap.entries = <Entry *>more_bytes(heap.entries, heap.room * sizeof(Entry))
    heap.size += 1
    while place:
        above = (place - 1) >> 1
        if is_before(&heap.entries[above], entry):
            break
        heap.entries[place] = heap.entries[above]
        place = above
    heap.entries[place] = entry[0]
    return 0


cdef Entry pop(Heap *heap) noexcept nogil:
    """Take out the first entry; there is one."""
    cdef Entry first = heap.entries[0]
    heap.size -= 1
    if heap.size:
        sink(heap, 0, heap.entries[heap.size])
    return first


cdef void sink(Heap *heap, int32_t place, Entry entry) noexcept nogil:
    """Put an entry where it belongs, at a place or below it."""
    cdef Entry *entries = heap.entries
    cdef int32_t below = 2 * place + 1
    while below + 1 < heap.size:
        below += is_before(&entries[below + 1], &entries[below])
        if is_before(&entry, &entries[below]):
            entries[place] = entry
            return
        entries[place] = entries[below]
        place = below
        below = 2 * place + 1
    if below < heap.size and is_before(&entries[below], &entry):
        entries[place] = entries[below]
        place = below
    entries[place] = entry


cdef void order_anew(Heap *heap) noexcept nogil:
    """Make a heap of entries in any order."""
    cdef int32_t place = heap.size >> 1
    while place:
        place -= 1
        sink(heap, place, heap.entries[place])
