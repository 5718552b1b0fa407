"""Evaluation at a projector: what evaluators rate, observe and would improve, typed after the hot wash."""

from typing import get_args

from tabletop.cli.room import Room
from tabletop.exercise.acts import CapabilityElement, Rate
from tabletop.scenario.exercise_plan import Objective

ELEMENTS: tuple[str, ...] = get_args(CapabilityElement)


def evaluate(room: Room) -> None:
    """Ask for each objective's rating and observations, then for the lines of the improvement plan."""
    for objective in room.exercise.state.plan.objectives:
        _rate(room, objective)
        _observe(room, objective)
    _improve(room)


def _rate(room: Room, objective: Objective) -> None:
    given = [entry.act for entry in room.exercise.state.kept if isinstance(entry.act, Rate)]
    before = [act.rating for act in given if act.objective == objective.id]
    unsaid = f"stays {before[-1]}" if before else "not rated"
    while line := room.ask(f"Rating of “{objective.text}” (P S M U, then why; nothing: {unsaid}):"):
        rating, _, why = line.partition(" ")
        if rating.upper() not in ("P", "S", "M", "U"):
            room.screen.say(
                f"{rating}: P, S, M or U: performed without, with some, with major challenges, unable"
            )
        elif room.enter("rate", objective=objective.id, rating=rating.upper(), text=why):
            return


def _observe(room: Room, objective: Objective) -> None:
    room.screen.say(
        f"Observed of “{objective.text}”: + a strength, - an area for improvement. If there is more to say: "
        "+ WHAT WAS SEEN | ANALYSIS | LINES OF THE LOG, as 12 15"
    )
    while line := room.ask("+ or - (nothing: go on):"):
        sign, (seen, analysis, lines) = line[0], _parts(line[1:], 3)
        numbers = lines.replace(",", " ").split()
        if sign not in "+-" or not seen:
            room.screen.say(f"{line}: write + or -, then what was seen")
        elif not all(number.isdecimal() for number in numbers):
            room.screen.say(f"{lines}: write numbers of lines of the log, as 12 15")
        else:
            room.enter(
                "observe",
                objective=objective.id,
                kind="strength" if sign == "+" else "area for improvement",
                observation=seen,
                analysis=analysis,
                reference=tuple(int(number) for number in numbers),
            )


def _improve(room: Room) -> None:
    room.screen.say(
        "Improvement plan: ISSUE | CORRECTIVE ACTION | CAPABILITY ELEMENT | WHO IS RESPONSIBLE | START | "
        f"COMPLETION. The element is one of {', '.join(ELEMENTS)}; the last three may be left out."
    )
    while line := room.ask("To improve (nothing ends):"):
        issue, action, element, responsible, start, completion = _parts(line, 6)
        if not (issue and action) or element.title() not in ELEMENTS:
            room.screen.say(
                f"{line}: write the issue | what corrects it | one of {', '.join(ELEMENTS)}, | between them"
            )
            continue
        room.enter(
            "improve",
            issue=issue,
            corrective_action=action,
            capability_element=element.title(),
            primary_responsible=responsible,
            start=start,
            completion=completion,
        )


def _parts(line: str, count: int) -> list[str]:
    """The parts of a line, as many as asked for: those that are left out are empty."""
    parts = [part.strip() for part in line.split("|", count - 1)]
    return parts + [""] * (count - len(parts))
