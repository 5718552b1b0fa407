"""The briefing deck: the controller's slides, one section for each move."""

from collections.abc import Iterator

from tabletop.exercise.msel import MselRow, msel
from tabletop.report.document.blocks import Block, Box, Facts, Listing, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import paragraphs
from tabletop.report.pack.injects import inject_box
from tabletop.report.pack.words import (
    LIMITS,
    SHOWN,
    budget_of,
    content_note,
    money,
    plan_of,
    predicted,
    span,
    title_of,
)
from tabletop.scenario.moves import Move
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "briefing-deck"


def briefing_deck(scenario: Scenario) -> Document:
    """The slides of a scenario's exercise; what is held back comes last, after the end."""
    rows = msel(scenario)
    sections = [*_brief(scenario)]
    for place, move in enumerate(plan_of(scenario).moves):
        sections += _move(scenario, place, move, [row for row in rows if row.move == place + 1])
    sections += _after(scenario)
    sections += [
        Section(f"Held back: {row.title or row.id}", (inject_box(row),))
        for row in rows
        if row.event_type == "Contingency Inject"
    ]
    return Document(NAME, "Briefing deck", title_of(scenario), SHOWN, tuple(sections), layout="slides")


def _brief(scenario: Scenario) -> Iterator[Section]:
    plan = plan_of(scenario)
    opening: list[Block] = [Text(paragraphs(plan.purpose))] if plan.purpose else []
    if note := content_note(scenario):
        opening.append(Box("Content note", "", paragraphs(note)))
    yield Section(title_of(scenario), (*opening, Text((LIMITS,))))
    if plan.objectives:
        yield Section("Objectives", (Listing(tuple(one.text for one in plan.objectives), numbered=True),))
    if scenario.summary:
        yield Section("Background", (Text(paragraphs(scenario.summary)),))
    if plan.ground_rules:
        yield Section("Ground rules", (Listing(plan.ground_rules),))
    if plan.assumptions_and_artificialities:
        yield Section("Assumptions and artificialities", (Listing(plan.assumptions_and_artificialities),))
    if plan.roles:
        yield Section(
            "Roles", (Facts(tuple((role.name, role.says or ", ".join(role.pillars)) for role in plan.roles)),)
        )
    yield Section("In each move", (Listing(_steps(scenario), numbered=True),))


def _steps(scenario: Scenario) -> tuple[str, ...]:
    form, budget = plan_of(scenario).decision_form, budget_of(scenario)
    limit = "" if budget is None else f", within {money(budget)} cost units a year"
    decide = "" if form is None else f"Decide{limit}."
    if form is not None and form.cards:
        decide = f"Decide: at most {form.most_a_move} cards{limit}."
    steps: tuple[str, ...] = (
        "Hear the situation.",
        "Talk it over.",
        decide,
        "Predict two ranges, each 80 % sure.",
        "See what came of it.",
    )
    if len(plan_of(scenario).predictions) == 1:
        steps = tuple(step.replace("two ranges, each", "a range,") for step in steps)
    return tuple(step for step in steps if step)


def _move(scenario: Scenario, place: int, move: Move, rows: list[MselRow]) -> Iterator[Section]:
    plan = plan_of(scenario)
    name, begins = f"Move {place + 1}: {move.name}", plan.begins(place)
    injects = [row for row in rows if row.event_type == "Inject"]
    reveal = begins + move.minutes.total - move.minutes.reveal
    yield Section(
        name,
        (Facts((("Scenario", f"day {number(move.day)}"), ("Minutes", span(begins, move.minutes.total)))),),
    )
    yield Section(f"Move {place + 1}: the situation", (Text(paragraphs(move.situation)),))
    for row in injects:
        if row.planned_minute is not None and row.planned_minute < reveal:
            yield Section(row.title or row.id, (inject_box(row),))
    if move.questions:
        yield Section(f"Move {place + 1}: talk it over", (Listing(move.questions, numbered=True),))
    yield Section(f"Move {place + 1}: {_asks(scenario)}", tuple(_decide(scenario)))
    until = plan.moves[place + 1].day if place + 1 < len(plan.moves) else scenario.horizon_days
    yield Section(
        f"Move {place + 1}: what came of it",
        (Text((f"Day {number(move.day)} to day {number(until)}.", "The controller shows the reveal.")),),
    )
    for row in injects:
        if row.planned_minute is not None and row.planned_minute >= reveal:
            yield Section(row.title or row.id, (inject_box(row),))


def _asks(scenario: Scenario) -> str:
    return "predict" if plan_of(scenario).decision_form is None else "decide and predict"


def _decide(scenario: Scenario) -> Iterator[Block]:
    plan, budget = plan_of(scenario), budget_of(scenario)
    if plan.decision_form is not None and budget is not None:
        yield Text((f"Your mix may cost {money(budget)} cost units a year, unless you were told otherwise.",))
    yield Text(("Write down, 80 % sure, from … to …:",))
    yield Listing(tuple(f"{title} ({unit})" for title, unit, _ in predicted(plan)))


def _after(scenario: Scenario) -> Iterator[Section]:
    plan = plan_of(scenario)
    if plan.epilogue_days:
        days = number(plan.epilogue_days)
        yield Section("What you left to your successors", (Text((f"Your last mixes, {days} days on.",)),))
    questions = plan.debrief_questions or ("What surprised you?", "What would you do otherwise?")
    yield Section("Hot wash", (Listing(questions, numbered=True),))
    yield Section("EndEx", (Text(("Please fill in the feedback form.", "Thank you.")),))
