"""The situation manual: what players may know beforehand, and nothing that is still to come."""

from collections.abc import Iterator

from tabletop.exercise.last_year import LastYear, last_year
from tabletop.exercise.values import formatted, titled
from tabletop.measures import POOL_MEASURES
from tabletop.pools import POOLS
from tabletop.report.document.blocks import Block, Box, Column, Facts, Listing, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import paragraphs
from tabletop.report.pack.flow_drawing import between, flow
from tabletop.report.pack.planned_parts import objectives, people, planned_parts
from tabletop.report.pack.words import (
    LIMITS,
    PLAYERS,
    agenda,
    budget_of,
    content_note,
    face,
    money,
    plan_of,
    predicted,
    printed_steps,
    title_of,
)
from tabletop.scenario.decision_form import Card
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "situation-manual"
OF_POOLS = {name for one in POOL_MEASURES.values() for name in (one.utilisation, one.wait, one.queue)}
"""The measures that stand in the table of the services."""


def situation_manual(scenario: Scenario) -> Document:
    """The manual of a scenario's exercise."""
    sections = (
        Section("This exercise", tuple(_exercise(scenario))),
        Section("Background", tuple(_background(scenario))),
        *_last_year(scenario),
        Section("How it is played", tuple(_play(scenario)), new_page=True),
        Section("What you decide", tuple(_decisions(scenario))),
        Section("What you predict", tuple(_predictions(scenario))),
        Section("Rules", tuple(_rules(scenario))),
        *planned_parts(scenario),
    )
    return Document(
        NAME, "Situation manual", title_of(scenario), PLAYERS, tuple(one for one in sections if one.blocks)
    )


