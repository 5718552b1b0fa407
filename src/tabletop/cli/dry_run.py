"""A dry run as it is printed: what an experiment will take."""

from pathlib import Path

from rich.console import Console

from tabletop.analysis.words import figure, plural
from tabletop.experiment.dry_run import plan
from tabletop.experiment.run import Experiment
from tabletop.experiment.sequential import FIRST


def print_plan(console: Console, experiment: Experiment, folder: Path) -> None:
    """Runs, time, memory and disk; nothing is written."""
    found = plan(experiment, folder)
    cap, workers = experiment.cap, experiment.processes
    most = "at most " if cap is not None else ""
    console.print()
    console.print(
        f"Runs: {most}{found.runs:,}, of which {found.there:,} are in {folder} already.", soft_wrap=True
    )
    on = plural(workers, "worker")
    if cap is None:
        console.print(f"Time: about {_duration(found.seconds)} on {on}.")
    else:
        console.print(
            f"Time: from {_duration(found.least_seconds)} for the first {min(FIRST, cap)} replications "
            f"to {_duration(found.seconds)} for {cap:,}, on {on}."
        )
    if found.precision is not None and found.precision.looked:
        console.print(f"Precision, from what is there: {found.precision.in_words()}.")
    if found.worker_bytes is not None:
        processes = 1 if workers == 1 else workers + 1
        each = f"each of {processes} processes" if processes > 1 else "one process"
        table = "" if found.table_bytes < 1e6 else f", and {_size(found.table_bytes)} for the tables"
        console.print(
            f"Memory: about {_size(processes * found.worker_bytes + found.table_bytes)} "
            f"({_size(found.worker_bytes)} for {each}{table})."
        )
    console.print(f"Disk: about {_size(found.disk_bytes)}.")
    console.print("Nothing was written.")


def _duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    if seconds < 90:
        return f"{figure(max(1.0, seconds), decimals=0)} s"
    if seconds < 5_400:
        return f"{figure(seconds / 60, decimals=0)} min"
    return f"{figure(seconds / 3_600, decimals=1)} h"


def _size(number: float) -> str:
    """Bytes in the unit that suits them."""
    return (
        f"{figure(number / 1e6, decimals=0)} MB" if number < 1e9 else f"{figure(number / 1e9, decimals=1)} GB"
    )
