"""Side by side: figures are rendered by as many processes as there are cores."""

import signal
import sys
import threading
import warnings
from collections.abc import Mapping, Sequence
from multiprocessing import get_all_start_methods, get_context

from matplotlib.figure import Figure

from tabletop.experiment.folder import USUAL_FORMATS
from tabletop.experiment.machine import cores
from tabletop.plots.rendering import rendered

_pictures: Sequence[tuple[Figure, str]] = ()
"""What the processes that are split off find to render: a figure cannot be sent to a process."""


def as_files(pictures: Mapping[str, Figure], formats: Sequence[str] = USUAL_FORMATS) -> dict[str, bytes]:
    """Every picture in every format, as `<name>.<format>`."""
    named = [(name, form) for name in pictures for form in formats]
    drawn = rendered_side_by_side([(pictures[name], form) for name, form in named])
    return {f"{name}.{form}": one for (name, form), one in zip(named, drawn, strict=True)}


def rendered_side_by_side(pictures: Sequence[tuple[Figure, str]]) -> list[bytes]:
    """Figures as files of some formats hold them, in their order; the same bytes as one after the other.

    A process is split off only where all that is in memory comes with it at once, and no other thread is
    at work; elsewhere one figure is rendered after another. Nothing is read from results any more.
    """
    global _pictures  # noqa: PLW0603 (what a process that is split off is given)
    processes = min(cores(), len(pictures))
    if processes < 2 or not _can_split():
        return [rendered(figure, form) for figure, form in pictures]
    _pictures = pictures
    try:
        with warnings.catch_warnings():
            # newer Pythons count the idle threads of numerical libraries, which hold no lock
            warnings.simplefilter("ignore", DeprecationWarning)
            pool = get_context("fork").Pool(processes, _leave_interrupts_to_the_parent)
        with pool:
            return pool.map(_rendered, range(len(pictures)), chunksize=1)
    finally:
        _pictures = ()


def _can_split() -> bool:
    # on macOS system libraries do not bear it
    is_safe = sys.platform != "darwin" and "fork" in get_all_start_methods()
    return is_safe and threading.active_count() == 1


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _rendered(place: int) -> bytes:
    return rendered(*_pictures[place])
