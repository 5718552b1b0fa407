"""A YAML document: its plain data, and the line of every key and item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tabletop.safe_text import unsafe
from tabletop.scenario.words import clipped

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file."""

MAX_DEPTH = 40
"""Allowed levels of nesting: far more than a scenario needs, far fewer than recursion can handle."""
MAX_DIGITS = 400
INSTEAD = "write values out, or let a mix inherit with `base`"

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake at a path of a document."""

    path: Path
    message: str
    line: int | None = None
    """The line, if it is not that of the path."""


@dataclass(slots=True)
class YamlDocument:
    """The content of a file as plain data, with the line of each part."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)
    """The paths at which the file's value was refused, so that the data has another one."""
    whole: bool = True
    """False if reading stopped half way, so that the data must not be used."""

    def line_of(self, path: Path) -> int:
        """The line of the key or item at a path, or of the nearest one above it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def in_doubt(self, path: Path) -> bool:
        """Whether a path stands at or under something that was refused."""
        return any(path[: len(place)] == place for place in self.unread)


class _Stop(Exception):
    """Reading cannot continue."""


def read(text: str, *, begin: str = "`tabletop new NAME` writes a scenario to start from") -> YamlDocument:
    """The document that a text holds; `begin` is what is said of an empty one.

    It is built from the parser's events, which never expand an alias and never build an object, so
    that neither a tag nor an alias bomb can do anything. Plain scalars mean what the core schema of
    YAML 1.2 says.
    """
    events = YAML(typ="safe", pure=True).parse(text)
    reader = _Reader(events, begin)
    try:
        reader.document_of_stream()
    except _Stop as stop:
        reader.stopped(str(stop), reader.line)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reader.stopped(_syntax(error, text, line), line)
    except YAMLError as error:
        # the reader, which refuses characters, knows a position but no line
        position = getattr(error, "position", 0)
        character = text[position : position + 1] or "\0"
        reader.stopped(
            f"a character that YAML does not allow, U+{ord(character):04X}; remove it",
            text.count("\n", 0, position) + 1,
        )
    except (ValueError, OverflowError):
        # the scanner turns escapes such as \U into characters without asking whether they exist
        reader.stopped("an escape (as \\U…) that names no character", reader.line)
    return reader.document


def _syntax(error: Any, text: str, line: int) -> str:
    """What is wrong with the YAML, in words."""
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "a tab in the indentation; indent with spaces"
    problem = str(error.problem or "")
    if "stream end" in problem or "end of stream" in problem:
        begun = error.context_mark
        opened = f": what begins in line {begun.line + 1} is not finished" if begun else ""
        return f"not valid YAML: the file ends too early{opened}"
    if "mapping values are not allowed" in problem:
        return (
            "not valid YAML: a ':' where none can be; check the indentation, and put text with ': ' in quotes"
        )
    if "expected <block end>" in problem:
        return "not valid YAML: this line does not fit those above it; check the indentation"
    if "could not find expected ':'" in problem:
        return "not valid YAML: a key without ':'"
    return f"not valid YAML: {clipped(problem)}"


class _Reader:
    """Takes the parser's events in order, and builds the document."""

    def __init__(self, events: Iterator[Any], begin: str) -> None:
        self.document = YamlDocument()
        self.events = events
        self.begin = begin
        self.line = 1

    def stopped(self, message: str, line: int) -> None:
        self.document.faults.append(Fault((), message, line))
        self.document.whole = False

    def next(self) -> tuple[Any, str]:
        """The next event, and its kind, such as Scalar or MappingStart."""
        event = next(self.events)
        self.line = event.start_mark.line + 1
        return event, type(event).__name__.removesuffix("Event")

    def document_of_stream(self) -> None:
        self.next()
        event, kind = self.next()
        if kind == "StreamEnd":
            self.line = 1
            raise _Stop(f"nothing in it; {self.begin}")
        if event.version is not None and tuple(event.version) != (1, 2):
            raise _Stop("a %YAML directive for another version; files here are YAML 1.2: remove it")
        if event.tags:
            raise _Stop("a %TAG directive; tags are not allowed: remove it")
        first, kind = self.next()
        self.document.lines[()] = self.line
        self.document.data = self.value(first, kind, ())
        self.next()
        if self.next()[1] != "StreamEnd":
            raise _Stop("a second YAML document; a file holds one")

    def value(self, event: Any, kind: str, path: Path | None) -> Any:
        """The value that an event begins; without a path it is read, and forgotten."""
        if path is not None:
            self._refuse(event, kind, path)
        match kind:
            case "Alias":
                return None
            case "Scalar":
                return self._scalar(event, path)
            case "SequenceStart":
                return self._list(path)
            case _:
                return self._mapping(path)

    def _say(self, path: Path, message: str) -> None:
        self.document.faults.append(Fault(path, message, self.line))

    def _refuse(self, event: Any, kind: str, path: Path) -> None:
        if kind == "Alias":
            self.document.unread.add(path)
            self._say(path, f"*{clipped(event.anchor)}: aliases are not allowed; {INSTEAD}")
            return
        if event.anchor is not None:
            self._say(path, f"&{clipped(event.anchor)}: anchors are not allowed; {INSTEAD}")
        if event.ctag is not None:
            self.document.unread.add(path)
            self._say(path, f"{clipped(str(event.ctag))}: tags are not allowed; remove it")

    def _list(self, path: Path | None) -> list[Any]:
        self._descend()
        items: list[Any] = []
        event, kind = self.next()
        while kind != "SequenceEnd":
            place = None if path is None else (*path, len(items))
            if place is not None:
                self.document.lines[place] = self.line
            items.append(self.value(event, kind, place))
            event, kind = self.next()
        self.depth -= 1
        return items

    def _mapping(self, path: Path | None) -> dict[str, Any]:
        self._descend()
        mapping: dict[str, Any] = {}
        event, kind = self.next()
        while kind != "MappingEnd":
            if kind != "Scalar":
                raise _Stop("an alias, a list or a mapping as a key; keys are plain names")
            place = None if path is None else self._key(event, path, mapping)
            if place is not None:
                self.document.lines[place] = self.line
            value = self.value(*self.next(), place)
            if place is not None:
                mapping[str(place[-1])] = value
            event, kind = self.next()
        self.depth -= 1
        return mapping

    depth = 0

    def _descend(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Stop(f"nested deeper than {MAX_DEPTH} levels; nothing here needs that")

    def _key(self, event: Any, path: Path, mapping: dict[str, Any]) -> Path | None:
        """The path of a key's value, or None when the key is refused."""
        key = normalize("NFC", event.value)
        place = (*path, key)
        plain = event.style is None and event.implicit[0]
        self._refuse(event, "Scalar", place)
        if plain and key == "<<":
            self.document.unread.add(path)
            self._say(place, f"merge keys are not allowed; {INSTEAD}")
        elif plain and (key in _CONSTANTS or _INT.fullmatch(key) or _FLOAT.fullmatch(key)):
            self._say(place, "not a name; a key is text that begins with a letter")
        elif found := unsafe(key):
            self._say(path, f"a control character in a key, U+{ord(found):04X}; remove it")
        elif key in mapping:
            self._say(place, f"written twice, first in line {self.document.lines[place]}; keep one")
        else:
            return place
        return None

    def _scalar(self, event: Any, path: Path | None) -> Any:
        # however a letter was composed when it was typed, it is the same letter
        text = normalize("NFC", event.value)
        fault = None
        value: Any = text
        if event.style is None and event.implicit[0]:
            if text in _CONSTANTS:
                value = _CONSTANTS[text]
            elif _INT.fullmatch(text):
                if len(text) > MAX_DIGITS:
                    fault = f"a number of {len(text)} digits; write a smaller one"
                else:
                    value = int(text, 0 if text[:2] in ("0o", "0x") else 10)
            elif _FLOAT.fullmatch(text):
                value = float(text)
            elif infinite := _INFINITE.fullmatch(text):
                value = float(f"{infinite[1]}inf")
            elif text in (".nan", ".NaN", ".NAN"):
                fault = f"{text} is not a number; write one"
        if isinstance(value, str) and (found := unsafe(value)):
            fault = f"a control character, U+{ord(found):04X}; remove it"
        if fault is not None and path is not None:
            self.document.unread.add(path)
            self._say(path, fault)
        return value
