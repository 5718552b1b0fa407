"""The story of one replication: its journal in sentences."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.pools import StaffPool
from tabletop.subjects import Channel, Closing, Kind, subject_key
from tabletop.world import Step, pool_and_movement


@dataclass(frozen=True)
class Sentence:
    """One thing that happened."""

    day: float
    step: int
    subject: int
    """0 where it is about nobody in particular."""
    says: str


def subject_name(number: int) -> str:
    """The name of a subject: its year and its number in it, the same under every policy."""
    kind, layer, slab, ordinal, attempt = subject_key(number)
    place = f"{slab + 1}-{ordinal + 1}" + (f"+{layer}" if layer else "")
    if kind is Kind.PLOT:
        return f"plot {place}" + (f" (attempt {attempt})" if attempt > 1 else "")
    return f"{Channel(kind - 2).key} matter {place}"


def sentences(journal: Journal) -> Iterator[Sentence]:
    """Every row of a journal in words, in event order."""
    for row in zip(journal.days, journal.steps, journal.subjects, journal.values, strict=True):
        day, step, subject, value = row
        at = pool_and_movement(step)
        says = _SAYS[Step(step)](value) if at is None else _movement(*at, value)
        yield Sentence(day, step, subject, says)


TURNING_POINTS = frozenset(
    {
        Step.PREVENTED,
        Step.FORMED,
        Step.INCIDENT,
        Step.FOILED,
        Step.TURNED_BACK,
        Step.MISSED,
        Step.DISSOLVED,
        Step.CASE_OPENED,
        Step.CASE_CLOSED,
        Step.CHARGED,
        Step.CONVICTED,
        Step.ACQUITTED,
        Step.RELEASED,
        Step.POLICY_CHANGED,
        Step.INJECTED,
    }
)
"""The steps that the short form of a story keeps."""


def _movement(pool: StaffPool, movement: Movement, value: float) -> str:
    people = pool.title
    match movement:
        case Movement.QUEUED:
            return f"comes to the {people}"
        case Movement.SERVED:
            return f"is taken up by the {people}" + (f" after {value:.1f} days in the queue" if value else "")
        case Movement.LAPSED:
            return f"lapses after {value:.1f} days in the queue for the {people}"
        case Movement.WITHDRAWN:
            return f"is withdrawn after {value:.1f} days in the queue for the {people}"
        case Movement.FINISHED:
            return f"leaves the {people}"
        case Movement.STAFFED:
            return f"present from now on at the {people}: {value:g}"


def _channel(value: float) -> str:
    return Channel(int(value)).key


_CLOSINGS = {
    Closing.WITHDRAWN: "the case is withdrawn: what it was about has happened",
    Closing.TOO_LATE: "the team finishes its investigation, too late",
    Closing.LOST: "the team loses sight of it",
    Closing.CLEARED: "the team clears the innocent",
    Closing.DISRUPTED: "the case ends in an intervention against the plot",
    Closing.WRONGFUL: "the case ends in a wrongful intervention against somebody innocent",
}

_SAYS: dict[Step, Callable[[float], str]] = {
    Step.PREVENTED: lambda _: "would have formed, and is prevented",
    Step.FORMED: lambda v: "forms" if v == 1 else f"forms again, attempt {v:.0f}",
    Step.INCIDENT: lambda v: f"is carried out: an incident of harm {v:.2f}",
    Step.FOILED: lambda _: "is foiled by protective security",
    Step.MISSED: lambda _: "was known but missed: there was a case on it",
    Step.DISSOLVED: lambda _: "dissolves",
    Step.TURNED_BACK: lambda _: "is turned back at the border",
    Step.TRACE_LEFT: lambda v: f"leaves a trace ({_channel(v)})",
    Step.UNCAPTURED: lambda v: f"the {_channel(v)} trace is not captured",
    Step.SCREENED_OUT: lambda v: f"the {_channel(v)} trace is screened out",
    Step.LAPSED: lambda v: f"the {_channel(v)} trace lapses, never looked at",
    Step.LATE: lambda v: f"the {_channel(v)} trace arrives too late",
    Step.DUPLICATE: lambda v: f"the {_channel(v)} trace adds nothing: another partner's copy came first",
    Step.MOOT: lambda v: f"the {_channel(v)} trace is assessed when it no longer matters",
    Step.FILED: lambda v: f"the trace is filed (evidence {v:+.2f})",
    Step.OPENED: lambda v: f"the trace is decisive (evidence {v:+.2f})",
    Step.REPORTED: lambda _: "is reported to the tip line",
    Step.LOOKED: lambda v: f"is looked at (evidence so far {v:+.2f})",
    Step.IN_TIME: lambda _: "a partner's item arrives in time",
    Step.PASSED_ON: lambda v: f"the {_channel(v)} trace is passed on to the analysts",
    Step.REFUSED: lambda _: "is refused at the border",
    Step.LET_THROUGH: lambda _: "waits too long at the border, and passes without inspection",
    Step.CASE_OPENED: lambda v: f"a case is opened (posterior {v:.2f})",
    Step.CASE_CLOSED: lambda v: _CLOSINGS[Closing(int(v))],
    Step.CASE_RAISED: lambda v: f"the case moves up the queue for the teams (posterior {v:.2f})",
    Step.CARE_TAKEN: lambda v: f"an investigation begins, with care {v:.2f}",
    Step.DISRUPTED: lambda v: f"is disrupted, {v:.0f} days after it formed",
    Step.CHARGED: lambda v: f"custody begins (limit {v:.0f} days)" if v < float("inf") else "custody begins",
    Step.TRIAL_BEGAN: lambda v: f"the trial begins after {v:.0f} days",
    Step.CONVICTED: lambda v: f"is convicted after {v:.0f} days",
    Step.ACQUITTED: lambda v: f"is acquitted after {v:.0f} days",
    Step.RELEASED: lambda v: f"is released after {v:.0f} days: the limit on custody has passed",
    Step.SENTENCED: lambda v: f"is sentenced to {v:.0f} days of prison, being innocent",
    Step.TRUST_JUMPED: lambda v: f"trust moves to {v:.3f}",
    Step.TRUST_TENDS: lambda v: f"trust tends to {v:.3f}",
    Step.WINDOW: lambda _: "the counting begins anew",
    Step.POLICY_CHANGED: lambda _: "the policy's settings change",
    Step.INJECTED: lambda v: f"inject {v:.0f}",
}
