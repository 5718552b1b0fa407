"""The machine: how many processes it has cores and memory for."""

import os
from contextlib import suppress
from pathlib import Path

PROCESS_BYTES = 150_000_000
"""What a process that simulates takes at least; the libraries alone are two thirds of it."""
_CONTROL_GROUP = Path("/sys/fs/cgroup/memory.max")


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory() -> int | None:
    """The bytes of memory that this process may use; None where the system does not say."""
    known = []
    with suppress(AttributeError, OSError, ValueError):
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with suppress(OSError, ValueError):  # ValueError: "max", where a container has no limit
        known.append(int(_CONTROL_GROUP.read_text(encoding="ascii")))
    return min(known, default=None)


def possible(workers: int) -> int:
    """Of the processes that were asked for, those for which there are cores and memory.

    Two are always possible: a run that dies then takes a process of its own with it, and not this one.
    """
    there = memory()
    room = workers if there is None else there // PROCESS_BYTES
    return min(workers, max(2, min(cores(), room)))


def shortage(workers: int) -> str | None:
    """Why fewer processes than were asked for are started; None if all are."""
    started = possible(workers)
    if started == workers:
        return None
    plural = "s" if cores() > 1 else ""
    why = f"has {cores()} core{plural}" if started >= cores() else "has no memory for more"
    return f"{workers:,} workers were asked for; {started} are started, since this machine {why}."
