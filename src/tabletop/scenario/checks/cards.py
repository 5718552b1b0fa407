"""Cards in a file: their codes, levers, pillars and moves, and the steps of the expert form."""

from collections.abc import Iterator
from typing import Any

from tabletop.errors import closest
from tabletop.scenario.checks.moves import windows
from tabletop.scenario.checks.references import horizon_of
from tabletop.scenario.checks.validation import out_of
from tabletop.scenario.fields import Field
from tabletop.scenario.plain import amount, is_number, items, mapping
from tabletop.scenario.policy import LEVERS, PILLARS
from tabletop.scenario.words import nearest, number, shown
from tabletop.scenario.yaml_document import Fault, Path

FORM: Path = ("exercise", "decision_form")
STEPS = (3, 5)
"""The fewest and the most named steps of a lever."""


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Where the decision form names what is not there, or what a lever cannot be set to."""
    plan = mapping(data, "exercise")
    form = mapping(plan, "decision_form")
    cards = [(at, card) for at, card in enumerate(items(form, "cards")) if isinstance(card, dict)]
    codes = [card["code"] for _, card in cards if isinstance(card.get("code"), str)]
    yield from _codes(cards)
    for position, card in cards:
        place = (*FORM, "cards", position)
        yield from _company(place, card, codes)
        yield from _moves(place, card, data)
        yield from _changes(place, card)
        yield from _pillar(place, card, plan)
    for name, steps in mapping(form, "levers").items():
        yield from _steps((*FORM, "levers", name), name, steps, plan)


def _codes(cards: list[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for position, card in cards:
        code = card.get("code")
        if isinstance(code, str):
            if code in seen:
                yield Fault(
                    (*FORM, "cards", position, "code"),
                    f"{shown(code)} is the code of another card; codes are unique",
                )
            seen[code] = position


def _company(place: Path, card: dict[str, Any], codes: list[str]) -> Iterator[Fault]:
    for nth, code in enumerate(items(card, "excludes")):
        if not isinstance(code, str):
            continue
        if code == card.get("code"):
            yield Fault(
                (*place, "excludes", nth),
                f"{shown(code)} is the card itself; `times` says how many may be in play",
            )
        elif code not in codes:
            others = [other for other in codes if other != card.get("code")]
            yield Fault((*place, "excludes", nth), f"{shown(code)}: no such card{nearest(code, others)}")


def _moves(place: Path, card: dict[str, Any], data: dict[str, Any]) -> Iterator[Fault]:
    """Whether a card can be played at all, and works before all is over."""
    plan = mapping(data, "exercise")
    first, count = amount(card, "from_move"), len(items(plan, "moves"))
    if first is not None and count and first > count:
        moves = "move" if count == 1 else "moves"
        yield Fault(
            (*place, "from_move"), f"{shown(first)} is above {count}: the exercise has {count} {moves}"
        )
        return
    spans, lead = windows(data), amount(card, "lead_days")
    if spans is None or lead is None or not 1 <= (first or 1) <= count or lead < 0:
        return
    earliest = spans[int(first or 1) - 1][0]
    end = horizon_of(data) + (amount(plan, "epilogue_days") or 0)
    if lead >= end - earliest:
        yield Fault(
            (*place, "lead_days"),
            f"{shown(lead)} days after day {number(earliest)}, its first move, is not before the end, day "
            f"{number(end)}; it would never work: write less than {number(end - earliest)}",
        )


def _changes(place: Path, card: dict[str, Any]) -> Iterator[Fault]:
    for name, change in mapping(card, "changes").items():
        here = (*place, "changes", name)
        if name not in LEVERS:
            yield _no_lever(here, name)
        elif isinstance(change, dict):
            if "set" in change:
                yield from _setting((*here, "set"), name, change["set"])
            if is_number(change.get("add")):
                yield from _addition((*here, "add"), name, change["add"])


def _no_lever(place: Path, name: str) -> Fault:
    tail = name.rsplit(".", maxsplit=1)[-1]
    if tail in LEVERS:
        return Fault(place, f"a lever is named without its pillar; did you mean '{tail}'?")
    return Fault(place, f"no such lever{nearest(name, LEVERS)}")


def _addition(place: Path, name: str, change: float) -> Iterator[Fault]:
    if change == 0:
        yield Fault(place, "0 changes nothing; remove it")
    elif LEVERS[name].is_staff and change != int(change):
        yield Fault(
            place, f"{shown(change)} is not whole; {name} are counted: write a whole number, as 1 or -1"
        )


def _setting(place: Path, name: str, value: Any) -> Iterator[Fault]:
    """What is wrong with a setting of a lever that is known."""
    field = lever_field(name)
    if value is None:
        if "null" not in field.types:
            yield Fault(place, f"null, but {name} cannot be without limit; write a number {out_of(field)}")
    elif is_number(value):
        low, high = LEVERS[name].low, field.limits.high
        if LEVERS[name].is_staff and value != int(value):
            yield Fault(place, f"{shown(value)} is not whole; {name} are counted: write a whole number")
        elif value < low or (high is not None and value > high):
            yield Fault(place, f"{shown(value)} is not {out_of(field)}")


def lever_field(name: str) -> Field:
    """The field of a policy mix that a lever is."""
    found = Field.root().at(("policy_mixes", "any", LEVERS[name].pillar, name))
    assert found is not None
    return found


def _pillar(place: Path, card: dict[str, Any], plan: dict[str, Any]) -> Iterator[Fault]:
    """A card belongs to the pillar of one of its levers, and some role holds it."""
    pillar = card.get("pillar")
    if pillar not in PILLARS:
        return
    touched = list(dict.fromkeys(LEVERS[name].pillar for name in mapping(card, "changes") if name in LEVERS))
    if touched and pillar not in touched:
        yield Fault(
            (*place, "pillar"),
            f"{pillar}, but the card changes no lever of it; write {' or '.join(touched)}",
        )
    elif not _is_held(pillar, plan):
        yield Fault((*place, "pillar"), f"no role holds {pillar}; add it to the pillars of one")


def _is_held(pillar: str, plan: dict[str, Any]) -> bool:
    roles = [role for role in items(plan, "roles") if isinstance(role, dict)]
    # of a role that is not well formed nothing is known
    return not roles or any(
        not isinstance(role.get("pillars"), list) or pillar in role["pillars"] for role in roles
    )


def _steps(place: Path, name: str, steps: Any, plan: dict[str, Any]) -> Iterator[Fault]:
    if name not in LEVERS:
        yield _no_lever(place, name)
        return
    if not _is_held(LEVERS[name].pillar, plan):
        pillar = LEVERS[name].pillar
        yield Fault(place, f"no role holds {pillar}, of which it is a lever; add it to the pillars of one")
    if not isinstance(steps, dict):
        return
    if not STEPS[0] <= len(steps) <= STEPS[1]:
        yield Fault(place, f"{len(steps)} named steps; write {STEPS[0]} to {STEPS[1]}, as few: 5")
    seen: list[str] = []
    for step, value in steps.items():
        if not step or any(character.isspace() or character in "=,;" for character in step):
            yield Fault(
                (*place, step),
                f"a step is typed, as {name}=more; name it in one word without spaces, '=', ',' or ';'",
            )
        elif (like := closest(step, seen)) is not None and like.casefold() == step.casefold():
            yield Fault((*place, step), f"is '{like}' but for the case of its letters; write another name")
        seen.append(step)
        yield from _setting((*place, step), name, value)
