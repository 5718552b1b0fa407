"""`tabletop run`: every policy mix of a scenario over many replications, and what tells them apart."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

BROKEN_OFF = 130
"""Exit code after Ctrl-C, as shells have it."""
LINES = 10
"""Lines of progress where there is no terminal to draw a bar on."""

Progress = Callable[[int, int], None]


def run(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A scenario file or a shipped one's name.")
    ],
    mix: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this mix and the baseline; may be repeated."),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Compare with this mix; the warm-up stays.")
    ] = None,
    replications: Annotated[int | None, typer.Option(help="Replications of every mix.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of all luck.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; as many as cores unless told.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the results folder is made.")] = Path(
        "results"
    ),
    json: Annotated[bool, typer.Option("--json", help="Print only the findings, as JSON.")] = False,  # noqa: FBT002 (a flag)
) -> None:
    """Simulate every policy mix, compare each with the baseline, and write a results folder."""
    from tabletop.cli import comparison
    from tabletop.cli.output import console
    from tabletop.experiment import folder
    from tabletop.experiment.design import Design
    from tabletop.experiment.findings import findings
    from tabletop.experiment.run import Interrupted, checked_workers, cores
    from tabletop.experiment.run import run as run_design
    from tabletop.scenario.load import loads
    from tabletop.scenario.source import source_text

    text, file = source_text(scenario)
    design = Design.of(loads(text, file), mixes=mix, baseline=baseline, replications=replications, seed=seed)
    processes = cores() if workers is None else checked_workers(workers)
    name = Path(file).stem
    folder.prepare(out, folder.folder_name(design, name))
    screen = console()
    if not json:
        comparison.print_header(screen, design)
    command = shlex.join(["tabletop", *sys.argv[1:]])
    try:
        with _shown_progress() as progress:
            results = run_design(design, workers=processes, progress=progress, command=command)
    except Interrupted as interrupted:
        results = interrupted.results
    compared = results.compare()
    written = results.write(out, name=name, as_given=text)
    if json:
        typer.echo(folder.as_json(findings(results, compared)), nl=False)
    else:
        comparison.print_comparison(screen, compared, design.scenario.measures)
        comparison.print_bottlenecks(screen, results.bottlenecks())
        comparison.print_losses(screen, results, compared)
        screen.print(f"Written to {written}", soft_wrap=True)
    if results.interrupted:
        typer.echo("Interrupted: what was finished is kept.", err=True)
        raise typer.Exit(BROKEN_OFF)
    if results.failed:
        raise typer.Exit(1)


@contextmanager
def _shown_progress() -> Iterator[Progress]:
    """Progress on standard error: a bar with the time left on a terminal, some plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("simulating"), BarColumn(), MofNCompleteColumn(), TextColumn("runs, left"))
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Progress:
    """Progress as a line for each tenth."""
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if done * LINES // total > told:
            told = done * LINES // total
            typer.echo(f"simulated {done:,} of {total:,} runs", err=True)

    return progress
