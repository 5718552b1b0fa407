"""The fields of the scenario format: the values, unit and meaning of each, read from its schema."""

import re
from dataclasses import dataclass
from typing import Any, Self

from tabletop.scenario.schema import schema
from tabletop.scenario.words import number


@dataclass(frozen=True)
class Limits:
    """The range of a number."""

    low: float | None = None
    high: float | None = None
    above: bool = False
    """Whether `low` itself is outside."""
    below: bool = False
    """Whether `high` itself is outside."""

    def __str__(self) -> str:
        low, high = self.low, self.high
        if low is not None and high is not None:
            return f"in {'(' if self.above else '['}{_end(low)}, {_end(high)}{')' if self.below else ']'}"
        if low is not None:
            return f"above {_end(low)}" if self.above else f"{_end(low)} or more"
        if high is not None:
            return f"below {_end(high)}" if self.below else f"{_end(high)} or less"
        return ""


def _end(value: float) -> str:
    """An end of a range, a very large or small one as 1e9."""
    if value and not 1e-4 <= abs(value) < 1e8 and float(f"{value:e}") == value:
        digits, exponent = f"{value:e}".split("e")
        return f"{float(digits):g}e{int(exponent)}"
    return number(value)


class Field:
    """One field of the format, as the schema describes it."""

    def __init__(self, node: dict[str, Any]) -> None:
        self._node = node
        options = [_resolved(option) for option in _resolved(node).get("anyOf", [node])]
        options = [inner for option in options for inner in map(_resolved, option.get("anyOf", [option]))]
        self.types = {option.get("type") for option in options}
        """JSON's names of what may stand here: number, integer, boolean, string, object, array, null."""
        self._numeric = next((o for o in options if o.get("type") in ("number", "integer")), {})
        self._mapping = next((o for o in options if o.get("type") == "object"), {})
        self._list = next((o for o in options if o.get("type") == "array"), {})
        self._text = next((o for o in options if o.get("type") == "string"), {})

    @classmethod
    def root(cls) -> Self:
        """The scenario file itself."""
        return cls(schema())

    @property
    def says(self) -> str:
        """What it means, in a sentence."""
        return re.sub(r" \[[^\]]*\]$", "", str(self._node.get("description", "")))

    @property
    def unit(self) -> str:
        """The unit of a number, or the kind of another value."""
        return str(self._node.get("unit", ""))

    @property
    def default(self) -> Any:
        """The value if a file does not state one."""
        return self._node.get("default")

    @property
    def source(self) -> str:
        """Where its default comes from."""
        return str(self._node.get("source", ""))

    @property
    def limits(self) -> Limits:
        """The range, where it is a number."""
        node = self._numeric
        above, below = "exclusiveMinimum" in node, "exclusiveMaximum" in node
        low = node["exclusiveMinimum"] if above else node.get("minimum")
        high = node["exclusiveMaximum"] if below else node.get("maximum")
        return Limits(low, high, above, below)

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that are allowed, if not all are."""
        return tuple(self._text.get("enum", ()))

    @property
    def pattern(self) -> str:
        """The pattern that a text must match."""
        return str(self._text.get("pattern", ""))

    @property
    def is_duration(self) -> bool:
        """Whether it is an amount with a distribution."""
        return "number" in self.types and "object" in self.types

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number."""
        return "integer" in self.types and "number" not in self.types

    @property
    def is_group(self) -> bool:
        """Whether it is a mapping of named fields, and nothing else."""
        return bool(self.names) and not self.is_duration

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that it may have, where they are fixed."""
        return tuple(self._mapping.get("properties", ()))

    def child(self, key: str | int) -> "Field | None":
        """The field at a key or position, None if the format has none there."""
        if isinstance(key, int):
            items = self._list.get("items")
            return Field(items) if items else None
        if key in self._mapping.get("properties", {}):
            return Field(self._mapping["properties"][key])
        for pattern, node in self._mapping.get("patternProperties", {}).items():
            if re.search(pattern, key):
                return Field(node)
        others = self._mapping.get("additionalProperties")
        return Field(others) if isinstance(others, dict) else None

    def at(self, path: tuple[str | int, ...]) -> "Field | None":
        """The field at a path below this one."""
        here: Field | None = self
        for key in path:
            here = here.child(key) if here is not None else None
        return here


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    """The definition that a node refers to."""
    reference = node.get("$ref")
    if reference is None:
        return node
    found: dict[str, Any] = schema()["$defs"][reference.rsplit("/", 1)[-1]]
    return found
