"""Notes before a long command: what is asked of the machine, on standard error."""

import typer

from tabletop.experiment.machine import shortage
from tabletop.experiment.workers import checked_workers, workers_or_cores
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.workload import heaviness

HOW_HEAVY = (
    "`tabletop run` with --plan says how long that takes and how much memory; fewer days or replications, "
    "or a thinner background, take less."
)


def note_run(scenario: Scenario, runs: int, workers: int | None) -> None:
    """Say that so many runs are a lot to simulate, and that fewer workers are started, where it is so."""
    note_shortage(workers)
    if (told := heaviness(scenario, runs)) is not None:
        typer.echo(f"{told} {HOW_HEAVY}", err=True)


def note_exercise(scenario: Scenario, teams: int, others: int) -> None:
    """Say that so many teams in so many other worlds are a lot to simulate, where it is so."""
    if (told := heaviness(scenario, (teams + 1) * (others + 1))) is not None:
        typer.echo(f"{told} Fewer other worlds (--others), or a thinner background, take less.", err=True)


def note_shortage(workers: int | None) -> None:
    """Say that fewer workers are started, if they are; raises TabletopError for a number out of range."""
    if workers is not None and (told := shortage(checked_workers(workers))) is not None:
        typer.echo(told, err=True)


def noted_workers(workers: int | None) -> int:
    """The number of workers that are started; that they are fewer than asked for is said."""
    note_shortage(workers)
    return workers_or_cores(workers)
