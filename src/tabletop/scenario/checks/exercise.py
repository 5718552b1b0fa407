"""References of an exercise plan: the objectives, measures, pillars and teams that it names."""

from collections.abc import Iterator, Sequence
from typing import Any

from tabletop.measures import MEASURES
from tabletop.scenario.checks import cards, exercise_effects, exercise_injects, look_alikes, moves
from tabletop.scenario.exercise_plan import RESERVED, ExercisePlan
from tabletop.scenario.names import appearance
from tabletop.scenario.plain import items, mapping
from tabletop.scenario.words import nearest, shown
from tabletop.scenario.yaml_document import Fault, Path


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What an exercise plan refers to in vain, and where its parts do not fit each other."""
    if not isinstance(data.get("exercise"), dict):
        return
    yield from moves.faults(data)
    yield from exercise_injects.faults(data)
    yield from exercise_effects.faults(data)
    yield from cards.faults(data)
    plan = data["exercise"]
    yield from _objectives(plan)
    yield from _predictions(plan)
    yield from _realised(plan)
    yield from _unique(items(plan, "teams"), ("exercise", "teams"), "team")
    for position, team in enumerate(items(plan, "teams")):
        if isinstance(team, str) and appearance(team) in RESERVED:
            place = ("exercise", "teams", position)
            yield Fault(place, f"{shown(team)} stands for something else here; name the team otherwise")
    roles = [role.get("name") if isinstance(role, dict) else None for role in items(plan, "roles")]
    yield from _unique(roles, ("exercise", "roles"), "role", "name")
    yield from _recipients(plan, roles)


def _objectives(plan: dict[str, Any]) -> Iterator[Fault]:
    known: dict[str, None] = {}
    for position, objective in enumerate(items(plan, "objectives")):
        place: Path = ("exercise", "objectives", position)
        name = objective.get("id") if isinstance(objective, dict) else None
        if isinstance(name, str):
            if name in known:
                yield Fault((*place, "id"), f"{shown(name)} is the id of another objective; ids are unique")
            known[name] = None
        for nth, measure in enumerate(items(objective, "measures")):
            if isinstance(measure, str) and measure not in MEASURES:
                yield Fault(
                    (*place, "measures", nth),
                    f"{shown(measure)}: no such measure{nearest(measure, MEASURES)}",
                )
        yield from _capabilities(plan, objective, place)
    for place, name in _served(plan):
        if isinstance(name, list):
            yield from _several(place, name, known)
        elif isinstance(name, str) and name not in known:
            yield Fault(place, f"{shown(name)}: no such objective{nearest(name, known)}")


def _capabilities(plan: dict[str, Any], objective: Any, place: Path) -> Iterator[Fault]:
    """An objective exercises core capabilities that the exercise lists."""
    known = [name for name in items(plan, "core_capabilities") if isinstance(name, str)]
    names = items(objective, "core_capabilities")
    for nth, name in enumerate(names):
        where: Path = (*place, "core_capabilities", nth)
        if isinstance(name, str) and name not in known:
            listed = nearest(name, known) if known else "; exercise: core_capabilities lists none"
            yield Fault(where, f"{shown(name)}: no such core capability{listed}")
        elif name in names[:nth]:
            yield Fault(where, f"{shown(name)} stands here already; remove it")


def _several(place: Path, names: list[Any], known: dict[str, None]) -> Iterator[Fault]:
    """A list of objectives: each is there, and stands once."""
    for nth, name in enumerate(names):
        if isinstance(name, str) and name not in known:
            yield Fault((*place, nth), f"{shown(name)}: no such objective{nearest(name, known)}")
        elif name in names[:nth]:
            yield Fault((*place, nth), f"{shown(name)} stands here already; remove it")


def _recipients(plan: dict[str, Any], roles: list[Any]) -> Iterator[Fault]:
    """Recipients are teams or roles of this exercise, each once."""
    teams = items(plan, "teams") if "teams" in plan else ExercisePlan.model_fields["teams"].default
    known = [name for name in (*teams, *roles) if isinstance(name, str)]
    for position, staging in enumerate(items(plan, "injects")):
        names = items(staging, "recipients")
        for nth, name in enumerate(names):
            place: Path = ("exercise", "injects", position, "recipients", nth)
            if isinstance(name, str) and name not in known:
                yield Fault(place, f"{shown(name)}: no such team or role{nearest(name, known)}")
            elif name in names[:nth]:
                yield Fault(place, f"{shown(name)} stands here already; remove it")


def _served(plan: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Everything that names the objective that it serves."""
    for position, move in enumerate(items(plan, "moves")):
        for nth, action in enumerate(items(move, "expected_actions")):
            if isinstance(action, dict):
                place = ("exercise", "moves", position, "expected_actions", nth, "objective")
                yield place, action.get("objective")
    for position, staging in enumerate(items(plan, "injects")):
        if isinstance(staging, dict):
            yield ("exercise", "injects", position, "objective"), staging.get("objective")


def _predictions(plan: dict[str, Any]) -> Iterator[Fault]:
    usable = [m.name for m in MEASURES.values() if m.predictable]
    felt = [name for name in usable if MEASURES[name].kind != "count"]
    seen: set[str] = set()
    for position, name in enumerate(items(plan, "predictions")):
        if not isinstance(name, str):
            continue
        place = ("exercise", "predictions", position)
        measure = MEASURES.get(name)
        some = f"as {', '.join(usable[:4])} or {', '.join(felt)}"
        if measure is None:
            yield Fault(place, f"{shown(name)}: no such measure{nearest(name, usable)}")
        elif not measure.observable:
            yield Fault(
                place, f"{name} is hidden from players until the hot wash; predict what they see, {some}"
            )
        elif name not in usable:
            yield Fault(place, f"{name} is not a count; teams predict a count, {some}")
        elif name in seen:
            yield Fault(place, f"{shown(name)} is predicted already; name another measure, or only one")
        seen.add(name)


def _realised(plan: dict[str, Any]) -> Iterator[Fault]:
    name = mapping(plan, "realised").get("of")
    if isinstance(name, str) and name not in MEASURES:
        yield Fault(
            ("exercise", "realised", "of"), f"{shown(name)}: no such measure{nearest(name, MEASURES)}"
        )


def _unique(names: Sequence[Any], place: Path, noun: str, *key: str) -> Iterator[Fault]:
    """Names that people can tell apart; of two that they cannot, both are told."""
    yield from look_alikes.faults(
        [((*place, position, *key), name) for position, name in enumerate(names)], noun
    )
