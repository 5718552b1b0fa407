"""`tabletop levers`: what a cost unit more, or less, on each lever of a policy mix changes."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tabletop.analysis.sensitivity import LeverEffect, Sensitivity
from tabletop.analysis.words import DIRECTION, decimals_for, figure, plural
from tabletop.cli.output import console, write
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.errors import TabletopError
from tabletop.experiment.levers import Study, study_levers
from tabletop.experiment.run import Interrupted
from tabletop.measures import MEASURES
from tabletop.plots import tornado
from tabletop.plots.save import rendered
from tabletop.scenario.load import load
from tabletop.scenario.policy import LEVERS

HOW_TO_READ = (
    "One lever at a time is moved by what a unit pays for, under the same luck. Effects are paired "
    "differences per cost unit a year, and read alike both ways: a unit more buys so much, a unit less "
    "gives so much up. Intervals hold at 95 % for all steps of a measure at once; * means that few "
    "worlds differ, so that the interval covers less than it says."
)


def levers(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A scenario file or a shipped one's name.")
    ],
    mix: Annotated[
        str | None, typer.Option(metavar="NAME", help="The mix to start from; by default the baseline.")
    ] = None,
    unit: Annotated[
        float, typer.Option(metavar="U", help="What a step may cost, in cost units a year.")
    ] = 1.0,
    replications: Annotated[int | None, typer.Option(help="Replications of every step.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of all luck.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default as many as cores.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write levers.csv and a figure a measure there.")
    ] = None,
) -> None:
    """Say on which lever the next unit of the budget is best spent, as far as that is certain."""
    given = load(scenario)
    try:
        with shown_progress() as progress:
            study = study_levers(
                given,
                mix=mix,
                unit=unit,
                replications=replications,
                seed=seed,
                workers=workers,
                progress=progress,
            )
    except Interrupted as interrupted:
        typer.echo("Interrupted: nothing is printed.", err=True)
        raise typer.Exit(BROKEN_OFF) from interrupted
    screen = console()
    _print_header(screen, study)
    _print_steps(screen, study)
    for found in study.sensitivities:
        _print_measure(screen, found, study.scenario.measures[found.measure].delta)
    if not study.sensitivities:
        screen.print("The scenario has no primary measure, so that nothing can be ranked.")
    if out is not None:
        _write(study, out)
        screen.print()
        screen.print(f"Written to {out}", soft_wrap=True)
    if study.results.failed:
        raise typer.Exit(1)


def _print_header(screen: Console, study: Study) -> None:
    results, scenario = study.results, study.scenario
    screen.print(scenario.title, style="bold")
    counted = plural(len(results.outcomes().replications), "replication")
    screen.print(
        f"Levers of {study.mix}: {plural(len(study.steps), 'step')} that cost at most "
        f"{figure(study.unit)} a year; {counted}, seed {scenario.seed}."
    )
    if results.failures:
        failed = f"{len(results.failures):,} of {len(results.design):,} runs failed"
        screen.print(f"{failed} and are left out of every step.")
    screen.print(HOW_TO_READ)


def _print_steps(screen: Console, study: Study) -> None:
    """What is moved, by how much and at what price; and what is not."""
    table = Table(title="Steps", title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("lever", no_wrap=True)
    for column in ("now", "a step up", "costs", "a step down", "saves"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("unit")
    steps = {(step.lever, step.way): step for step in study.steps}
    for lever in dict.fromkeys(step.lever for step in study.steps):
        up, down = steps.get((lever, "up")), steps.get((lever, "down"))
        known = up or down
        assert known is not None
        cells = [_settings(known.before)]
        for step in (up, down):
            cells += ["", ""] if step is None else [_settings(step.after), figure(abs(step.spent))]
        table.add_row(lever, *cells, LEVERS[lever].unit)
    screen.print()
    screen.print(table)
    for one in study.apart:
        way = "" if len(one.ways) == 2 else f", no step {one.ways[0]}"
        screen.print(f"{one.lever} {one.why}{way}.")


def _print_measure(screen: Console, found: Sensitivity, delta: float) -> None:
    """What every step changes in one measure, and on what the next unit is best spent."""
    measure = MEASURES[found.measure]
    title = f"{measure.title} ({measure.unit}; {DIRECTION[found.direction]}), change per cost unit"
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("lever", no_wrap=True)
    for way in ("up", "down"):
        table.add_column(f"a unit {'more' if way == 'up' else 'less'}", justify="right", no_wrap=True)
        table.add_column("worlds", justify="right", no_wrap=True)
    decimals = decimals_for(delta / 10)  # what is far below δ does not matter
    ups, downs = ({e.lever: e for e in effects} for effects in (found.ups, found.downs))
    for lever in dict.fromkeys((*ups, *downs)):
        table.add_row(lever, *_cells(ups.get(lever), decimals), *_cells(downs.get(lever), decimals))
    screen.print()
    screen.print(table)
    words = found.in_words()
    screen.print(f"{words[0].upper()}{words[1:]}.")


def _cells(effect: LeverEffect | None, decimals: int) -> tuple[str, str]:
    """An effect with its interval, and how many worlds differ."""
    if effect is None:
        return "", ""
    differing = f"{effect.differing}{'*' if effect.few_worlds_differ else ''}"
    if effect.per_unit is None:
        return "missing", ""
    if effect.interval is None:
        told = "no difference"
        if effect.differing:
            told = figure(effect.per_unit, signed=True, decimals=decimals)
        return told, differing
    ends = (effect.per_unit, effect.interval.low, effect.interval.high)
    value, low, high = (figure(end, signed=True, decimals=decimals) for end in ends)
    return f"{value} ({low} to {high})", differing


def _settings(values: tuple[float, ...]) -> str:
    """The settings of a lever, from the first day on."""
    return ", ".join(figure(value) for value in values)


def _write(study: Study, out: Path) -> None:
    """The effects as CSV, and a figure for each measure."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for found in study.sensitivities:
            drawn = rendered(tornado.picture(study, found.measure), "svg")
            (out / f"tornado-{found.measure}.svg").write_bytes(drawn)
    except OSError as error:
        raise TabletopError(f"{out}: cannot be written: {error.strerror or error}") from None
    write(out / "levers.csv", tornado.data(study).csv())
