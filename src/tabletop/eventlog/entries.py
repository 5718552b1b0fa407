"""The entries of an event log: the rows of a journal, each with its name and what its value means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.pools import POOLS
from tabletop.subjects import Channel, Closing
from tabletop.world import Step, movement_code, pool_and_movement


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of the value of an entry."""

    name: str
    type: str = "float"
    """As OCEL 2.0 names it: float, integer, boolean, or string where `words` stand for numbers."""
    words: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One thing that happened."""

    day: float
    step: int
    name: str
    subject: int
    """0 where it is about nobody in particular."""
    value: float | None
    """None where the step has no value."""
    meaning: Meaning | None
    label: str
    """The word that the value stands for, if it is a code."""

    @property
    def pool(self) -> str | None:
        """The pool of staff that noted it."""
        of_a_pool = pool_and_movement(self.step)
        return None if of_a_pool is None else of_a_pool[0].name


CHANNEL = Meaning("channel", "string", {channel: channel.key for channel in Channel})
EVIDENCE = Meaning("evidence")
LEVEL = Meaning("level")
SINCE = Meaning("days_since_intervention")
WAIT = Meaning("wait_days")

MEANINGS: dict[int, Meaning] = {
    Step.PREVENTED: Meaning("mark"),
    Step.FORMED: Meaning("attempt", "integer"),
    Step.INCIDENT: Meaning("harm"),
    Step.TRACE_LEFT: CHANNEL,
    Step.UNCAPTURED: CHANNEL,
    Step.SCREENED_OUT: CHANNEL,
    Step.LAPSED: CHANNEL,
    Step.LATE: CHANNEL,
    Step.DUPLICATE: CHANNEL,
    Step.MOOT: CHANNEL,
    Step.FILED: EVIDENCE,
    Step.OPENED: EVIDENCE,
    Step.REPORTED: Meaning("genuine", "boolean"),
    Step.LOOKED: EVIDENCE,
    Step.PASSED_ON: CHANNEL,
    Step.REFUSED: CHANNEL,
    Step.LET_THROUGH: CHANNEL,
    Step.CASE_OPENED: Meaning("posterior"),
    Step.CASE_RAISED: Meaning("posterior"),
    Step.CASE_CLOSED: Meaning("closing", "string", {c: c.name.lower() for c in Closing}),
    Step.CARE_TAKEN: Meaning("care"),
    Step.DISRUPTED: Meaning("days_since_formation"),
    Step.CHARGED: Meaning("custody_limit_days"),
    Step.TRIAL_BEGAN: SINCE,
    Step.CONVICTED: SINCE,
    Step.ACQUITTED: SINCE,
    Step.RELEASED: SINCE,
    Step.SENTENCED: Meaning("days_of_prison"),
    Step.TRUST_JUMPED: LEVEL,
    Step.TRUST_TENDS: LEVEL,
    Step.INJECTED: Meaning("inject", "string"),
}
"""The meaning of the value of each step; a step that is not here has no value."""

_OF_MOVEMENTS = {
    Movement.SERVED: WAIT,
    Movement.LAPSED: WAIT,
    Movement.WITHDRAWN: WAIT,
    Movement.STAFFED: Meaning("people"),
}
_CLASSES = {
    name: Meaning(pool.classes.__name__.lower(), "string", {one: one.key for one in pool.classes})
    for name, pool in POOLS.items()
    if pool.classes is not None
}
"""What the class of an item is, where a pool's are of several."""


def _kinds() -> Iterator[tuple[int, tuple[str, Meaning | None]]]:
    for step in Step:
        if step is not Step.POOL:
            yield step, (step.name.lower().replace("_", " "), MEANINGS.get(step))
    for name, pool in POOLS.items():
        for movement in Movement:
            meaning = _CLASSES.get(name) if movement is Movement.QUEUED else _OF_MOVEMENTS.get(movement)
            yield movement_code(name, movement), (f"{pool.title}: {movement.name.lower()}", meaning)


KINDS: dict[int, tuple[str, Meaning | None]] = dict(_kinds())
"""By step code: the name of every kind of entry, and what its value means."""


def entries(journal: Journal, injects: Sequence[str] = ()) -> Iterator[EventEntry]:
    """Every row of a journal, in event order; `injects` are the ids by which the file calls its injects."""
    for row in zip(journal.days, journal.steps, journal.subjects, journal.values, strict=True):
        day, step, subject, value = row
        name, meaning = KINDS[step]
        label = ""
        if step == Step.INJECTED and injects:
            label = injects[int(value)]
        elif meaning is not None and meaning.words is not None:
            label = meaning.words[int(value)]
        yield EventEntry(day, step, name, subject, None if meaning is None else value, meaning, label)
