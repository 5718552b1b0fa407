"""Values as planners write them: types of events, empty cells, several names in one, ids."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches

from tabletop.report.msel.foreign.headings import plain
from tabletop.report.msel.foreign.html_text import text_of_html
from tabletop.report.msel.new_rows import TYPES
from tabletop.safe_text import UNSAFE

EVENT_TYPES: Mapping[str, str] = {
    "Inject": "inject; event; key event; message; planned inject; scheduled inject; scheduled; planned; "
    "scenario inject; scenario event; scenario; controller inject; implementer; implementer inject; routine; "
    "information; informational; info; msel inject; enabler; major event; minor event; background; "
    "situation update; update; contextual; contextual inject; contextual event; einlage; einspielung; "
    "injekt; ereignis; hauptereignis; evenement; injection; administrative; admin; administration; "
    "administrative event; administrativ; control event; milestone; startex; endex; logistics; briefing; "
    "brief; break; pause; hot wash; hotwash; marker; housekeeping",
    "Contingency Inject": "contingency; contingency event; contingent; contingency injects; optional; "
    "optional inject; optional event; ad hoc; ad hoc inject; on demand; on call; as needed; if needed; "
    "if required; reserve; backup; back up; floating; floater; conditional; conditional inject; branch; "
    "bedarfseinlage; eventualeinlage; reserveeinlage; conditionnel; optionnel",
    "Expected Action": "expected actions; expected player action; expected participant action; "
    "expected player actions; expected response; expected action event; player action; participant action; "
    "anticipated action; anticipated player action; action; player response; erwartete handlung; "
    "erwartete massnahme; erwartete reaktion; action attendue; reaction attendue",
}
"""Types of events, and what planners call them, in plain letters."""
_TYPES = {
    **{word: kind for kind, words in EVENT_TYPES.items() for word in words.split("; ")},
    **{plain(kind): kind for kind in TYPES},
}
_MODES = re.compile(
    r"e ?mail|mail|phone( call)?|telephone|call|radio|fax|letter|sms|text( message)?|tweet|social media|"
    r"video|news( paper| report)?|tv|verbal|oral|in person|face to face|handout|paper|memo|web( site)?|"
    r"chat|telefon|brief"
)
WAITING = re.compile(
    r"(?:on call|as (?:needed|required)|if (?:needed|required|necessary)|when (?:ready|needed|required)|"
    r"ad hoc|on demand|floating|floater|any ?time|at (?:the )?controller.*|controller.*discretion|"
    r"bei bedarf|au besoin)"
    r"|(?:after|following|upon|once|when|if|nach|falls|wenn|sobald|apres|si)\b.*",
    re.DOTALL,
)
"""Times, in plain letters, of what waits for something."""
UNDECIDED = re.compile(r"tbd|tba|tbc|to be (?:determined|decided|confirmed|announced)|open|offen")
EMPTY = re.compile(
    r"[-\N{EN DASH}\N{EM DASH}_.\s/?]*|n\.?\s?/?\s?a\.?|none|nil|null|keine?r?|aucune?|entfallt|\./\.",
    re.IGNORECASE,
)
GONE = re.compile(
    r"cancell?ed|deleted|withdrawn|removed|rejected|scrapped|do not use|not used|gestrichen|annule"
)
"""States, in plain letters, of rows that planners took out."""
ABOVE = (
    '"',
    "''",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{DITTO MARK}",
    "ditto",
    "same as above",
    "dito",
    "idem",
)
CLOSING = re.compile(
    r"(?:grand |sub ?)?total\b.*|sum(?:me)?\b.{0,20}|gesamt\b.*|"
    r"end of (?:msel|list|document|injects|exercise events).*|"
    r"page \d+( of \d+)?|seite \d+.*|injects? \d+|count\b.{0,20}|anzahl\b.{0,30}|nombre total.*",
    re.DOTALL,
)
"""What stands below a list, in plain letters."""
_UNSAFE = re.compile(f"[{UNSAFE}\\u00ad\\u200b\\ufeff]")
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")
_ADDRESS = re.compile(r"(?:https?|ftp|file)://\S+|\\\\\S+|www\.\S+", re.IGNORECASE)
_FILE = re.compile(r"[^<>|*?\"\n]{1,200}\.[A-Za-z0-9]{2,5}")
_ATTACHED = re.compile(
    r"\b(?:attach(?:ed|ments?)|artifacts?|enclos(?:ed|ures?)|encl|anlagen?|anhang|handouts?|"
    r"pi[eè]ces? jointes?)\s*:\s*([^\n]+)",
    re.IGNORECASE,
)
_OBJECTIVE = "(?:exercise |training )?(?:objectives?|obj|ziele?|objectifs?|o)"
_MOVES = "move|module|phase|round|turn|vignette|stage|session|runde|spielzug|tour"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMAN = {
    name: number
    for number, name in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1
    )
}
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def clean(text: str) -> str:
    """A cell's text without markup, and without signs that no screen should be given."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")
    text = text_of_html(text.replace("\v", "\n").replace("\f", "\n"))
    text = _UNSAFE.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n\n"))
    return re.sub(r"[^\S\n]+\n", "\n", text).strip()


