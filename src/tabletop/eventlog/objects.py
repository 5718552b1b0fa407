"""The objects of an event log: what its entries are about, and how these belong together."""

from dataclasses import dataclass, field

from tabletop.engine.staff import Movement
from tabletop.eventlog.entries import EventEntry
from tabletop.pools import POOLS
from tabletop.story import subject_name
from tabletop.subjects import Channel, Kind, subject_key, subject_number
from tabletop.world import Step, movement_code

OBJECT_TYPES: dict[str, dict[str, str]] = {
    "plot": {},
    "attempt": {"ordinal": "integer"},
    "benign matter": {"channel": "string"},
    "case": {"posterior": "float"},
    "proceeding": {},
    "pool": {"people": "float"},
    "world": {},
}
"""Every type of object, with its attributes and their types."""

WORLD = "world"

OF_THE_PLOT = {
    Step.PREVENTED,
    Step.FORMED,
    Step.INCIDENT,
    Step.FOILED,
    Step.TURNED_BACK,
    Step.MISSED,
    Step.DISSOLVED,
    Step.DISRUPTED,
    Step.CONVICTED,
    Step.ACQUITTED,
    Step.RELEASED,
}
"""The steps that make the life of a plot, over all its attempts."""
OF_THE_CASE = {
    Step.MISSED,
    Step.CASE_OPENED,
    Step.CASE_RAISED,
    Step.CASE_CLOSED,
    Step.CARE_TAKEN,
    Step.DISRUPTED,
    Step.CHARGED,
}
OF_THE_PROCEEDING = {
    Step.CHARGED,
    Step.TRIAL_BEGAN,
    Step.CONVICTED,
    Step.ACQUITTED,
    Step.RELEASED,
    Step.SENTENCED,
}


@dataclass(slots=True)
class Object:
    """Something that entries are about."""

    id: str
    type: str
    belongs: tuple[tuple[str, str], ...] = ()
    """The objects that it belongs to, each with how."""
    attributes: list[tuple[str, str, float]] = field(default_factory=list)
    """Name, value, and the day from which it holds."""


class Objects:
    """The objects of a log, collected from its entries."""

    def __init__(self) -> None:
        self.known: dict[str, Object] = {}
        self._subjects: dict[int, tuple[str, str]] = {}
        """By number: a subject, and its plot or nothing."""
        self._cases: dict[int, str] = {}
        """By the subject's number: its last case."""
        self._number_of_cases: dict[int, int] = {}

    def of(self, entry: EventEntry) -> list[tuple[str, str]]:
        """The objects that the next entry is about, each with how; entries come in event order."""
        related: list[tuple[str, str]] = []
        number, step, pool = entry.subject, entry.step, entry.pool
        works_on = None if pool is None else POOLS[pool].works_on
        if number:
            subject, plot = self._subject(entry)
            if plot and (step in OF_THE_PLOT or not subject):
                related.append((plot, "of the plot"))
            if subject:
                related.append((subject, "about"))
            if step == Step.CASE_OPENED:
                self._open_case(entry, subject)
            if (step in OF_THE_CASE or works_on == "case") and number in self._cases:
                related.append((self._cases[number], "in the case"))
            if step in OF_THE_PROCEEDING or works_on == "proceeding":
                related.append((self._proceeding(number, subject), "in the proceeding"))
        if pool:
            related.append((self._pool(pool, entry), "at"))
        elif not number:
            self.known.setdefault(WORLD, Object(WORLD, WORLD))
            related.append((WORLD, "in"))
        return related

    def _subject(self, entry: EventEntry) -> tuple[str, str]:
        """The subject of an entry and its plot; a plot that never formed has no attempt."""
        known = self._subjects.get(entry.subject)
        if known is None:
            known = self._subjects[entry.subject] = self._met(entry)
        return known

    def _met(self, entry: EventEntry) -> tuple[str, str]:
        kind, layer, slab, place, attempt = subject_key(entry.subject)
        if kind is not Kind.PLOT:
            matter = subject_name(entry.subject)
            channel = Channel(kind - Kind.INTELLIGENCE).key
            self.known[matter] = Object(matter, "benign matter", (), [("channel", channel, entry.day)])
            return matter, ""
        plot = subject_name(subject_number(kind, layer, slab, place))
        self.known.setdefault(plot, Object(plot, "plot"))
        if not attempt:
            return "", plot
        name = f"{plot} (attempt {attempt})"
        ordinal = [("ordinal", str(attempt), entry.day)]
        self.known[name] = Object(name, "attempt", ((plot, "attempt of"),), ordinal)
        return name, plot

    def _open_case(self, entry: EventEntry, subject: str) -> None:
        count = self._number_of_cases[entry.subject] = self._number_of_cases.get(entry.subject, 0) + 1
        name = self._cases[entry.subject] = f"case {count} on {subject}"
        posterior = [("posterior", repr(entry.value), entry.day)]
        self.known[name] = Object(name, "case", ((subject, "about"),), posterior)

    def _proceeding(self, number: int, subject: str) -> str:
        """The proceeding against a subject: it has one at most."""
        name = f"proceeding against {subject}"
        if name not in self.known:
            self.known[name] = Object(name, "proceeding", ((self._cases[number], "comes of"),))
        return name

    def _pool(self, pool: str, entry: EventEntry) -> str:
        name = POOLS[pool].title
        known = self.known.setdefault(name, Object(name, "pool"))
        if entry.step == movement_code(pool, Movement.STAFFED):
            known.attributes.append(("people", written(entry.value), entry.day))
        return name


def written(value: float | None) -> str:
    """A float as XML Schema, and OCEL after it, writes one: shortest form, INF where there is no limit."""
    return repr(value).replace("inf", "INF")
