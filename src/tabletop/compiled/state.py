"""The state of a run just before a day, from which runs that are alike until then can go on."""

import json
from dataclasses import dataclass
from hashlib import blake2b
from zlib import compress, decompress

from tabletop.compiled.remembered import installation

_DIGEST_BYTES = 16


@dataclass(frozen=True)
class State:
    """How things stand just before the first event of a `day`.

    It holds what is in the system, and nothing of what is past. Only an engine of the same build can read it.
    """

    day: float
    world: bytes
    """The loop's own."""
    ends: tuple[tuple[float, int], ...]
    """When effects of injects that waited for a count end: the day, and the place among what is due on it."""
    fired: tuple[tuple[str, float], ...]
    """The injects that happened, by their ids, and the day on which each did, in that order."""

    def encoded(self) -> bytes:
        """The state as it is kept."""
        head = json.dumps([self.day, self.ends, self.fired]).encode()
        kept = compress(head + b"\n" + self.world, 1)
        return _digest(kept) + kept

    @classmethod
    def decoded(cls, kept: bytes) -> "State | None":
        """A state that was kept; None if it is damaged, or of another build."""
        digest, kept = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
        if digest != _digest(kept):
            return None
        head, world = decompress(kept).split(b"\n", 1)
        day, ends, fired = json.loads(head)
        return cls(
            day,
            world,
            tuple((when, order) for when, order in ends),
            tuple((name, when) for name, when in fired),
        )


def _digest(kept: bytes) -> bytes:
    return blake2b(kept, digest_size=_DIGEST_BYTES, key=installation().encode()).digest()
