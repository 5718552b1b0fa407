"""The live channel: each page gets its regions as they are now, and again whenever one has changed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b

BEAT_SECONDS = 5.0
"""Between two signs of life; a page that hears nothing for longer opens the channel anew."""
APART_SECONDS = 0.12
"""At least, between two views on one stream: taps of a whole team come together."""
Regions = dict[str, str]


@dataclass(frozen=True)
class Look:
    """What a page shows at a moment."""

    line: int
    """Of the log, up to which it is."""
    regions: Regions
    """HTML by the name of the region."""
    beat: dict[str, object]
    """What changes all the time: seconds left, and whether the exercise is paused."""

    @property
    def clock(self) -> dict[str, object]:
        """What every message says: the line, and what changes all the time."""
        return {"line": self.line, **self.beat}


class Bell:
    """Wakes everybody who waits for it."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.is_last = False
        """Whether the server stops: every stream ends, and pages look for a server again."""

    def ring(self) -> None:
        """Wake whoever waits now."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    def ring_last(self) -> None:
        """Wake everybody for the last time."""
        self.is_last = True
        self.ring()

    async def wait(self, seconds: float) -> None:
        """Wait until it is rung, or so many seconds."""
        rung = self._rung
        with suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), seconds)


async def stream(
    look: Callable[[], Look | None], bell: Bell, *, beat_seconds: float = BEAT_SECONDS
) -> AsyncIterator[str]:
    """Events of one page until the server stops; `gone` once there is nothing to look at any more.

    Whoever connects anew gets the whole view. A stream holds no queue: a slow page skips states.
    """
    sent: dict[str, bytes] = {}
    yield "retry: 2000\n\n"
    while not bell.is_last:
        now = look()
        if now is None:
            yield _event("gone", {})
            return
        changed = {name: html for name, html in now.regions.items() if sent.get(name) != _digest(html)}
        if changed:
            # a region that is gone is sent again once it is back: its place on the page is empty then
            sent = {name: _digest(html) for name, html in now.regions.items()}
            yield _event("view", {"regions": changed, **now.clock}, now.line)
            await asyncio.sleep(APART_SECONDS)
        else:
            yield _event("beat", now.clock)
        await _until_changed(look, sent, bell, beat_seconds)


async def _until_changed(
    look: Callable[[], Look | None], sent: dict[str, bytes], bell: Bell, seconds: float
) -> None:
    """Wait for the next beat, or for something that this page shows."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not bell.is_last:
        now = look()
        if now is None or any(sent.get(name) != _digest(html) for name, html in now.regions.items()):
            return
        if (left := end - loop.time()) <= 0:
            return
        await bell.wait(left)


def _event(name: str, data: dict[str, object], line: int | None = None) -> str:
    number = "" if line is None else f"id: {line}\n"
    return f"event: {name}\n{number}data: {json.dumps(data)}\n\n"


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
