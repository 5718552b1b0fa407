"""Headings: what planners call the columns of a list, and the row in which they stand."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tabletop.report.msel.columns import INJECT_ID, NAMES, ROW_CHECK, SOURCE_ID

DATE = "Date"
"""Of a list alone: the day to which a clock belongs."""
SYNONYMS: Mapping[str, str] = {
    INJECT_ID: "id; event id; msel id; item id; message id; inject code; code; identifier; unique id; uid; "
    "ref; reference; ref no; reference number; kennung; identifiant",
    SOURCE_ID: "external id; original id",
    "Event Number": "inject number; number; no; nr; inject no; inject nr; event no; event nr; msel number; "
    "msel no; msel item; serial; serial number; serial no; ser; item; item number; item no; sequence; "
    "sequence number; seq; inj; inj number; inj no; step; order; lfd nr; laufende nummer; nummer; numero; n; "
    "num",
    "Planned Minute": "t+; t+min; t+ min; t + min; t+ minutes; t plus; minute; minutes; min; mins; offset; "
    "offset min; elapsed; elapsed time; elapsed minutes; elapsed min; exercise minute; relative time; "
    "time since start; time from start; time since startex; time from startex; minutes since startex; "
    "minutes from startex; minutes after startex; minutes from start; startex+; h+; t+ hours; h+ hours; "
    "elapsed hours; d+; minuten; zeit ab start; minuten ab start; relative zeit; temps ecoule",
    "Designated Scenario Time": "scenario time; time; event time; inject time; exercise time; start time; "
    "planned time; scheduled time; schedule time; delivery time; time of delivery; time of inject; "
    "release time; time planned; time scheduled; planned delivery time; planned start; planned; scheduled; "
    "start; clock; clock time; local time; real time; target time; estimated time; proposed time; when; "
    "date time; datetime; date and time; day and time; day time; timestamp; dtg; date time group; "
    "uhrzeit; zeit; zeitpunkt; startzeit; geplante zeit; heure; horaire; hora",
    DATE: "date; day; exercise day; ex day; event date; inject date; planned date; scheduled date; "
    "start date; delivery date; scenario date; weekday; datum; tag; wochentag; jour; dia; fecha",
    "Event Type": "type; inject type; type of event; type of inject; event category; inject category; "
    "category; kind; msel type; entry type; item type; classification; event or inject; art; typ; "
    "ereignistyp; type d evenement",
    "Inject Mode": "mode; delivery; delivery method; delivery mode; method; method of delivery; "
    "mode of delivery; means; means of delivery; medium; media; channel; inject method; injection method; "
    "delivery mechanism; mechanism; inject means; communication method; mode of communication; "
    "communication; communications; comms; format; via; how; kanal; weg; ubermittlung; zustellung; canal; "
    "moyen; vecteur",
    "From": "sender; originator; source; sent by; author; initiator; simulated sender; from sender; "
    "role played; simcell role; caller; source agency; von; absender; de; expediteur; emetteur",
    "To": "recipient; recipients; recipient s; receiver; target; audience; addressee; target audience; "
    "target group; to recipient; intended recipient; intended player; recipient player; player recipient; "
    "target player; player; players; participants; delivered to; agency; receiving agency; recipient agency; "
    "organization; organisation; recipient organization; recipient organisation; impacted agency; team; "
    "teams; an; empfanger; adressat; destinataire; destinataires",
    "Message": "inject text; message text; inject message; full text; message body; email body; body; "
    "script; inject description; description of inject; inject details; inject content; event narrative; "
    "inject narrative; narrative; detailed description; event description; event details; description; "
    "details; detail; text; content; scenario event; scenario; what happens; situation; information; inject; "
    "event; nachricht; meldung; einlage; einspielung; beschreibung; inhalt; ereignis; texte; contenu; "
    "evenement; summary",
    "Title": "event title; inject title; event name; inject name; subject; headline; short description; "
    "short title; brief description; inject summary; event summary; heading; topic; label; caption; betreff; "
    "titel; bezeichnung; kurzbeschreibung; titre; objet; sujet; name",
    "Expected Participant Response": "expected response; expected responses; expected action; "
    "expected actions; expected player action; expected player actions; expected player response; "
    "expected participant action; expected participant actions; expected response or action; "
    "anticipated response; anticipated action; anticipated actions; anticipated player response; "
    "desired response; desired outcome; expected outcome; expected outcomes; expected result; "
    "expected outcome of player action; expected results; "
    "expected reaction; expected activity; expected behaviour; expected behavior; intended outcome; "
    "player action; player actions; response expected; erwartete reaktion; erwartete handlung; "
    "erwartete massnahmen; erwartete antwort; reaction attendue; actions attendues; reponse attendue",
    "Exercise Objective": "objective; objectives; exercise objectives; objective s; related objective; "
    "related objectives; linked objective; supporting objective; corresponding objective; objective number; "
    "objective no; learning objective; training objective; obj; goal; goals; ubungsziel; ziel; ziele; "
    "objectif; objectifs",
    "Responsible Controller": "controller; responsible; responsible person; responsible party; facilitator; "
    "lead controller; inject controller; exercise controller; event controller; inject owner; event owner; "
    "owner; injector; simulator; simcell; sim cell; white cell; control; delivered by; actioned by; "
    "assigned to; poc; lead; verantwortlich; ubungsleitung; leitung; responsable; animateur",
    "Notes": "note; remarks; remark; comments; comment; controller notes; notes comments; comments notes; "
    "additional information; bemerkung; bemerkungen; anmerkung; anmerkungen; remarques; commentaires",
    "Move": "module; phase; round; turn; vignette; stage; session; move number; move no; module number; "
    "exercise phase; phase number; runde; spielzug; tour",
    "Trigger": "condition; trigger event; triggered by; release condition; contingent on; dependency; "
    "if; depends on; predecessor; precondition; prerequisite; cue; ausloser; declencheur",
    "Options": "option; branch; branches; branching; if then; choices; decision options; alternatives; next; "
    "next inject; follow up; follow up inject; follow on; sequel; decision point",
    "Thread": "storyline; story line; story; theme; track; stream; event thread; scenario thread; key event; "
    "major event; main event; parent event; incident; line of operation; handlungsstrang; strang; fil",
    "Attachments": "attachment; artifact; artifacts; artefact; artefacts; file; files; file name; "
    "associated files; supporting document; supporting documents; supporting material; "
    "supporting materials; supporting media; document; documents; materials; link; links; url; image; "
    "images; media file; enclosure; enclosures; handout; handouts; props; annex; anlage; anlagen; anhang; "
    "piece jointe; pieces jointes",
    "Status": "inject status; delivery status; state; stand; statut",
    "Actual Time": "time delivered; delivered at; actual start; actual delivery time; time actual",
    "Actual Response": "actual action; actions taken; player response; observed response; observed actions",
}
"""Columns of the list, and `Date`: what else they are called, in plain letters, the likeliest first."""
LOOKED_THROUGH = 60
"""Rows in which the headings must begin."""
TELLS = ("Message", "Title", "Expected Participant Response")
"""Columns of which a list has one at least, or it tells nobody anything."""
_ID_LIKE = re.compile(r"[A-Za-z]{0,8}[ ._/#-]{0,2}\d{1,6}(?:[ ._/-]?\w{1,4}){0,3}")
_EITHER = ("inject", "event", "item", "ereignis", "evenement", "einlage")
"""Headings over numbers in some lists, over texts in others."""


def plain(heading: str) -> str:
    """A heading in small letters without accents and signs but '+'."""
    text = unicodedata.normalize("NFKD", heading.replace("#", " number ")).casefold()
    letters = "".join(one for one in text if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w+]|_", " ", letters).split())


_KNOWN: dict[str, tuple[str, int]] = {
    **{
        word: (column, place)
        for column, words in SYNONYMS.items()
        for place, word in enumerate(words.split("; "), start=1)
    },
    **{plain(name): (name, 0) for name in NAMES},
}


@dataclass(frozen=True)
class Column:
    """A column of a foreign list."""

    number: int
    """From 1."""
    heading: str
    """As it stands there, on one line."""
    target: str | None
    """Which column of ours it is; None for one whose cells go to Notes, empty for one that is left out."""


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet: the rows in which they stand, and the columns."""

    first: int
    """The place of their row among the rows that were looked through, from 0."""
    height: int
    columns: tuple[Column, ...]

    @property
    def targets(self) -> dict[str, Column]:
        """The columns that are ours, by our names."""
        return {one.target: one for one in self.columns if one.target}

    @property
    def is_own(self) -> bool:
        """Whether it is an export of ours, whose rows say which they were."""
        return ROW_CHECK in self.targets


