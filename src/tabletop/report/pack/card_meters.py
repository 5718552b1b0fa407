"""The cost and the delay of a card, drawn on scales that all cards of the form share."""

from math import ceil

from tabletop.exercise.offer import yearly_cost
from tabletop.report.document.blocks import Drawing
from tabletop.report.pack.drawings import drawn, round_step
from tabletop.report.pack.words import money, plan_of, signed
from tabletop.scenario.decision_form import Card
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

MOST_SQUARES = 10
SQUARE, PITCH = 18.0, 23.0
WIDTH = 240.0
YEAR = 365.0


def meters(scenario: Scenario, card: Card) -> tuple[Drawing, Drawing]:
    """Squares for what a card costs a year, and a line that becomes a bar once it works."""
    form = plan_of(scenario).decision_form
    assert form is not None
    costs = [abs(yearly_cost(scenario, one)) for one in form.cards]
    cost, unit = yearly_cost(scenario, card), max(round_step(max(costs) / MOST_SQUARES), 1.0)
    whole = abs(cost) / unit
    squares = [
        (PITCH * n, SQUARE * min(whole - n, 1.0)) for n in range(ceil(whole - 1e-9)) if whole - n > 1e-9
    ]
    span = max(YEAR, 1.2 * max(one.lead_days for one in form.cards))
    begins = WIDTH * card.lead_days / span
    worth = "" if unit == 1 else f", a square is {money(unit)}"
    works = f"works after {number(card.lead_days)} days" if card.lead_days else "works at once"
    return (
        Drawing(drawn("cost", squares=squares, saves=cost < 0), f"{signed(cost)} a year{worth}"),
        Drawing(drawn("delay", begins=begins), works),
    )
