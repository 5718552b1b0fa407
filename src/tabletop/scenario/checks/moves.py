"""Moves in a file: their minutes, which must add up, and their days, which must go forward."""

from collections.abc import Iterator
from typing import Any

from tabletop.scenario.checks import look_alikes
from tabletop.scenario.checks.references import horizon_of
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.moves import Minutes
from tabletop.scenario.plain import amount, is_number, items, mapping
from tabletop.scenario.planned_minutes import PlannedMinutes
from tabletop.scenario.words import number, shown
from tabletop.scenario.yaml_document import Fault, Path

MOVES: Path = ("exercise", "moves")


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Where the moves of a file do not fit each other, the horizon or the minutes of the class."""
    plan = mapping(data, "exercise")
    yield from _sum(plan)
    yield from _days(items(plan, "moves"), horizon_of(data))
    yield from _names(items(plan, "moves"))


def windows(data: dict[str, Any]) -> list[tuple[float, float]] | None:
    """The first day of each move and the next one's; None where the days are not in order."""
    days = [amount(move, "day") for move in items(mapping(data, "exercise"), "moves")]
    known = [day for day in days if day is not None]
    ends = [*known[1:], horizon_of(data)]
    in_order = all(start < end for start, end in zip(known, ends, strict=False))
    if not known or len(known) < len(days) or known[0] != 0 or not in_order:
        return None
    return list(zip(known, ends, strict=True))


def _sum(plan: dict[str, Any]) -> Iterator[Fault]:
    duration, parts = amount(plan, "duration_minutes"), _parts(plan)
    if duration is None or parts is None:
        return
    excess = round(parts.total - duration, 9)
    if abs(excess) > 1e-6:
        apart = f"{number(abs(excess))} {'more' if excess > 0 else 'fewer'}"
        yield Fault(
            ("exercise", "duration_minutes"),
            f"{number(duration)} minutes, but the parts add up to {number(parts.total)}, {apart}: {parts}; "
            f"write {number(parts.total)}, or change a part",
        )


def _parts(plan: dict[str, Any]) -> PlannedMinutes | None:
    """The minutes of a plan; None where one of them is no number."""
    outer = [
        _given(plan, name, ExercisePlan.model_fields[name].default)
        for name in ("brief_minutes", "hot_wash_minutes", "feedback_minutes")
    ]
    moves: list[float] = []
    for move in items(plan, "moves"):
        written = move.get("minutes", {}) if isinstance(move, dict) else None
        if not isinstance(written, dict):
            return None
        each = [_given(written, name, field.default) for name, field in Minutes.model_fields.items()]
        total = 0.0
        for minutes in each:
            if minutes is None:
                return None
            total += minutes
        moves.append(total)
    brief, hot_wash, feedback = outer
    if brief is None or hot_wash is None or feedback is None or not moves:
        return None
    return PlannedMinutes(brief, tuple(moves), hot_wash, feedback)


def _given(holder: dict[str, Any], name: str, default: float) -> float | None:
    value = holder.get(name, default)
    # huge whole numbers are no minutes, and cannot be added to a float
    return float(value) if is_number(value) and abs(value) <= 1e9 else None


def _days(moves: list[Any], horizon: float) -> Iterator[Fault]:
    before: float | None = None
    for position, move in enumerate(moves):
        day = amount(move, "day")
        if day is None:
            continue
        place = (*MOVES, position, "day")
        if position == 0 and day != 0:
            yield Fault(place, f"{shown(day)} is not 0; the first move begins at StartEx, day 0")
        elif before is not None and day <= before:
            yield Fault(
                place, f"{shown(day)} is not after day {number(before)}, on which the move before begins"
            )
        if day >= horizon:
            yield Fault(place, f"{shown(day)} is not before the horizon, day {number(horizon)}")
        before = day


def _names(moves: list[Any]) -> Iterator[Fault]:
    named = [(nth, move.get("name")) for nth, move in enumerate(moves) if isinstance(move, dict)]
    yield from look_alikes.faults([((*MOVES, nth, "name"), name) for nth, name in named], "move")
