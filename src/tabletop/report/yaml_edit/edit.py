"""Edits of a YAML text: a value put at a path, or an item appended to a list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from tabletop.errors import TabletopError
from tabletop.report.yaml_edit.data import at
from tabletop.report.yaml_edit.nodes import nodes
from tabletop.report.yaml_edit.scalars import Value
from tabletop.report.yaml_edit.splices import added, put
from tabletop.scenario.words import spelled
from tabletop.scenario.yaml_document import Path, read


@dataclass(frozen=True)
class Put:
    """A value at a path; its key is added, last in its mapping, if it is not written yet."""

    path: Path
    value: Value


@dataclass(frozen=True)
class Append:
    """An item, a value or a mapping of values, at the end of a list, which is added if there is none."""

    path: Path
    item: Value | dict[str, Value]


Edit = Put | Append


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made; no line changes but those of the values that are put or appended.

    The text must have been read without fault, and the mapping that holds a path's key must be
    written. What comes out is read again, and says what it should. Line ends are those of the text.
    """
    wanted = [_composed(edit) for edit in edits]
    if not wanted:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    top = nodes(text)
    splices = [put(text, top, one.path, one.value) for one in wanted if isinstance(one, Put)]
    lists: dict[Path, list[Append]] = {}
    for one in wanted:
        if isinstance(one, Append):
            lists.setdefault(one.path, []).append(one)
    splices += [added(text, top, path, [a.item for a in appends]) for path, appends in lists.items()]
    # from the end, so that positions stay; at one place the last to be inserted comes to stand first
    order = sorted(enumerate(splices), key=lambda pair: (-pair[1].start, pair[1].depth, -pair[0]))
    new = text
    for _, splice in order:
        new = new[: splice.start] + splice.text.replace("\n", newline) + new[splice.end :]
    if read(new).data != _expected(text, wanted):
        places = ", ".join(spelled(one.path) for one in wanted)
        raise TabletopError(f"cannot be edited without changing something else: {places}; edit it by hand")
    return new


def _composed(edit: Edit) -> Edit:
    """The edit with its letters composed as those of every file are when it is read."""
    if isinstance(edit, Put):
        return replace(edit, value=_nfc(edit.value))
    if isinstance(edit.item, dict):
        return replace(edit, item={key: _nfc(value) for key, value in edit.item.items()})
    return replace(edit, item=_nfc(edit.item))


def _nfc(value: Value) -> Value:
    if isinstance(value, list):
        return [normalize("NFC", one) for one in value]
    return normalize("NFC", value) if isinstance(value, str) else value


def _expected(text: str, edits: Iterable[Edit]) -> Any:
    data = read(text).data
    for edit in edits:
        holder = at(data, edit.path[:-1])
        if isinstance(edit, Put):
            holder[edit.path[-1]] = edit.value
        else:
            # a holder is a mapping, since only a mapping can lack a list
            holder.setdefault(edit.path[-1], []).append(edit.item)
    return data
