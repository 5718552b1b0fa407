"""Subjects, traces and cases: what one pillar hands over to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from tabletop.engine.chance import Cohort, Key, Luck
from tabletop.engine.durations import Duration
from tabletop.engine.evidence import look


class Channel(IntEnum):
    """A way in which traces arrive."""

    INTELLIGENCE = 0
    COMMUNITY = 1
    BORDER = 2
    PARTNER = 3

    @property
    def key(self) -> str:
        """Its name in scenario files and in the keys of chance."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """What a table calls it."""
        return self.key


class Direction(IntEnum):
    """The classes of liaison's work."""

    IN = 0
    OUT = 1

    @property
    def key(self) -> str:
        """Its name in event logs."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """What a table calls it."""
        return f"items {self.key}"


class Ending(IntEnum):
    """How an attempt ends."""

    DISRUPTED = 0
    FOILED = 1
    INCIDENT = 2
    TURNED_BACK = 3


class Stage(IntEnum):
    """The furthest stage that the evidence on an attempt reached before it was carried out or foiled."""

    UNTRACED = 0
    UNCAPTURED = 1  # it left traces, and none of them reached us
    SCREENED_OUT = 2
    LAPSED = 3
    FILED = 4
    HANDOVER = 5
    WAITING = 6
    INVESTIGATED = 7
    LOST = 8

    @property
    def key(self) -> str:
        """Its name in the tally."""
        return f"missed_{self.name.lower()}"


class Closing(IntEnum):
    """How a case ends."""

    WITHDRAWN = 0
    TOO_LATE = 1
    LOST = 2
    CLEARED = 3
    DISRUPTED = 4
    WRONGFUL = 5


@dataclass(slots=True)
class File:
    """The evidence on a subject: the channel of its first trace, and the sum of log-ratios."""

    channel: Channel
    evidence: float


class Kind(IntEnum):
    """The kind of subject that a number stands for; for a benign one, with its trace's channel."""

    PLOT = 1
    INTELLIGENCE = 2
    COMMUNITY = 3
    BORDER = 4
    PARTNER = 5


_ATTEMPTS, _ORDINALS, _SLABS, _LAYERS = 100, 10_000_000, 10_000, 10_000


def subject_number(kind: Kind, layer: int, slab: int, ordinal: int = 0, attempt: int = 0) -> int:
    """A subject's number in the journal: a pure function of its key, so alike under every policy."""
    number = (kind * _LAYERS + layer) * _SLABS + slab + _SLABS // 2
    return (number * _ORDINALS + ordinal) * _ATTEMPTS + attempt


def subject_numbers(kind: Kind, layer: int, slab: int, cohort: Cohort) -> range:
    """The numbers of a cohort of subjects, of a kind, layer and slab."""
    first = subject_number(kind, layer, slab, cohort.first)
    return range(first, first + cohort.size * _ATTEMPTS, _ATTEMPTS)


def subject_key(number: int) -> tuple[Kind, int, int, int, int]:
    """The (kind, layer, slab, ordinal, attempt) of a subject number."""
    rest, attempt = divmod(number, _ATTEMPTS)
    rest, ordinal = divmod(rest, _ORDINALS)
    rest, slab = divmod(rest, _SLABS)
    kind, layer = divmod(rest, _LAYERS)
    return Kind(kind), layer, slab - _SLABS // 2, ordinal, attempt


class Subject:
    """What a trace is about. It has at most one case at a time."""

    __slots__ = ("case", "ended", "file", "genuine", "number", "stage", "transnational")

    def __init__(self, number: int, *, genuine: bool, transnational: bool = False) -> None:
        self.number = number
        self.genuine = genuine
        self.transnational = transnational
        self.stage = Stage.UNTRACED
        """How far the evidence on it has come; where its case is, if there is one."""
        self.ended: Ending | None = None
        self.file: File | None = None
        self.case: Case | None = None

    def reaches(self, stage: Stage) -> None:
        """Record that the evidence on it has reached a stage, unless it has reached a later one."""
        if stage > self.stage:  # noqa: PLR1730 - max() is slow where every trace passes
            self.stage = stage

    def case_luck(self, luck: Luck, decisive: "Trace") -> tuple[Cohort, int]:  # noqa: ARG002 - an attempt's
        """The draws of its next case: a benign subject has but one trace, and they lie beside that."""
        return decisive.cohort, decisive.ordinal


@dataclass(frozen=True, slots=True)
class Plot:
    """An abstract hostile project, over all its attempts."""

    layer: int
    slab: int
    ordinal: int
    luck: Cohort
    """The draws of the candidates of its slab."""
    transnational: bool


class Instigator(Protocol):
    """Whoever makes attempts, and is called when something becomes of one."""

    def carry_out(self, attempt: "Attempt") -> None:
        """It is mature, and nothing holds it back."""

    def turn_back(self, attempt: "Attempt") -> None:
        """Somebody of it is refused at the border."""

    def forget(self, attempt: "Attempt") -> None:
        """It has ended."""

    def regroup(self, attempt: "Attempt") -> None:
        """Its plot goes free."""


