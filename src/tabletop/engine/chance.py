"""The luck of one replication: random numbers that are a pure function of their keys."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import accumulate, count
from math import log1p, sqrt
from struct import unpack
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from tabletop.engine.durations import Duration

Key = tuple[Hashable, ...]

_OFF_ZERO = 2.0**-54
"""Below the smallest positive value of `Generator.random`, which can also be 0."""

_ZEROS = (0, 0, 0, 0)

STRETCH = 4_096
"""Arrivals that are drawn together, at most."""
MOST_ENTITIES = 200_000
"""Entities of which draws are kept for the next policy; beyond them the oldest are let go of."""

Quantiles = Callable[[NDArray[np.float64]], Any]
"""A function from uniforms in (0, 1) to as many quantiles."""


class Numbers(Protocol):
    """Numbers of the entities of a cohort."""

    def __getitem__(self, ordinal: int, /) -> float:
        """The number of an entity."""


Drawn = TypeVar("Drawn", "Cohort", "Stretch")


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
        self._known: dict[Hashable, Any] = {}
        self._entities = 0
        self._state: Any = {
            "bit_generator": "Philox",
            "state": {"counter": _ZEROS, "key": _ZEROS[:2]},
            "buffer": _ZEROS,
            "buffer_pos": 4,
            "has_uint32": 0,
            "uinteger": 0,
        }

    def uniforms(self, purpose: str, entity: Key, size: int, first: int = 0) -> NDArray[np.float64]:
        """`size` uniforms in (0, 1) of a purpose and an entity, from the `first` on, a multiple of 4.

        A longer draw starts alike.
        """
        name = self._keyed.copy()
        name.update(f"{purpose}|{entity!r}".encode())
        # Setting the state is much faster than a generator per key, and draws the same.
        self._state["state"]["key"] = unpack("<QQ", name.digest())
        self._state["state"]["counter"] = (first // 4, 0, 0, 0)
        self._philox.state = self._state
        drawn = self._generator.random(size)
        np.maximum(drawn, _OFF_ZERO, out=drawn)
        return drawn

    def arrivals(self, purpose: str, entity: Key, length: float) -> list[float]:
        """Times in [0, length) of a Poisson process of rate 1, in increasing order."""
        return [time for stretch in self.stretches(purpose, entity, length) for time in stretch.times]

    def stretches(self, purpose: str, entity: Key, length: float) -> Iterator["Stretch"]:
        """The arrivals in [0, length) of a Poisson process of rate 1, and the entities that arrive.

        A long process comes a stretch at a time, so that nothing is drawn before it is asked for.
        """
        begin = 0.0
        for first in count(0, STRETCH):
            draw = partial(self._stretch, purpose, entity, length, first, begin)
            stretch = self._kept((purpose, entity, length, first), draw)
            yield stretch
            if stretch.is_last:
                return
            begin = stretch.times[-1]

    def _stretch(self, purpose: str, entity: Key, length: float, first: int, begin: float) -> "Stretch":
        size = min(max(int(length + 6 * sqrt(length)) + 8 - first, 8), STRETCH)
        while True:
            gaps = map(log1p, (-self.uniforms(purpose, entity, size, first)).tolist())
            # negative gaps, and so negative times: a change of sign is exact
            times = [-t for t in accumulate(gaps, initial=-begin)][1:]
            if times[-1] >= length:
                times = times[: bisect_left(times, length)]
                return Stretch(times, Cohort(self, entity, len(times), first), is_last=True)
            if size == STRETCH:
                return Stretch(times, Cohort(self, entity, size, first), is_last=False)
            size = STRETCH

    def cohort(self, entity: Key, size: int) -> "Cohort":
        """`size` entities that share a key and differ in their ordinal, drawn together."""
        return self._kept((entity, size), lambda: Cohort(self, entity, size))

    def _kept(self, key: Hashable, draw: Callable[[], Drawn]) -> Drawn:
        """What was drawn under a key; so that memory follows what is in use, the oldest is let go of."""
        found: Drawn | None = self._known.get(key)
        if found is None:
            found = self._known[key] = draw()
            self._entities += found.size
            while self._entities > MOST_ENTITIES and len(self._known) > 1:
                oldest = self._known.pop(next(iter(self._known)))
                self._entities -= oldest.size
                oldest.let_go()
        return found


class Cohort:
    """Entities that are drawn together: one block per purpose, made when first asked for."""

    __slots__ = ("_is_past", "_luck", "_quantiles", "_uniforms", "entity", "first", "size")

    def __init__(self, luck: Luck, entity: Key, size: int, first: int = 0) -> None:
        self._luck = luck
        self.entity = entity
        self.size = size
        self.first = first
        """How many entities of the same key come before them; their ordinals here are from 0 on."""
        self._uniforms: dict[str, array[float]] = {}
        self._quantiles: dict[str, array[float]] = {}
        self._is_past = False

    def let_go(self) -> None:
        """Keep no number any more: most are past, and from now on each of the others is drawn singly."""
        self._is_past = True
        self._uniforms.clear()
        self._quantiles.clear()

    def _drawn(self, purpose: str) -> NDArray[np.float64]:
        return self._luck.uniforms(purpose, self.entity, self.size, self.first)

    def _singly(self, purpose: str, quantiles: Quantiles) -> "_Singly":
        return _Singly(self._luck, purpose, self.entity, self.first, quantiles)

    def uniforms(self, purpose: str) -> Numbers:
        """A uniform in (0, 1) per entity."""
        try:
            return self._uniforms[purpose]
        except KeyError:
            if self._is_past:
                return self._singly(purpose, _as_they_are)
            self._uniforms[purpose] = array("d", self._drawn(purpose).tobytes())
            return self._uniforms[purpose]

    def normals(self, purpose: str) -> Numbers:
        """A standard normal per entity."""
        try:
            return self._quantiles[purpose]
        except KeyError:
            from scipy.special import ndtri

            if self._is_past:
                return self._singly(purpose, ndtri)
            self._quantiles[purpose] = array("d", ndtri(self._drawn(purpose)).tobytes())
            return self._quantiles[purpose]

    def units(self, purpose: str, duration: Duration) -> Numbers:
        """A duration scaled to mean 1 per entity; under one luck a purpose keeps its family and cv."""
        try:
            return self._quantiles[purpose]
        except KeyError:
            if self._is_past:
                return self._singly(purpose, duration.units)
            self._quantiles[purpose] = array("d", duration.units(self._drawn(purpose)))
            return self._quantiles[purpose]

    def one_uniform(self, purpose: str, ordinal: int) -> float:
        """The uniform of one entity."""
        return self.uniforms(purpose)[ordinal]

    def one_days(self, purpose: str, ordinal: int, duration: Duration) -> float:
        """The duration of one entity, where few of a cohort will be asked for."""
        mean = duration.mean
        return mean * duration.unit(self.uniforms(purpose)[ordinal]) if mean else 0.0


@dataclass(frozen=True, slots=True)
class _Singly:
    """Numbers of which each is drawn when it is asked for, and not kept."""

    luck: Luck
    purpose: str
    entity: Key
    first: int
    quantiles: Quantiles

    def __getitem__(self, ordinal: int) -> float:
        place = self.first + ordinal
        four = self.luck.uniforms(self.purpose, self.entity, 4, place - place % 4)
        return float(self.quantiles(four)[place % 4])


def _as_they_are(uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
    return uniforms


@dataclass(frozen=True, slots=True)
class Stretch:
    """Arrivals that come one after the other, and the entities that arrive."""

    times: list[float]
    cohort: Cohort
    is_last: bool
    """Whether no arrival comes after them."""

    @property
    def size(self) -> int:
        """How many arrive."""
        return self.cohort.size

    def let_go(self) -> None:
        """Keep no number of those who arrive."""
        self.cohort.let_go()