def headings(rows: Sequence[Sequence[str]], given: Mapping[str, str]) -> Headings | None:
    """The headings among a sheet's rows, `given` being those that the user stated; None if there are none.

    They are the row, or the two rows above one another, in which most headings are known.
    """
    best: tuple[int, Headings] | None = None
    for height in (1, 2):
        for first in range(min(len(rows), LOOKED_THROUGH)):
            texts = _joined(rows[first : first + height])
            if texts is None:
                continue
            below = rows[first + height :]
            found = Headings(first, height, _columns(texts, below, given))
            score = len(found.targets) + sum(_stated(text, given) is not None for text in texts)
            if any(name in found.targets for name in TELLS) and (best is None or score > best[0]):
                best = score, found
    return None if best is None or best[0] < 2 else best[1]


def _joined(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """One row of headings, or two as one: what stands above comes first."""
    if len(rows) == 1:
        return list(rows[0])
    if len(rows) < 2 or not any(rows[1]):
        return None
    width = max(len(row) for row in rows)
    above, below = ([*row, *[""] * (width - len(row))] for row in rows)
    return [
        under if over == under or _KNOWN.get(plain(under)) else f"{over} {under}".strip()
        for over, under in zip(above, below, strict=True)
    ]


def _columns(
    texts: Sequence[str], below: Sequence[Sequence[str]], given: Mapping[str, str]
) -> tuple[Column, ...]:
    wanted: list[tuple[int, int, str]] = []
    stated = {}
    for number, text in enumerate(texts, start=1):
        if (target := _stated(text, given)) is not None:
            stated[number] = target
        elif (known := _known(text, number, below)) is not None:
            wanted.append((known[1], number, known[0]))
    taken = {target: number for number, target in stated.items() if target}
    # of several headings for one column the likeliest has it
    for _, number, target in sorted(wanted):
        if target not in taken:
            taken[target] = number
    _use_spare_text(wanted, taken, below)
    named = {number: target for target, number in taken.items()}
    return tuple(
        Column(number, " ".join(text.split()), stated.get(number, named.get(number)))
        for number, text in enumerate(texts, start=1)
        if text.strip()
    )


def _stated(text: str, given: Mapping[str, str]) -> str | None:
    return next((target for heading, target in given.items() if plain(heading) == plain(text) != ""), None)


def _known(text: str, number: int, below: Sequence[Sequence[str]]) -> tuple[str, int] | None:
    without = re.sub(r"\(.*?\)|\[.*?\]", " ", text)
    found = _KNOWN.get(plain(text)) or _KNOWN.get(plain(without))
    if plain(text) in _EITHER:
        values = [row[number - 1].strip() for row in below if len(row) >= number and row[number - 1].strip()]
        numbers = bool(values) and all(_ID_LIKE.fullmatch(value) for value in values)
        return ("Event Number", 9) if numbers else ("Message", 99)
    return found


def _use_spare_text(
    wanted: list[tuple[int, int, str]], taken: dict[str, int], below: Sequence[Sequence[str]]
) -> None:
    """A second column of texts, if they are short, is that of the titles, where no other is."""
    if "Title" in taken or "Message" not in taken:
        return
    for _, number, target in sorted(wanted):
        if target == "Message" and number != taken["Message"] and number not in taken.values():
            values = [row[number - 1] for row in below if len(row) >= number]
            if all(len(value) <= 120 and "\n" not in value for value in values):
                taken["Title"] = number
                return


def unit(heading: str) -> Callable[[float], float]:
    """Minutes of a number below a heading, which may name hours or days."""
    words = plain(heading).split()
    if any(word in ("h+", "h", "hours", "hour", "hrs", "hr", "stunden", "heures") for word in words):
        return lambda value: 60 * value
    if any(word in ("d+", "days", "tage", "jours") for word in words):
        return lambda value: 1440 * value
    return lambda value: value
