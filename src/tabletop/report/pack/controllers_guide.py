"""The controller's guide: what to prepare, what to do in which minute, what to look for."""

from collections.abc import Iterator

from tabletop.exercise.msel import MselRow, msel
from tabletop.report.document.blocks import Block, Box, Column, Facts, Lines, Listing, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import paragraphs
from tabletop.report.pack.injects import controllers_box
from tabletop.report.pack.situation_manual import exercise_facts
from tabletop.report.pack.words import (
    CONTROLLERS,
    LIMITS,
    budget_of,
    clocked,
    content_note,
    money,
    plan_of,
    predicted,
    title_of,
)
from tabletop.scenario.moves import Move
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "controllers-guide"
TITLE = "Controller's and evaluator's handbook"

TO_PRINT = (
    ("Invitation", "everybody", "one each, when you invite"),
    ("Situation manual", "players", "one each, a day before"),
    ("Role sheets", "teams", "one set each"),
    ("Decision cards", "teams", "one set each; print on one side, and cut"),
    ("Decision sheets", "teams", "one set each; hand out a sheet a move"),
    ("Individual sheet", "players", "one each, with a number"),
    ("Peer form", "players", "one for each other member of the team"),
    ("Feedback form", "players", "one each, in the end"),
    ("Sign-in sheet", "everybody", "one, at the door"),
    ("Briefing deck", "projector", "a slide a move; what is longer than a slide stands in this guide"),
    ("Module sheets", "players", "one each; hand out a sheet when its move begins"),
    ("Inject cards", "teams", "one set each, cut; lay a card on each table when its inject is due"),
    ("Contingency inject cards", "controllers", "one set for each team, kept back"),
    ("Evaluation guide", "evaluators", "one each"),
    ("MSEL", "controllers", "one each, as print or as a spreadsheet"),
)
USUAL = (
    ("Controller", "Keeps the clock, tells the situation, releases injects, locks and reveals."),
    ("Second controller", "Collects decisions and predictions, lays out inject cards, types."),
    ("Evaluator", "Sits with a team, notes what is said and done, rates after the hot wash."),
    ("Host", "Keeps the sign-in sheet, and is there for whoever wants to leave."),
)
"""The functions of a room, where the file assigns none."""
BLANK = "____________________"
_CALLS = (
    (
        "The model's result stands unless you override it. An override is an effect from a stated day on, "
        "for all teams, or a ruling that is printed beside the result; it never edits a number, and it "
        "needs a reason."
    ),
    (
        "You can skip an inject that has not happened yet, release one that is held back, or add one; "
        "each acts on all teams, never on days that have been revealed, and stands in the log."
    ),
    (
        "A team that submits nothing keeps its mix. A decision over the budget is refused with the "
        "reason; the team can decide again until you lock."
    ),
    "Anybody may step out at any time without giving a reason. If a topic weighs on somebody, pause.",
    "Do not rank teams by what happened to them: luck is the same for all, and the hot wash shows its part.",
)


def controllers_guide(scenario: Scenario) -> Document:
    """The guide to a scenario's exercise."""
    rows = msel(scenario)
    sections = [
        Section("At a glance", tuple(_glance(scenario))),
        Section("Before the exercise", tuple(_before(scenario))),
        Section("Assignments, communications and safety", tuple(_handbook(scenario))),
        Section("Minute by minute", (minutes(scenario, rows),), new_page=True),
        Section("What is yours to decide", (Listing(_CALLS),)),
    ]
    for place, move in enumerate(plan_of(scenario).moves):
        inside = [row for row in rows if row.move == place + 1]
        title, begins_page = f"Move {place + 1}: {move.name}", place == 0
        sections.append(Section(title, tuple(_move(scenario, place, move, inside)), new_page=begins_page))
    sections.append(Section("Hot wash", tuple(_hot_wash(scenario))))
    return Document(NAME, TITLE, title_of(scenario), CONTROLLERS, tuple(sections))


def _glance(scenario: Scenario) -> Iterator[Block]:
    plan, budget = plan_of(scenario), budget_of(scenario)
    if note := content_note(scenario):
        yield Box("Content note: read it out first", "", paragraphs(note))
    form = plan.decision_form
    decide = "teams only predict"
    if form is not None:
        decide = f"{len(form.cards)} cards, at most {form.most_a_move} a move" if form.cards else (
            f"{len(form.levers)} levers with named steps"
        )  # fmt: skip
    facts = (
        *exercise_facts(scenario),
        ("Teams", ", ".join(plan.teams)),
        ("Roles", ", ".join(role.name for role in plan.roles)),
        ("Decisions", decide),
        ("Budget", "none" if budget is None else f"{money(budget)} cost units a year"),
        ("Predictions", ", ".join(f"{title} ({unit})" for title, unit, _ in predicted(plan))),
        ("Epilogue", f"{number(plan.epilogue_days)} days" if plan.epilogue_days else ""),
    )
    yield Facts(tuple((term, text) for term, text in facts if text))
    if plan.objectives:
        rows = tuple(
            (one.id, one.text, "; ".join(one.core_capabilities), one.capability_target)
            for one in plan.objectives
        )
        columns = (
            Column("Id", 2),
            Column("Objective", 5),
            Column("Core capabilities", 4),
            Column("Capability target", 5),
        )
        yield Table("Objectives", columns, rows)
    yield Text((LIMITS,))


def _before(scenario: Scenario) -> Iterator[Block]:
    yield Listing(
        (
            "Play it once by yourself with made-up teams: tabletop rehearse.",
            "Read this guide, and the content note with regard to who will come.",
            "Decide who evaluates which objective.",
            "Print what stands below, and set out a room with a table for each team.",
        ),
        boxes=True,
    )
    columns = (Column("Document", 3), Column("For", 2), Column("How many, and when", 6))
    yield Table("What to print", columns, tuple(row for row in TO_PRINT if row[0] not in _absent(scenario)))


