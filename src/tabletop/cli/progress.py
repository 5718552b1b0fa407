"""Progress of a long command, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

LINES = 10
"""Lines of progress where there is no terminal to draw a bar on."""
BROKEN_OFF = 130
"""Exit code after Ctrl-C, as shells have it."""

Progress = Callable[[int, int], None]


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar with the time left on a terminal, some plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (TextColumn("simulating"), BarColumn(), MofNCompleteColumn(), TextColumn("runs, left"))
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Progress:
    """A line for each tenth."""
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if done * LINES // total > told:
            told = done * LINES // total
            typer.echo(f"simulated {done:,} of {total:,} runs", err=True)

    return progress
