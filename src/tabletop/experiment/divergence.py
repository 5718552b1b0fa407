"""The divergence of two histories: the first event that differs between two policies under the same luck.

Both histories are the same until StartEx. They diverge at the first event that is in one of them only:
it happens to another subject, on another day, or with another result. Rows that only record a setting
are not compared: staff present, the level that trust tends to, a change of policy. Of rows that record
a setting beside an event, the setting is not compared: the level to which trust moves, the care with
which an investigation begins, the limit on custody. Of turning points no quantity is compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.pools import POOLS
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate
from tabletop.story import TURNING_POINTS, Sentence, sentences, subject_name
from tabletop.world import Step, movement_code

Row = tuple[float, int, int, float]
"""Day, step code, subject, value."""

SETTINGS = frozenset(
    {Step.TRUST_TENDS, Step.POLICY_CHANGED, *(movement_code(pool, Movement.STAFFED) for pool in POOLS)}
)
"""The steps that only record a setting, the staff present among them."""
AMOUNTS = frozenset({Step.TRUST_JUMPED, Step.CARE_TAKEN, Step.CHARGED})
"""The steps whose value is a setting, or a stock that policy moves all the time."""


@dataclass(frozen=True)
class Divergence:
    """Where the histories of two mixes diverge in one replication."""

    mix: str
    baseline: str
    replication: int
    day: float
    """The day of the earlier of the two events."""
    ours: Sentence | None
    """What happens under the mix, on this day or next to the same subject; None: nothing more."""
    theirs: Sentence | None
    """The same under the baseline."""

    def in_words(self) -> str:
        """What happens under each of the two, in words for a report."""
        events = [
            f"under {mix} {sentence_on(sentence, self.day)}"
            for mix, sentence in ((self.mix, self.ours), (self.baseline, self.theirs))
        ]
        return f"day {self.day:.1f}{f', {self.subject}' if self.subject else ''}: {'; '.join(events)}"

    @property
    def subject(self) -> str:
        """The name of the subject that it happens to; empty if it has none."""
        number = next((s.subject for s in (self.ours, self.theirs) if s is not None), 0)
        return subject_name(number) if number else ""


def first_divergence(
    scenario: Scenario,
    mix: str,
    *,
    baseline: str | None = None,
    replication: int = 0,
    seed: int | None = None,
    turning_points: bool = False,
) -> Divergence | None:
    """The first event that differs from the baseline (by default the scenario's), or None.

    With `turning_points` only turning points are compared: formations, ends, cases and verdicts.
    Raises UnknownName for a mix that does not exist.
    """
    reference = scenario.baseline if baseline is None else baseline
    histories = [journal_of(scenario, name, replication, seed) for name in (mix, reference)]
    return divergence_of(
        *histories,
        scenario=scenario,
        mix=mix,
        baseline=reference,
        replication=replication,
        turning_points=turning_points,
    )


def journal_of(scenario: Scenario, mix: str, replication: int, seed: int | None = None) -> Journal:
    """The journal of one replication of a mix."""
    journal = simulate(scenario, mix, replication, seed=seed, journal=True).journal
    assert journal is not None
    return journal


def divergence_of(
    ours: Journal,
    theirs: Journal,
    *,
    scenario: Scenario,
    mix: str,
    baseline: str,
    replication: int,
    turning_points: bool = False,
) -> Divergence | None:
    """The first event that differs between two journals of the same luck, or None."""
    here, there = (list(_events(journal, turning_points=turning_points)) for journal in (ours, theirs))
    pairs = zip_longest(here, there)
    for place, (mine, other) in enumerate(pairs):  # noqa: B007 (the place is wanted after the loop)
        if mine is None or other is None or _fact(mine, turning_points) != _fact(other, turning_points):
            break
    else:
        return None
    leads = other is None or (mine is not None and mine[0] <= other[0])
    lead = mine if leads else other
    assert lead is not None
    answer = _next_of(lead, (there if leads else here)[place:])
    events = [None if row is None else _sentence(row, scenario) for row in (lead, answer)]
    if not leads:
        events.reverse()
    return Divergence(mix, baseline, replication, lead[0], *events)


def _events(journal: Journal, *, turning_points: bool) -> Iterator[Row]:
    """The rows that are compared."""
    for row in zip(journal.days, journal.steps, journal.subjects, journal.values, strict=True):
        step = row[1]
        if step in SETTINGS:
            continue
        if not turning_points or step in TURNING_POINTS:
            yield row


def _fact(row: Row, turning_points: bool) -> Row:  # noqa: FBT001 (called for every row)
    """The part of a row that must be equal in both histories."""
    day, step, subject, value = row
    quoted = step in AMOUNTS or (turning_points and step != Step.CASE_CLOSED)
    return day, step, subject, 0.0 if quoted else value


def _next_of(lead: Row, rows: list[Row]) -> Row | None:
    """The next row about the subject of `lead`; or, if it has none, the next of its kind."""
    if lead[2]:
        return next((row for row in rows if row[2] == lead[2]), None)
    return next((row for row in rows if row[1] == lead[1]), None)


def _sentence(row: Row, scenario: Scenario) -> Sentence:
    one = Journal()
    one.note(*row)
    (sentence,) = sentences(one)
    if sentence.step == Step.INJECTED:
        inject = scenario.injects[int(row[3])]
        return replace(sentence, says=f"inject {inject.id} happens")
    return sentence


def sentence_on(sentence: Sentence | None, day: float) -> str:
    """What happens, with its day if that is later than `day`."""
    if sentence is None:
        return "nothing of the kind happens"
    if sentence.day == day:
        return sentence.says
    when = f"on day {sentence.day:.1f}"
    return f"{sentence.says}, {'a little later' if when == f'on day {day:.1f}' else when}"