def _handbook(scenario: Scenario) -> Iterator[Block]:
    """Who does what, how they reach each other, and how the exercise is stopped; blanks to fill in."""
    planning = plan_of(scenario).planning
    rows = tuple((one.who, one.does, "") for one in planning.assignments) or tuple(
        (who, does, "") for who, does in USUAL
    )
    columns = (Column("Function", 3), Column("Does", 7), Column("Who", 3))
    yield Table("Assignments; names stay on this paper", columns, rows, row_mm=8)
    for term, text in (
        ("Communications: how controllers and evaluators reach each other", planning.communications),
        ("Safety: what is done if somebody is unwell, and who decides", planning.safety),
    ):
        if text:
            yield Box(term, "", paragraphs(text))
        else:
            yield Lines(term, 2)
    stop = planning.stop_word or BLANK
    yield Facts(
        (
            ("Stop word", stop),
            ("When it is said", "The clock is paused, and everybody puts down what they hold."),
            ("Support", planning.support_contact or BLANK),
            ("Evaluators ask", planning.evaluator_contact or BLANK),
        )
    )


def _absent(scenario: Scenario) -> Iterator[str]:
    """The documents that this exercise has no use for."""
    plan = plan_of(scenario)
    if plan.decision_form is None:
        yield "Decision cards"
    if not plan.roles:
        yield "Role sheets"
    kinds = {row.event_type for row in msel(scenario)}
    if "Inject" not in kinds:
        yield "Inject cards"
    if "Contingency Inject" not in kinds:
        yield "Contingency inject cards"


def minutes(scenario: Scenario, rows: tuple[MselRow, ...]) -> Table:
    """The whole exercise, part by part, with what the controller does in each."""
    plan = plan_of(scenario)
    parts = [("Brief", 0.0, plan.brief_minutes, "Content note, objectives, rules, roles. StartEx.")]
    for place, move in enumerate(plan.moves):
        parts += _parts(scenario, place, move, rows)
    after = plan.begins(len(plan.moves))
    parts.append(("Hot wash", after, plan.hot_wash_minutes, "Discussion; luck separated from policy. EndEx."))
    parts.append(
        ("Feedback", after + plan.hot_wash_minutes, plan.feedback_minutes, "Forms filled in and collected.")
    )
    lines = tuple((clocked(plan, start, length), part, do, "") for part, start, length, do in parts)
    columns = (Column("Minutes", 2), Column("Part", 3), Column("What you do", 9), Column("Real time", 2))
    return Table("Minutes since StartEx", columns, lines)


def _parts(
    scenario: Scenario, place: int, move: Move, rows: tuple[MselRow, ...]
) -> Iterator[tuple[str, float, float, str]]:
    plan = plan_of(scenario)
    start = plan.begins(place)
    decide = (
        "Collect the sheets" if plan.decision_form is None else "Collect decisions, lock, then predictions"
    )
    for part, length, do in (
        ("situation", move.minutes.situation, f"Tell the situation of day {number(move.day)}"),
        ("discussion", move.minutes.discussion, "Listen, note, ask"),
        ("decision", move.minutes.decision, decide),
        ("reveal", move.minutes.reveal, "Show what came of it"),
    ):
        injects = [
            f"inject {row.event_number}, {row.title or row.id}"
            for row in rows
            if row.event_type == "Inject" and row.planned_minute is not None
            and row.move == place + 1 and start <= row.planned_minute < start + max(length, 1e-9)
        ]  # fmt: skip
        yield f"Move {place + 1}: {part}", start, length, "; ".join([do, *injects]) + "."
        start += length


def _move(scenario: Scenario, place: int, move: Move, rows: list[MselRow]) -> Iterator[Block]:
    plan = plan_of(scenario)
    begins = plan.begins(place)
    yield Facts(
        (
            ("Minutes", clocked(plan, begins, move.minutes.total)),
            ("Scenario", f"day {number(move.day)}"),
        )
    )
    yield Box("Read out", "", paragraphs(move.situation))
    for row in rows:
        if row.event_type == "Inject":
            yield controllers_box(row)
    if move.questions:
        yield Text(("Questions to the teams:",))
        yield Listing(move.questions, numbered=True)
    expected = [row for row in rows if row.event_type == "Expected Action"]
    if expected:
        lines = tuple((row.recipient, row.expected_response, row.objective, "") for row in expected)
        columns = (Column("Who", 2), Column("Is expected to", 7), Column("Objective", 2), Column("Seen", 1))
        yield Table("Expected actions", columns, lines)
    if move.look_for:
        yield Box("Look for", "", paragraphs(move.look_for))
    held = [row for row in rows if row.event_type == "Contingency Inject"]
    if held:
        yield Text(("Held back, from this move on:",))
        for row in held:
            yield controllers_box(row)


def _hot_wash(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    yield Text(("First let teams speak. Then show luck and policy, what was hidden, and the epilogue.",))
    if plan.debrief_questions:
        yield Listing(plan.debrief_questions, numbered=True)
    if scenario.debrief:
        yield Box("The mechanism behind it: for after the discussion", "", paragraphs(scenario.debrief))
    if scenario.discussion:
        yield Text(("More to talk about:",))
        yield Listing(scenario.discussion)
    support = plan.planning.support_contact
    whom = f": {support}" if support else ""
    yield Text((f"Say before people leave whom they can turn to if something stays with them{whom}.",))
