"""Disclosure: the lines of a log that may be shown by now, so that a report in play gives nothing away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tabletop.exercise import acts
from tabletop.exercise.act_rules import RULES, By, Readers
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.readers import EVERYBODY, Reader
from tabletop.exercise.roles import Role
from tabletop.exercise.state import State
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.staged import StagedInject

UNDISCLOSED = "disclosed at EndEx"
"""The mask of the secret before EndEx."""


@dataclass(frozen=True)
class Disclosed:
    """The part of a log that may be shown."""

    state: State
    """After the last line up to which everything has been revealed."""
    entries: tuple[LogEntry, ...]
    """The lines that may be shown, with the secret masked before EndEx."""
    withheld: int
    """The number of lines that are not shown yet."""
    is_final: bool
    """Whether it is after EndEx, so that nothing is withheld."""

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the lines that may be shown."""
        return frozenset(entry.number for entry in self.entries)


def disclosed(scenario: Scenario, entries: Sequence[LogEntry], reader: Reader = EVERYBODY) -> Disclosed:
    """The lines that a reader may be shown: after EndEx all, in the hot wash all but the secret.

    In play, controllers and evaluators see all but the secret at once. The others see the log up to the
    last reveal, or up to the first move before any reveal, and a player in addition what their own team
    has done since. Of the lines that everybody sees those are withheld that are the controllers' and
    evaluators' own, and those about injects and overrides of days that nobody has seen.
    """
    if any(isinstance(entry.act, acts.End) for entry in entries):
        return Disclosed(State.of(scenario, entries), tuple(entries), 0, is_final=True)
    if reader.directs or any(isinstance(entry.act, acts.HotWash) for entry in entries):
        return Disclosed(State.of(scenario, entries), masked(entries), 0, is_final=False)
    reveals = [place for place, entry in enumerate(entries) if isinstance(entry.act, acts.Reveal)]
    begun = (place for place, entry in enumerate(entries) if isinstance(entry.act, acts.BeginMove))
    cut = reveals[-1] + 1 if reveals else next(begun, len(entries))
    state = State.of(scenario, entries[:cut])
    seen_until = state.ends(state.move) if reveals else 0.0
    shown = [
        entry
        for place, entry in enumerate(entries)
        if _is_own(entry, reader) or (place < cut and _may_be_shown(entry, state, seen_until))
    ]
    return Disclosed(state, masked(shown), len(entries) - len(shown), is_final=False)


def receives(one: StagedInject, reader: Reader) -> bool:
    """Whether a message is for a reader: one with recipients is for the teams and roles that it names.

    Controllers and evaluators read every message. A role sits at every table, so that what is for roles
    alone is nobody's to show: the controller hands it over.
    """
    named = one.staging.recipients
    return not named or reader.directs or reader.team in named


def is_addressed(one: StagedInject, team: str, teams: Collection[str]) -> bool:
    """Whether a message is for somebody at a team's table: for all, for the team, or for a role."""
    named = one.staging.recipients
    return not named or team in named or any(name not in teams for name in named)


def _is_own(entry: LogEntry, reader: Reader) -> bool:
    """Whether a line is about what a player's own team has done."""
    is_teams = RULES[type(entry.act)].by is By.TEAM
    return reader.role is Role.PLAYER and is_teams and vars(entry.act)["team"] == reader.team


def _may_be_shown(entry: LogEntry, state: State, seen_until: float) -> bool:
    match RULES[type(entry.act)].read_by:
        case Readers.EVERYBODY:
            return True
        case Readers.WHO_SAW_ITS_DAY:
            day = state.acts_on(entry.act)
            return day is None or day < seen_until
        case Readers.CONTROLLERS:
            return False


def masked(entries: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
    """Lines with the secret masked, as they are shown before EndEx."""
    return tuple(
        entry.model_copy(update={"act": entry.act.model_copy(update={"secret": UNDISCLOSED})})
        if isinstance(entry.act, acts.Open) or (isinstance(entry.act, acts.Start) and entry.act.secret)
        else entry
        for entry in entries
    )
