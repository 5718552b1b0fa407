# The luck of a replication as Python holds it, and as tests read it.

cdef class LuckStore:
    """All that chance decides in one replication of a scenario, drawn once for all its mixes."""

    cdef Luck luck

    def __cinit__(self, seed: int, replication: int, partners: tuple[str, ...]) -> None:
        cdef bytes root = blake2b(f"{seed}/{replication}".encode(), digest_size=ROOT_BYTES).digest()
        cdef bytes name
        names = purpose_names(partners)
        key_state(self.luck.keyed, <const uint8_t *><const char *>root)
        self.luck.purposes = <char **>new_bytes(len(names) * sizeof(char *))
        for purpose in names:
            name = purpose.encode()
            if len(name) >= NAME_BYTES:
                raise ValueError(f"{purpose}: a purpose has fewer than {NAME_BYTES} characters")
            self.luck.purposes[self.luck.purpose_count] = <char *>new_bytes(len(name) + 1)
            memcpy(self.luck.purposes[self.luck.purpose_count], <const char *>name, len(name))
            self.luck.purpose_count += 1

    def __dealloc__(self) -> None:
        end_luck(&self.luck)

    @property
    def held(self) -> int:
        """How many numbers are kept now."""
        return self.luck.held

    def uniforms(self, entity: tuple, purpose: int, ordinals: range) -> list[float]:
        """The uniforms of some of the entities that share a key, as `Luck.uniforms` draws them."""
        cdef int32_t cohort = self._cohort(entity)
        return [uniform_of(&self.luck, cohort, purpose, ordinal) for ordinal in ordinals]

    def normals(self, entity: tuple, purpose: int, ordinals: range) -> list[float]:
        """The standard normals of some of them."""
        cdef int32_t cohort = self._cohort(entity)
        return [normal_of(&self.luck, cohort, purpose, ordinal) for ordinal in ordinals]

    def units(self, entity: tuple, purpose: int, ordinals: range, duration: dict[str, float]) -> list[float]:
        """The durations of some of them, scaled to mean 1."""
        cdef int32_t cohort = self._cohort(entity)
        cdef Duration of = duration
        return [unit_of(&self.luck, cohort, purpose, ordinal, &of) for ordinal in ordinals]

    def arrivals(self, entity: tuple, purpose: int, ordinals: range) -> list[float]:
        """Some of the arrivals of a Poisson process of rate 1."""
        cdef int32_t cohort = self._cohort(entity)
        return [arrival_of(&self.luck, cohort, purpose, ordinal) for ordinal in ordinals]

    cdef int32_t _cohort(self, entity: tuple) except -1:
        cdef int32_t[KEY_NUMBERS] key
        cdef bytes kind = entity[0].encode()
        cdef int number, i
        for number in range(<int>BENIGN + 1):
            if kind == KIND_NAMES[number]:
                for i, part in enumerate(entity[1:]):
                    key[i] = part if isinstance(part, int) else Channel[part.upper()]
                return cohort_of(&self.luck, <CohortKind>number, key)
        raise ValueError(f"{entity!r}: no such entity")
