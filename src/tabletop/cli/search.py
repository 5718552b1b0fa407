"""`tabletop search`: mixes within the budget, screened on common luck and judged on fresh."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import delta_in_words, figure, plural
from tabletop.cli.layout import print_fitting
from tabletop.cli.notes import note_run
from tabletop.cli.options import Cluster, JsonAlone, ScenarioFile, WorkersOrOne
from tabletop.cli.output import console, print_json
from tabletop.cli.progress import kept_if_broken_off
from tabletop.cli.ranges import print_ranges
from tabletop.errors import TabletopError
from tabletop.experiment.many_mixes import Labour
from tabletop.experiment.robustness.sentences import (
    NOT_A_PROBABILITY,
    TOGETHER,
    beliefs_in_words,
    count_in_words,
    limits_in_words,
    regret_rows,
)
from tabletop.experiment.search import sentences
from tabletop.experiment.search.record import sheets
from tabletop.experiment.search.result import Search
from tabletop.experiment.search.run import run
from tabletop.experiment.search.screening import FURTHER_WORLDS
from tabletop.experiment.search.study import CANDIDATES, FINALISTS, FRESH_WORLDS, SearchStudy
from tabletop.measures import MEASURES
from tabletop.outputs import put_files
from tabletop.scenario.load import loads
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.source import source_text

LARGEST_PARTS = 6
"""Levers of a finalist that are printed; the tables have all."""


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
    if plan and json:
        raise TabletopError(
            "--json: prints what is found, and --plan only tells what would be run; leave one out"
        )
    text, file = source_text(scenario)
    study = SearchStudy.of(
        loads(text, file), aims=aim or [], drop=drop or [], budget=budget, candidates=candidates,
        finalists=finalists, worlds=worlds, sampler=sampler, parts=parts, robust=robust, variants=variants,
        variant_worlds=variant_worlds, seed=seed,
    )  # fmt: skip
    screen, name = console(), Path(file).stem
    folder = out / study.place(name)
    if plan:
        _print_plan(screen, study, folder)
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
        _print(screen, study, found)
        screen.print(f"Written to {folder}", soft_wrap=True)
    if found.failed:
        raise typer.Exit(1)


def _print_header(screen: Console, study: SearchStudy) -> None:
    scenario, goal = study.scenario, study.goal
    screen.print(f"{scenario.title}: a search under the budget", style="bold")
    aims = ", ".join(
        f"{'more' if MEASURES[a].direction > 0 else 'less'} {MEASURES[a].title}" for a in goal.aims
    )
    screen.print(
        f"Aims: {aims}. Budget {figure(scenario.budget or 0.0)} a year, of which the baseline "
        f"{scenario.baseline} leaves {figure(study.space.spare)}; seed {scenario.seed}."
    )
    if goal.constraints:
        listed = ", ".join(
            f"{name} (δ {delta_in_words(delta, MEASURES[name].unit)})"
            for name, delta in goal.constraints.items()
        )
        screen.print(f"Not worse than {scenario.baseline} by δ: {listed}.")
    for one in study.left_out:
        screen.print(f"Left out: {one}.")


def _print_plan(screen: Console, study: SearchStudy, folder: Path) -> None:
    _print_header(screen, study)
    rows = [
        (
            move.lever, figure(move.own), figure(move.step), figure(move.setting(move.least)),
            "the budget" if LEVERS[move.lever].high is None else figure(move.setting(move.most)),
            figure(move.price),
        )
        for move in study.space.moves
    ]  # fmt: skip
    heads = ("lever", "now", "step", "at least", "at most", "a step costs")
    print_fitting(screen, heads, rows, right=range(1, 6), title="What is moved")
    for left in study.space.left_alone:
        screen.print(f"Left alone: {left}.")
    screening, fresh = study.runs()
    stages = ", ".join(map(str, FURTHER_WORLDS))
    screen.print(
        f"{plural(study.candidates, 'candidate')} and the file's own mixes are screened in {stages} further "
        f"worlds: at most {screening:,} runs. Finalists and the file's mixes take {fresh:,} runs in "
        f"{study.worlds:,} fresh worlds. Kept in {folder}",
        soft_wrap=True,
    )
    if (through := study.conditions) is not None:
        written = through.study(study.scenario, study.goal, (study.scenario.baseline,))
        print_ranges(screen, written.ranges, title="Ranges")
        for one in through.left_out:
            screen.print(f"Left out: {one}.")
        screen.print(
            f"They are then put through {plural(through.variants, 'variant')} of these ranges, in "
            f"{plural(through.worlds, 'world')} each: at most {study.runs_of_variants:,} runs."
        )
    if study.parts:
        screen.print(
            "Each lever of a finalist that is not shown to be beaten is then put back, in as many worlds."
        )


def _print(screen: Console, study: SearchStudy, found: Search) -> None:
    _print_header(screen, study)
    if (number := len(found.candidates)) < study.candidates:
        screen.print(f"No more than {plural(number, 'candidate')} spend the budget in whole steps.")
    kept = ", ".join(f"{len(one.kept)} after {plural(one.worlds, 'world')}" for one in found.stages)
    screen.print(f"{plural(len(found.stages[0].scores), 'candidate')} screened; kept: {kept}.")
    if lost := found.asked_worlds - len(found.fresh.replications):
        why = f"; first: {found.failures[0].error}" if found.failures else ""
        screen.print(f"{plural(lost, 'fresh world')} failed and are left out of every mix{why}.")
    if not found.finalists:
        screen.print(
            "No candidate is left: each breaks a constraint. Drop one with --drop, or let more be cut."
        )
    for aim in found.goal.aims:
        _print_aim(screen, found, aim)
    screen.print()
    rows = [
        (
            mix, figure(found.mixes.yearly_cost(mix)), sentences.place_in_words(found, mix),
            sentences.constraints_in_words(found, mix),
        )
        for mix in found.contenders
    ]  # fmt: skip
    heads = ("policy mix", "costs", "front", "constraints")
    print_fitting(screen, heads, rows, right=(1,), title="Finalists and the file's mixes")
    for mix in found.finalists:
        if mix in found.candidates:
            screen.print(f"{mix}: {sentences.moves_in_words(found, mix)}.")
    _print_conditions(screen, found)
    screen.print(sentences.found_sentence(found), soft_wrap=False)
    screen.print(sentences.levers_sentence(found))
    _print_parts(screen, found)
    screen.print()
    for aim in found.goal.aims:
        if words := sentences.curse_sentence(found, aim):
            screen.print(words)
    screen.print(sentences.FRESH)
    screen.print(sentences.NEVER)


def _print_aim(screen: Console, found: Search, aim: str) -> None:
    rows = [(mix, *sentences.aim_in_words(found, mix, aim)) for mix in found.contenders]
    screen.print()
    heads = ("policy mix", "at screening (worlds)", "fresh", "interval", "which is")
    worlds = plural(len(found.fresh.replications), "fresh world")
    title = f"{sentences.aim_with_unit(found, aim)}: difference from {found.scenario.baseline}, {worlds}"
    print_fitting(screen, heads, rows, right=(1, 2, 3), title=title)


def _print_conditions(screen: Console, found: Search) -> None:
    """What finalists come to in the variants of the file's ranges."""
    study = found.conditions
    if study is None:
        return
    for aim in found.goal.aims:
        counts = {mix: study.counts(aim, mix) for mix in study.others}
        behind = {row[0]: row[1] for row in regret_rows(study, aim)}
        says = [one.statement.says for one in next(iter(counts.values()), ())]
        rows = [(mix, *map(count_in_words, of), behind.get(mix, "–")) for mix, of in counts.items()]
        screen.print()
        title = (
            f"{MEASURES[aim].title}: in how many of {len(study.points)} variants (at least–at most), "
            f"{plural(study.asked.worlds, 'world')} each"
        )
        heads = ("policy mix", *says, "behind the best, on average")
        print_fitting(screen, heads, rows, right=range(1, 5), title=title)
    screen.print(TOGETHER)
    if study.scenario.limits:
        screen.print(f"Limits: {limits_in_words(study)}.", soft_wrap=True)
    screen.print(sentences.conditions_sentence(found) or NOT_A_PROBABILITY)
    if study.failures:
        screen.print(
            f"{plural(len(study.failures), 'world')} of variants failed and are left out of every mix of "
            f"their variant; first: {study.failures[0].error}"
        )
    screen.print(beliefs_in_words(study))


