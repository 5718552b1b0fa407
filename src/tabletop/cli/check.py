"""`tabletop check`: whether the claims of scenario files are supported."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding

from tabletop.analysis.words import figure, plural
from tabletop.cli.completion import scenario_names
from tabletop.cli.notes import note_shortage
from tabletop.cli.options import JsonAlone, Workers
from tabletop.cli.output import console, print_json
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.errors import TabletopError
from tabletop.experiment.claims import CheckedClaims, check_claims, design_of_check
from tabletop.experiment.robustness.survival import (
    PROBED,
    CheckedSurvival,
    check_survival,
    says_where_it_survives,
)
from tabletop.experiment.run import Interrupted
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario


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
    workers: Workers = None,
    survives: Annotated[
        bool,
        typer.Option("--survives", help="Also test where claims survive and turn round; it takes minutes."),
    ] = False,
    json: JsonAlone = False,
) -> None:
    """Test what scenario files claim about their policy mixes; exit with 1 if a claim is not supported."""
    note_shortage(workers)
    scenarios = _loaded(files, replications, seed)
    out = console()
    supported = True
    told = []
    for file, scenario in scenarios.items():
        if not scenario.claims:
            if not json:
                out.print(f"{file}: no claims", soft_wrap=True)
            told.append({"file": file, "claims": []})
            continue
        how = {"replications": replications, "seed": seed, "workers": workers}
        elsewhere = None
        try:
            with shown_progress() as progress:
                checked = check_claims(scenario, **how, progress=progress)
            if survives and says_where_it_survives(scenario):
                with shown_progress() as progress:
                    elsewhere = check_survival(scenario, **how, progress=progress)
        except (Interrupted, KeyboardInterrupt):
            typer.echo("Interrupted: claims are judged on all their runs or not at all.", err=True)
            raise typer.Exit(BROKEN_OFF) from None
        if not json:
            _print(out, file, checked)
            if survives:
                _print_survival(out, file, elsewhere)
        told.append({"file": file, **_told(checked), **_told_of_survival(elsewhere)})
        supported = supported and checked.supported and (elsewhere is None or elsewhere.supported)
    if json:
        print_json({"supported": supported, "files": told})
    if not supported:
        raise typer.Exit(1)


def _loaded(files: list[str], replications: int | None, seed: int | None) -> dict[str, Scenario]:
    """The scenarios of all files, if each can be checked."""
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
    return scenarios


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


def _told_of_survival(checked: CheckedSurvival | None) -> dict[str, Any]:
    """What became of the claims of a file under other conditions, as data."""
    if checked is None:
        return {}
    found = {
        "supported": checked.supported,
        "variants": checked.variants,
        "replications": checked.design.replications,
        "left_out": list(checked.left_out),
        "without_effect": list(checked.without_effect),
        "claims": [
            {
                "that": one.claim.that,
                "supported": one.supported,
                "survives": None
                if (survived := one.survived) is None
                else {
                    "supported": survived.supported,
                    "points": survived.points,
                    "holds": survived.holds if survived.count is None else survived.count.low,
                    "not_shown": list(survived.not_shown),
                    "turns_round": list(survived.turned),
                    "in_words": survived.in_words(),
                },
                "turns_at": [
                    {**asdict(turn), "supported": turn.supported, "in_words": turn.in_words(one.claim)}
                    for turn in one.turns
                ],
            }
            for one in checked.claims
        ],
        "failures": [asdict(failure) for failure in checked.failures],
    }
    return {"survival": found}


def _print_survival(out: Console, file: str, checked: CheckedSurvival | None) -> None:
    """Where the claims of a file survive, and where they turn round."""
    if checked is None:
        out.print(f"{file}: no claim says where it survives or turns round", soft_wrap=True)
        return
    out.print(
        f"{file}: {plural(checked.variants, 'variant')}, "
        f"{plural(checked.design.replications, 'replication')} each, seed {checked.design.scenario.seed}",
        style="bold",
    )
    for one in checked.claims:
        if one.survived is not None:
            word = "survives" if one.survived.supported else "does not survive"
            out.print(Padding(f"{word}: {one.claim.that}", (0, 0, 0, 2), expand=False))
            out.print(Padding(one.survived.in_words(), (0, 0, 0, 4), expand=False))
        for turn in one.turns:
            word = "as its file says" if turn.supported else "not as its file says"
            out.print(Padding(f"{word}: {one.claim.that}", (0, 0, 0, 2), expand=False))
            out.print(Padding(turn.in_words(one.claim), (0, 0, 0, 4), expand=False))
    if checked.without_effect:
        told = f"{plural(len(checked.without_effect), 'variant')} without effect in the first {PROBED} worlds"
        out.print(Padding(f"Not run further: {told}.", (0, 0, 0, 2), expand=False))
    for left in checked.left_out:
        out.print(Padding(f"Left out: {left}.", (0, 0, 0, 2), expand=False))
    if checked.failures:
        first = checked.failures[0]
        out.print(
            f"{plural(len(checked.failures), 'world')} failed. "
            f"First: {first.mix}, replication {first.replication}: {first.error}"
        )


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
