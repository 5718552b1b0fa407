"""Scalars: values as YAML writes them, in the style that was there if the value allows it."""

import re
from collections.abc import Iterator
from textwrap import wrap

from tabletop.scenario.words import number
from tabletop.scenario.yaml_document import read

Scalar = str | float | bool | None
Value = Scalar | list[str]
"""What an edit can write: one value, or a list of texts, which is written in brackets."""
WIDTH = 100
"""Columns after which a text is folded."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")


def scalar(value: Scalar, *, style: str = "", flow: bool, column: int, indent: int, may_fold: bool) -> str:
    """A value in YAML, from `column` on.

    Lines after the first are indented by `indent`. Within brackets (`flow`), and where something
    follows on the line (not `may_fold`), it is one line. It reads back to the value.
    """
    if not isinstance(value, str):
        return _constant(value)
    for candidate in _candidates(value, style, column, indent, one_line=flow or not may_fold):
        if _reads_back(candidate, value, indent, flow=flow):
            return candidate
    return double_quoted(value)


def block_lines(text: str, style: str, indent: int) -> list[str]:
    """The lines of a text below the sign of a block scalar."""
    found: list[str] = []
    for position, part in enumerate(text.rstrip("\n").split("\n")):
        if style == "|":
            found.append(part)
            continue
        if position:
            found.append("")
        if part:
            found += wrap(
                part, max(30, WIDTH - indent), break_long_words=False, break_on_hyphens=False,
                replace_whitespace=False, expand_tabs=False,
            )  # fmt: skip
    return [f"{' ' * indent}{line}" if line else "" for line in found]


def double_quoted(text: str) -> str:
    """A text in double quotes, which can hold every text, on one line."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _candidates(text: str, style: str, column: int, indent: int, *, one_line: bool) -> Iterator[str]:
    is_long = style in ("|", ">") or "\n" in text or column + len(text) > WIDTH + 10
    if text.strip() and is_long and not one_line:
        sign = "|" if style == "|" else ">"
        ends = "" if text.endswith("\n") else "-"
        yield "\n".join([f"{sign}{ends}", *block_lines(text, sign, indent)])
    if "\n" not in text:
        if style == "'":
            yield "'" + text.replace("'", "''") + "'"
        if style != '"':
            yield text


def _reads_back(candidate: str, value: str, indent: int, *, flow: bool) -> bool:
    """Whether it means the value where it is to stand."""
    if flow:
        found = read(f"k: {{k: {candidate}, z: [{candidate}]}}\n")
        return not found.faults and found.data == {"k": {"k": value, "z": [value]}}
    outer = " " * max(0, indent - 2)
    found = read(f"{outer}k: {candidate}\n{outer}z: 1\n")
    return not found.faults and found.whole and found.data == {"k": value, "z": 1}


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _UNPRINTABLE.match(character):
        return f"\\u{ord(character):04X}" if ord(character) > 0xFF else f"\\x{ord(character):02X}"
    return character


def _constant(value: float | bool | None) -> str:  # noqa: FBT001 (a value of the file)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else number(value)
