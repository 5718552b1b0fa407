"""Lines of a controller as acts: `add storm "A storm" "It rains." day 130 {on: trust, multiply: 0.9} why`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tabletop.cli.team_names import addressed, completed
from tabletop.errors import TabletopError
from tabletop.scenario.words import clipped
from tabletop.scenario.yaml_document import read

SHAPES = {
    "skip": "skip INJECT REASON",
    "release": "release INJECT [REASON]",
    "respond": "respond INJECT [TEAM:] WHAT PLAYERS DID",
    "note": "note [TEAM:] WHAT YOU SAW",
    "add": 'add ID "TITLE" "MESSAGE" [day N] [{EFFECT}] REASON',
    "rule": 'rule [TEAM:] "RULING" REASON',
    "override": "override day N {EFFECT} REASON",
    "show": "show SCREEN, for the room: status, status names, situation answer, inject ID",
}
"""How each is written."""
EFFECT = "{on: background.community, multiply: 2, for_days: 30}"
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("”", "”"))
"""What stands around a text: word processors put what is usual in their language."""
_QUOTED = re.compile("|".join(f"{first}([^{last}]*){last}" for first, last in _QUOTES))
_TEAM = re.compile(r'([^"“”„«»]*?)\s*:?\s*(?=["“”„«»])')
_DAY = re.compile(r"\bday\s+(\S+)", re.IGNORECASE)
_BRACES = re.compile(r"\{[^{}]*\}")


class NotAnAct(TabletopError):
    """A line cannot be read as what it begins with; the message says how it is written."""


def act_in(  # noqa: PLR0911 - one line for each act
    word: str, rest: str, teams: Sequence[str]
) -> tuple[str, dict[str, object]]:
    """The act that a line means, and its parts as they were typed; raises NotAnAct."""
    name, _, words = rest.partition(" ")
    match word:
        case "skip" | "release":
            return word, {"inject": name, "reason": words.strip()}
        case "respond":
            team, said = addressed(words.strip(), teams)
            return word, {"inject": name, "response": said, "team": team}
        case "note":
            team, said = addressed(rest, teams)
            return word, {"text": said, "team": team}
        case "show":
            return word, {"what": rest}
        case "rule":
            about = _TEAM.match(rest)
            parts = _Parts.of(word, rest[about.end() :] if about else rest, quoted=1)
            team = completed(about[1], teams) if about and about[1] else ""
            return "override", {"ruling": parts.quoted[0], "reason": parts.reason, "team": team}
        case "override":
            parts = _Parts.of(word, rest, quoted=0)
            if not parts.effects:
                raise _wrong(word, f"with an effect, as {EFFECT}")
            return word, {"day": parts.day, "effects": parts.effects, "reason": parts.reason}
        case _:
            parts = _Parts.of(word, words, quoted=2)
            title, message = parts.quoted
            made = {"inject": name, "title": title, "message": message, "reason": parts.reason}
            return "add", {**made, "day": parts.day, "effects": parts.effects}


@dataclass
class _Parts:
    """What a line holds: texts in double quotes, a day, effects in braces; the rest is the reason."""

    quoted: list[str] = field(default_factory=list)
    day: float | None = None
    effects: list[object] = field(default_factory=list)
    reason: str = ""

    @classmethod
    def of(cls, word: str, line: str, *, quoted: int) -> "_Parts":
        found = cls()
        for _ in range(quoted):
            one = _QUOTED.match(line.lstrip())
            if one is None:
                raise _wrong(word, "with every part")
            found.quoted.append(one[one.lastindex or 0])
            line = line.lstrip()[one.end() :]
        head = line.lstrip()
        if (day := _DAY.match(head)) is not None:
            found.day = _number(word, day[1])
            head = head[day.end() :].lstrip()
        while head.startswith("{"):
            braces = _BRACES.match(head)
            if braces is None:
                raise _wrong(word, f"with an effect whole, as {EFFECT}")
            found.effects.append(_effect(word, braces[0]))
            head = head[braces.end() :].lstrip(" ,")
        if "{" in head or "}" in head:
            raise _wrong(word, f"with the effects before the reason, as {EFFECT}")
        found.reason = head.strip()
        return found


def _number(word: str, typed: str) -> float:
    try:
        return float(typed)
    except ValueError:
        raise _wrong(word, f"with a day of the scenario, as day 130, not {clipped(typed)}") from None


def _effect(word: str, text: str) -> object:
    """An effect as it stands in a scenario file."""
    document = read(text)
    if document.faults or not isinstance(document.data, dict):
        told = document.faults[0].message if document.faults else "no mapping"
        raise _wrong(word, f"with an effect as {EFFECT}; {clipped(text)}: {told}")
    return document.data


def _wrong(word: str, how: str) -> NotAnAct:
    return NotAnAct(f"{word}: write it {how}: {SHAPES[word]}")
