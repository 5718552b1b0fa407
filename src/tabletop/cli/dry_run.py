"""A dry run as it is printed: what an experiment will take."""

from pathlib import Path
from shutil import disk_usage

from rich.console import Console

from tabletop.analysis.words import figure, plural
from tabletop.experiment.dry_run import plan
from tabletop.experiment.machine import memory, shortage
from tabletop.experiment.run import Experiment
from tabletop.experiment.sequential import FIRST
from tabletop.scenario.workload import heaviness


def print_plan(console: Console, experiment: Experiment, folder: Path) -> None:
    """Runs, time, memory and disk; nothing is written."""
    found = plan(experiment, folder)
    cap, workers = experiment.cap, experiment.processes
    most = "at most " if cap is not None else ""
    console.print()
    if (heavy := heaviness(experiment.design.scenario, found.runs)) is not None:
        console.print(heavy, soft_wrap=True)
    asked = experiment.workers if experiment.cluster is None else None
    if asked is not None and (few := shortage(asked)) is not None:
        console.print(few, soft_wrap=True)
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
    if found.timed < 1:
        console.print(
            "A replication takes long: time and disk are extrapolated from the first "
            f"{100 * found.timed:.2g} % of its days, and memory is what these took.",
            soft_wrap=True,
        )
    if found.precision is not None and found.precision.looked:
        console.print(f"Precision, from what is there: {found.precision.in_words()}.")
    if found.worker_bytes is not None:
        processes = 1 if workers == 1 else workers + 1
        each = f"each of {processes} processes" if processes > 1 else "one process"
        needed = processes * found.worker_bytes + found.table_bytes
        table = "" if found.table_bytes < 1e6 else f", and {_size(found.table_bytes)} for the tables"
        console.print(f"Memory: about {_size(needed)} ({_size(found.worker_bytes)} for {each}{table}).")
        if (there := memory()) is not None and needed > there:
            fewer = "fewer workers" if processes > 1 else "fewer days or replications"
            console.print(f"That is more than the {_size(there)} of this machine: ask for {fewer}.")
    console.print(f"Disk: about {_size(found.disk_bytes)}.")
    if (free := _free(folder)) is not None and found.disk_bytes > free:
        console.print(f"Only {_size(free)} are free there: name a folder on another disk with --out.")
    console.print("Nothing was written.")


def _free(folder: Path) -> int | None:
    """The bytes that are free where a folder is, or would be; None where the system does not say."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.is_dir()), Path())
    try:
        return disk_usage(there).free
    except OSError:
        return None


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
