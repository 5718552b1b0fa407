"""Splices: what is put where in a text, so that a value changes and nothing around it does."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.report.yaml_edit.data import with_value
from tabletop.report.yaml_edit.nodes import Node, content_end, nodes
from tabletop.report.yaml_edit.scalars import Scalar, Value, block_lines, scalar
from tabletop.scenario.yaml_document import Path, read

Item = Value | dict[str, Value]


@dataclass(frozen=True)
class Splice:
    """Characters to be replaced; nothing is, where they begin and end at one place."""

    start: int
    end: int
    text: str
    depth: int = 0
    """At one place, what stands deeper comes first, and a value before all that is inserted behind it."""


_VALUE = 1_000_000


def put(text: str, top: Node, path: Path, value: Value) -> Splice:
    """A value in place of the one at a path, or behind a key of its own."""
    node = top.at(path)
    holder = top.at(path[:-1])
    assert holder is not None, f"{path}: not written"
    if node is None:
        return _add_key(text, holder, str(path[-1]), value)
    if node.kind == "list" or isinstance(value, list):
        return _replace_list(text, node, value)
    assert node.kind == "scalar", f"{path}: no single value"
    return _replace(text, holder, node, value)


def _replace_list(text: str, node: Node, value: Value) -> Splice:
    """A list in brackets in place of a value, or a value in place of a list, behind the key's colon."""
    colon = text.rfind(":", 0, node.start) + 1
    start = node.start if text[colon : node.start].strip() else colon
    gap = "" if start == node.start else " "
    return Splice(start, node.end, gap + _in_flow(value), _VALUE)


def _replace(text: str, holder: Node, node: Node, value: Scalar) -> Splice:
    header, newline, _ = text[node.start : node.end].partition("\n")
    last = content_end(text, node.start, node.end) if node.style in ("|", ">") else node.end
    if newline and node.style in ("|", ">") and isinstance(value, str) and value.strip():
        # the sign stays, with its comment, and the lines keep their indentation
        indent = _indent_of(text[node.start : last])
        if not any(sign in header.partition("#")[0] for sign in "123456789"):
            body = "\n".join([header.rstrip("\r"), *block_lines(value, node.style, indent)])
            if _same(text, node, body, value, last):
                return Splice(node.start, last, body, _VALUE)
    rest = text[last:].partition("\n")[0].strip()
    written = scalar(
        value,
        style=node.style,
        flow=node.flow,
        column=_column(text, node.start),
        indent=holder.column + 2,
        may_fold=not rest,
    )
    if node.start == node.end:  # nothing was written after the key
        written = f" {written}"
    return Splice(node.start, last, written, _VALUE)


def _same(text: str, node: Node, body: str, value: str, last: int) -> bool:
    """Whether a block scalar, put in place of another, comes to the value, and to nothing else."""
    before = nodes(text)
    trial = text[: node.start] + body + text[last:]
    found = read(trial)
    if found.faults or not found.whole:
        return False
    path = _path_of(before, node.start, ())
    return path is not None and found.data == with_value(read(text).data, path, value)


def _path_of(here: Node, start: int, path: Path) -> Path | None:
    if here.kind == "scalar":
        return path if here.start == start else None
    children: list[tuple[str | int, Node]] = [*here.keys.items(), *enumerate(here.items)]
    for key, child in children:
        if child.start <= start <= child.end and (found := _path_of(child, start, (*path, key))) is not None:
            return found
    return None


def _add_key(text: str, holder: Node, key: str, value: Value) -> Splice:
    if holder.flow:
        return _in_brackets(holder, f"{key}: {_in_flow(value)}")
    line = " " * holder.column + f"{key}: "
    written = _written(value, column=len(line), indent=holder.column + 2)
    return _after(text, holder, line + written, holder.column)


def added(text: str, top: Node, path: Path, items: Sequence[Item]) -> Splice:
    """Items at the end of a list, which is added if there is none."""
    node = top.at(path)
    if node is not None and node.kind == "list" and node.flow:
        return _in_brackets(node, ", ".join(_in_flow(item) for item in items))
    if node is not None and node.kind == "list":
        lines = "\n".join(_item(item, node.column) for item in items)
        return _after(text, node, lines, node.column)
    holder = top.at(path[:-1])
    assert node is None, f"{path}: no list"
    assert holder is not None, f"{path}: not written"
    if holder.flow:
        return _in_brackets(holder, f"{path[-1]}: [{', '.join(_in_flow(item) for item in items)}]")
    lines = "\n".join(_item(item, holder.column + 2) for item in items)
    return _after(text, holder, f"{' ' * holder.column}{path[-1]}:\n{lines}", holder.column)


def _item(item: Item, column: int) -> str:
    dash = " " * column + "- "
    if not isinstance(item, dict):
        if isinstance(item, list):
            return dash + _in_flow(item)
        return dash + scalar(item, flow=False, column=column + 2, indent=column + 2, may_fold=False)
    lines: list[str] = []
    for key, value in item.items():
        begins = (" " * (column + 2) if lines else dash) + f"{key}: "
        lines.append(begins + _written(value, column=len(begins), indent=column + 4))
    return "\n".join(lines)


def _written(value: Value, *, column: int, indent: int) -> str:
    """A key's value, which may take several lines."""
    if isinstance(value, list):
        return _in_flow(value)
    return scalar(value, flow=False, column=column, indent=indent, may_fold=True)


def _in_flow(item: Item) -> str:
    if isinstance(item, dict):
        return "{" + ", ".join(f"{key}: {_in_flow(value)}" for key, value in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(_in_flow(one) for one in item) + "]"
    return scalar(item, flow=True, column=0, indent=0, may_fold=False)


def _in_brackets(node: Node, written: str) -> Splice:
    """Before the closing bracket, right behind what is there."""
    if node.children:
        place = node.children[-1].end
        return Splice(place, place, f", {written}", node.column)
    return Splice(node.start + 1, node.start + 1, written, node.column)


def _after(text: str, node: Node, lines: str, column: int) -> Splice:
    """On lines of their own below a block, whose last line may end with a comment."""
    end = text.find("\n", node.end)
    end = len(text) if end < 0 else end
    if end > node.end and text[end - 1] == "\r":
        end -= 1
    return Splice(end, end, f"\n{lines}", column + 1)


def _indent_of(block: str) -> int:
    """The indentation of a block scalar's text."""
    lines = [line for line in block.split("\n")[1:] if line.strip()]
    return min((len(line) - len(line.lstrip(" ")) for line in lines), default=2)


def _column(text: str, place: int) -> int:
    return place - (text.rfind("\n", 0, place) + 1)
