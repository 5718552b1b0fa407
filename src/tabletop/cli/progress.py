"""Progress of a long command, on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from tabletop.experiment.execution import Progress
from tabletop.experiment.progress import terminal_bar

LINES = 10
"""Lines of progress where there is no terminal to draw a bar on."""
BROKEN_OFF = 130
"""Exit code after Ctrl-C, as shells have it."""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar with the time left on a terminal, some plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    with terminal_bar() as progress:
        yield progress


def _lines() -> Progress:
    """A line for each tenth."""
    told = 0

    def progress(done: int, total: int, /) -> None:
        nonlocal told
        if done * LINES // total > told:
            told = done * LINES // total
            typer.echo(f"simulated {done:,} of {total:,} runs", err=True)

    return progress
