"""What a file says of a search: that levers exist, are not both moved and kept, and have room."""

from collections.abc import Iterator
from math import ceil, inf
from typing import Any

from tabletop.scenario.plain import mapping
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import nearest, number, shown
from tabletop.scenario.yaml_document import Fault, Path


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Levers that do not exist, are named twice, or are both moved and kept."""
    plan = mapping(data, "search")
    levers = mapping(plan, "levers")
    for name in levers:
        if name not in LEVERS:
            yield Fault(("search", "levers", name), f"no such lever{nearest(name, LEVERS)}")
    keep = plan.get("keep")
    seen: set[str] = set()
    for position, name in enumerate(keep if isinstance(keep, list) else []):
        here: Path = ("search", "keep", position)
        if not isinstance(name, str):
            continue
        if name not in LEVERS:
            yield Fault(here, f"{shown(name)}: no such lever{nearest(name, LEVERS)}")
        elif name in levers:
            yield Fault(here, f"{name} is also in search.levers; either move it or keep it")
        elif name in seen:
            yield Fault(here, f"{name} is there twice; leave one out")
        seen.add(name)


def of_scenario(scenario: Scenario) -> Iterator[Fault]:
    """Steps and bounds that a lever cannot have, or that leave out the baseline."""
    if scenario.search is None:
        return
    policies = [policy for _, policy in scenario.policies(scenario.baseline)]
    for name, asked in scenario.search.levers.items():
        lever, here = LEVERS[name], ("search", "levers", name)
        own = lever.of(policies[0])
        if own is None:
            yield Fault(
                here, f"unlimited in the baseline '{scenario.baseline}'; remove it, or give it a number"
            )
            continue
        if len({lever.of(policy) for policy in policies}) > 1:
            yield Fault(here, f"changed by the baseline '{scenario.baseline}' on a later day; remove it")
            continue
        for key in ("step", "low", "high"):
            given = getattr(asked, key)
            if lever.is_staff and given is not None and given != round(given):
                yield Fault(
                    (*here, key),
                    f"{number(given)}: people come whole; write a whole number, as {ceil(given)}",
                )
        if asked.low is not None and not asked.cut and asked.low < own:
            least = f"cut is false, so that it stays at {number(own)} at least"
            yield Fault((*here, "low"), f"{number(asked.low)}: {least}; leave one out")
        low = own if not asked.cut else lever.low if asked.low is None else asked.low
        high = lever.high if asked.high is None else asked.high
        if asked.step is not None and asked.step > max(own - low, inf if high is None else high - own):
            room = number(round(max(own - low, (high or 0) - own), 9))
            yield Fault(
                (*here, "step"),
                f"{number(asked.step)}: the baseline has {number(own)}, from which {name} goes no further "
                f"than {room}; write less",
            )
        for end in ("low", "high"):
            bound = getattr(asked, end)
            if bound is None:
                continue
            most = "" if lever.high is None else f" to {number(lever.high)}"
            if bound < lever.low or (lever.high is not None and bound > lever.high):
                limits = f"from {number(lever.low)}{most}" if most else f"{number(lever.low)} or more"
                yield Fault((*here, end), f"{number(bound)}: {name} goes {limits}")
            elif (end == "low") == (bound > own) and bound != own:
                yield Fault(
                    (*here, end),
                    f"{number(bound)}: the baseline has {number(own)}, which lies outside; "
                    f"write {number(own)} or {'less' if end == 'low' else 'more'}",
                )
