"""Targets: the conditions that an inject can change, by their paths."""

from typing import Any

from tabletop.errors import closest
from tabletop.scenario.fields import Field
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.words import nearest
from tabletop.world import SHOCKABLE

FIXED = {
    "detection.active_share": "priors are set when the scenario is read",
    "threat.max_attempts": "how often a plot can form is drawn with the plot",
}
"""Conditions that no inject can change, with the reason."""

PARTNERS = ("sharing", "partners")


def objection(path: str, partners: list[str]) -> str | None:
    """Why a path is no target, and what would be right; None if it is one."""
    if path in SHOCKABLE:
        return None
    keys = path.split(".")
    here = _conditions()
    for position, key in enumerate(keys):
        before = tuple(keys[:position])
        if before == PARTNERS:
            if key not in partners:
                return f"no such partner{nearest(key, partners)}"
            inner = here.child(0)
        else:
            inner = here.child(key)
        if inner is None:
            return _unknown(here, before, key, path)
        here = inner
    if tuple(keys) == PARTNERS or (len(keys) == 3 and tuple(keys[:2]) == PARTNERS):
        one = partners[0] if partners else "NAME"
        return f"a partner is no condition; name one of its own, as 'sharing.partners.{one}.suspended'"
    return _unchangeable(here, keys, path)


def _unchangeable(here: Field, keys: list[str], path: str) -> str | None:
    if path in FIXED:
        return f"cannot be changed by an inject: {FIXED[path]}"
    if keys[-1] in ("family", "cv"):
        mean = ".".join([*keys[:-1], "mean"])
        return f"an inject cannot change the shape of a distribution, which luck is drawn in; use '{mean}'"
    if keys[-1] == "name":
        return "a partner's name cannot be changed by an inject: its luck is keyed by it"
    if here.is_duration:
        return f"a duration; an inject changes its mean: did you mean '{path}.mean'?"
    if here.is_group:
        names = [f"{path}.{name}" for name in here.names]
        return f"a group of conditions; name one of them, as '{names[0]}'"
    return None


def _unknown(here: Field, before: tuple[str, ...], key: str, path: str) -> str:
    """The message for a path that leads nowhere at `key`."""
    if path.rsplit(".", maxsplit=1)[-1] in LEVERS and here.child(key) is None:
        return "a lever, which policy mixes set (see `changes`); an inject changes conditions"
    if not before:
        # a group left out: whatever ends so is meant
        whole = path.removeprefix("conditions.")
        meant = [target for target in all_targets() if target == whole or target.endswith(f".{whole}")]
        if meant and len(meant) <= 3:
            choice = "' or '".join(meant)
            return f"no such condition; did you mean '{choice}'?"
    if not here.names:
        return f"no such condition: '{'.'.join(before)}' has nothing below it"
    if (near := closest(key, here.names)) is None:
        return f"no such condition{nearest(key, here.names)}"
    rest = path.split(".")[len(before) + 1 :]
    return f"no such condition; did you mean '{'.'.join([*before, near, *rest])}'?"


def all_targets() -> list[str]:
    """Every target but those of partners."""
    return [*SHOCKABLE, *(path for path in _below(_conditions(), ()) if path not in FIXED)]


def _below(here: Field, path: tuple[str, ...]) -> list[str]:
    if here.is_duration:
        return [".".join((*path, "mean"))]
    if not here.names:
        return [] if "array" in here.types else [".".join(path)]
    found: list[str] = []
    for name in here.names:
        child = here.child(name)
        assert child is not None
        found += _below(child, (*path, name))
    return found


def field_of(path: str) -> Field:
    """The field that a target is."""
    keys: list[str | int] = list(path.split("."))
    if tuple(keys[:2]) == PARTNERS:
        keys[2] = 0
    found = _conditions().at(tuple(keys))
    assert found is not None
    return found


def place(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The mapping of dumped conditions that holds a target, and its key there."""
    keys = path.split(".")
    here: Any = data
    for position, key in enumerate(keys[:-1]):
        if tuple(keys[:position]) == PARTNERS:
            here = next(partner for partner in here if partner["name"] == key)
        else:
            if here[key] is None:
                # a duration that is null: a number set as its mean makes it a constant one
                here[key] = {"family": "constant", "mean": None}
            here = here[key]
    return here, keys[-1]


def _conditions() -> Field:
    found = Field.root().child("conditions")
    assert found is not None
    return found