class Attempt(Subject):
    """One attempt of a plot: it prepares, and is carried out when mature unless it is disrupted."""

    __slots__ = ("_threat", "cases", "contained", "formed", "matures", "ordinal", "plot")

    def __init__(
        self, plot: Plot, ordinal: int, *, formed: float, matures: float, threat: Instigator
    ) -> None:
        number = subject_number(Kind.PLOT, plot.layer, plot.slab, plot.ordinal, ordinal)
        super().__init__(number, genuine=True, transnational=plot.transnational)
        self._threat = threat
        self.plot = plot
        self.ordinal = ordinal
        """1 for the plot's first formation."""
        self.formed = formed
        self.matures = matures
        """The day of its own maturity; it leaves no traces after it, even if it is contained."""
        self.cases = 0
        """How many cases it has had."""
        self.contained = False
        """Whether it cannot mature while the investigation goes on."""

    @property
    def key(self) -> Key:
        """What its luck is keyed by."""
        return (self.plot.layer, self.plot.slab, self.plot.ordinal, self.ordinal)

    def case_luck(self, luck: Luck, decisive: "Trace") -> tuple[Cohort, int]:  # noqa: ARG002 - a benign's
        """The draws of its next case, keyed by the case's ordinal, whichever trace opened it."""
        self.cases += 1
        return luck.cohort(("case", *self.key, self.cases), 1), 0

    def end(self, ending: Ending) -> None:
        """End the attempt, and notify whatever holds a case on it."""
        self.ended = ending
        self._threat.forget(self)
        case = self.case
        if case is not None:
            self.case = None
            case.subject_ended(case)

    def let_go(self, now: float) -> bool:
        """The investigation that contained it ended without result; if overdue, it matures at once."""
        overdue = self.contained and now >= self.matures
        if overdue:
            self._threat.carry_out(self)
        self.contained = False
        return overdue

    def turn_back(self) -> None:
        """Somebody of it is refused at the border."""
        self._threat.turn_back(self)

    def go_free(self) -> None:
        """Its people are acquitted or released."""
        self._threat.regroup(self)


class Trace:
    """One observation, on one channel, of a subject."""

    __slots__ = ("channel", "cohort", "evidence", "handled", "ordinal", "partner", "subject")

    def __init__(self, subject: Subject, channel: Channel, cohort: Cohort, ordinal: int) -> None:
        self.subject = subject
        self.channel = channel
        self.cohort = cohort
        self.ordinal = ordinal
        self.evidence = 0.0
        """The sum of the log-ratios of its looks so far."""
        self.partner: str | None = None
        """Who passed it on."""
        self.handled = False
        """Whether an item that a partner made of it has been handled."""

    def copy_from(self, partner: str) -> "Trace":
        """The item that a partner makes of it: a trace of its own, with the same luck."""
        copy = Trace(self.subject, self.channel, self.cohort, self.ordinal)
        copy.partner = partner
        return copy

    def uniform(self, purpose: str) -> float:
        """This trace's uniform for a purpose."""
        return self.cohort.uniforms(purpose)[self.ordinal]

    def look(self, d_prime: float, purpose: str) -> None:
        """Look at the trace once: add the log-likelihood ratio of the look to its evidence."""
        noise = self.cohort.normals(purpose)[self.ordinal]
        self.evidence += look(d_prime, noise, genuine=self.subject.genuine)

    def days(self, purpose: str, duration: Duration) -> float:
        """This trace's duration for a purpose."""
        mean = duration.mean
        if mean == 0 or duration.family == "constant":
            return mean
        return mean * self.cohort.units(purpose, duration)[self.ordinal]


@dataclass(frozen=True, slots=True)
class Route:
    """Where the traces of a channel go."""

    receive: Callable[[Trace], None]
    """Where a trace arrives; it may be captured there or not."""
    purpose: str = ""
    """The purpose of the trace's uniform that alone decides this, if one does."""


Routes = Sequence[Route]
"""By channel."""


class Case:
    """An investigation, from the evidence that opened it to its result."""

    __slots__ = ("care", "cohort", "decisive", "joint", "ordinal", "posterior", "subject", "subject_ended")

    def __init__(
        self,
        subject: Subject,
        cohort: Cohort,
        ordinal: int,
        posterior: float,
        decisive: Trace,
        subject_ended: Callable[["Case"], None],
    ) -> None:
        self.subject = subject
        self.cohort = cohort
        self.ordinal = ordinal
        self.posterior = posterior
        """The probability that its subject is a plot; until a team begins, new evidence can raise it."""
        self.decisive = decisive
        """The trace that opened it."""
        self.subject_ended = subject_ended
        """What whoever holds the case does when its subject ends."""
        self.care = 0.0
        """The care taken in its investigation."""
        self.joint = False
        """Whether it was investigated jointly with partners."""

    def uniform(self, purpose: str) -> float:
        """This case's uniform for a purpose."""
        return self.cohort.one_uniform(purpose, self.ordinal)

    def days(self, purpose: str, duration: Duration) -> float:
        """This case's duration for a purpose."""
        return self.cohort.one_days(purpose, self.ordinal, duration)
