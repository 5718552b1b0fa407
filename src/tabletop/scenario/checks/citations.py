"""Citations: what a file's `sources` are about must exist."""

from collections.abc import Iterator
from typing import Any

from tabletop.errors import closest
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.fields import Field
from tabletop.scenario.words import nearest, shown
from tabletop.scenario.yaml_document import Fault

PARTNERS = ["conditions", "sharing", "partners"]
_NAMED_BY = ("id", "name", "code")
"""What tells the items of a list apart, whichever of them they have."""


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """A source's path names what the file has, or a condition or lever that the format has."""
    written = data.get("sources")
    for position, source in enumerate(written if isinstance(written, list) else []):
        path = source.get("path") if isinstance(source, dict) else None
        if not isinstance(path, str):
            continue
        here: Field | None = Field.root()
        there: Any = data
        for depth, key in enumerate(path.split(".")):
            above = path.split(".")[:depth]
            known = _keys(there, here, above)
            if key not in known:
                near = closest(key, known)
                right = ".".join([*above, near]) if near else None
                hint = f"; did you mean '{right}'?" if right else nearest(key, known)
                yield Fault(("sources", position, "path"), f"{shown(path)}: nothing of that name{hint}")
                break
            there = _below(there, key)
            here = here.child(0 if "array" in here.types else key) if here else None


def _keys(there: Any, here: Field | None, above: list[str]) -> list[str]:
    """The keys that may follow in a path: those written, and those that the format has."""
    if above == PARTNERS and there is None:
        return [partner.name for partner in Conditions().sharing.partners]
    keys = dict.fromkeys(here.names if here else ())
    if isinstance(there, dict):
        keys |= dict.fromkeys(there)
    elif isinstance(there, list):
        keys |= dict.fromkeys(
            str(item[name]) for item in there if isinstance(item, dict) for name in _NAMED_BY if name in item
        )
    return [key for key in keys if key]


def _below(there: Any, key: str) -> Any:
    if isinstance(there, dict):
        return there.get(key)
    if isinstance(there, list):
        return next(
            (item for item in there if isinstance(item, dict) and key in map(item.get, _NAMED_BY)),
            None,
        )
    return None
