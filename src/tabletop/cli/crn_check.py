"""`tabletop crn-check`: what shared luck is worth in a comparison, and where two histories diverge."""

from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from tabletop.analysis.crn import Pairing, pairings
from tabletop.analysis.words import plural
from tabletop.cli.layout import print_fitting
from tabletop.cli.notes import note_shortage
from tabletop.cli.options import Mixes, ScenarioFile, Seed, Workers
from tabletop.cli.output import console
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.experiment.design import Design
from tabletop.experiment.divergence import Divergence, divergence_of, journal_of, sentence_on
from tabletop.experiment.identity import same_policy
from tabletop.experiment.results import Results
from tabletop.experiment.run import Interrupted, run_experiment
from tabletop.measures import MEASURES
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario

HOW_TO_READ = (
    "Replications of all mixes share their luck. The factor says how many times as many replications "
    "without shared luck give intervals as narrow; below 1 sharing does harm. A mix that changes "
    "nothing is paired perfectly, which means nothing: look at the share of worlds that differ. Intervals "
    "are at 95 %."
)


def crn_check(
    scenario: ScenarioFile,
    mix: Mixes = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Pair with this mix; the warm-up stays.")
    ] = None,
    replications: Annotated[int | None, typer.Option(help="Replications of every mix.")] = None,
    seed: Seed = None,
    workers: Workers = None,
    replication: Annotated[
        int, typer.Option(min=0, metavar="R", help="The replication whose histories are laid side by side.")
    ] = 0,
    every: Annotated[bool, typer.Option("--all", help="Every measure, not only primary ones.")] = False,
) -> None:
    """Show what shared luck is worth, measure by measure, and where the histories of two mixes diverge."""
    note_shortage(workers)
    given = load(scenario)
    design = Design.of(given, mixes=mix, baseline=baseline, replications=replications, seed=seed)
    screen = console()
    try:
        with shown_progress() as progress:
            results = run_experiment(
                design.scenario,
                mixes=design.mixes,
                baseline=design.baseline,
                workers=workers,
                progress=progress,
            )
    except Interrupted as interrupted:
        typer.echo("Interrupted: nothing is printed.", err=True)
        raise typer.Exit(BROKEN_OFF) from interrupted
    measures = None if every else design.scenario.primary_measures
    found = pairings(results.outcomes(), baseline=design.baseline, measures=measures)
    _print_pairings(screen, results, found)
    _print_divergences(screen, design, replication)
    if results.failed:
        raise typer.Exit(1)


def _print_pairings(screen: Console, results: Results, found: tuple[Pairing, ...]) -> None:
    """A table for each measure."""
    design = results.design
    scenario = design.scenario
    counted = len(results.outcomes().replications)
    screen.print(scenario.title, style="bold")
    screen.print(f"{plural(counted, 'replication')}, seed {scenario.seed}, baseline {design.baseline}.")
    if results.failures:
        screen.print(
            f"{len(results.failures):,} of {len(design):,} runs failed and are left out of every mix."
        )
    screen.print(HOW_TO_READ)
    for name in dict.fromkeys(pairing.measure for pairing in found):
        title = f"{MEASURES[name].title} ({MEASURES[name].unit})"
        rows = [
            (
                pairing.mix,
                pairing.in_words() + ("; the same policy" if _alike(pairing, scenario, design) else ""),
            )
            for pairing in found
            if pairing.measure == name
        ]
        screen.print()
        print_fitting(screen, ("mix", "what shared luck is worth"), rows, right=(), title=title)
    if not found:
        screen.print()
        screen.print(
            "There is no other mix to pair with the baseline."
            if len(results.mixes) < 2
            else "The scenario has no primary measure; --all shows every measure."
        )


def _alike(pairing: Pairing, scenario: Scenario, design: Design) -> bool:
    return pairing.inert and same_policy(scenario, pairing.mix, design.baseline)


def _print_divergences(screen: Console, design: Design, replication: int) -> None:
    """Where each mix parts from the baseline, event by event and in its turning points."""
    others = [mix for mix in design.mixes if mix != design.baseline]
    if not others:
        return
    scenario = design.scenario
    screen.print()
    screen.print(
        f"Where the histories diverge from {design.baseline} in replication {replication}", style="bold"
    )
    theirs = journal_of(scenario, design.baseline, replication)
    for mix in others:
        ours = journal_of(scenario, mix, replication)
        for turning_points in (False, True):
            found = divergence_of(
                ours,
                theirs,
                scenario=scenario,
                mix=mix,
                baseline=design.baseline,
                replication=replication,
                turning_points=turning_points,
            )
            what = "turning point" if turning_points else "event"
            _print_divergence(screen, found, mix, what)
            if found is None and not turning_points:
                break


def _print_divergence(screen: Console, found: Divergence | None, mix: str, what: str) -> None:
    if found is None:
        screen.print(Padding(f"{mix}: no {what} differs", (0, 0, 0, 2)))
        return
    who = f", {found.subject}" if found.subject else ""
    screen.print(Padding(f"{mix}, first {what}: day {found.day:.1f}{who}", (0, 0, 0, 2)))
    for name, sentence in ((found.mix, found.ours), (found.baseline, found.theirs)):
        screen.print(Padding(f"{name}: {sentence_on(sentence, found.day)}", (0, 0, 0, 4)))
