"""Unattended play: an exercise from a decisions file, on a logical clock."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tabletop.analysis.words import plural
from tabletop.errors import TabletopError
from tabletop.exercise import rules, stricter_rules
from tabletop.exercise.acts import (
    Act,
    BeginMove,
    End,
    HotWash,
    Lock,
    LogEntry,
    Predict,
    Reveal,
    Start,
    Submit,
)
from tabletop.exercise.decisions_file import Evaluated, Written
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER, Role, role_of
from tabletop.exercise.state import State
from tabletop.experiment.identity import experiment_hash
from tabletop.scenario.names import meant
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

OTHERS = 100
"""Default number of replications beside the one that is played."""
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class ScheduledAct:
    """An act that is still to be done: when, by whom, and where in the file it is."""

    at: float
    """Seconds since StartEx of the logical clock."""
    by: str
    act: Act
    place: Place = ()
    role: Role | None = None
    """By default that of the name."""


def scheduled_acts(scenario: Scenario, written: Written) -> Iterator[ScheduledAct]:
    """All acts that a decisions file describes, from StartEx to EndEx, each at its planned minute."""
    plan, file = scenario.exercise, written.decisions
    assert plan is not None
    secret = file.secret or experiment_hash(scenario)
    others = OTHERS if file.others is None else file.others
    teams = file.teams or plan.teams
    yield ScheduledAct(0.0, CONTROLLER, Start(secret=secret, teams=teams, others=others), ("teams",))
    if len(file.moves) != len(plan.moves):
        raise written.wrong(
            ("moves",), f"{plural(len(file.moves), 'move')}; the scenario has {len(plan.moves)}"
        )
    minute = plan.brief_minutes
    for place, (move, written_move) in enumerate(zip(plan.moves, file.moves, strict=True)):
        here: Place = ("moves", place)
        spent = move.minutes
        decided, locked, ended = _clocks(
            minute, spent.situation + spent.discussion, spent.decision, spent.total
        )
        yield ScheduledAct(minute * 60, CONTROLLER, BeginMove(move=place + 1))
        for nth, act in enumerate(written_move.controller):
            yield ScheduledAct((minute + spent.situation) * 60, CONTROLLER, act, (*here, "controller", nth))
        for name, line in written_move.decisions.items():
            team = meant(name, teams)
            submit = Submit(team=team, entry=line)
            yield ScheduledAct(decided, team, submit, (*here, "decisions", name))
        yield ScheduledAct(locked, CONTROLLER, Lock())
        for name, ranges in written_move.predictions.items():
            team = meant(name, teams)
            for measure, (low, high) in ranges.items():
                predict = Predict(team=team, measure=measure, low=low, high=high)
                yield ScheduledAct(locked, team, predict, (*here, "predictions", name, measure))
        yield ScheduledAct(ended - spent.reveal * 60, CONTROLLER, Reveal())
        for nth, note in enumerate(written_move.evaluators):
            role = _evaluator(note, teams)
            yield ScheduledAct(ended, note.by, note.entry, (*here, "evaluators", nth), role)
        minute += spent.total
    yield ScheduledAct(minute * 60, CONTROLLER, HotWash())
    for nth, remark in enumerate(file.remarks):
        yield ScheduledAct(minute * 60, CONTROLLER, remark, ("remarks", nth))
    minute += plan.hot_wash_minutes
    for nth, note in enumerate(file.evaluators):
        role = _evaluator(note, teams)
        yield ScheduledAct(minute * 60, note.by, note.entry, ("evaluators", nth), role)
    yield ScheduledAct((minute + plan.feedback_minutes) * 60, CONTROLLER, End())


def _evaluator(note: Evaluated, teams: tuple[str, ...]) -> Role | None:
    """The role of whoever wrote a note: an evaluator under any name that is nobody else's."""
    return None if note.by in (CONTROLLER, *teams) else Role.EVALUATOR


def _clocks(minute: float, talk: float, decision: float, total: float) -> tuple[float, float, float]:
    """Seconds at which a move's decisions come, are locked, and it ends."""
    return (minute + talk) * 60, (minute + talk + decision / 2) * 60, (minute + total) * 60


def planned_course(scenario: Scenario, written: Written) -> tuple[list[ScheduledAct], State]:
    """All acts of a file, and the state at their end.

    Raises ScenarioError, with the line, for what is refused.
    """
    state = State.of(scenario)
    course: list[ScheduledAct] = []
    for count, planned in enumerate(scheduled_acts(scenario, written), start=1):
        scheduled = replace(planned, at=max(planned.at, course[-1].at if course else 0.0))
        try:
            rules.check(state, scheduled.by, scheduled.act, scheduled.role)
            stricter_rules.check(state, scheduled.act)
        except Refused as refused:
            raise written.wrong(scheduled.place, str(refused)) from None
        role = role_of(scheduled.by, state.teams) if scheduled.role is None else scheduled.role
        state = state.after(
            LogEntry(number=count, at=scheduled.at, by=scheduled.by, role=role, act=scheduled.act)
        )
        course.append(scheduled)
    return course, state


def perform(
    exercise: Exercise,
    course: Iterable[ScheduledAct],
    report: Callable[[State, ScheduledAct], object] = lambda _state, _scheduled: None,
) -> None:
    """Do the acts of a course that have not been done; `report` is called with each and the state after it.

    Raises TabletopError if the exercise has taken another course.
    """
    done, state = exercise.entries, State.of(exercise.scenario)
    for place, scheduled in enumerate(course):
        if place < len(done):
            entry = done[place]
            if (entry.at, entry.by, entry.act) != (scheduled.at, scheduled.by, scheduled.act):
                raise TabletopError(
                    f"{exercise.folder}: line {entry.number} of its log is another ({entry.act.act}, at "
                    f"{number(entry.at)} s) than these decisions have; name another folder"
                )
        else:
            entry = exercise.do(scheduled.by, scheduled.act, role=scheduled.role, at=scheduled.at)
        state = state.after(entry)
        report(state, scheduled)
    if len(done) > state.lines:
        raise TabletopError(f"{exercise.folder}: it goes on beyond these decisions; name another folder")
