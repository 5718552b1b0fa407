"""A comparison as it is printed: the tables of the experiment's page, with mixes by what one types."""

from collections.abc import Iterator

from rich.console import Console

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural
from tabletop.experiment.design import Design
from tabletop.experiment.findings import LIMITS
from tabletop.experiment.results import Results
from tabletop.report.conclusions import best_blocks, bottlenecks, warnings
from tabletop.report.document.blocks import Block, Text
from tabletop.report.document.terminal import show_blocks
from tabletop.report.measure_tables import measure_blocks
from tabletop.report.names import by_key
from tabletop.report.tail_tables import tail_blocks


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


def print_results(console: Console, results: Results) -> None:
    """All that a run says."""
    compared = results.compare()
    if results.precision is not None:
        console.print()
        console.print(f"Precision: {results.precision.in_words()}.")
    show_blocks(console, _measures(results, compared))
    console.print()
    show_blocks(console, _conclusions(results, compared))
    console.print()


def print_worst_tenth(console: Console, results: Results) -> None:
    """The worst tenth of worlds, which concludes nothing and is asked for."""
    compared = results.compare()
    show_blocks(console, tail_blocks(results.tails(compared), by_key(compared.mixes)))
    console.print()


def _measures(results: Results, compared: Comparison) -> Iterator[Block]:
    """The primary measures, a table each."""
    names, interests = by_key(compared.mixes), results.design.scenario.measures
    for name in compared.primary:
        yield from measure_blocks(compared, name, interests[name], results.ratio_intervals(compared), names)


def _conclusions(results: Results, compared: Comparison) -> Iterator[Block]:
    """How to read the tables, which mixes may be the best, bottlenecks, and what was left out."""
    if number := compared.intervals_together:
        together = f"all {number} of them at once" if number > 1 else "the one there is"
        how = (
            f"Differences are paired, replication by replication, from {compared.baseline}; their intervals "
            f"hold at 95 % for {together}. Intervals of means are each mix's own: their overlap is no test."
        )
        yield Text((how,))
    yield from best_blocks(results.best(compared))
    yield bottlenecks(results, by_key(compared.mixes))
    yield Text(tuple(warnings(results, compared)))
