"""The briefing deck: at most twelve slides, each with a picture that the scenario's numbers draw."""

from collections import Counter
from collections.abc import Iterator

from tabletop.exercise.last_year import last_year
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.values import formatted
from tabletop.measures import MEASURES
from tabletop.report.document.blocks import Block, Listing, Picture, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import Run, Said
from tabletop.report.pack import drawings
from tabletop.report.pack.drawings import Step
from tabletop.report.pack.slide_texts import heading, lines_of, opening, some
from tabletop.report.pack.words import (
    SHOWN,
    budget_of,
    content_note,
    money,
    plan_of,
    title_of,
)
from tabletop.scenario.moves import Move
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number
from tabletop.simulation import simulate

NAME = "briefing-deck"
MOST_WHOLE = 4
"""Moves beside which twelve slides hold the whole brief; with more there are three slides, and one a move."""
TEACHING = "A teaching model: it predicts nothing, and ranks nobody."
WORLDS = 20
"""That a slide shows: few enough to be counted."""


def briefing_deck(scenario: Scenario) -> Document:
    """The slides of a scenario's exercise. What is longer than a slide stands in the controller's guide."""
    plan = plan_of(scenario)
    sections = [_five_pillars(scenario), _time(scenario)]
    if len(plan.moves) <= MOST_WHOLE:
        sections += _brief(scenario)
    sections += [_move(scenario, place, move) for place, move in enumerate(plan.moves)]
    sections.append(_hot_wash(scenario))
    return Document(NAME, "Briefing deck", title_of(scenario), SHOWN, tuple(sections), layout="slides")


def _slide(title: str, *blocks: Block) -> Section:
    return Section(heading(title), blocks)


def _five_pillars(scenario: Scenario) -> Section:
    form, plan = plan_of(scenario).decision_form, plan_of(scenario)
    held: Counter[str] = Counter(card.pillar for card in form.cards) if form is not None else Counter()
    cards = {pillar: "1 card" if count == 1 else f"{count} cards" for pillar, count in held.items()}
    said = opening(plan.purpose or scenario.summary, 2) or "Five pillars, one budget, and luck."
    picture = drawings.pillars(cards, "The five pillars, with the cards that teams hold of each", said)
    note = content_note(scenario)
    said_first = (Said((Run("Content note. ", "strong"), opening(note, 2))),) if note else ()
    return _slide(title_of(scenario), picture, Text((*said_first, TEACHING)))


def _time(scenario: Scenario) -> Section:
    plan = plan_of(scenario)
    count = len(plan.moves)
    what = "decision" if plan.decision_form is not None else "prediction"
    title = f"{number(plan.planned_minutes)} minutes, {count} {what}{'s' if count > 1 else ''}"
    return _slide(title, drawings.minutes(plan, scenario.horizon_days))


def _brief(scenario: Scenario) -> Iterator[Section]:
    plan = plan_of(scenario)
    if plan.objectives:
        goals = some(tuple(one.text for one in plan.objectives), 5, "all of them are in the manual")
        yield _slide(
            "What you try to do",
            Listing(goals, numbered=True),
            drawings.pillars({}, "The five pillars", "Each pillar has its own answer."),
        )
    if plan.ground_rules:
        rules = some(plan.ground_rules, 7, "all of them are in the manual")
        yield _slide("Ground rules", Listing(rules), drawings.tables(plan.teams))
    yield _slide("In each move", *_steps(scenario))
    money_slide = _money(scenario)
    if money_slide is not None:
        yield money_slide
    yield _slide("A range that you are 80 % sure of", *_range(scenario))


