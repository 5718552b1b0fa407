"""Injects of an exercise in a file: which move tells each, and what may be said of those of the scenario."""

from collections.abc import Iterator
from math import inf
from typing import Any

from tabletop.errors import closest
from tabletop.scenario.checks.moves import MOVES, windows
from tabletop.scenario.checks.references import horizon_of, of_trigger
from tabletop.scenario.plain import amount, items, mapping
from tabletop.scenario.words import nearest, number, shown
from tabletop.scenario.yaml_document import Fault, Path

INJECTS: Path = ("exercise", "injects")
OF_THE_SCENARIO = ("title", "message", "day", "when", "effects")
"""What is written with an inject of the scenario, and nowhere else."""
OF_ITS_OWN = ("contingency", "budget")
"""What only an inject of the exercise's own can have, since those of the scenario act in every run."""


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with the injects that moves list, and with how the exercise tells them."""
    yield from _listed(data)
    yield from _staged(data)
    yield from _cuts(data)


def scenario_injects(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The injects of the scenario by their ids."""
    return {
        inject["id"]: inject
        for inject in items(data, "injects")
        if isinstance(inject, dict) and isinstance(inject.get("id"), str)
    }


def own_injects(data: dict[str, Any]) -> dict[str, tuple[int, dict[str, Any]]]:
    """The injects of the exercise's own, by their ids: position and what is written."""
    theirs = scenario_injects(data)
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for position, staging in enumerate(items(mapping(data, "exercise"), "injects")):
        name = staging.get("id") if isinstance(staging, dict) else None
        if isinstance(name, str) and name not in theirs:
            found.setdefault(name, (position, staging))
    return found


def first_day(data: dict[str, Any], name: str, written: dict[str, Any]) -> float:
    """The day of an inject of the exercise's own: its own, or that of the move that lists it."""
    if (day := amount(written, "day")) is not None:
        return day
    for move in items(mapping(data, "exercise"), "moves"):
        if name in items(move, "injects"):
            return amount(move, "day") or 0.0
    return 0.0


def waits(written: dict[str, Any]) -> bool:
    """Whether an inject of the exercise's own is held back for the controller or for a count."""
    return written.get("contingency") is True or written.get("when") is not None


def _listed(data: dict[str, Any]) -> Iterator[Fault]:
    theirs, own = scenario_injects(data), own_injects(data)
    spans = windows(data)
    known = [*theirs, *own]
    first_listed: dict[str, int] = {}
    for position, move in enumerate(items(mapping(data, "exercise"), "moves")):
        for nth, name in enumerate(items(move, "injects")):
            if not isinstance(name, str):
                continue
            place = (*MOVES, position, "injects", nth)
            if name not in known:
                yield Fault(place, f"{shown(name)}: no such inject{nearest(name, known)}")
            elif name in first_listed:
                earlier = first_listed[name]
                where = "twice here" if earlier == position else f"in move {earlier + 1} already"
                yield Fault(place, f"{shown(name)} is listed {where}; an inject is told once")
            else:
                written = theirs[name] if name in theirs else own[name][1]
                # one of the scenario that names no day happens on day 0, one of the exercise on its move's
                day = amount(written, "day") if "day" in written or name in own else 0.0
                if day is not None and spans is not None:
                    yield from _misplaced(place, name, day, position, spans)
            first_listed.setdefault(name, position)


def _misplaced(
    place: Path, name: str, day: float, move: int, spans: list[tuple[float, float]]
) -> Iterator[Fault]:
    begins, ends = spans[move]
    last = move == len(spans) - 1
    if begins <= day < ends or (last and day >= begins):
        return
    right = max(at for at, (start, _) in enumerate(spans) if start <= max(day, 0))
    yield Fault(
        place,
        f"{shown(name)} happens on day {number(day)}, but move {move + 1} is days {number(begins)} to "
        f"{number(ends)}; list it in move {right + 1}",
    )