def _print_parts(screen: Console, found: Search) -> None:
    """What the levers of finalists are worth: those whose loss changes the first aim most."""
    if not found.parts:
        return
    aim = found.goal.aims[0]
    numerals = Numerals.of(aim, found.scenario.measures[aim].delta / 10)
    rows = []
    for finalist in dict.fromkeys(one.finalist for one in found.parts):
        mine = [one for one in found.parts if one.finalist == finalist]
        mine.sort(key=lambda one: -abs(one.contrasts[aim].difference or 0.0))
        for one in mine[:LARGEST_PARTS]:
            contrast = one.contrasts[aim]
            value = "missing" if contrast.difference is None else numerals.difference(contrast.difference)
            words = (value, numerals.span(contrast.interval), contrast.in_words())
            rows.append((finalist, one.lever, figure(one.saved, signed=True).replace("-", "−"), *words))
    screen.print()
    heads = ("finalist", "lever put back", "saves", "change", "interval", "which is")
    print_fitting(
        screen, heads, rows, right=(2, 3, 4),
        title=f"What each lever is worth in {sentences.aim_with_unit(found, aim)}",
    )  # fmt: skip


def _draw(found: Search, folder: Path) -> None:
    """The figures, with their data."""
    from tabletop.plots import search_figures
    from tabletop.plots.side_by_side import rendered_side_by_side

    drawn = search_figures.pictures(found)
    forms = [(name, form) for name in drawn for form in ("svg", "png")]
    files = rendered_side_by_side([(drawn[name], form) for name, form in forms])
    texts = {
        f"figures/{name}.csv": table.csv().encode() for name, table in search_figures.data(found).items()
    }
    put_files(
        folder,
        {**{f"figures/{n}.{form}": of for (n, form), of in zip(forms, files, strict=True)}, **texts},
    )


def _told(found: Search) -> dict[str, Any]:
    """Everything that is printed, as data."""
    return {
        "title": found.scenario.title,
        "baseline": found.scenario.baseline,
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
        "in_words": [
            sentences.found_sentence(found),
            sentences.levers_sentence(found),
            *filter(None, [sentences.conditions_sentence(found)]),
            sentences.FRESH,
            sentences.NEVER,
        ],
        **{
            name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
            for name, sheet in sheets(found).items()
        },
    }
