"""Nodes: where in a YAML text each value stands, from its first character to its last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ruamel.yaml import YAML

from tabletop.scenario.yaml_document import Path

Kind = Literal["scalar", "list", "mapping"]
_BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)*\Z")


@dataclass
class Node:
    """A value; `start` and `end` are positions in the text, without blank lines and comments after it."""

    kind: Kind
    start: int
    end: int
    column: int
    """Of a block mapping where its keys begin, of a block list where its dashes do; from 0."""
    flow: bool
    """Whether it stands within brackets or braces, or is one."""
    style: str = ""
    """Of a scalar: empty for plain, else one of ' " | >."""
    keys: dict[str, "Node"] = field(default_factory=dict)
    items: list["Node"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        """What it holds, in the order of the text."""
        return [*self.keys.values(), *self.items]

    def at(self, path: Path) -> "Node | None":
        """The node at a path below this one, None if nothing is written there."""
        here: Node | None = self
        for key in path:
            if here is None:
                return None
            if isinstance(key, int):
                here = here.items[key] if key < len(here.items) else None
            else:
                here = here.keys.get(key)
        return here


def nodes(text: str) -> Node:
    """The top node of a text that `tabletop.scenario.yaml_document` has read without fault."""
    events = YAML(typ="safe", pure=True).parse(text)
    for event in events:
        if type(event).__name__ == "DocumentStartEvent":
            break
    return _node(text, events, next(events), flow=False)


def content_end(text: str, start: int, end: int) -> int:
    """Where a block scalar's last line ends: the blank lines after it left out."""
    blank = _BLANK_LINES.search(text, start, end)
    return end if blank is None else blank.start()


def _node(text: str, events: Iterator[Any], event: Any, *, flow: bool) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    column = event.start_mark.column
    match type(event).__name__:
        case "ScalarEvent":
            style = event.style or ""
            if style in ("|", ">"):
                keeps = "+" in text[start:end].partition("\n")[0].partition("#")[0]
                end = len(text[:end].removesuffix("\n")) if keeps else content_end(text, start, end)
            return Node("scalar", start, end, column, flow, style)
        case "SequenceStartEvent":
            node = Node("list", start, end, column, flow or bool(event.flow_style))
            while type(event := next(events)).__name__ != "SequenceEndEvent":
                node.items.append(_node(text, events, event, flow=node.flow))
        case _:
            node = Node("mapping", start, end, column, flow or bool(event.flow_style))
            while type(event := next(events)).__name__ != "MappingEndEvent":
                value = _node(text, events, next(events), flow=node.flow)
                if value.start == value.end:
                    # to the parser an empty value stands before the next token, wherever that is
                    value.start = value.end = text.index(":", event.end_mark.index) + 1
                node.keys[event.value] = value
    # to the parser a block ends where the next token begins: after comments that are not its own
    node.end = (
        event.end_mark.index if node.flow else max([node.start, *(child.end for child in node.children)])
    )
    return node