def _staged(data: dict[str, Any]) -> Iterator[Fault]:
    theirs = scenario_injects(data)
    listed = {
        name
        for move in items(mapping(data, "exercise"), "moves")
        for name in items(move, "injects")
        if isinstance(name, str)
    }
    seen: set[str] = set()
    for position, staging in enumerate(items(mapping(data, "exercise"), "injects")):
        name = staging.get("id") if isinstance(staging, dict) else None
        if not isinstance(name, str):
            continue
        place = (*INJECTS, position)
        if name in seen:
            yield Fault((*place, "id"), f"{shown(name)} is here already; put both into one")
        elif name in theirs:
            yield from _repeated(place, name, staging, theirs[name])
        else:
            yield from _own(place, name, staging, data, is_listed=name in listed)
        seen.add(name)


def _repeated(place: Path, name: str, staging: dict[str, Any], theirs: dict[str, Any]) -> Iterator[Fault]:
    """What the exercise says of an inject of the scenario, and must not."""
    for key in OF_THE_SCENARIO:
        if key in staging:
            yield Fault(
                (*place, key), f"written already with the scenario's inject {shown(name)}; remove it here"
            )
    if staging.get("recipients") and theirs.get("effects"):
        yield Fault(
            (*place, "recipients"),
            f"{shown(name)} changes something, and so reaches every team; remove them, or write recipient",
        )
    for key in OF_ITS_OWN:
        if key in staging:
            yield Fault(
                (*place, key),
                f"{shown(name)} is an inject of the scenario, which acts in every run; only an inject of the "
                f"exercise's own can have {key}",
            )


def _own(
    place: Path, name: str, staging: dict[str, Any], data: dict[str, Any], *, is_listed: bool
) -> Iterator[Fault]:
    missing = [key for key in ("title", "message") if key not in staging]
    meant = closest(name, scenario_injects(data)) if missing else None
    if meant is not None:
        yield Fault((*place, "id"), f"{shown(name)}: no such inject of the scenario; did you mean '{meant}'?")
        return
    for key in missing:
        yield Fault(
            (*place, key),
            f"missing; {shown(name)} is the exercise's own inject, and needs a title and a message",
        )
    for key in ("title", "message"):
        if isinstance(staging.get(key), str) and not staging[key].strip():
            yield Fault((*place, key), "empty; write what the players read or hear")
    yield from of_trigger((*place, "when"), staging.get("when"))
    if staging.get("when") is not None and "budget" in staging:
        yield Fault(
            (*place, "budget"),
            "what waits for a count happens team by team, and the budget is everybody's; write contingency: "
            "true in place of when",
        )
    day, horizon = amount(staging, "day"), horizon_of(data)
    if day is not None and day >= horizon:
        yield Fault((*place, "day"), f"{shown(day)} is not before the horizon, day {number(horizon)}")
    elif not is_listed and not waits(staging):
        spans = windows(data) or []
        inside = [at + 1 for at, (start, end) in enumerate(spans) if day is not None and start <= day < end]
        of_move = f"move {inside[0]}" if inside else "a move"
        yield Fault(
            (*place, "id"),
            f"no move lists {shown(name)}; add it to the injects of {of_move}, or write contingency: true",
        )


def _cuts(data: dict[str, Any]) -> Iterator[Fault]:
    """Changes of the budget by planned injects: there must be one, and something must be left."""
    plan = mapping(data, "exercise")
    budget = amount(plan, "budget") if "budget" in plan else amount(data, "budget")
    changes = sorted(
        (first_day(data, name, written), position, change)
        for name, (position, written) in own_injects(data).items()
        if (change := amount(written, "budget")) is not None and written.get("when") is None
    )
    for _, position, change in changes:
        place = (*INJECTS, position, "budget")
        if "decision_form" not in plan:
            yield Fault(place, "there is no decision form, so that no team has a budget; remove it")
        elif budget is not None and max(abs(budget), abs(change)) < inf:
            budget = float(budget) + change
            if budget <= 0:
                yield Fault(place, f"{shown(change)} leaves a budget of {number(round(budget, 9))}; cut less")
                return
