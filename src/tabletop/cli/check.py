"""`tabletop check`: whether the claims of scenario files are supported."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding

from tabletop.analysis.words import figure, plural
from tabletop.cli.completion import scenario_names
from tabletop.cli.notes import note_shortage
from tabletop.cli.output import console, print_json
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.errors import TabletopError
from tabletop.experiment.claims import CheckedClaims, check_claims, design_of_check
from tabletop.experiment.run import Interrupted
from tabletop.scenario.load import load


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Scenario files, or names of shipped ones.", autocompletion=scenario_names
        ),
    ],
    replications: Annotated[
        int | None, typer.Option(help="Replications of every mix, in place of the file's.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Another seed than the file's: to try claims while writing them.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default as many as cores.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print only JSON.")] = False,
) -> None:
    """Test what scenario files claim about their policy mixes; exit with 1 if a claim is not supported."""
    note_shortage(workers)
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
    told = []
    for file, scenario in scenarios.items():
        if not scenario.claims:
            if not json:
                out.print(f"{file}: no claims", soft_wrap=True)
            told.append({"file": file, "claims": []})
            continue
        try:
            with shown_progress() as progress:
                checked = check_claims(
                    scenario, replications=replications, seed=seed, workers=workers, progress=progress
                )
        except Interrupted:
            typer.echo("Interrupted: claims are judged on all their runs or not at all.", err=True)
            raise typer.Exit(BROKEN_OFF) from None
        if not json:
            _print(out, file, checked)
        told.append({"file": file, **_told(checked)})
        supported = supported and checked.supported
    if json:
        print_json({"supported": supported, "files": told})
    if not supported:
        raise typer.Exit(1)


def _told(checked: CheckedClaims) -> dict[str, Any]:
    """The claims of a file with their verdicts, as data."""
    design = checked.design
    return {
        "supported": checked.supported,
        "replications": design.replications,
        "seed": design.scenario.seed,
        "mixes": list(design.mixes),
        "claims": [
            {
                "that": verdict.claim.that,
                "claim": verdict.claim.model_dump(mode="json", by_alias=True),
                "finding": str(verdict.finding),
                "supported": verdict.supported,
                "estimate": verdict.estimate,
                "bound": verdict.bound,
                "confidence": verdict.confidence,
                "replications": verdict.n,
                "differing": verdict.differing,
                "in_words": verdict.in_words(),
            }
            for verdict in checked.verdicts
        ],
        "failures": [asdict(failure) for failure in checked.failures],
    }


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
