# Memory: bytes that are there, or MemoryError.

cdef void *new_bytes(size_t size) except NULL nogil:
    """So many bytes of zeros."""
    cdef void *found = calloc(1, size)
    if found == NULL:
        with gil:
            raise MemoryError
    return found


cdef void *more_bytes(void *there, size_t size) except NULL nogil:
    """The same bytes with room for `size`; what is new is not zero."""
    cdef void *found = realloc(there, size)
    if found == NULL:
        with gil:
            raise MemoryError
    return found