def _exercise(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    if note := content_note(scenario):
        yield Box("Content note", "", paragraphs(note))
    if plan.purpose:
        yield Text(paragraphs(plan.purpose))
    yield Facts(exercise_facts(scenario))
    yield from objectives(plan)
    yield from people(plan)


def exercise_facts(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """What an exercise is called, who holds it and for whom; without what the file leaves open."""
    plan = plan_of(scenario)
    facts = (
        ("Exercise name", title_of(scenario)),
        ("Scope", plan.scope),
        ("Mission area", plan.mission_area),
        ("Core capabilities", "; ".join(plan.core_capabilities)),
        ("Threat or hazard", plan.threat_or_hazard),
        ("Place", plan.planning.place),
        ("Dates", plan.planning.dates),
        ("StartEx", plan.planning.start_time),
        ("Sponsor", plan.sponsor),
        ("Participating organizations", "; ".join(plan.participating_organizations)),
        ("Point of contact", plan.point_of_contact),
        ("Duration", f"{number(plan.duration_minutes)} minutes"),
    )
    return tuple((term, text) for term, text in facts if text)


def _background(scenario: Scenario) -> Iterator[Block]:
    if scenario.summary:
        yield Text(paragraphs(scenario.summary))
    yield Text((LIMITS,))


def _last_year(scenario: Scenario) -> Iterator[Section]:
    """What could be observed before StartEx, so that the first prediction is no blind guess."""
    found = last_year(scenario)
    if found is None or not found.ranges:
        return
    rows = tuple(
        (titled(name), f"{formatted(name, low)} to {formatted(name, high)}")
        for name, (low, high) in found.ranges.items()
        if name not in OF_POOLS
    )
    said = (
        f"What you could observe in the {number(found.days)} days before day 0. Each range holds what "
        f"happened in 8 of 10 worlds, of {found.worlds} that begin alike and differ by luck; the controller "
        "shows the one that you will play. What nobody could observe is left out."
    )
    columns = (Column("Measure", 4), Column("8 of 10 worlds", 3, number=True))
    pictures = (flow(found),) if found.pools else ()
    blocks = (Text((said,)), Table(found.title, columns, rows), *_services(found), *pictures)
    yield Section(found.title, blocks, new_page=True)


def _services(found: LastYear) -> Iterator[Block]:
    """The pools of staff, with how busy they were."""
    if not found.pools:
        return
    columns = (
        Column("Pillar", 3),
        Column("Staff", 3),
        Column("How many", 2, number=True),
        Column("At work, share of their time", 3, number=True),
        Column("Wait in days", 3, number=True),
    )
    rows = tuple(
        (
            one.pillar,
            POOLS[one.pool].title,
            "no limit" if one.staff is None else number(one.staff),
            _between(one.utilisation, 100, " %"),
            _between(one.wait, 1, ""),
        )
        for one in found.pools
    )
    yield Table("Your services, in 8 of 10 worlds", columns, rows)


def _between(ends: tuple[float, float] | None, scale: float, unit: str) -> str:
    return "–" if ends is None else between(ends, scale, unit)


def _play(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    moves = "one move" if len(plan.moves) == 1 else f"{len(plan.moves)} moves"
    decide = plan.decision_form is not None
    steps = [
        "The controller tells the situation; messages (injects) reach you then or later.",
        "Your team talks it over.",
        "Your team decides, within its budget, and predicts." if decide else "Your team predicts.",
        "Everybody sees what came of it, up to the next move's day.",
    ]
    yield Text((f"The exercise has {moves}. In each:",))
    yield Listing(tuple(steps), numbered=True)
    yield agenda(plan)
    yield Text(("At the beginning of each module you get its sheet, with the situation and the questions.",))
    if plan.roles:
        rows = tuple((role.name, role.says, ", ".join(role.pillars)) for role in plan.roles)
        columns = (Column("Role", 3), Column("Stands for", 6), Column("Holds the cards of", 4))
        yield Table("Roles in each team", columns, rows)
    yield Text(
        (
            (
                "All teams meet the same world: the same luck and the same messages. What happens to you "
                "is partly your policy and partly luck; the controller shows which is which. Teams are "
                "never ranked by it."
            ),
            (
                "You see what can be observed, as incidents, waits and trust. What nobody could have seen "
                "is shown in the hot wash."
            ),
        )
    )
    if plan.epilogue_days:
        days = number(plan.epilogue_days)
        yield Text((f"After the last move your policy runs on for {days} days: what you leave behind.",))


def _decisions(scenario: Scenario) -> Iterator[Block]:
    plan, form = plan_of(scenario), plan_of(scenario).decision_form
    if form is None:
        yield Text(("Nothing: in this exercise teams only predict.",))
        return
    policy = scenario.policies(scenario.baseline)[0][1]
    start = scenario.policy_mixes[scenario.baseline]
    cost, budget = policy.yearly_cost(scenario.costs), budget_of(scenario)
    begin = (
        f"You begin with “{start.title or scenario.baseline}”, which costs {money(cost)} cost units a year."
    )
    limit = "There is no budget." if budget is None else (
        f"A mix may cost {money(budget)} a year: {money(budget - cost)} more. Nothing can be saved or "
        "borrowed."
    )  # fmt: skip
    yield Text((begin, limit))
    if form.cards:
        example = " ".join(_together(form.cards))
        yield Listing(
            (
                f"At most {form.most_a_move} cards a move, on top of what you have; taking back is free.",
                (
                    f"Write the codes on the decision sheet, as {example}; a minus takes back, as "
                    f"−{form.cards[0].code}."
                ),
                "A card costs from the move's day. It works once its lead time has passed.",
                "Without a new decision your mix stays as it is.",
                "Whatever no card changes keeps its setting: it is not yours to decide.",
            )
        )
        faces = [face(scenario, card) for card in form.cards]
        columns = (
            Column("Code", 3), Column("Decision", 16), Column("Pillar", 6), Column("Conditions", 10),
        )  # fmt: skip
        rows = tuple(
            (
                one.code,
                f"{one.title}. {one.says}",
                one.pillar,
                "; ".join(f"{term.lower()}: {text}" for term, text in one.facts),
            )
            for one in faces
        )
        yield Table(
            "The decision form; costs are in cost units a year, over the mix you begin with", columns, rows
        )
    elif (steps := printed_steps(scenario)) is not None:
        yield steps
    if plan.roles:
        yield Text(("A role holds the cards of its pillars; the team decides together.",))


def _together(cards: tuple[Card, ...]) -> tuple[str, ...]:
    """The codes of two cards that can be played in one move; of one, if there are no two."""
    first = cards[0]
    for card in cards[1:]:
        if (
            card.code not in first.excludes
            and first.code not in card.excludes
            and card.from_move == first.from_move
        ):
            return first.code, card.code
    return (first.code,)


def _predictions(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    yield Text(
        (
            (
                "Once decisions are locked, and before anything is shown, your team writes down for each "
                "of these a range that you believe will hold what happens with 8 chances in 10, until the "
                "next move's day:"
            ),
        )
    )
    yield Facts(tuple((f"{title} ({unit})", sentence) for title, unit, sentence in predicted(plan)))
    yield Text(
        (
            (
                "A narrow range scores better than a wide one, as long as it holds what happens; each "
                "unit by which it misses costs ten. Nobody gains by writing what they do not believe."
            ),
        )
    )


def _rules(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    if plan.ground_rules:
        yield Text(("Ground rules:",))
        yield Listing(plan.ground_rules)
    if plan.assumptions_and_artificialities:
        yield Text(("Assumptions and artificialities:",))
        yield Listing(plan.assumptions_and_artificialities)
