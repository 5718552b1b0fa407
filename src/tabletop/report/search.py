"""What else the budget would buy: what a search says, for a report."""

from collections.abc import Iterator
from typing import Any

from tabletop.analysis.words import figure, plural
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Block, Column, Listing, Table, Text
from tabletop.report.document.document import Section


def search(told: dict[str, Any]) -> Section:
    """What was found, the finalists and the file's mixes on fresh luck, and what they move."""
    return Section("What else the budget would buy", tuple(_blocks(told)), id="search-in-words")


def _blocks(told: dict[str, Any]) -> Iterator[Block]:
    finished = told["finished"]
    screened = plural(len(told["candidates"]), "candidate")
    held = ", ".join(MEASURES[name].title for name in told["constraints"]) or "nothing"
    fresh = plural(finished["fresh_worlds"], "other world")
    said = (
        f"{screened} within a budget of {figure(told['budget'])} a year, and the file's own mixes, were "
        f"screened on common luck; those that were kept were judged in {fresh}. Not to become worse by δ: "
        f"{held}."
    )
    yield Text((said,))
    yield Listing(tuple(finished["in_words"]))
    for place, aim in enumerate(told["aims"]):
        rows = tuple((one["mix"], *one["aims"][place]) for one in finished["mixes"])
        names = ("policy mix", "at screening (worlds)", "fresh", "interval", "which is")
        columns = tuple(Column(name, 2) for name in names)
        points = ", in points" if MEASURES[aim].is_share else ""
        yield Table(f"{MEASURES[aim].title}: difference from the baseline{points}", columns, rows)
    heads = (Column("policy mix", 2), Column("costs a year", 1), Column("front", 2), Column("constraints", 2))
    rows = tuple(
        (one["mix"], figure(one["cost"]), one["place"], one["constraints"], one["moves"])
        for one in finished["mixes"]
    )
    yield Table("Finalists and the file's mixes", (*heads, Column("moves", 5)), rows)
