"""`tabletop search`: mixes within the budget, screened on common luck and judged on fresh."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tabletop.cli.notes import note_run
from tabletop.cli.options import Cluster, JsonAlone, ScenarioFile, WorkersOrOne, refuse_json_of_plan
from tabletop.cli.output import console, print_json
from tabletop.cli.progress import kept_if_broken_off
from tabletop.cli.search_screen import print_found, print_plan
from tabletop.experiment.folder import PICTURES
from tabletop.experiment.many_mixes import Labour
from tabletop.experiment.search import sentences
from tabletop.experiment.search.record import sheets
from tabletop.experiment.search.result import Search
from tabletop.experiment.search.run import run
from tabletop.experiment.search.study import CANDIDATES, FINALISTS, FRESH_WORLDS, SearchStudy
from tabletop.outputs import put_files
from tabletop.scenario.load import loads
from tabletop.scenario.source import source_text


def search(
    scenario: ScenarioFile,
    aim: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE", help="A primary measure to do best in; may be given three times."),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE", help="A primary measure that may get worse; may be repeated."),
    ] = None,
    budget: Annotated[
        float | None, typer.Option(metavar="U", help="What a mix may cost a year; by default as in the file.")
    ] = None,
    candidates: Annotated[int, typer.Option(help="How many mixes are proposed.")] = CANDIDATES,
    finalists: Annotated[int, typer.Option(help="How many of them are judged on fresh luck.")] = FINALISTS,
    worlds: Annotated[int, typer.Option(help="The worlds in which they are.")] = FRESH_WORLDS,
    sampler: Annotated[
        str, typer.Option(metavar="NAME", help="What proposes mixes: random, tpe or nsga2.")
    ] = "random",
    parts: Annotated[
        bool, typer.Option("--parts", help="Put each lever of a finalist back, to see what it is worth.")
    ] = False,
    robust: Annotated[
        bool,
        typer.Option("--robust", help="Put finalists through variants of the file's `uncertain` as well."),
    ] = False,
    variants: Annotated[
        int | None, typer.Option(help="With --robust: how many, a power of two; by default 64.")
    ] = None,
    variant_worlds: Annotated[
        int | None, typer.Option(help="With --robust: the worlds of each variant; by default 40.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of all luck, and of the candidates.")] = None,
    workers: WorkersOrOne = None,
    cluster: Cluster = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the folder of the search is made.")] = Path(
        "results"
    ),
    plan: Annotated[
        bool, typer.Option("--plan", help="Only tell what is moved, and how many runs it takes.")
    ] = False,
    figures: Annotated[
        bool, typer.Option("--figures/--no-figures", help="Draw the figures, or write tables only.")
    ] = True,
    json: JsonAlone = False,
) -> None:
    """Search for policy mixes within the budget: the best found, and how far that is known.

    What the folder holds already is not simulated again.
    """
    refuse_json_of_plan(plan=plan, json=json)
    text, file = source_text(scenario)
    study = SearchStudy.of(
        loads(text, file), aims=aim or [], drop=drop or [], budget=budget, candidates=candidates,
        finalists=finalists, worlds=worlds, sampler=sampler, parts=parts, robust=robust, variants=variants,
        variant_worlds=variant_worlds, seed=seed,
    )  # fmt: skip
    screen, name = console(), Path(file).stem
    folder = out / study.place(name)
    if plan:
        print_plan(screen, study, folder)
        return
    runs = sum(study.runs()) + study.runs_of_variants
    note_run(study.scenario, runs, None if cluster else workers)
    with kept_if_broken_off() as progress:
        found = run(study, out, name=name, labour=Labour(workers, cluster), progress=progress)
    if figures:
        _draw(found, folder)
    if json:
        print_json(_told(found))
    else:
        print_found(screen, study, found)
        screen.print(f"Written to {folder}", soft_wrap=True)
    if found.failed:
        raise typer.Exit(1)


def _draw(found: Search, folder: Path) -> None:
    """The figures, with their data."""
    from tabletop.plots import search_figures
    from tabletop.plots.side_by_side import as_files

    tables = {f"{name}.csv": table.csv().encode() for name, table in search_figures.data(found).items()}
    put_files(folder / PICTURES, {**as_files(search_figures.pictures(found)), **tables})


def _told(found: Search) -> dict[str, Any]:
    """Everything that is printed, as data."""
    return {
        "title": found.scenario.title,
        "baseline": found.scenario.baseline,
        "same_policy_as_baseline": list(found.alike),
        "budget": found.scenario.budget,
        "seed": found.scenario.seed,
        "aims": list(found.goal.aims),
        "constraints": dict(found.goal.constraints),
        "left_alone": list(found.space.left_alone),
        "fresh_worlds": len(found.fresh.replications),
        "stages": [
            {"worlds": one.worlds, "looked_at": len(one.scores), "kept": list(one.kept)}
            for one in found.stages
        ],
        "in_words": sentences.in_words(found),
        **{
            name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
            for name, sheet in sheets(found).items()
        },
    }
