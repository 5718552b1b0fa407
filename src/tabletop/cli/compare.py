"""`tabletop compare`: results folders beside each other, and how every difference has changed."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tabletop.analysis.changed_difference import ChangedDifference
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import DIRECTION, delta_in_words, plural, share
from tabletop.cli.layout import print_fitting
from tabletop.cli.options import JsonAlone
from tabletop.cli.output import console, print_json
from tabletop.errors import TabletopError
from tabletop.experiment.compared_folders import compare_results
from tabletop.experiment.folder_comparison import FORCED, Compared, FolderComparison
from tabletop.experiment.tables import csv_lines
from tabletop.measures import MEASURES
from tabletop.outputs import put_files
from tabletop.spreadsheet import WORKBOOK, workbook

SHOWN = 20
"""Things that two experiments differ in that are printed; JSON has all."""


def compare(
    directory: Annotated[
        list[Path], typer.Argument(metavar="DIR DIR...", help="Two results folders, or more.")
    ],
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Differences from this mix, in all of them.")
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also of different scenarios, or versions of the model.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write what is printed as folders.csv there.")
    ] = None,
    json: JsonAlone = False,
) -> None:
    """Show results folders beside each other, each against the first; nothing is simulated."""
    if len(directory) < 2:
        raise TabletopError(f"{directory[0]}: alone; name the folders that it is to be compared with")
    found = compare_results(*directory, baseline=baseline, anyway=anyway)
    screen = console()
    if json:
        print_json(_told(found))
    else:
        _print(screen, found)
    if out is not None:
        sheet = found.sheet()
        put_files(out, {"folders.csv": csv_lines(sheet), WORKBOOK: workbook({"folders": found.sheet()})})
        if not json:
            screen.print(f"Written to {out}", soft_wrap=True)


def _print(screen: Console, found: FolderComparison) -> None:
    first = found.experiments[0]
    screen.print(first.results.design.scenario.title, style="bold")
    for one in found.experiments:
        seed, number = one.results.design.scenario.seed, plural(len(one.replications), "replication")
        screen.print(f"{one.label}: {one.place} ({number}, seed {seed})", soft_wrap=True)
    if found.is_forced:
        screen.print(f"These are {FORCED}.")
    for one in found.experiments[1:]:
        _print_differences(screen, one)
    for sentence in found.left_out:
        screen.print(sentence)
    for measure in found.measures:
        _print_measure(screen, found, measure)
    screen.print()
    screen.print(_how_to_read(found))


def _print_differences(screen: Console, one: Compared) -> None:
    shown = one.differs_in[:SHOWN]
    if not shown:
        screen.print(f"{one.label} is the same experiment as A.")
        return
    screen.print(f"{one.label} differs from A in:")
    for line in shown:
        screen.print(f"  {line}", soft_wrap=True)
    if more := len(one.differs_in) - len(shown):
        screen.print(f"  and {more} more, which --json has")


def _print_measure(screen: Console, found: FolderComparison, measure: str) -> None:
    about = MEASURES[measure]
    deltas = sorted({one.results.design.scenario.measures[measure].delta for one in found.experiments})
    told = " or ".join(delta_in_words(delta, about.unit) for delta in deltas)
    title = f"{about.title} ({about.unit}; {DIRECTION[about.direction]}; δ {told})"
    numerals = Numerals.of(measure, deltas[0] / 10)
    if found.is_forced:
        title += f", {FORCED}"
    first, *others = found.experiments
    for one in others:
        rows = []
        for mix in found.mixes:
            change = found.change(one.label, measure, mix)
            name = f"{mix} (mean)" if mix == found.baseline else mix
            seen = (_seen(of, measure, mix, numerals) for of in (first, one))
            rows.append((name, *seen, _changed(change, numerals), change.in_words()))
        heads = ("policy mix", "A", one.label, f"{one.label} less A", "which is")
        screen.print()
        print_fitting(screen, heads, rows, right=(1, 2, 3), title=title)


def _seen(one: Compared, measure: str, mix: str, numerals: Numerals) -> str:
    """The difference from the baseline with its interval, or the baseline's mean with its own."""
    if mix == one.comparison.baseline:
        estimate = one.comparison.estimates[measure][mix]
        value, interval = estimate.value, estimate.interval
    else:
        contrast = one.comparison.contrast(measure, mix)
        value, interval = contrast.difference, contrast.interval
    is_difference = mix != one.comparison.baseline
    if value is None:
        return "missing"
    said = numerals.difference(value) if is_difference else numerals.mean(value)
    return said if interval is None else f"{said} ({numerals.span(interval, signed=is_difference)})"


def _changed(change: ChangedDifference, numerals: Numerals) -> str:
    if change.value is None:
        return "missing"
    said = numerals.difference(change.value)
    return said if change.interval is None else f"{said} ({numerals.span(change.interval)})"


def _how_to_read(found: FolderComparison) -> str:
    paired = [one.label for one in found.experiments[1:] if one.is_paired]
    other = [one.label for one in found.experiments[1:] if not one.is_paired]
    words = (
        f"Shown are the mean of {found.baseline} and the differences of the other mixes from it, in each "
        "folder, and how each changed. Better and worse say which way it moved. Differences of a "
        "share are in points."
    )
    if paired:
        words += f" {', '.join(paired)} and A have the same luck: changes are paired, world by world."
    if other:
        words += f" {', '.join(other)} and A have other luck: intervals of changes are Welch's, and wider."
    return (
        f"{words} Intervals of changes hold at {share(0.95)} for all {found.intervals_together} of them at "
        "once; those of one folder hold together for that folder."
    )


def _told(found: FolderComparison) -> dict[str, Any]:
    """Everything that is printed, as data."""
    sheet = found.sheet()
    return {
        "baseline": found.baseline,
        "note": FORCED if found.is_forced else None,
        "left_out": list(found.left_out),
        "intervals_together": found.intervals_together,
        "experiments": [
            {
                "label": one.label,
                "folder": one.place,
                "title": one.results.design.scenario.title,
                "seed": one.results.design.scenario.seed,
                "replications": len(one.replications),
                "same_luck_as_first": one.is_paired,
                "differs_in": list(one.differs_in),
            }
            for one in found.experiments
        ],
        "rows": [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows],
        "how_to_read": _how_to_read(found),
    }
