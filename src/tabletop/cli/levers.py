"""`tabletop levers`: what a cost unit more, or less, on each lever of a policy mix changes."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tabletop.analysis.numerals import Numerals
from tabletop.analysis.sensitivity import LeverEffect, Sensitivity
from tabletop.analysis.words import DIRECTION, figure, plural
from tabletop.cli.layout import print_fitting
from tabletop.cli.missing import tell_unprintable
from tabletop.cli.notes import note_shortage
from tabletop.cli.options import JsonAlone, ScenarioFile, Seed, Workers
from tabletop.cli.output import console, print_json
from tabletop.cli.pillars import take_apart
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.errors import TabletopError
from tabletop.experiment.lever_steps import UNIT
from tabletop.experiment.levers import Study, study_levers
from tabletop.experiment.many_mixes import Labour
from tabletop.experiment.run import Interrupted
from tabletop.measures import MEASURES
from tabletop.outputs import put_files
from tabletop.scenario.load import load
from tabletop.scenario.policy import LEVERS
from tabletop.spreadsheet import WORKBOOK, workbook

HOW_TO_READ = (
    "One lever at a time is moved by what a unit pays for, under the same luck. Effects are paired "
    "differences per cost unit a year, and read alike both ways: a unit more buys so much, a unit less "
    "gives so much up. Intervals hold at 95 % for all steps of a measure at once; * means that an effect "
    "rests on few worlds or is skewed, so that its interval covers less than it says."
)


def levers(
    scenario: ScenarioFile,
    mix: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The mix to start from, by default the baseline; with --pillars, the mix that is taken "
            "apart, by default each pillar of the mix that spends most on it.",
        ),
    ] = None,
    unit: Annotated[
        float | None,
        typer.Option(metavar="U", help="What a step may cost, in cost units a year; by default 1."),
    ] = None,
    replications: Annotated[int | None, typer.Option(help="Replications of every step.")] = None,
    seed: Seed = None,
    workers: Workers = None,
    pillars: Annotated[
        bool,
        typer.Option(
            "--pillars", help="Take the pillars apart: each as in the baseline or as in another mix."
        ),
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="With --pillars: run on the Dask scheduler at tcp://HOST:PORT."),
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="With --pillars: only tell the combinations and what they cost.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write levers.csv and their figures there; with --pillars, make the folder of the study "
            "there (by default in results).",
        ),
    ] = None,
    json: JsonAlone = False,
) -> None:
    """Say on which lever the next unit of the budget is best spent, as far as that is certain."""
    if pillars:
        if unit is not None:
            raise TabletopError(
                "unit: is what a step of one lever may cost; --pillars moves none, leave it out"
            )
        take_apart(
            scenario, mix, replications, seed, Labour(workers, cluster), out or Path("results"), plan=plan,
            json=json,
        )  # fmt: skip
        return
    for name, is_asked in (("--cluster", cluster is not None), ("--plan", plan)):
        if is_asked:
            raise TabletopError(f"{name}: goes with --pillars")
    note_shortage(workers)
    given = load(scenario)
    try:
        with shown_progress() as progress:
            study = study_levers(
                given,
                mix=mix,
                unit=UNIT if unit is None else unit,
                replications=replications,
                seed=seed,
                workers=workers,
                progress=progress,
            )
    except Interrupted as interrupted:
        typer.echo("Interrupted: nothing is printed.", err=True)
        raise typer.Exit(BROKEN_OFF) from interrupted
    screen = console()
    if json:
        print_json(_told(study))
    else:
        _print(screen, study)
    if out is not None:
        tell_unprintable(given)
        _write(study, out)
        if not json:
            screen.print()
            screen.print(f"Written to {out}", soft_wrap=True)
    if study.results.failed:
        raise typer.Exit(1)


def _told(study: Study) -> dict[str, Any]:
    """Everything that is printed, as data."""
    from tabletop.plots.levers import data

    table = data(study)
    effects = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return {
        "title": study.scenario.title,
        "mix": study.mix,
        "unit": study.unit,
        "seed": study.scenario.seed,
        "replications": len(study.results.outcomes().replications),
        "failures": [asdict(failure) for failure in study.results.failures],
        "steps": [asdict(step) for step in study.steps],
        "unmoved": [asdict(one) for one in study.apart],
        "measures": [
            {
                "measure": found.measure,
                "unit": MEASURES[found.measure].unit,
                "direction": found.direction,
                "delta": study.scenario.measures[found.measure].delta,
                "among_best": list(found.among_best),
                "in_words": found.in_words(),
                "effects": [effect for effect in effects if effect["measure"] == found.measure],
            }
            for found in study.sensitivities
        ],
    }


def _print(screen: Console, study: Study) -> None:
    """The steps, and what they change in each primary measure."""
    _print_header(screen, study)
    _print_steps(screen, study)
    for found in study.sensitivities:
        _print_measure(screen, found, study.scenario.measures[found.measure].delta)
    if not study.sensitivities:
        screen.print("The scenario has no primary measure, so that nothing can be ranked.")


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
    steps = {(step.lever, step.way): step for step in study.steps}
    rows = []
    for lever in dict.fromkeys(step.lever for step in study.steps):
        up, down = steps.get((lever, "up")), steps.get((lever, "down"))
        known = up or down
        assert known is not None
        cells = [_settings(known.before)]
        for step in (up, down):
            cells += ["", ""] if step is None else [_settings(step.after), figure(abs(step.spent))]
        rows.append((lever, *cells, LEVERS[lever].unit))
    heads = ("lever", "now", "a step up", "costs", "a step down", "saves", "unit")
    screen.print()
    print_fitting(screen, heads, rows, right=range(1, 6), title="Steps")
    for one in study.apart:
        way = "" if len(one.ways) == 2 else f", no step {one.ways[0]}"
        screen.print(f"{one.lever} {one.why}{way}.")


def _print_measure(screen: Console, found: Sensitivity, delta: float) -> None:
    """What every step changes in one measure, and on what the next unit is best spent."""
    measure = MEASURES[found.measure]
    numerals = Numerals.of(found.measure, delta / 10)  # what is far below δ does not matter
    unit = numerals.unit() or measure.unit
    title = f"{measure.title} ({unit}; {DIRECTION[found.direction]}), change per cost unit"
    heads = ("lever", "a unit more", "worlds", "a unit less", "worlds")
    ups, downs = ({e.lever: e for e in effects} for effects in (found.ups, found.downs))
    rows = [
        (lever, *_cells(ups.get(lever), numerals), *_cells(downs.get(lever), numerals))
        for lever in dict.fromkeys((*ups, *downs))
    ]
    screen.print()
    print_fitting(screen, heads, rows, right=range(1, 5), title=title)
    words = found.in_words()
    screen.print(f"{words[0].upper()}{words[1:]}.")


def _cells(effect: LeverEffect | None, numerals: Numerals) -> tuple[str, str]:
    """An effect with its interval, and how many worlds differ."""
    if effect is None:
        return "", ""
    differing = f"{effect.differing}{'*' if effect.cautions else ''}"
    if effect.per_unit is None:
        return "missing", ""
    value, interval = numerals.difference(effect.per_unit), effect.interval
    if interval is None:
        where = "in every world" if effect.is_equal else "no interval"
        return f"{value} ({where})" if effect.differing else "no difference", differing
    ends = (interval.low, interval.high)
    if {value, *map(numerals.difference, ends)} == {numerals.difference(0.0)}:
        return f"under {numerals.size(numerals.step())}", differing
    return f"{value} ({numerals.span(interval)})", differing


def _settings(values: tuple[float, ...]) -> str:
    """The settings of a lever, from the first day on."""
    return ", ".join(figure(value) for value in values)


def _write(study: Study, out: Path) -> None:
    """The effects as CSV, and their figures."""
    from tabletop.plots import levers as figure_of_levers
    from tabletop.plots.side_by_side import as_files

    table = figure_of_levers.data(study)
    tables = {"levers.csv": table.csv().encode(), WORKBOOK: workbook({"levers": table.sheet()})}
    put_files(out, {**as_files(figure_of_levers.pictures(study)), **tables})
