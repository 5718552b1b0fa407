"""If the assumptions were different: what a study of robustness says, for a report."""

from collections.abc import Iterator, Sequence

from tabletop.analysis.words import plural
from tabletop.experiment.robustness import sentences
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import range_in_words
from tabletop.experiment.robustness.worded_tables import (
    SURVIVES,
    WordedTable,
    tables_of_points,
    what_survives,
)
from tabletop.measures import MEASURES
from tabletop.plots.study_labels import mix_title
from tabletop.report.document.blocks import Block, Column, Folded, Listing, Table, Text
from tabletop.report.document.document import Section


def in_how_many(study: Robustness) -> Section:
    """What was compared, and counts with bounds."""
    return Section(
        "If the assumptions were different",
        tuple(_intro(study)),
        tuple(_counted(study)),
        id="assumptions-in-words",
    )


def what_decides(study: Robustness) -> Section:
    """Which verdicts survive, what decides, regret, limits, the ranges, and what was not varied."""
    return Section("What decides, and what was varied", (), tuple(_detail(study)), id="assumptions-in-detail")


def in_words(question: str, study: Robustness) -> Section:
    """What one question beside the file's ranges came to; `question` is the name of its folder."""
    titles = study.ranges.titles
    title = " and ".join(titles)
    where = Text((f"{plural(study.asked.worlds, 'world')} a variant; tables and figures are in {question}.",))
    if not study.asked.is_line:
        survived = [_made(what_survives(study, measure, _title(study))) for measure in study.measures]
        title = f"{plural(len(titles), 'condition')}, {'at once and ' if study.points else 'each '}alone"
        return Section(title, (*_intro(study), *_first_open(SURVIVES, survived), where))
    if len(titles) > 1:
        return Section(title, (Text(("Every pair of values; all else as written.",)), where))
    return Section(title, (Text((sentences.all_else_as_written(study, 0),)), *_along_a_line(study), where))


def _along_a_line(study: Robustness) -> Iterator[Block]:
    """The contrasts for which a switch is shown, and the others to be opened."""
    pairs = [(measure, mix) for measure in study.measures for mix in study.others]
    said = {pair: sentences.line_sentence(study, 0, *pair, _title(study)) for pair in pairs}
    turning = tuple(said.pop(pair) for pair in pairs if study.switches(0, *pair))
    if turning:
        yield Listing(turning)
    if said:
        summary = f"No switch is shown in this range for {len(said)} of {len(pairs)} contrasts"
        yield Folded(summary, (Listing(tuple(said.values())),))


def _intro(study: Robustness) -> Iterator[Block]:
    asked = study.asked
    at_once = (
        f"in {plural(len(study.points), 'variant')} that move every uncertain condition at once, and "
        if study.points
        else ""
    )
    compared = (
        f"The mixes were compared {at_once}with each condition alone at an end of its range: "
        f"{plural(asked.worlds, 'world')} each, the same luck. {sentences.beliefs_in_words(study)}"
    )
    names = [mix_title(study, mix) for mix in study.alike]
    alike = sentences.alike_sentence(names, mix_title(study, asked.baseline))
    yield Text((compared, *filter(None, [alike]), sentences.NOT_A_PROBABILITY))


def _counted(study: Robustness) -> Iterator[Section]:
    if study.points:
        counts = [_counts(study, measure) for measure in study.measures]
        yield Section("In how many variants", tuple(_first_open(sentences.TOGETHER, counts)))


def _detail(study: Robustness) -> Iterator[Section]:
    survived = [_made(what_survives(study, measure, _title(study))) for measure in study.measures]
    yield Section("Do the verdicts survive?", tuple(_first_open(SURVIVES, survived)))
    if study.points:
        for heading, how, tables in tables_of_points(study, _title(study)):
            yield Section(heading, tuple(_first_open(how, [_made(one) for one in tables])))
        if study.is_of_distributions:
            pairs = [(measure, mix) for measure in study.measures for mix in study.others]
            shares = tuple(sentences.distribution_sentence(study, *pair, _title(study)) for pair in pairs)
            text = Text((sentences.DISTRIBUTION,))
            yield Section("Share of the stated distribution", (text, Listing(shares)))
        yield from _regret(study)
    rows = tuple(
        (one.title, range_in_words(one), sentences.own_value_in_words(study, place), one.source)
        for place, one in enumerate(study.ranges.uncertain)
    )
    heads = (Column("condition", 2), Column("range", 2), Column("as written", 1), Column("source", 3))
    still = Folded(
        "What was not varied, which is an assumption as well", (Listing(sentences.not_varied(study)),)
    )
    yield Section("Ranges", (Table("What was varied", heads, rows), Text((sentences.INDEPENDENT,)), still))


def _title(study: Robustness) -> sentences.Name:
    return lambda mix: mix_title(study, mix)


def _first_open(how: str, tables: Sequence[Table]) -> Iterator[Block]:
    """How tables are read, the first of them, and the others to be opened."""
    first, *rest = tables
    yield Text((how,))
    yield first
    if rest:
        yield Folded("The other measures", tuple(rest))


def _made(one: WordedTable) -> Table:
    columns = tuple(Column(head, wide) for head, wide in zip(one.heads, one.widths, strict=True))
    return Table(one.title, columns, one.rows)


def _regret(study: Robustness) -> Iterator[Section]:
    heads = (
        Column("policy mix", 2), Column("behind the best, on average", 2), Column("best in", 1),
        Column("most, on fresh luck", 4),
    )  # fmt: skip
    tables = [
        Table(f"Regret in {sentences.with_delta(study.scenario, measure)}", heads, tuple(rows))
        for measure in study.measures
        if (rows := sentences.regret_rows(study, measure, _title(study)))
    ]
    if tables:
        yield Section("How far behind the best", tuple(_first_open(sentences.REGRET, tables)))
    if study.scenario.limits:
        kept = tuple(sentences.satisfied_sentence(study, mix, _title(study)) for mix in study.others)
        said = Text((f"{sentences.limits_in_words(study)}.",))
        yield Section("Where all limits are kept", (said, Listing(kept)))


def _counts(study: Robustness, measure: str) -> Table:
    found = {mix: study.counts(measure, mix) for mix in study.others}
    heads = [one.statement.says for one in next(iter(found.values()))]
    columns = (Column("policy mix", 2), *(Column(head, 2) for head in heads))
    rows = tuple(
        (mix_title(study, mix), *(sentences.count_in_words(one) for one in counts))
        for mix, counts in found.items()
    )
    caption = f"{MEASURES[measure].title}: in how many of {len(study.points)} variants (at least–at most)"
    return Table(caption, columns, rows)
