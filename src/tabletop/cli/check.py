"""`tabletop check`: whether the claims of scenario files are supported."""

from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from tabletop.analysis.words import figure, plural
from tabletop.cli.output import console
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.errors import TabletopError
from tabletop.experiment.claims import CheckedClaims, check_claims, design_of_check
from tabletop.experiment.run import Interrupted
from tabletop.scenario.load import load


def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Scenario files, or names of shipped ones.")
    ],
    replications: Annotated[
        int | None, typer.Option(help="Replications of every mix, in place of the file's.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Another seed than the file's: to try claims while writing them.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default as many as cores.")] = None,
) -> None:
    """Test what scenario files claim about their policy mixes; exit with 1 if a claim is not supported."""
    scenarios = {}
    wrong = False
    for file in files:
        try:
            scenario = load(file)
            if scenario.claims:
                design_of_check(scenario, replications=replications, seed=seed)
        except TabletopError as mistake:
            typer.echo(str(mistake), err=True)
            wrong = True
        else:
            scenarios[file] = scenario
    if wrong:
        raise typer.Exit(2)
    out = console()
    supported = True
    for file, scenario in scenarios.items():
        if not scenario.claims:
            out.print(f"{file}: no claims", soft_wrap=True)
            continue
        try:
            with shown_progress() as progress:
                checked = check_claims(
                    scenario, replications=replications, seed=seed, workers=workers, progress=progress
                )
        except Interrupted:
            typer.echo("Interrupted: claims are judged on all their runs or not at all.", err=True)
            raise typer.Exit(BROKEN_OFF) from None
        _print(out, file, checked)
        supported = supported and checked.supported
    if not supported:
        raise typer.Exit(1)


def _print(out: Console, file: str, checked: CheckedClaims) -> None:
    """The claims of a file with their verdicts, replications and seed."""
    design = checked.design
    sure = figure(100 * checked.verdicts[0].confidence, decimals=2)
    out.print(
        f"{file}: {plural(len(checked.verdicts), 'claim')}, each at {sure} % one-sided; "
        f"{plural(design.replications, 'replication')}, seed {design.scenario.seed}, "
        f"mixes {', '.join(design.mixes)}",
        style="bold",
    )
    for verdict in checked.verdicts:
        out.print(Padding(f"{verdict.finding}: {verdict.claim.that}", (0, 0, 0, 2), expand=False))
        out.print(Padding(verdict.in_words(), (0, 0, 0, 4), expand=False))
    if checked.failures:
        first = checked.failures[0]
        out.print(
            f"{plural(len(checked.failures), 'run')} of {len(design):,} failed. "
            f"First: {first.mix}, replication {first.replication}: {first.error}"
        )
