"""If the assumptions were others: what a study of robustness says, for a report."""

from collections.abc import Iterator

from tabletop.analysis.words import plural
from tabletop.experiment.robustness import sentences
from tabletop.experiment.robustness.deciding import decided, rule_sentence
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import range_in_words
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Block, Column, Folded, Listing, Table, Text
from tabletop.report.document.document import Section


def robustness(study: Robustness) -> Section:
    """Counts with bounds, what decides, which verdicts survive, the ranges, and what was not varied."""
    return Section(
        "If the assumptions were others",
        tuple(_intro(study)),
        tuple(_parts(study)),
        id="assumptions-in-words",
    )


def _intro(study: Robustness) -> Iterator[Block]:
    asked = study.asked
    compared = (
        f"The mixes were compared in {plural(len(study.points), 'variant')} that move every uncertain "
        "condition at once, and with each condition alone at an end of its range: "
        f"{plural(asked.worlds, 'world')} each, the same luck. {sentences.beliefs_in_words(study)}"
    )
    yield Text((compared, sentences.NOT_A_PROBABILITY))


def _parts(study: Robustness) -> Iterator[Section]:
    tables = tuple(_counts(study, measure) for measure in study.measures) if study.points else ()
    pairs = [(measure, mix) for measure in study.measures for mix in study.others]
    if tables:
        first, *rest = tables
        further = (Folded("The other measures", tuple(rest)),) if rest else ()
        yield Section("In how many variants", (Text((sentences.TOGETHER,)), first, *further))
        if study.is_of_distributions:
            shares = tuple(sentences.distribution_sentence(study, *pair) for pair in pairs)
            text = Text((sentences.DISTRIBUTION,))
            yield Section("Share of the stated distribution", (text, Listing(shares)))
        said = [sentences.decides_sentence(study.shares(*pair), *pair) for pair in pairs]
        yield Section("Which condition decides", (Listing(tuple(said)),))
        rules = [rule_sentence(study, decided(study, *pair), *pair) for pair in pairs]
        yield Section("Where a statement holds", (Listing(tuple(rules)),))
    if study.points:
        yield from _regret(study)
    survived = [sentences.survival_sentence(study, *pair) for pair in pairs]
    yield Section("Do the verdicts survive", (Listing(tuple(survived)),))
    rows = tuple(
        (one.title, range_in_words(one), sentences.own_value_in_words(study, place), one.source)
        for place, one in enumerate(study.ranges.uncertain)
    )
    heads = (Column("condition", 2), Column("range", 2), Column("as written", 1), Column("source", 3))
    still = Folded(
        "What was not varied, which is an assumption as well", (Listing(sentences.not_varied(study)),)
    )
    yield Section("Ranges", (Table("What was varied", heads, rows), Text((sentences.INDEPENDENT,)), still))


def _regret(study: Robustness) -> Iterator[Section]:
    heads = (
        Column("policy mix", 2), Column("behind the best, on average", 2), Column("best in", 1),
        Column("most, on fresh luck", 4),
    )  # fmt: skip
    tables = tuple(
        Table(f"Regret in {MEASURES[measure].title}", heads, tuple(rows))
        for measure in study.measures
        if (rows := sentences.regret_rows(study, measure))
    )
    if tables:
        first, *rest = tables
        further = (Folded("Regret in the other measures", tuple(rest)),) if rest else ()
        yield Section("How far behind the best", (Text((sentences.REGRET,)), first, *further))
    if study.scenario.limits:
        kept = tuple(sentences.satisfied_sentence(study, mix) for mix in study.others)
        said = Text((f"{sentences.limits_in_words(study)}.",))
        yield Section("Where all limits are kept", (said, Listing(kept)))


def _counts(study: Robustness, measure: str) -> Table:
    found = {mix: study.counts(measure, mix) for mix in study.others}
    heads = [one.statement.says for one in next(iter(found.values()))]
    columns = (Column("policy mix", 2), *(Column(head, 2) for head in heads))
    rows = tuple(
        (study.scenario.policy_mixes[mix].title or mix, *(sentences.count_in_words(one) for one in counts))
        for mix, counts in found.items()
    )
    caption = f"{MEASURES[measure].title}: in how many of {len(study.points)} variants (at least–at most)"
    return Table(caption, columns, rows)
