"""`tabletop run`: every policy mix of a scenario over many replications, and how the mixes differ."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tabletop.cli.comparison import print_header, print_results
from tabletop.cli.dry_run import print_plan
from tabletop.cli.missing import tell_unprintable
from tabletop.cli.notes import note_run
from tabletop.cli.options import Cluster, Engine, Mixes, ScenarioFile, Seed, WorkersOrOne, refuse_json_of_plan
from tabletop.cli.output import console
from tabletop.cli.progress import broken_off, shown_progress
from tabletop.compiled.choice import choose
from tabletop.experiment.design import Design
from tabletop.experiment.findings import findings
from tabletop.experiment.folder import HANDOUT, PAGE, PICTURES, as_json, folder_name
from tabletop.experiment.results import Results
from tabletop.experiment.run import Experiment, Interrupted, checked_cap
from tabletop.scenario.load import loads
from tabletop.scenario.source import source_text


def run(
    scenario: ScenarioFile,
    mix: Mixes = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Compare with this mix; the warm-up stays.")
    ] = None,
    replications: Annotated[int | None, typer.Option(help="Replications of every mix.")] = None,
    precision: Annotated[
        bool, typer.Option("--precision", help="As many replications as every primary contrast needs.")
    ] = False,
    max_replications: Annotated[
        int | None, typer.Option(help="The most that --precision may ask for; by default 1,000.")
    ] = None,
    seed: Seed = None,
    workers: WorkersOrOne = None,
    cluster: Cluster = None,
    engine: Engine = None,
    mixed_platforms: Annotated[
        bool, typer.Option("--mixed-platforms", help="Let runs of other platforms stand beside each other.")
    ] = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the results folder is made.")] = Path(
        "results"
    ),
    plan: Annotated[
        bool, typer.Option("--plan", help="Only tell how many runs, how long and how much memory.")
    ] = False,
    figures: Annotated[
        bool,
        typer.Option(
            "--figures/--no-figures", help="Draw the figures and write report.html, or tables only."
        ),
    ] = True,
    json: Annotated[bool, typer.Option("--json", help="Print only the findings, as JSON.")] = False,
) -> None:
    """Simulate every policy mix, compare each with the baseline, and keep all in a results folder.

    What the folder holds already is not simulated again. Figures and report are drawn anew each time.
    """
    refuse_json_of_plan(plan=plan, json=json)
    cap = checked_cap(precision, max_replications, replications)
    if engine is not None:
        choose(engine)
    text, file = source_text(scenario)
    asked = replications if cap is None else cap
    experiment = Experiment(
        Design.of(loads(text, file), mixes=mix, baseline=baseline, replications=asked, seed=seed),
        cap=cap,
        workers=workers,
        cluster=cluster,
        command=shlex.join(["tabletop", *sys.argv[1:]]),
        mixed_platforms=mixed_platforms,
    )
    name = Path(file).stem
    screen = console()
    if plan:
        print_header(screen, experiment.design, up_to=precision)
        print_plan(screen, experiment, out / folder_name(experiment.design, name))
        return
    note_run(experiment.design.scenario, len(experiment.design), None if cluster else workers)
    if figures:
        tell_unprintable(experiment.design.scenario)
    with experiment.kept_under(out, name=name, as_given=text) as kept:
        if not json:
            print_header(screen, experiment.design, up_to=precision)
        for note in kept.notes:
            typer.echo(note, err=True)
        try:
            with shown_progress() as progress:
                results = experiment.run(kept, progress=progress)
        except Interrupted as interrupted:
            results = interrupted.results
        if json:
            typer.echo(as_json(findings(results, results.compare())), nl=False)
        else:
            print_results(screen, results)
            screen.print(f"Written to {kept.folder}", soft_wrap=True)
        page, is_broken_off = _illustrated(results, kept.folder, wanted=figures)
    if page is not None and not json:
        _print_places(screen, page)
    if is_broken_off:
        raise broken_off()
    if results.failed:
        raise typer.Exit(1)


def _print_places(screen: Console, page: Path) -> None:
    screen.print(f"Report: {page}", soft_wrap=True)
    if (sheet := page.with_name(HANDOUT)).exists():
        screen.print(f"Hand-out for a class: {sheet}", soft_wrap=True)


def _illustrated(results: Results, folder: Path, *, wanted: bool) -> tuple[Path | None, bool]:
    """The page with the figures, if there is to be one; and whether somebody pressed Ctrl-C by then.

    Where none is drawn, none of an earlier run stays: it would not show what the tables tell now.
    """
    try:
        if wanted and not results.interrupted:
            from tabletop.report.illustrated import illustrate

            return illustrate(results, folder), False
        if (folder / PAGE).exists() or (folder / PICTURES).exists():
            from tabletop.report.illustrated import unillustrate

            unillustrate(folder)
    except KeyboardInterrupt:
        return None, True
    return None, results.interrupted
