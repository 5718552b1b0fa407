"""Interruptions held back: Ctrl-C waits while something must not be left half-done."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end; a process started meanwhile never sees one, not even while it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # started along with the first process, it would let interrupts come again
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
