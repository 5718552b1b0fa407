"""A comparison as it is printed: estimates and contrasts, bottlenecks, and what was left out."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from tabletop.analysis.best import Best, in_every_set
from tabletop.analysis.bootstrap_intervals import Beside
from tabletop.analysis.bottleneck import Bottleneck
from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import (
    DIRECTION,
    decimals_for,
    ends,
    figure,
    plural,
    share_with_interval,
    with_interval,
)
from tabletop.experiment.design import Design
from tabletop.experiment.findings import LIMITS
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Interest


def print_header(console: Console, design: Design, *, up_to: bool = False) -> None:
    """What is to be run; `up_to` says that precision decides on the number of replications."""
    scenario = design.scenario
    console.print(scenario.title, style="bold")
    note = " ".join(scenario.content_note.split())
    if note:
        console.print(f"Content note: {note}", no_wrap=True, overflow="ellipsis")
    number = plural(design.replications, "replication")
    console.print(
        f"{f'Up to {number}' if up_to else number}, seed {scenario.seed}, baseline {design.baseline}; "
        f"mixes: {', '.join(design.mixes)}."
    )
    console.print(LIMITS)


def print_comparison(
    console: Console, compared: Comparison, interests: Mapping[str, Interest], beside: Beside
) -> None:
    """The primary measures, a table each, and how to read them."""
    for name in compared.primary:
        _print_measure(console, compared, name, interests[name].delta)
        _print_beside(console, compared, name, beside)
    console.print()
    if not compared.primary:
        console.print("The scenario has no primary measure; see the tables for all measures.")
    elif compared.intervals_together:
        number = compared.intervals_together
        together = f"all {number} of them at once" if number > 1 else "the one there is"
        console.print(
            f"Differences are paired, replication by replication, from {compared.baseline}; their intervals "
            f"hold at 95 % for {together}. Intervals of means are each mix's own: their overlap is no test."
        )


def print_results(console: Console, results: Results) -> None:
    """All that a run says."""
    compared = results.compare()
    if results.precision is not None:
        console.print()
        console.print(f"Precision: {results.precision.in_words()}.")
    print_comparison(console, compared, results.design.scenario.measures, results.beside(compared))
    print_best(console, results.best(compared))
    print_bottlenecks(console, results.bottlenecks())
    print_losses(console, results, compared)


def print_best(console: Console, found: Sequence[Best]) -> None:
    """Which mixes may be the best, measure by measure."""
    if not any(len(one.candidates) + len(one.missing) for one in found):
        return
    table = Table(
        title="Which may be the best (95 % for each measure)",
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 2, 0, 0),
    )
    table.add_column("measure", no_wrap=True)
    table.add_column("finding")
    for one in found:
        table.add_row(MEASURES[one.measure].title, one.in_words())
    console.print()
    console.print(table)
    judged = [one for one in found if one.direction]
    if len(judged) > 1:
        every = ", ".join(in_every_set(judged)) or "no mix"
        console.print(f"Among the best in every measure: {every}.")


def print_bottlenecks(console: Console, bottlenecks: Mapping[str, Bottleneck | None]) -> None:
    """The bottleneck of each mix, with what shows it."""
    table = _table("Bottlenecks", "pool", "utilisation, 95 % interval", "mean wait in days, 95 % interval")
    for mix, found in bottlenecks.items():
        if found is None:
            table.add_row(mix, "none is 85 % busy", "", "")
        else:
            busy, wait = found.utilisation, found.wait
            table.add_row(mix, found.pool, share_with_interval(busy), with_interval(wait))
    console.print()
    console.print(table)


def print_losses(console: Console, results: Results, compared: Comparison) -> None:
    """Runs that failed or were not made."""
    asked = results.design.replications
    console.print()
    if results.failures:
        first = results.failures[0]
        count = f"{len(results.failures):,} of {len(results.design):,} runs failed"
        lost = f"{plural(len(compared.dropped), 'replication')} left out of every mix"
        console.print(f"{count}; {lost}. First: {first.mix}, replication {first.replication}: {first.error}")
    if results.mixed_platforms:
        console.print("Runs of several platforms are mixed: last bits may depend on where each was made.")
    if len(compared.replications) < asked:
        console.print(f"Compared over {len(compared.replications):,} of {plural(asked, 'replication')}.")


def _print_measure(console: Console, compared: Comparison, name: str, delta: float) -> None:
    measure = MEASURES[name]
    contrasts = {c.mix: c for c in compared.contrasts if c.measure == name}
    estimates = compared.estimates[name]
    intervals = [e.interval for e in estimates.values()] + [c.interval for c in contrasts.values()]
    widths = [i.half_width for i in intervals if i is not None and i.half_width > 0]
    decimals = decimals_for(min(widths, default=0.0))
    table = _table(
        f"{measure.title} ({measure.unit}; {DIRECTION[measure.direction]}; δ {figure(delta)})",
        "mean",
        "95 % interval",
        "difference",
        "simultaneous",
        "verdict",
    )
    for mix, estimate in estimates.items():
        mean = "missing" if estimate.value is None else figure(estimate.value, decimals=decimals)
        cells = [mix, mean, ends(estimate.interval, decimals)]
        if mix == compared.baseline:
            table.add_row(*cells, "", "", "baseline")
            continue
        contrast = contrasts[mix]
        difference = contrast.difference
        cells.append("" if difference is None else figure(difference, signed=True, decimals=decimals))
        table.add_row(*cells, ends(contrast.interval, decimals, signed=True), contrast.in_words())
    console.print()
    console.print(table)
    if measure.still_open is not None:
        still = compared.estimates[measure.still_open]
        told = "; ".join(f"{mix} {with_interval(estimate)}" for mix, estimate in still.items())
        console.print(Padding(f"{MEASURES[measure.still_open].title}: {told}.", (0, 0, 0, 2)))


def _print_beside(console: Console, compared: Comparison, name: str, beside: Beside) -> None:
    """The bootstrap intervals of a ratio's differences, which decide nothing."""
    if name not in beside.measures:
        return
    told = []
    for contrast in compared.contrasts:
        interval = beside.contrasts.get((name, contrast.mix))
        if contrast.measure == name and interval is not None:
            decimals = decimals_for(interval.half_width)
            told.append(f"{contrast.mix} {ends(interval, decimals, signed=True)}")
    if told:
        words = f"Differences by BCa bootstrap, at the same level: {'; '.join(told)}."
        console.print(Padding(words, (0, 0, 0, 2)))


def _table(title: str, *columns: str) -> Table:
    """A table of mixes: plain, numbers to the right, only the last column wraps."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("mix", no_wrap=True, overflow="fold")
    for column in columns[:-1]:
        is_number = column in {"mean", "difference"}
        table.add_column(column, no_wrap=True, justify="right" if is_number else "left")
    table.add_column(columns[-1])
    return table
