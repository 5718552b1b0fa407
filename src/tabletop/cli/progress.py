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


def broken_off() -> typer.Exit:
    """Say that what was finished is kept; the exit after that."""
    typer.echo("Interrupted: what was finished is kept; the same command goes on from there.", err=True)
    return typer.Exit(BROKEN_OFF)


@contextmanager
def kept_if_broken_off() -> Iterator[Progress]:
    """Progress of a study that keeps each run as it is finished; Ctrl-C ends it, and says so."""
    try:
        with shown_progress() as progress:
            yield progress
    except KeyboardInterrupt as interrupted:
        raise broken_off() from interrupted


def _lines() -> Progress:
    """A line for each tenth."""
    told = 0

    def progress(done: int, total: int, /) -> None:
        nonlocal told
        if done * LINES // total > told:
            told = done * LINES // total
            typer.echo(f"simulated {done:,} of {total:,} runs", err=True)

    return progress
