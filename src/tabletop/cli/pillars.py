"""The pillars taken apart, as `tabletop levers --pillars` prints them."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from tabletop.analysis.factorial import Effect, Factorial
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import DIRECTION, delta_in_words, figure, plural
from tabletop.cli.layout import print_fitting
from tabletop.cli.notes import note_run
from tabletop.cli.options import refuse_json_of_plan
from tabletop.cli.output import console, print_json
from tabletop.cli.progress import kept_if_broken_off
from tabletop.experiment.folder import PICTURES
from tabletop.experiment.many_mixes import Labour
from tabletop.experiment.pillars import Pillars, PillarStudy
from tabletop.measures import MEASURES
from tabletop.outputs import put_files
from tabletop.scenario.load import loads
from tabletop.scenario.source import source_text

HOW_TO_READ = (
    "The effect of a pillar is the mean of all combinations that have it less the mean of those that do not, "
    "world by world. An interaction is half of what one pillar's effect changes by where the other is there. "
    "Intervals of main effects and two-way interactions of a measure hold at 95 % for all of them at once; "
    "the other interactions are tested together, and so are the three lines below each table."
)


def take_apart(
    scenario: str,
    mix: str | None,
    replications: int | None,
    seed: int | None,
    labour: Labour,
    out: Path,
    *,
    plan: bool,
    json: bool,
) -> None:
    """Simulate every combination of the pillars, and print what each changes, and what two change."""
    refuse_json_of_plan(plan=plan, json=json)
    text, file = source_text(scenario)
    study = PillarStudy.of(loads(text, file), high=mix, replications=replications, seed=seed)
    screen, name = console(), Path(file).stem
    folder = out / study.place(name)
    if plan:
        _print_header(screen, study)
        screen.print(
            f"{plural(len(study.corners), 'combination')}, {plural(study.scenario.replications, 'world')} "
            f"each: {study.runs:,} runs, kept in {folder}",
            soft_wrap=True,
        )
        rows = [(one.name, ", ".join(sorted(one.high)) or "none", figure(one.cost)) for one in study.corners]
        print_fitting(screen, ("corner", "pillars as in the mix", "costs a year"), rows, right=(2,))
        return
    note_run(study.scenario, study.runs, None if labour.cluster else labour.workers)
    with kept_if_broken_off() as progress:
        found = study.run(out, name=name, labour=labour, progress=progress)
    _draw(found, folder)
    if json:
        print_json(_told(found))
    else:
        _print_header(screen, study)
        _print(screen, found)
        screen.print(f"Written to {folder}", soft_wrap=True)
    if found.failed:
        raise typer.Exit(1)


def _print_header(screen: Console, study: PillarStudy) -> None:
    scenario = study.scenario
    screen.print(f"{scenario.title}: the pillars taken apart", style="bold")
    taken = "; ".join(f"{pillar} as in {mix}" for pillar, mix in study.high.items())
    screen.print(f"As in {scenario.baseline}, or {taken}; seed {scenario.seed}.")


def _print(screen: Console, found: Pillars) -> None:
    if found.alike:
        screen.print(f"As in {found.scenario.baseline} everywhere: {', '.join(found.alike)}.")
    worlds, asked = len(found.outcomes.replications), found.scenario.replications
    screen.print(f"{plural(len(found.corners), 'combination')} in {plural(worlds, 'world')}.")
    if worlds < asked:
        first = found.failures[0] if found.failures else None
        why = f"; first: replication {first.replication}: {first.error}" if first else ""
        screen.print(f"{plural(asked - worlds, 'world')} failed and are left out of every combination{why}.")
    screen.print(HOW_TO_READ)
    for measure, effects in found.factorials.items():
        _print_measure(screen, measure, effects, found.scenario.measures[measure].delta)
    rows = [(one.name, ", ".join(sorted(one.high)) or "none", figure(one.cost)) for one in found.corners]
    screen.print()
    heads = ("corner", "pillars as in the mix", "costs a year")
    print_fitting(screen, heads, rows, right=(2,), title="What every combination costs")


def _print_measure(screen: Console, measure: str, found: Factorial, delta: float) -> None:
    about = MEASURES[measure]
    numerals = Numerals.of(measure, delta / 10)
    told = f"δ {delta_in_words(delta, about.unit)}"
    title = f"{about.title} ({about.unit}; {DIRECTION[about.direction]}; {told})"
    ranked = sorted(found.effects, key=lambda one: -abs(one.value or 0.0))
    rows = [_row(" × ".join(one.factors), one, numerals) for one in ranked]
    screen.print()
    print_fitting(screen, ("effect of", "change", "interval", "which is"), rows, right=(1, 2), title=title)
    screen.print(_higher(found, numerals))
    screen.print()
    once = found.one_at_a_time
    rows = [
        _row("each alone, summed", once.alone, numerals),
        _row("all together", once.together, numerals),
        _row("together less the sum", once.lost, numerals),
    ]
    print_fitting(screen, ("one at a time", "change", "interval", "which is"), rows, right=(1, 2))


def _row(name: str, effect: Effect, numerals: Numerals) -> tuple[str, str, str, str]:
    value = "missing" if effect.value is None else numerals.difference(effect.value)
    return name, value, numerals.span(effect.interval), effect.in_words()


def _higher(found: Factorial, numerals: Numerals) -> str:
    number, shown = len(found.higher), found.higher_shown
    if not number:
        return "There are no higher interactions of two pillars."
    if not shown:
        return f"None of the {plural(number, 'higher interaction')} is shown."
    listed = "; ".join(f"{' × '.join(one.factors)} {numerals.difference(one.value or 0.0)}" for one in shown)
    return f"Shown of the {plural(number, 'higher interaction')}: {listed}."


def _draw(found: Pillars, folder: Path) -> None:
    """The two figures, with their data."""
    from tabletop.plots import pillar_effects, pillar_interactions
    from tabletop.plots.side_by_side import as_files

    pictures = {**pillar_effects.pictures(found), **pillar_interactions.pictures(found)}
    tables = {f"{of.NAME}.csv": of.data(found).csv().encode() for of in (pillar_effects, pillar_interactions)}
    put_files(folder / PICTURES, {**as_files(pictures), **tables})


def _told(found: Pillars) -> dict[str, Any]:
    """Everything that is printed, as data."""
    sheets = {"effects": found.sheet(), "corners": found.corner_sheet()}
    return {
        "title": found.scenario.title,
        "baseline": found.scenario.baseline,
        "pillars": dict(found.high),
        "as_in_the_baseline": list(found.alike),
        "seed": found.scenario.seed,
        "worlds": len(found.outcomes.replications),
        "failures": [asdict(one) for one in found.failures],
        "how_to_read": HOW_TO_READ,
        **{
            name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
            for name, sheet in sheets.items()
        },
    }
