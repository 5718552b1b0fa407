"""The conclusions of an experiment, in sentences and in tables, measure by measure."""

from collections.abc import Iterable, Iterator, Sequence

from tabletop.analysis.best import Best
from tabletop.analysis.best_overall import BestOverall
from tabletop.analysis.bottleneck import BUSY
from tabletop.analysis.compare import Comparison
from tabletop.analysis.interval_words import share_with_interval, with_interval
from tabletop.analysis.words import plural, share
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Block, Box, Column, Row, Table, Text
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Run, Said
from tabletop.report.measure_tables import measure_blocks
from tabletop.report.names import Names, titled
from tabletop.report.tail_tables import tail_blocks


def findings(results: Results, compared: Comparison) -> Section:
    """The findings of a comparison."""
    names, interests = titled(results, compared.mixes), results.design.scenario.measures
    others = [name for name, interest in interests.items() if not interest.primary]
    parts = []
    if best := tuple(best_blocks(results.best(compared))):
        parts.append(Section("Which may be the best", best))
    if compared.primary:
        parts.append(
            Section("Primary measures", (), tuple(_measures(results, compared, compared.primary, names)))
        )
    if worst := tuple(tail_blocks(results.tails(compared), names)):
        parts.append(Section("The worst tenth of worlds", worst, id="worst-tenth"))
    if others:
        intro = (
            "Their intervals are not adjusted for the number of comparisons; nothing is concluded from them."
        )
        measures = tuple(_measures(results, compared, others, names))
        parts.append(Section("Other measures of the scenario", (Text((intro,)),), measures))
    if rest := [name for name in compared.estimates if name not in interests]:
        said = (
            f"{len(rest)} further measures of the model are in tables/comparison.csv of the results folder."
        )
        parts.append(Section("All further measures of the model", (Text((said,)),)))
    return Section("Findings", tuple(_sentences(results, compared)), tuple(parts), id="findings")


def bottlenecks(results: Results, names: Names) -> Table:
    """The bottleneck of each mix: the busiest of its pools, if it is busy enough, with what shows it.

    Before it stand the pools with nobody there.
    """
    columns = (
        Column("mix", 3),
        Column("pool", 2),
        Column("utilisation, 95 % interval", 3),
        Column("mean wait in days, 95 % interval", 3),
    )
    rows: list[Row] = []
    found, unstaffed = results.bottlenecks(), results.unstaffed()
    for mix in names:
        if not results.runs.readings(mix).replications:
            rows.append((names[mix], "no run is finished", "", ""))
            continue
        one = found[mix]
        rows += [(names[mix], pool.pool, pool.in_words(), "") for pool in unstaffed[mix]]
        if one is None and unstaffed[mix]:
            continue
        if one is None:
            rows.append((names[mix], f"none is {share(BUSY)} busy", "", ""))
        else:
            rows.append((names[mix], one.pool, share_with_interval(one.utilisation), with_interval(one.wait)))
    return Table("Bottlenecks", columns, tuple(rows))


def best_blocks(best: Sequence[Best]) -> Iterator[Block]:
    """Which mixes may be the best, measure by measure; nothing, if there is nothing to choose from."""
    if not any(len(one.candidates) + len(one.lacking) for one in best):
        return
    rows = tuple((MEASURES[one.measure].title, one.in_words()) for one in best)
    columns = (Column("measure", 2), Column("finding", 5))
    yield Table("Which may be the best (95 % for each measure)", columns, rows)
    if overall := BestOverall.of(best).in_words():
        yield Text((overall,))


def warnings(results: Results, compared: Comparison) -> Iterator[str]:
    """What a reader must know before the findings: failures, interruptions, mixed platforms."""
    asked = results.design.replications
    if results.interrupted:
        yield "The experiment is not complete: it was broken off, or is still running."
    if results.failures:
        first = results.failures[0]
        yield (
            f"{len(results.failures):,} of {plural(len(results.design), 'run')} failed; "
            f"{plural(len(compared.dropped), 'replication')} left out of every mix. First: {first.mix}, "
            f"replication {first.replication}: {first.error}"
        )
    if len(compared.replications) < asked:
        yield f"Compared over {len(compared.replications):,} of {plural(asked, 'replication')}."
    if results.mixed_platforms:
        yield "Runs of several platforms are mixed: last bits may depend on where each was made."
    if not compared.primary:
        yield "The scenario has no primary measure: nothing is concluded."


def _sentences(results: Results, compared: Comparison) -> Iterator[Block]:
    if cautions := tuple(warnings(results, compared)):
        yield Box("Before you read the findings", "", cautions)
    if len(compared.mixes) < 2 or not compared.replications:
        yield Text(("There is nothing to compare.",))
        return
    together = compared.intervals_together
    hold = f", which hold at 95 % for all {together} of them at once" if together > 1 else ""
    intro = (
        "Differences are paired, world by world, from ", Run(compared.baseline, "code"),
        f". Beside them stand their intervals{hold}. ", Run("Method", to="method"), " says how.",
    )  # fmt: skip
    yield Text((Said(intro),))


def _measures(
    results: Results, compared: Comparison, measures: Iterable[str], names: Names
) -> Iterator[Section]:
    for name in measures:
        one, interest = MEASURES[name], results.design.scenario.measures[name]
        sentence = one.sentence if one.observable else f"{one.sentence} Players do not see it."
        blocks = measure_blocks(compared, name, interest, results.ratio_intervals(compared), names)
        yield Section(one.title, (Text((sentence,)), *blocks), id=f"measure-{name}")