def event_type(text: str) -> str | None:
    """Which of our types planners mean; None if it is not known."""
    return _TYPES.get(plain(text))


def nearly(text: str, names: Iterable[str]) -> str | None:
    """The name of which a text is a slip of the pen; None if it is another word."""
    known = {name.casefold(): name for name in names}
    found = get_close_matches(text.casefold(), known, n=1, cutoff=0.8)
    return known[found[0]] if found else None


def is_mode(text: str) -> bool:
    """Whether a type says how an inject comes."""
    return _MODES.fullmatch(plain(text)) is not None


def parts(text: str) -> list[str]:
    """Several names in one cell, one by one."""
    found = re.split(r"\s*(?:[;\n|•]|,|/|&|\s\+\s|\band\b|\bund\b|\bet\b)\s*", text)
    return [one.strip(" -•*\t") for one in found if one.strip(" -•*\t")]


def objective_number(text: str) -> int | None:
    """The number of an objective, from 1, as in 'Obj 3' or 'Objective #3: luck'; None if there is none."""
    found = re.fullmatch(rf"(?:{_OBJECTIVE} ?)?(?:(?:number|no|nr) )?(\d{{1,2}})\b(?: .*)?", plain(text))
    return None if found is None else int(found[1])


def move_number(text: str) -> int | None:
    """The number of a move, from 1, as in '2', 'Move 2', 'Module II: the storm'; None if there is none."""
    found = re.fullmatch(
        rf"(?:{_MOVES})?(?: (?:number|no|nr))?(?:\b )?"
        rf"(\d{{1,2}}|[ivx]{{1,4}}|{'|'.join(_WORDS)})(?:\b .{{0,80}})?",
        plain(text),
    )
    if found is None:
        return None
    if found[1].isdigit():
        return int(found[1])
    return _WORDS.index(found[1]) + 1 if found[1] in _WORDS else _ROMAN.get(found[1])


def attachments(text: str) -> list[str]:
    """The files and addresses of an attachments cell."""
    found: list[str] = []
    for line in re.split(r"\s*[\n;|]\s*", text):
        pieces = re.split(r"\s*,\s+", line)
        several = len(pieces) > 1 and all(_FILE.fullmatch(one) or _ADDRESS.fullmatch(one) for one in pieces)
        found += [one.strip() for one in (pieces if several else [line]) if one.strip()]
    return list(dict.fromkeys(found))


def attached(text: str) -> list[str]:
    """Files and addresses that a text names as attached to it."""
    named = [one for found in _ATTACHED.finditer(text) for one in re.split(r"\s*[;,]\s*", found[1])]
    tidy = [one.strip().rstrip(".)").strip() for one in named]
    return [one for one in tidy if _ADDRESS.fullmatch(one) or _FILE.fullmatch(one)]


def lawful_id(text: str, taken: Container[str]) -> str:
    """An id that a scenario can have, made of a planner's, and free."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_-]+", "_", folded).strip("_-")
    if not name or not name[0].isalpha():
        name = f"inject_{name}".rstrip("_")
    name = name[:40].rstrip("_-")
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"_{number}"
        free = name[: 40 - len(ending)] + ending
    assert _ID.fullmatch(free)
    return free


def first_words(text: str, most: int = 60) -> str:
    """A headline of a message: its first sentence, or as many of its words as fit."""
    line = " ".join(text.split())
    sentence = re.match(rf".{{3,{most}}}?[.!?](?=\s|$)", line)
    if sentence is not None:
        return sentence[0].rstrip(".")
    if len(line) <= most:
        return line
    return (
        line[: most - 1].rpartition(" ")[0].rstrip(",;:") + "…"
        if " " in line[:most]
        else line[: most - 1] + "…"
    )
