"""What `tabletop search` says at the terminal: what is moved, and the mixes that were found."""

from pathlib import Path

from rich.console import Console

from tabletop.analysis.words import delta_in_words, figure, plural
from tabletop.cli.layout import print_fitting
from tabletop.cli.ranges import print_ranges
from tabletop.experiment.robustness.sentences import (
    NOT_A_PROBABILITY,
    TOGETHER,
    alike_sentence,
    beliefs_in_words,
    count_in_words,
    limits_in_words,
    numerals_of,
    regret_rows,
    with_delta,
)
from tabletop.experiment.search import sentences
from tabletop.experiment.search.result import Search
from tabletop.experiment.search.screening import FURTHER_WORLDS
from tabletop.experiment.search.study import SearchStudy
from tabletop.measures import MEASURES
from tabletop.scenario.policy import LEVERS

LARGEST_PARTS = 6
"""Levers of a finalist that are printed; the tables have all."""


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
    if said := alike_sentence(study.alike, scenario.baseline):
        screen.print(said)


def print_plan(screen: Console, study: SearchStudy, folder: Path) -> None:
    """What is moved, and how many runs it takes."""
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


def print_found(screen: Console, study: SearchStudy, found: Search) -> None:
    """Who was screened, what finalists come to on fresh luck, and how far that is known."""
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
    title = f"{with_delta(found.scenario, aim)}: difference from {found.scenario.baseline}, {worlds}"
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
            f"{with_delta(found.scenario, aim)}: in how many of {len(study.points)} variants "
            f"(at least–at most), {plural(study.asked.worlds, 'world')} each"
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
    numerals = numerals_of(found.scenario, aim)
    rows = []
    for finalist in dict.fromkeys(one.finalist for one in found.parts):
        mine = [one for one in found.parts if one.finalist == finalist]
        mine.sort(key=lambda one: -abs(one.contrasts[aim].difference or 0.0))
        for one in mine[:LARGEST_PARTS]:
            contrast = one.contrasts[aim]
            value = "missing" if contrast.difference is None else numerals.difference(contrast.difference)
            words = (value, numerals.span(contrast.interval), contrast.in_words("world"))
            rows.append((finalist, one.lever, figure(one.saved, signed=True), *words))
    screen.print()
    heads = ("finalist", "lever put back", "saves", "change", "interval", "which is")
    print_fitting(
        screen, heads, rows, right=(2, 3, 4),
        title=f"What each lever is worth in {with_delta(found.scenario, aim)}",
    )  # fmt: skip
