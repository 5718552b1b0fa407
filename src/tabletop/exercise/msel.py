"""The Master Scenario Events List as planned: a row for each inject and each expected action."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.scheduled import effects_in_words
from tabletop.scenario.staged import StagedInject, staged
from tabletop.scenario.words import number

EventType = Literal["Inject", "Contingency Inject", "Expected Action"]
Status = Literal["planned", "released", "skipped", "cancelled"]
BETWEEN = "; "
"""Stands between several objectives or recipients of a row."""
_ACTION = re.compile(r"move (\d+), action (\d+)")


@dataclass(frozen=True)
class MselRow:
    """One event of the list. The last fields but two are the log's to fill in; what is planned has none."""

    event_number: int
    """From 1, in the order of the list."""
    scenario_time: str
    """The scenario's day, as 'day 365'; of what waits, the earliest one, as 'from day 365'."""
    planned_minute: float | None
    """Minutes since StartEx; None for what waits for the controller or for a count, and states none."""
    event_type: EventType
    mode: str
    sender: str
    recipient: str
    message: str
    expected_response: str
    objective: str
    """The ids of objectives, with semicolons between them; empty if it serves none."""
    controller: str
    notes: str
    move: int
    """1 for the first; of what waits, the move from which on it can happen."""
    trigger: str
    effect: str
    """What it changes in the model, in words; empty if nothing."""
    title: str
    id: str
    """The inject's id; of an expected action its place, as 'move 2, action 1'."""
    attachments: tuple[str, ...] = ()
    """Names of files, and addresses."""
    thread: str = ""
    options: str = ""
    """Branches, in words for the controller."""
    source_id: str = ""
    """What it is called in the list that it was imported from."""
    status: Status = "planned"
    actual_time: str = ""
    actual_response: str = ""

    @property
    def objectives(self) -> tuple[str, ...]:
        """The ids of its objectives, one by one."""
        return tuple(self.objective.split(BETWEEN)) if self.objective else ()


def msel(scenario: Scenario) -> tuple[MselRow, ...]:
    """The list of a scenario with an exercise plan: by planned minute, and last in each move what waits."""
    plan = scenario.exercise
    assert plan is not None, "the scenario has no exercise"
    injects = (row_of(scenario, plan, one) for one in staged(scenario))
    rows = [*injects, *_expected_actions(plan)]
    rows.sort(key=lambda row: (row.move, row.planned_minute is None, row.planned_minute or 0.0))
    return tuple(replace(row, event_number=position) for position, row in enumerate(rows, start=1))


def action_id(move: int, position: int) -> str:
    """What a list calls an expected action: its move and its place in it, both from 1.

    It cannot be the id of an inject, which has no spaces, nor be taken for a number by a spreadsheet.
    """
    return f"move {move}, action {position}"


def action_place(name: str) -> tuple[int, int] | None:
    """The move of an expected action and its place there, both from 0; None for the id of an inject."""
    found = _ACTION.fullmatch(name)
    return None if found is None else (int(found[1]) - 1, int(found[2]) - 1)


def row_of(scenario: Scenario, plan: ExercisePlan, one: StagedInject) -> MselRow:
    """An inject as a row of the list, not yet numbered."""
    inject, staging = one.inject, one.staging
    day = f"day {number(inject.day)}"
    return MselRow(
        event_number=0,
        scenario_time=f"from {day}" if one.waits else day,
        planned_minute=_minute(plan, one),
        event_type="Contingency Inject" if one.waits else "Inject",
        mode=staging.mode,
        sender=staging.sender,
        recipient=BETWEEN.join(staging.recipients) or staging.recipient,
        message=inject.message,
        expected_response=staging.expected_response,
        objective=BETWEEN.join(staging.objectives),
        controller=staging.controller,
        notes=staging.notes,
        move=one.move + 1,
        trigger=_trigger(one),
        effect=_effect(scenario, one),
        title=inject.title if one.of_scenario else staging.title or inject.title,
        id=inject.id,
        attachments=staging.attachments,
        thread=staging.thread,
        options=staging.options,
        source_id=staging.source_id,
    )


def _expected_actions(plan: ExercisePlan) -> Iterator[MselRow]:
    for move, played in enumerate(plan.moves):
        for position, expected in enumerate(played.expected_actions, start=1):
            yield MselRow(
                event_number=0,
                scenario_time=f"day {number(played.day)}",
                planned_minute=plan.begins(move) + played.minutes.situation,
                event_type="Expected Action",
                mode="",
                sender="",
                recipient=expected.by,
                message="",
                expected_response=expected.action,
                objective=BETWEEN.join(expected.objectives),
                controller="",
                notes=expected.notes,
                move=move + 1,
                trigger="",
                effect="",
                title="",
                id=action_id(move + 1, position),
            )


def _minute(plan: ExercisePlan, one: StagedInject) -> float | None:
    """Its own, if it states one; else its move's situation, or its reveal where its day is a later one."""
    if one.staging.planned_minute is not None or one.waits:
        return one.staging.planned_minute
    move = plan.moves[one.move]
    begins = plan.begins(one.move)
    if one.inject.day <= move.day:
        return begins
    return begins + move.minutes.situation + move.minutes.discussion + move.minutes.decision


def _trigger(one: StagedInject) -> str:
    if one.staging.contingency:
        return "the controller releases it"
    if one.inject.when is not None:
        return f"once {one.inject.when.measure} reaches {number(one.inject.when.reaches)}, team by team"
    return ""


def _effect(scenario: Scenario, one: StagedInject) -> str:
    """What it changes, in the words of the scenario's timeline."""
    changes = [*effects_in_words(scenario, one.inject)]
    if one.staging.budget is not None:
        sign = "−" if one.staging.budget < 0 else "+"
        changes.append(f"budget {sign}{number(abs(one.staging.budget))} cost units a year")
    return "; ".join(changes)
