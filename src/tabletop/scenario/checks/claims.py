"""References of claims: the mixes, measures and days that they name must exist, and be of use to them."""

from collections.abc import Iterator
from math import fsum
from typing import Any

from tabletop.measures import MEASURES
from tabletop.scenario.changes import changed
from tabletop.scenario.checks.references import horizon_of
from tabletop.scenario.checks.uncertain import Judge, objection_to_range
from tabletop.scenario.plain import amount, is_number, items, mapping
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.survives import Turn
from tabletop.scenario.words import nearest, number, shown
from tabletop.scenario.yaml_document import Fault, Path

ROUNDING = 1e-9
"""What weights that sum to 0 may come to in the last places."""


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What the claims of a file refer to in vain, and whether they lack a check."""
    claims = items(data, "claims")
    if claims and "check" not in data:
        yield Fault(
            ("claims",), "no check beside them; write check: {replications: …, seed: …}, a seed of their own"
        )
    yield from _seed(data)
    for position, claim in enumerate(claims):
        if isinstance(claim, dict):
            yield from _measure(("claims", position), claim, data)
            yield from _mixes(("claims", position), claim, data)


def _seed(data: dict[str, Any]) -> Iterator[Fault]:
    seed = amount(mapping(data, "check"), "seed")
    usual = data.get("seed", Scenario.model_fields["seed"].default)
    if seed is not None and seed == usual:
        yield Fault(
            ("check", "seed"),
            f"{shown(seed)} is the seed of the scenario's runs; claims are tested on a seed of their own: "
            "write another",
        )


def _measure(place: Path, claim: dict[str, Any], data: dict[str, Any]) -> Iterator[Fault]:
    name, days = claim.get("measure"), claim.get("days")
    if isinstance(name, str) and name not in MEASURES:
        yield Fault((*place, "measure"), f"{shown(name)}: no such measure{nearest(name, MEASURES)}")
    elif isinstance(name, str) and days is not None and MEASURES[name].kind != "count":
        counts = [measure.name for measure in MEASURES.values() if measure.kind == "count"]
        yield Fault(
            (*place, "days"),
            f"{name} is not a count; only counts have days, as {', '.join(counts[:6])}",
        )
    horizon = horizon_of(data)
    for nth, day in enumerate(days if isinstance(days, list) else []):
        if is_number(day) and day > horizon:
            yield Fault((*place, "days", nth), f"{shown(day)} is after the horizon, day {number(horizon)}")


def _mixes(place: Path, claim: dict[str, Any], data: dict[str, Any]) -> Iterator[Fault]:
    mixes = mapping(data, "policy_mixes")
    weights = mapping(claim, "contrast")
    for key in ("mix", "versus"):
        name = claim.get(key)
        if isinstance(name, str) and name not in mixes:
            yield Fault((*place, key), f"{shown(name)}: no such policy mix{nearest(name, mixes)}")
    if isinstance(claim.get("mix"), str) and claim["mix"] == claim.get("versus"):
        yield Fault((*place, "versus"), f"{shown(claim['mix'])} is the mix itself; name another")
    for name, weight in weights.items():
        if name not in mixes:
            yield Fault((*place, "contrast", name), f"no such policy mix{nearest(name, mixes)}")
        elif is_number(weight) and weight == 0:
            yield Fault((*place, "contrast", name), "a weight of 0 leaves the mix out; remove it")
    if weights and all(is_number(weight) for weight in weights.values()):
        total = fsum(weights.values())
        if abs(total) > ROUNDING * max(1.0, *map(abs, weights.values())):
            yield Fault(
                (*place, "contrast"),
                f"the weights sum to {number(total)}; a contrast's sum to 0, as {{two: 1, one: -2, none: 1}}",
            )


def of_scenario(scenario: Scenario, judge: Judge) -> Iterator[Fault]:
    """What is wrong with where the claims of a scenario that is otherwise right survive, or turn round."""
    for position, claim in enumerate(scenario.claims):
        here: Path = ("claims", position)
        if claim.survives is not None and claim.survives.of is not None and not scenario.uncertain:
            yield Fault(
                (*here, "survives"),
                "the file has no `uncertain`, whose points could be counted; write ranges, or "
                "each: {multiply: [0.5, 2]}",
            )
        for nth, path in enumerate(() if claim.survives is None else claim.survives.except_):
            if (wrong := _no_condition(scenario, path)) is not None:
                yield Fault((*here, "survives", "except", nth), f"{shown(path)}: {wrong}")
        for nth, turn in enumerate(claim.turns_at):
            if (told := _no_turn(scenario, turn, judge)) is not None:
                yield Fault((*here, "turns_at", nth), told)


def _no_condition(scenario: Scenario, path: str) -> str | None:
    """Why `each` moves nothing there; None if it may."""
    if path.split(".", maxsplit=1)[0] in ("costs", "injects"):
        return "each moves numbers of the conditions alone, and no price or inject; remove it"
    return objection_to_range(scenario, path)


def _no_turn(scenario: Scenario, turn: Turn, judge: Judge) -> str | None:
    """Why a claim cannot be tried there; None if it can."""
    if (wrong := objection_to_range(scenario, turn.on)) is not None:
        return f"{shown(turn.on)}: {wrong}"
    bare = scenario.model_copy(update={"exercise": None})
    made = changed(bare, turn.changes)
    faults = made.faults or judge(made.data)
    if faults:
        return f"{turn.in_words}: {faults[0].message}"
    there = Scenario.model_validate(made.data)
    if (there.conditions, there.injects) == (scenario.conditions, scenario.injects):
        return f"{turn.in_words}: moves nothing; write what is another value than the file's"
    return None
