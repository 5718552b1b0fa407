"""Connections on which nothing gets through any more: they are ended, and hold no memory."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

DRAIN_SECONDS = 10.0
"""In which a browser has to take some of what waits for it."""
LEAST_BYTES = 16 * 1024
"""Of what waits, that it has to take in these seconds: less than a page is sent while people tap."""


class DrainingProtocol(H11Protocol):
    """HTTP to one browser, which is hung up on if it does not read what it is sent.

    A live channel waits as long as its connection takes no more; here that connection is given up. Whoever is
    still there connects anew, and gets the page as it is then. A long download only has to move.
    """

    drain_seconds = DRAIN_SECONDS
    _waits: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """More waits to be sent than is good: look whether it is taken."""
        super().pause_writing()
        self._look_later()

    def resume_writing(self) -> None:
        """Most of it was taken."""
        self._forget()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._forget()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        waiting = self.transport.get_write_buffer_size()
        self._waits = self.loop.call_later(self.drain_seconds, self._look, waiting)

    def _look(self, waited: int) -> None:
        if waited - self.transport.get_write_buffer_size() < LEAST_BYTES:
            self.transport.abort()  # to close it would wait until all is taken
        else:
            self._look_later()

    def _forget(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None


def draining_within(seconds: float) -> type[DrainingProtocol]:
    """The same with another time to wait."""
    return type("DrainingProtocol", (DrainingProtocol,), {"drain_seconds": seconds})
