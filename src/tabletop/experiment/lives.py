"""Two lives of one plot: the same world under a mix and under the baseline, and where they part.

The world and the plot are chosen by a rule that is stated, and never by hand: of the first worlds in
which the leading measure differs, the first plot that ends otherwise and waited long for a
team; if none did, the first that ends otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.experiment.divergence import SETTINGS, journal_of
from tabletop.scenario.scenario import Scenario
from tabletop.story import sentences, subject_name
from tabletop.subjects import Closing, Kind, subject_key
from tabletop.world import Step, movement_code

MOST_WORLDS = 8
"""Worlds whose journals are kept to choose from."""
MOST_EVENTS = 1_000_000
"""Events of a run from which on no journal of it is kept: it would take too long, and too much memory."""
LONG_WAIT = 10.0
"""Days in the queue for a team from which a plot tells of the bottleneck."""
POOL = "teams"
"""What cases of plots wait for."""
RULE = (
    f"Of the first {MOST_WORLDS} worlds in which the leading measure differs: the first plot that ends "
    f"otherwise and waited {LONG_WAIT:g} days at least for a team; else the first that ends otherwise."
)

Row = tuple[float, int, float]
"""Day, step and value."""

_ENDS = {
    Step.INCIDENT: "incident",
    Step.FOILED: "foiled",
    Step.TURNED_BACK: "turned back",
    Step.DISRUPTED: "stopped",
    Step.DISSOLVED: "dissolved",
}
_LOST = frozenset({Step.UNCAPTURED, Step.SCREENED_OUT, Step.LAPSED, Step.LATE})
GOOD_ENDS = frozenset({"foiled", "turned back", "stopped", "dissolved"})
"""The ends in which nothing is carried out."""


@dataclass(frozen=True)
class LifeStage:
    """A stretch of a life, from a day to a day.

    It is 'unnoticed', 'on file', 'handed over' as a case, 'waiting' for a team, or 'at work' with one.
    """

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Life:
    """What one plot met under one mix; days count from its formation."""

    mix: str
    seen: tuple[float, ...]
    unseen: tuple[float, ...]
    """The days of its traces that were assessed, and of those that nobody saw."""
    stages: tuple[LifeStage, ...]
    end: str
    end_day: float
    queue: tuple[tuple[float, int], ...]
    """How many wait for the pool, from each of these days on."""
    queue_with_it: int
    """How many wait when it begins to wait, itself included; 0 if it never waits."""

    @property
    def waited(self) -> float:
        """Days that it waited for a team."""
        return sum(stage.end - stage.start for stage in self.stages if stage.name == "waiting")

    @property
    def found(self) -> float | None:
        """The day on which a case was opened on it; None if none was."""
        known = {"handed over", "waiting", "at work"}
        return next((stage.start for stage in self.stages if stage.name in known), None)


@dataclass(frozen=True)
class Lives:
    """One plot of one replication under a mix and the baseline."""

    replication: int
    plot: str
    mix: Life
    baseline: Life
    parting_day: float
    parting: tuple[str, str]
    """What happens to it when the two part: under the mix, and under the baseline."""


def find_lives(scenario: Scenario, mix: str, baseline: str, worlds: Iterable[int]) -> Lives | None:
    """The two lives that the rule chooses from these worlds, or None if no plot ends otherwise in them."""
    first: Lives | None = None
    for replication in worlds:
        journals = [journal_of(scenario, name, replication) for name in (mix, baseline)]
        for lives in _of_world(replication, (mix, baseline), journals):
            if lives.mix.waited >= LONG_WAIT:
                return lives
            first = first or lives
    return first


def _of_world(replication: int, mixes: tuple[str, str], journals: Sequence[Journal]) -> Iterator[Lives]:
    """The plots of a world that form after StartEx under both mixes and end otherwise, in their order."""
    ours, theirs = (_by_plot(journal) for journal in journals)
    queues = [list(_queue(journal)) for journal in journals]
    for plot in sorted(ours.keys() & theirs.keys()):
        both = (ours[plot], theirs[plot])
        formed, parting, ends = both[0][0][0], _parting(*both), [_end(rows) for rows in both]
        if formed < 0 or parting is None or None in ends or ends[0] == ends[1]:
            continue
        last = max(_end_day(rows) for rows in both) - formed
        mine, other = (
            _life(mix, rows, queue, last) for mix, rows, queue in zip(mixes, both, queues, strict=True)
        )
        day, words = parting
        yield Lives(replication, subject_name(plot), mine, other, day - formed, words)


def _by_plot(journal: Journal) -> dict[int, list[Row]]:
    """The rows about each plot that forms."""
    found: dict[int, list[Row]] = defaultdict(list)
    for day, step, subject, value in zip(
        journal.days, journal.steps, journal.subjects, journal.values, strict=True
    ):
        if subject and step not in SETTINGS and subject_key(subject)[0] is Kind.PLOT:
            found[subject].append((day, step, value))
    return {plot: rows for plot, rows in found.items() if rows[0][1] == Step.FORMED}


def _end(rows: Sequence[Row]) -> str | None:
    """How a plot ends; None if it still prepares at EndEx."""
    return next((_ENDS[Step(step)] for _, step, _ in rows if step in _ENDS), None)


def _parting(ours: Sequence[Row], theirs: Sequence[Row]) -> tuple[float, tuple[str, str]] | None:
    """The first day on which the two histories of a plot differ, and what happens in each."""
    for mine, other in zip_longest(ours, theirs):
        if mine is None or other is None or mine[:2] != other[:2]:
            day = min(row[0] for row in (mine, other) if row is not None)
            return day, (_says(mine), _says(other))
    return None


def _says(row: Row | None) -> str:
    if row is None:
        return "nothing more happens"
    one = Journal()
    one.note(row[0], row[1], 0, row[2])
    (sentence,) = sentences(one)
    return sentence.says


def _queue(journal: Journal) -> Iterator[tuple[float, int]]:
    """How many cases wait for a team, from each day on which that changes."""
    queued = movement_code(POOL, Movement.QUEUED)
    leaves = {movement_code(POOL, m) for m in (Movement.SERVED, Movement.LAPSED, Movement.WITHDRAWN)}
    waiting = 0
    for day, step in zip(journal.days, journal.steps, strict=True):
        if step == queued:
            waiting += 1
        elif step in leaves:
            waiting -= 1
        else:
            continue
        yield day, waiting


def _between(queue: Iterable[tuple[float, int]], formed: float, last: float) -> tuple[tuple[float, int], ...]:
    """The steps of a queue while a plot lives, in days from its formation; of one day, the last."""
    before = 0
    found: dict[float, int] = {}
    for day, waiting in queue:
        if day <= formed:
            before = waiting
        elif day - formed <= last:
            found[day - formed] = waiting
    return ((0.0, before), *found.items())


def _end_day(rows: Sequence[Row]) -> float:
    return next((day for day, step, _ in rows if step in _ENDS), rows[-1][0])


def _life(mix: str, rows: Sequence[Row], queue: Sequence[tuple[float, int]], last: float) -> Life:
    """The life of a plot from the rows about it; the queue is told until `last`."""
    formed, end_day = rows[0][0], _end_day(rows)
    rows = [row for row in rows if row[0] <= end_day]
    queued = movement_code(POOL, Movement.QUEUED)
    began = next((day for day, step, _ in rows if step == queued), None)
    with_it = 0
    if began is not None:
        with_it = max(1, next((n for day, n in reversed(queue) if day <= began), 0))
    return Life(
        mix,
        seen=tuple(day - formed for day, step, _ in rows if step == Step.LOOKED),
        unseen=tuple(day - formed for day, step, _ in rows if step in _LOST),
        stages=tuple(_stages(rows, end_day - formed)),
        end=_end(rows) or "still prepares",
        end_day=end_day - formed,
        queue=_between(queue, formed, last),
        queue_with_it=with_it,
    )


def _stages(rows: Sequence[Row], end: float) -> Iterator[LifeStage]:
    """What is known of a plot and who has it, from its formation to its end."""
    queued, served = (movement_code(POOL, m) for m in (Movement.QUEUED, Movement.SERVED))
    formed = rows[0][0]
    marks: list[tuple[float, str]] = [(0.0, "unnoticed")]
    for day, step, value in rows:
        name = marks[-1][1]
        if step == Step.FILED and name == "unnoticed":
            marks.append((day - formed, "on file"))
        elif step == Step.CASE_OPENED and name in {"unnoticed", "on file"}:
            marks.append((day - formed, "handed over"))
        elif step == queued:
            marks.append((day - formed, "waiting"))
        elif step == served:
            marks.append((day - formed, "at work"))
        elif step == Step.CASE_CLOSED and Closing(int(value)) in {Closing.LOST, Closing.CLEARED}:
            marks.append((day - formed, "on file"))
    marks.append((end, "end"))
    for (start, name), (stop, _) in pairwise(marks):
        if stop > start:
            yield LifeStage(name, start, stop)
