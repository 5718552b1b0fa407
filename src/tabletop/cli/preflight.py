"""`tabletop preflight`: whether a class can be held here and now, before anything is begun."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli import checklist, network_rows
from tabletop.cli.checklist import REPORT_BYTES, Row, Standing
from tabletop.cli.measured_waits import Waits
from tabletop.cli.notes import noted_workers
from tabletop.cli.options import JsonAlone, ScenarioFile, Workers
from tabletop.cli.output import console, print_json
from tabletop.exercise.exercise import playable
from tabletop.exercise.unattended import OTHERS
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario


def preflight(
    scenario: ScenarioFile,
    teams: Annotated[
        int | None, typer.Option(min=1, max=30, help="How many teams play; by default the file's.")
    ] = None,
    others: Annotated[
        int,
        typer.Option(min=2, max=10_000, help="Replications that show what else could have happened."),
    ] = OTHERS,
    workers: Workers = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the exercise's folder is to be made.")
    ] = Path("exercises"),
    json: JsonAlone = False,
) -> None:
    """Check before a class what could stop it: libraries, disk, network, power, viewer, minutes, waits.

    The waits are measured on this machine, with some runs of this scenario. Nothing is begun and nothing
    stays written. Exits with 2 if something would stop the class.
    """
    processes = noted_workers(workers)
    given = playable(load(scenario), scenario)
    rows = [*_rows(given, teams=teams, others=others, workers=processes, out=out)]
    stops = sum(row.standing is Standing.STOP for row in rows)
    if json:
        print_json({"ready": not stops, "checks": [asdict(row) for row in rows]})
    else:
        _print(rows, stops)
    if stops:
        raise typer.Exit(2)


def _rows(given: Scenario, *, teams: int | None, others: int, workers: int, out: Path) -> Iterator[Row]:
    """All checks of a class at one terminal."""
    plan = given.exercise
    assert plan is not None
    number = len(plan.teams) if teams is None else teams
    measured = Waits.measured(given, teams=number, others=others, workers=workers)
    yield checklist.extras()
    yield checklist.fonts(given)
    yield checklist.disk(out, measured.bytes_needed + REPORT_BYTES)
    yield network_rows.writes(out)
    yield network_rows.network()
    yield network_rows.power()
    yield checklist.viewer()
    yield checklist.minutes(plan, number)
    yield checklist.cards(given)
    yield from checklist.waits(measured)


def _print(rows: list[Row], stops: int) -> None:
    screen = console()
    for row in rows:
        screen.print(f"{row.standing:<4}  {row.name}: {row.found}", soft_wrap=True)
        if row.right:
            screen.print(f"      to do: {row.right}", soft_wrap=True)
    if stops:
        screen.print(f"Not ready: {stops} of {len(rows)} checks would stop the class.", style="bold")
    else:
        screen.print(f"Ready: none of {len(rows)} checks would stop the class.", style="bold")
