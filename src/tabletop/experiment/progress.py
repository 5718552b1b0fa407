"""A bar of finished runs for whoever watches: in a terminal, or below the cell of a notebook."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from tabletop.experiment.execution import Progress


@contextmanager
def watched() -> Iterator[Progress | None]:
    """A bar where somebody may be watching; None elsewhere."""
    if _in_a_notebook():
        yield _below_the_cell()
    elif sys.stderr is not None and sys.stderr.isatty():
        with terminal_bar() as progress:
            yield progress
    else:
        yield None


@contextmanager
def terminal_bar() -> Iterator[Progress]:
    """A bar with the time left, on standard error."""
    columns = (TextColumn("simulating"), BarColumn(), MofNCompleteColumn(), TextColumn("runs, left"))
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _in_a_notebook() -> bool:
    """Whether what is displayed goes below the cell of a notebook; IPython's prompt is a terminal."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")


def _below_the_cell() -> Progress:
    """A bar that a notebook itself draws, without widgets; it stays with the number of runs."""
    shown: Any = import_module("IPython.display")
    handle = shown.display(shown.HTML(_bar(0, 0)), display_id=True)

    def progress(done: int, total: int, /) -> None:
        handle.update(shown.HTML(_bar(done, total)))

    return progress


def _bar(done: int, total: int) -> str:
    return f'<progress value="{done}" max="{max(1, total)}"></progress> {done:,} of {total:,} runs'
