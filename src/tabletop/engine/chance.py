"""The luck of one replication: random numbers that are a pure function of their keys."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator
from hashlib import blake2b
from itertools import accumulate, count, islice
from math import log1p, sqrt
from struct import unpack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tabletop.engine.durations import Duration

Key = tuple[Hashable, ...]

_OFF_ZERO = 2.0**-54
"""Below the smallest positive value of `Generator.random`, which can also be 0."""

PIECE = 1 << 14
"""Of a larger crowd so many are drawn together: memory follows who is there, not who comes in a year."""

_ZEROS = (0, 0, 0, 0)


class Luck:
    """All that chance decides in one replication, whatever the policy.

    A draw depends on (seed, replication, purpose name, entity key, index) and on nothing else, such as
    the order of calls or a position in a list. Draws are kept, so that policies simulated one after the
    other under the same luck share them.
    """

    def __init__(self, seed: int, replication: int) -> None:
        root = blake2b(f"{seed}/{replication}".encode(), digest_size=32).digest()
        self._keyed = blake2b(digest_size=16, key=root)
        self._philox = np.random.Philox(0)
        self._generator = np.random.Generator(self._philox)
        self._arrivals: dict[tuple[str, Key, float], list[float]] = {}
        self._cohorts: dict[tuple[Key, int], Cohort] = {}
        self._state: Any = {
            "bit_generator": "Philox",
            "state": {"counter": _ZEROS, "key": _ZEROS[:2]},
            "buffer": _ZEROS,
            "buffer_pos": 4,
            "has_uint32": 0,
            "uinteger": 0,
        }

    def uniforms(self, purpose: str, entity: Key, size: int, first: int = 0) -> NDArray[np.float64]:
        """`size` uniforms in (0, 1) of a purpose and an entity; a longer draw starts alike.

        They begin with draw number `first`, a multiple of 4.
        """
        name = self._keyed.copy()
        name.update(f"{purpose}|{entity!r}".encode())
        # Setting the state is much faster than a generator per key, and draws the same.
        self._state["state"]["key"] = unpack("<QQ", name.digest())
        # the generator counts by fours
        self._state["state"]["counter"] = (first // 4, 0, 0, 0)
        self._philox.state = self._state
        drawn = self._generator.random(size)
        np.maximum(drawn, _OFF_ZERO, out=drawn)
        return drawn

    def arrivals(self, purpose: str, entity: Key, length: float) -> list[float]:
        """Times in [0, length) of a Poisson process of rate 1, in increasing order."""
        asked = (purpose, entity, length)
        try:
            return self._arrivals[asked]
        except KeyError:
            self._arrivals[asked] = self._arrivals_anew(*asked)
            return self._arrivals[asked]

    def _arrivals_anew(self, purpose: str, entity: Key, length: float) -> list[float]:
        size = int(length + 6 * sqrt(length)) + 8
        while True:
            # negative gaps, and so negative times: a change of sign is exact
            times = [-t for t in accumulate(map(log1p, (-self.uniforms(purpose, entity, size)).tolist()))]
            if times[-1] >= length:
                return times[: bisect_left(times, length)]
            size *= 2

    def crowd(self, purpose: str, entity: Key, length: float) -> Iterator[tuple[int, list[float], "Cohort"]]:
        """Those who arrive in [0, length) by a Poisson process of rate 1, in pieces of PIECE at most.

        Of each piece: the number of those before it, the times of its own, and their cohort. A crowd that
        fits into one piece is kept; of a larger one a piece lasts as long as somebody holds it.
        """
        if length < PIECE / 2:
            times = self.arrivals(purpose, entity, length)
            yield 0, times, self.cohort(entity, len(times))
            return
        last = 0.0
        for first in count(step=PIECE):
            gaps = map(log1p, (-self.uniforms(purpose, entity, PIECE, first)).tolist())
            times = [-t for t in islice(accumulate(gaps, initial=-last), 1, None)]
            last = times[-1]
            yield first, times[: bisect_left(times, length)], Cohort(self, entity, PIECE, first)
            if last >= length:
                return

    def cohort(self, entity: Key, size: int) -> "Cohort":
        """`size` entities that share a key and differ in their ordinal, drawn together."""
        try:
            return self._cohorts[entity, size]
        except KeyError:
            self._cohorts[entity, size] = Cohort(self, entity, size)
            return self._cohorts[entity, size]


class Cohort:
    """Entities that are drawn together: one block per purpose, made when first asked for."""

    __slots__ = ("_arrays", "_first", "_lists", "_luck", "entity", "size")

    def __init__(self, luck: Luck, entity: Key, size: int, first: int = 0) -> None:
        self._luck = luck
        self._first = first
        self.entity = entity
        self.size = size
        self._arrays: dict[str, NDArray[np.float64]] = {}
        self._lists: dict[str, list[float]] = {}

    def _block(self, purpose: str) -> NDArray[np.float64]:
        block = self._arrays.get(purpose)
        if block is None:
            block = self._arrays[purpose] = self._luck.uniforms(purpose, self.entity, self.size, self._first)
        return block

    def uniforms(self, purpose: str) -> list[float]:
        """A uniform in (0, 1) per entity."""
        try:
            return self._lists[purpose]
        except KeyError:
            self._lists[purpose] = self._block(purpose).tolist()
            return self._lists[purpose]

    def normals(self, purpose: str) -> list[float]:
        """A standard normal per entity."""
        try:
            return self._lists[purpose]
        except KeyError:
            from scipy.special import ndtri

            self._lists[purpose] = ndtri(self._block(purpose)).tolist()
            return self._lists[purpose]

    def units(self, purpose: str, duration: Duration) -> list[float]:
        """A duration scaled to mean 1 per entity; under one luck a purpose keeps its family and cv."""
        try:
            return self._lists[purpose]
        except KeyError:
            self._lists[purpose] = duration.units(self._block(purpose))
            return self._lists[purpose]

    def one_uniform(self, purpose: str, ordinal: int) -> float:
        """The uniform of one entity, where few of a cohort will be asked for."""
        return float(self._block(purpose)[ordinal])

    def one_days(self, purpose: str, ordinal: int, duration: Duration) -> float:
        """The duration of one entity, where few of a cohort will be asked for."""
        mean = duration.mean
        return mean * duration.unit(float(self._block(purpose)[ordinal])) if mean else 0.0
