"""`tabletop robust`: the same comparison if the assumptions were different."""

from collections.abc import Collection
from math import isfinite, nan
from pathlib import Path
from typing import Annotated, Any

import typer

from tabletop.cli.notes import note_run, note_shortage
from tabletop.cli.options import (
    Cluster,
    Engine,
    JsonAlone,
    Mixes,
    ScenarioFile,
    WorkersOrOne,
    refuse_json_of_plan,
)
from tabletop.cli.output import console, print_json
from tabletop.cli.progress import kept_if_broken_off
from tabletop.cli.robust_screen import print_found, print_plan
from tabletop.compiled.choice import choose
from tabletop.errors import TabletopError
from tabletop.experiment.folder import PICTURES
from tabletop.experiment.robustness import sentences
from tabletop.experiment.robustness.asked_ranges import Ends
from tabletop.experiment.robustness.plan import StudyPlan
from tabletop.experiment.robustness.run import run
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.tables import as_data
from tabletop.outputs import put_files, withdraw
from tabletop.scenario.load import loads
from tabletop.scenario.source import source_text


def robust(
    scenario: ScenarioFile,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH[=LOW..HIGH]",
            help="Vary this condition alone, value by value; two: every pair; more: all of these at once.",
        ),
    ] = None,
    each: Annotated[
        float | None,
        typer.Option(metavar="F", help="Every number of the conditions divided and multiplied by F, alone."),
    ] = None,
    variants: Annotated[
        int | None, typer.Option(help="Points of all ranges at once, a power of two; by default 64.")
    ] = None,
    worlds: Annotated[
        int | None,
        typer.Option(help="Replications of each mix in each variant; by default 40, on a line 100."),
    ] = None,
    mix: Mixes = None,
    seed: Annotated[int | None, typer.Option(help="Seed of all luck, and of the points.")] = None,
    regret: Annotated[
        bool,
        typer.Option("--regret", help="Run the points in which a mix is furthest behind on fresh luck, too."),
    ] = False,
    precision: Annotated[
        bool,
        typer.Option(
            "--precision", help="More worlds in each variant, until every contrast is known to half of δ."
        ),
    ] = False,
    keep: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help="series: also keep how every run developed, and its pools."),
    ] = None,
    workers: WorkersOrOne = None,
    cluster: Cluster = None,
    engine: Engine = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the folder of the study is made.")] = Path(
        "results"
    ),
    plan: Annotated[
        bool, typer.Option("--plan", help="Only tell which variants there are, and how many runs.")
    ] = False,
    figures: Annotated[
        bool, typer.Option("--figures/--no-figures", help="Draw the figures, or write tables only.")
    ] = True,
    json: JsonAlone = False,
) -> None:
    """Compare the policy mixes under other conditions: how often a verdict holds, and where it turns round.

    What the folder holds already is not simulated again.
    """
    refuse_json_of_plan(plan=plan, json=json)
    if engine is not None:
        choose(engine)
    text, file = source_text(scenario)
    read = loads(text, file)
    names = {one.title for one in read.uncertain}
    study = StudyPlan.of(
        read, vary=_ends_of(vary or [], names), each=each, variants=variants, worlds=worlds, mixes=mix,
        seed=seed, regret=regret, precision=precision, keep=keep,
    )  # fmt: skip
    screen = console()
    name = Path(file).stem
    runs = study.number_of_variants * len(study.asked.mixes) * study.asked.worlds
    if plan:
        planned = study.planned()
        print_plan(screen, study, out / study.place(name), runs, [one.label for one in planned])
        return
    if cluster is None:
        note_shortage(workers)
    note_run(study.scenario, runs, None)
    with kept_if_broken_off() as progress:
        found = run(
            study, out, name=name, workers=workers, cluster=cluster, progress=progress,
            tell=lambda note: typer.echo(note, err=True),
        )  # fmt: skip
    if json:
        print_json(_told(study, found))
    else:
        print_found(screen, study, found)
        screen.print(f"Written to {out / study.place(name)}", soft_wrap=True)
    pictures = out / study.place(name) / PICTURES
    if pictures.is_dir():
        _withdraw(pictures)
    if figures:
        for said in _draw(found, pictures):
            typer.echo(said, err=True)
    if found.failed:
        raise typer.Exit(1)


def _ends_of(given: list[str], names: Collection[str]) -> dict[str, Ends]:
    """The paths to vary, each with its ends or None; the `names` of the file's ranges may hold a '='."""
    found: dict[str, Ends] = {}
    for one in given:
        named = (name for name in names if one == name or one.startswith(f"{name}="))
        path = max(named, key=len, default=one.partition("=")[0])
        equals, ends = one[len(path) : len(path) + 1], one[len(path) + 1 :]
        if path in found:
            raise TabletopError(f"--vary {one}: {path} is there twice; leave one out")
        if not path:
            raise TabletopError(
                f"--vary '{one}': names no condition; write one, as threat.formation_rate=6..24"
            )
        low, dots, high = ends.partition("..")
        if equals and not dots:
            raise TabletopError(f"--vary {one}: write both ends, as {path}=6..24")
        try:
            found[path] = (float(low), float(high)) if equals else None
        except ValueError:
            found[path] = (nan, nan)
        if not all(map(isfinite, found[path] or ())):
            raise TabletopError(
                f"--vary {one}: '{ends}' is no range; write two numbers, the lower first, as {path}=6..24"
            )
    return found


def _withdraw(pictures: Path) -> None:
    """Remove the figures of what was asked before: one that is not drawn now would stay as it was."""
    from tabletop.plots.study_figures import is_file

    withdraw(pictures, is_file)


def _draw(found: Robustness, pictures: Path) -> list[str]:
    """Draw the figures of a study, with their data; why others are not drawn."""
    from tabletop.plots.study_figures import files, lacking

    put_files(pictures, files(found))
    return [*lacking(found)]


def _told(study: StudyPlan, found: Robustness) -> dict[str, Any]:
    asked = found.asked
    return {
        "title": found.scenario.title,
        "baseline": asked.baseline,
        "same_policy_as_baseline": list(found.alike),
        "worlds": asked.worlds,
        "seed": asked.seed,
        "beliefs": sentences.beliefs_in_words(found),
        "not_a_probability": sentences.NOT_A_PROBABILITY,
        "left_out": list(study.left_out),
        "uncertain": [
            {"name": one.title, "paths": list(one.everything()), "source": one.source}
            for one in found.ranges.uncertain
        ],
        "failures": [
            {"variant": one.mix, "replication": one.replication, "error": one.error} for one in found.failures
        ],
        **as_data(found),
    }
