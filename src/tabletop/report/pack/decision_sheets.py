"""Decision sheets: one a move for each team, with what it decides and what it predicts."""

from collections.abc import Iterator

from tabletop.report.document.blocks import Block, Column, Lines, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.pack.words import PLAYERS, budget_of, money, plan_of, predicted, title_of
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "decision-sheets"


def decision_sheets(scenario: Scenario) -> Document:
    """The sheets of a scenario's exercise; moves are numbered, as names could give something away."""
    sections = tuple(
        Section(f"Move {place} · day {number(move.day)}", tuple(_sheet(scenario, place)), new_page=place > 1)
        for place, move in enumerate(plan_of(scenario).moves, start=1)
    )
    return Document(NAME, "Decision sheets", title_of(scenario), PLAYERS, sections)


def _sheet(scenario: Scenario, place: int) -> Iterator[Block]:
    plan, budget = plan_of(scenario), budget_of(scenario)
    form = plan.decision_form
    yield Table("Who decides", (Column("Team", 3), Column("Roles present", 5)), (("", ""),), row_mm=11)
    if form is not None and form.cards:
        if place > 1:
            yield Lines("Cards in play from earlier moves")
        cards = tuple((str(number), "", "", "") for number in range(1, form.most_a_move + 1))
        columns = (
            Column("No.", 1),
            Column("Code", 2),
            Column("Why, in a few words", 8),
            Column("Cost a year", 2),
        )
        yield Table(f"We play (at most {form.most_a_move})", columns, cards, row_mm=11)
        if place > 1:
            yield Table(
                "We take back",
                (Column("Code", 2), Column("Why, in a few words", 8)),
                (("", ""),) * 2,
                row_mm=9,
            )
    elif form is not None:
        yield Table(
            "We set", (Column("Lever = step", 4), Column("Why, in a few words", 6)), (("", ""),) * 4, row_mm=9
        )
    if form is not None:
        yield Lines(f"Our mix then costs, in cost units a year{_limit(scenario, budget)}")
    yield Text(
        (
            "We are 80 % sure that, until the next move's day, this lies within our range.",
            "Fill it in once decisions are locked.",
        )
    )
    rows = tuple((f"{title} ({unit})", "", "") for title, unit, _ in predicted(plan))
    yield Table("Predictions", (Column("Measure", 5), Column("From", 2), Column("To", 2)), rows, row_mm=11)


def _limit(scenario: Scenario, budget: float | None) -> str:
    """The budget; a blank on every sheet where some inject may change it, so that none says when."""
    if budget is None:
        return ""
    if any(one.budget for one in plan_of(scenario).injects):
        return "; the budget today, as the controller states it: ____________"
    return f"; the budget is {money(budget)}"
