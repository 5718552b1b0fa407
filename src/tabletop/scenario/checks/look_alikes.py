"""Look-alikes: names in a file that people cannot tell apart."""

from collections.abc import Iterable, Iterator
from typing import Any

from tabletop.scenario.names import appearance
from tabletop.scenario.words import shown
from tabletop.scenario.yaml_document import Fault, Path


def faults(named: Iterable[tuple[Path, Any]], noun: str) -> Iterator[Fault]:
    """Names, each with its place, that look like another; both are told, each at its own place."""
    seen: dict[str, tuple[Path, str]] = {}
    for place, name in named:
        if not isinstance(name, str):
            continue
        there, first = seen.setdefault(appearance(name), (place, name))
        if there != place:
            yield Fault(there, _looks_like(first, name, noun))
            yield Fault(place, _looks_like(name, first, noun))


def _looks_like(name: str, other: str, noun: str) -> str:
    like = "" if name == other else f", as {shown(other)}"
    return f"{shown(name)} is another {noun}'s name{like}; names are unique"
