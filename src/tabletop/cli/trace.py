"""`tabletop trace`: one replication of one mix, step by step, in sentences."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from tabletop.cli.options import ScenarioFile
from tabletop.cli.output import console, write
from tabletop.errors import UnknownName
from tabletop.eventlog.formats import writer
from tabletop.measures import MEASURES
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Run, simulate
from tabletop.story import TURNING_POINTS, Sentence, sentences, subject_name
from tabletop.world import Step

LARGEST_SEED = 2**63 - 1


def trace(
    scenario: ScenarioFile,
    mix: Annotated[
        str | None, typer.Option(metavar="NAME", help="The policy mix; by default the baseline.")
    ] = None,
    replication: Annotated[int, typer.Option(min=0, metavar="R", help="Which replication, from 0.")] = 0,
    seed: Annotated[int | None, typer.Option(min=0, max=LARGEST_SEED, help="Seed of all luck.")] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this subject, step by step, as 'plot 2-7'.")
    ] = None,
    warm_up: Annotated[bool, typer.Option("--warm-up", help="Begin with the warm-up.")] = False,
    steps: Annotated[bool, typer.Option("--steps", help="Every step of everybody.")] = False,
    events: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write every event there: .csv, or .json or .jsonocel for OCEL 2.0."
        ),
    ] = None,
) -> None:
    """Print one replication as a story: what formed, what was detected, what was missed, and why."""
    as_text = None if events is None else writer(events)
    given = load(scenario)
    run = simulate(given, mix or given.baseline, replication, seed=seed, journal=True)
    assert run.journal is not None
    if events is not None and as_text is not None:
        write(events, as_text(run.journal, [inject.id for inject in given.injects]))
    history = list(sentences(run.journal))
    if subject is not None:
        history = _about(history, subject)
    elif not steps:
        history = [sentence for sentence in history if sentence.step in TURNING_POINTS]
    if not warm_up and subject is None:
        history = [sentence for sentence in history if sentence.day >= 0]
    typer.echo(f"{given.title}: mix '{run.mix}', replication {run.replication}, seed {run.seed}")
    typer.echo("An abstract teaching model: it predicts nothing.")
    typer.echo("")
    for sentence in history:
        typer.echo(_line(sentence, given))
    if subject is None:
        _print_measures(run)
    if events is not None:
        typer.echo(f"\nEvery event of the replication, the warm-up included: {events}")


def _about(history: "Iterable[Sentence]", name: str) -> "list[Sentence]":
    """The sentences about one subject, or about all attempts of one plot."""
    history = list(history)
    subjects = dict.fromkeys(sentence.subject for sentence in history if sentence.subject)
    names = {number: subject_name(number) for number in subjects}
    chosen = {number for number, known in names.items() if known == name or known.startswith(f"{name} (")}
    if not chosen:
        plots = [known for known in names.values() if known.startswith("plot") and "(" not in known]
        raise UnknownName.among("subject", name, plots)
    return [sentence for sentence in history if sentence.subject in chosen]


def _line(sentence: Sentence, scenario: Scenario) -> str:
    says = sentence.says
    if sentence.step == Step.INJECTED:
        inject = scenario.injects[int(says.split()[1])]
        says = f"INJECT {inject.id}: {inject.title}"
    who = f"{subject_name(sentence.subject)}: " if sentence.subject else ""
    return f"day {sentence.day:8.1f}  {who}{says}"


def _print_measures(run: Run) -> None:
    """What the replication came to."""
    table = Table(title="What it came to", title_justify="left", box=None, pad_edge=False)
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("unit")
    for name, measure in MEASURES.items():
        value = run.measures[name]
        table.add_row(measure.title, "missing" if value is None else f"{value:,.4g}", measure.unit)
    screen = console()
    screen.print()
    screen.print(table)
