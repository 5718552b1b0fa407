"""Whether an exercise can teach, as a document: in words, as one table, and card by card."""

from collections.abc import Iterator

from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.words import decimals_for, ends, figure, plural, share
from tabletop.exercise.teaching.effects import CardEffect, CardEffects, Effect, Sight
from tabletop.exercise.teaching.verdict import Verdict
from tabletop.exercise.values import titled
from tabletop.plots.table import Table as Sheet
from tabletop.report.document.blocks import Block, Column, Listing, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.html import as_html
from tabletop.report.teaching_drawing import effects_picture
from tabletop.scenario.words import number

NAME = "teaching"
SIGNS = {
    Sight.NOT_YET: "not yet",
    Sight.SHOWS: "SHOWS",
    Sight.SMALL: "small",
    Sight.UNDECIDED: "open",
    Sight.NOTHING: "–",
}
"""How a table says what a card shows."""


def teaching_document(found: CardEffects) -> Document:
    """Everything that is known of the effects of an exercise's cards, for controllers."""
    plan = found.scenario.exercise
    assert plan is not None
    return Document(
        NAME,
        "Can this exercise teach?",
        plan.title or found.scenario.title,
        "For controllers: not for players",
        (Section("Card by card", (effects_picture(found), _card_by_card(found))),),
        tuple(verdict_blocks(found)),
        language=found.scenario.language,
    )


def teaching_files(found: CardEffects) -> dict[str, bytes]:
    """The document and the table of all effects, by name."""
    page = as_html(teaching_document(found))
    return {f"{NAME}.html": page.encode(), f"{NAME}.csv": teaching_sheet(found).csv().encode()}


def verdict_blocks(found: CardEffects) -> Iterator[Block]:
    """The verdict in words, the table of what shows when, and how both are to be read."""
    first, *others = Verdict(found).sentences()
    yield Text((first,))
    yield Listing(tuple(others))
    yield _overview(found)
    yield Text((_how_to_read(found),))


def teaching_sheet(found: CardEffects) -> Sheet:
    """Every effect of every card, a row for each measure and period."""
    names = (
        "card", "period", "first_day", "last_day", "works_from", "measure", "sight", "difference", "low",
        "high", "confidence", "delta", "baseline_spread", "worlds_visible", "worlds",
    )  # fmt: skip
    rows = []
    for card in found.effects:
        for one in card.effects:
            interval, period = one.contrast.interval, card.period
            sight = Sight.NOT_YET if card.sight is Sight.NOT_YET else one.sight
            rows.append(
                (
                    card.choice.code, period.name, period.start, period.end, card.choice.works_from,
                    one.measure, str(sight), one.contrast.difference,
                    None if interval is None else interval.low,
                    None if interval is None else interval.high,
                    None if interval is None else interval.confidence,
                    one.delta, one.spread, one.visible, card.worlds,
                )
            )  # fmt: skip
    return Sheet(names, tuple(rows))


def _overview(found: CardEffects) -> Table:
    """What each card shows when: one cell a card and period."""
    columns = (
        Column("Card", 2),
        Column("Cost a year", 2, number=True),
        Column("Works from day", 2, number=True),
        *(Column(period.name, 3) for period in found.periods),
    )
    rows = tuple(
        (
            one.code,
            f"{one.price:+.4g}".replace("-", "−"),
            number(one.works_from),
            *(_cell(effect) for effect in found.of(one.code)),
        )
        for one in found.choices
    )
    return Table(
        f"What each card alone shows, and in how many of {plural(found.worlds, 'world')}", columns, rows
    )


def _cell(one: CardEffect) -> str:
    if one.sight is Sight.NOT_YET:
        return SIGNS[one.sight]
    return f"{SIGNS[one.sight]} {one.visible}"


def _how_to_read(found: CardEffects) -> str:
    return (
        "Each card alone, played as early as it can be and kept, against the baseline in the same "
        f"{plural(found.worlds, 'world')}; these are a rehearsal's, not the class's. SHOWS: in a measure the "
        "mean difference is δ or more, and its interval lies on one side of 0. small: it lies on one side, "
        "and the difference is less than δ. open: neither can be told. –: no difference, or surely less than "
        "δ. The number counts worlds that differ by δ or more in at least one measure, by policy or by luck "
        "that it sets off. δ is the scenario's; without one, a tenth of the baseline's value, and of a count "
        f"at least 1. The {plural(found.intervals_together, 'interval')} hold together at "
        f"{share(CONFIDENCE)}. The hot wash shows the hidden measures of the whole exercise, the epilogue "
        "all measures of the days after it."
    )


def _card_by_card(found: CardEffects) -> Table:
    """The clearest effect of each card in each period, with its interval."""
    columns = (
        Column("Card", 2),
        Column("When", 3),
        Column("Measure", 6),
        Column("Difference", 5),
        Column("δ", 2, number=True),
        Column("Spread of the baseline", 3, number=True),
        Column("Worlds", 2, number=True),
    )
    rows = tuple(
        _row(effect, leading)
        for one in found.choices
        for effect in found.of(one.code)
        if effect.sight is not Sight.NOT_YET and (leading := effect.leading) is not None
    )
    return Table("The clearest effect of each card; worlds are those in which it is δ or more", columns, rows)


def _row(card: CardEffect, one: Effect) -> tuple[str, ...]:
    return (
        card.choice.code,
        card.period.name,
        titled(one.measure),
        f"{SIGNS[one.sight]}: {_difference(one)}",
        figure(one.delta),
        figure(one.spread),
        str(one.visible),
    )


def _difference(one: Effect) -> str:
    """A mean difference with its interval."""
    found = one.contrast
    if found.difference is None:
        return "missing"
    if found.interval is None:
        difference = figure(found.difference, signed=True)
        return f"{difference}, no interval: {found.differing} of {found.n} worlds differ"
    decimals = decimals_for(found.interval.half_width)
    difference = figure(found.difference, signed=True, decimals=decimals)
    return f"{difference} ({ends(found.interval, decimals, signed=True)})"
