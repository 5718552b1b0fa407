"""Signs of life: something is done every few seconds, in a thread of its own."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Self

from tabletop.errors import TabletopError

SECONDS = 5.0
"""Between two signs of life."""


class Heartbeat:
    """Calls `beat` at once and every few seconds; a disk that is full misses some, and stops nothing."""

    def __init__(self, beat: Callable[[], object], *, seconds: float = SECONDS) -> None:
        self._beat = beat
        self._seconds = seconds
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True, name="signs of life")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with suppress(TabletopError):
                self._beat()
            if self._over.wait(self._seconds):
                return
