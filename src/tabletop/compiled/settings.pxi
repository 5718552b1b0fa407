# Settings as Python gives them: the levers, conditions and people present of one stretch of a run.

cdef class Settings:
    """What holds from a day on; made of the dictionaries of `records.py`, whose keys are the fields here."""

    cdef Levers levers
    cdef Conditions conditions
    cdef double[POOLS] staff

    def __cinit__(self, levers: dict, conditions: dict, staff: dict) -> None:
        self.levers = levers
        self.conditions = conditions
        for pool in PoolName:
            self.staff[<int>pool] = staff[pool.name.removeprefix("POOL_").lower()]

    def fields(self) -> tuple[dict, dict]:
        """Levers and conditions again, so that it can be seen that each has its field."""
        return self.levers, self.conditions