def _steps(scenario: Scenario) -> Iterator[Block]:
    plan, form = plan_of(scenario), plan_of(scenario).decision_form
    minutes = [move.minutes for move in plan.moves]
    steps = [
        Step("read", _lasting(*(one.situation for one in minutes))),
        Step("talk", _lasting(*(one.discussion for one in minutes))),
    ]
    if form is not None:
        says = f"≤ {form.most_a_move} cards" if form.cards else "set levers"
        steps.append(Step("decide", says, is_dark=True))
    steps.append(Step("predict", "80 % sure", is_dark=form is None))
    steps.append(Step("see", _lasting(*(one.reveal for one in minutes))))
    decide = _lasting(*(one.decision for one in minutes))
    what = "Deciding and predicting" if form is not None else "Predicting"
    yield drawings.steps(tuple(steps), f"{what} takes {decide}. Without a new decision, your mix stays.")
    if plan.roles:
        roles = ", ".join(role.name for role in plan.roles)
        yield Text((opening(f"Roles in each team: {roles}.", 2),))


def _lasting(*minutes: float) -> str:
    low, high = min(minutes), max(minutes)
    return f"{number(low)} min" if low == high else f"{number(low)} to {number(high)} min"


def _money(scenario: Scenario) -> Section | None:
    form, limit = plan_of(scenario).decision_form, budget_of(scenario)
    if form is None or limit is None:
        return None
    cost = scenario.policies(scenario.baseline)[0][1].yearly_cost(scenario.costs)
    said = "A card costs from today, and works later. You may take a card back."
    if not form.cards:
        said = "What you set costs from today."
    picture = drawings.budget(cost, limit, said)
    return _slide(f"Your money: {money(limit)} a year", picture, Text(("Nothing can be saved or borrowed.",)))


def _range(scenario: Scenario) -> Iterator[Block]:
    """Twenty worlds that differ by luck alone, and the range that holds eight of ten."""
    plan = plan_of(scenario)
    measure = plan.predictions[0]
    runs = (simulate(scenario, scenario.baseline, replication) for replication in range(WORLDS))
    values = [found for run in runs if (found := run.measures[measure]) is not None]
    if not values:
        yield Text((f"{MEASURES[measure].title}: of ten such ranges, eight should hold what happens.",))
        return
    low, high = middle_range(values)
    within = sum(low <= one <= high for one in values)
    title = MEASURES[measure].title
    alt = f"{title} in {len(values)} worlds; {within} of them from {formatted(measure, low)} to "
    alt += formatted(measure, high)
    said = (
        f"{title} in all {number(scenario.horizon_days)} days, in {len(values)} worlds in which nothing is "
        f"decided. They differ by luck alone. The grey range holds {within} of them."
    )
    is_share = MEASURES[measure].unit == "share"
    yield drawings.worlds(values, low, high, is_share=is_share, alt=alt, caption=said)
    yield Text(("You will meet another world. Of ten ranges that you write, eight should hold.",))


def _move(scenario: Scenario, place: int, move: Move) -> Section:
    plan = plan_of(scenario)
    picture = _past(scenario) if place == 0 else None
    situation = opening(move.situation, 3)
    blocks: list[Block] = [Text((situation,))]
    if move.questions:
        question = opening(move.questions[0], 2)
        blocks.append(Text((Said((Run(question, "strong"),)),)))
        if picture is None and len(move.questions) > 1 and lines_of(move.questions[1]) == 1:
            blocks.append(Text(move.questions[1:2]))
    blocks.append(picture or drawings.line(plan, scenario.horizon_days, place))
    return _slide(f"Move {place + 1}: {move.name}", *blocks)


def _past(scenario: Scenario) -> Picture | None:
    """The last year, for the first move; at most four measures."""
    found = last_year(scenario)
    if found is None or not found.ranges:
        return None
    few = dict([*found.ranges.items()][:4])
    says = {name: f"{formatted(name, low)} to {formatted(name, high)}" for name, (low, high) in few.items()}
    return drawings.last_year(few, says, found.title)


def _hot_wash(scenario: Scenario) -> Section:
    plan = plan_of(scenario)
    questions = plan.debrief_questions or ("What surprised you?", "What would you do otherwise?")
    return _slide(
        "Hot wash: what nobody could see",
        Listing(some(questions, 5, "and what else you would like to ask")),
        drawings.line(plan, scenario.horizon_days, len(plan.moves)),
    )
