"""The state of an exercise: a pure fold over the lines of its log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from tabletop.exercise import acts
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.drafting import Drafted, after, union
from tabletop.exercise.entry_line import Decision, parse
from tabletop.exercise.hand import Hand
from tabletop.exercise.readers import Step
from tabletop.exercise.screens import step_of
from tabletop.exercise.seats import Seat, Seats
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.inject import Inject
from tabletop.scenario.moves import Move
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.staged import StagedInject, staged
from tabletop.scenario.staging import Staging


class Phase(StrEnum):
    """The phase of an exercise."""

    PLANNED = "before StartEx"
    LOBBY = "in the lobby"
    BRIEF = "in the brief"
    OPEN = "open for decisions"
    LOCKED = "open for predictions"
    REVEALED = "revealed"
    HOT_WASH = "in the hot wash"
    ENDED = "after EndEx"


class Status(StrEnum):
    """The status of an inject."""

    PLANNED = "planned"
    RELEASED = "released"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class InjectStatus:
    """The status of an inject, and the line of the log that gave it."""

    status: Status
    day: float
    """On which it happens, or happened."""
    move: int | None = None
    line: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Submission:
    """What a team decided in a move, at its last revision."""

    decision: Decision
    hand: Hand
    revision: int
    by: str
    device: str
    line: int


@dataclass(frozen=True)
class Prediction:
    """The range in which a team expects a measure to lie, with a probability of 80 %."""

    low: float
    high: float
    line: int
    revision: int = 1
    """1 for the first."""


@dataclass(frozen=True)
class Part:
    """A part of the exercise, as the controller's acts divide it: the brief, deciding, predicting, …."""

    began: float
    """Minutes since StartEx, pauses not counted."""
    line: int
    """Of the log, by which it began."""
    extended: float = 0.0
    """Minutes more than planned."""


@dataclass(frozen=True)
class State:
    """Everything that has happened in an exercise; made by `of`, one line after another by `after`."""

    scenario: Scenario
    phase: Phase = Phase.PLANNED
    move: int = -1
    """The present move, 0 for the first."""
    is_paused: bool = False
    opened: acts.Open | None = None
    """What opened it: the lobby, or StartEx where there was none."""
    had_lobby: bool = False
    start: acts.Start | None = None
    started_at: float = 0.0
    is_reopened: bool = False
    """Whether decisions are open again that were locked before."""
    paused_at: float = 0.0
    paused_seconds: float = 0.0
    parts: tuple[Part, ...] = ()
    """The parts of the exercise so far, the present one last; one that was reopened stands once."""
    showing: str = ""
    """What the controller shows at the projector; empty for what belongs to the present part."""
    step: Step = Step.ALL
    """How far the reveal of the present move has gone."""
    seats: Seats = field(default_factory=Seats)
    drafts: Mapping[tuple[str, str], Drafted] = field(default_factory=dict)
    """In the present move, by team and role."""
    submissions: Mapping[tuple[str, int], Submission] = field(default_factory=dict)
    """By team and move."""
    predictions: Mapping[tuple[str, int, str], Prediction] = field(default_factory=dict)
    """By team, move and measure."""
    injects: tuple[StagedInject, ...] = ()
    """Those planned, in their order, then those added."""
    inject_status: Mapping[str, InjectStatus] = field(default_factory=dict)
    """By inject."""
    overrides: tuple[tuple[int, int, acts.Override], ...] = ()
    """Move, line and act."""
    kept: tuple[LogEntry, ...] = ()
    """Notes, responses, remarks, ratings, observations, improvements and counts: what reports are made of."""
    lines: int = 0

    @classmethod
    def of(cls, scenario: Scenario, entries: Iterable[LogEntry] = ()) -> Self:
        """The state after some lines."""
        planned = staged(scenario)
        statuses = {one.inject.id: InjectStatus(Status.PLANNED, one.inject.day) for one in planned}
        state = cls(scenario, injects=planned, inject_status=statuses)
        for entry in entries:
            state = state.after(entry)
        return state

    @property
    def plan(self) -> ExercisePlan:
        """The exercise plan of the scenario."""
        assert self.scenario.exercise is not None
        return self.scenario.exercise

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that play; those planned, before it is opened."""
        return self.plan.teams if self.opened is None else self.opened.teams

    @property
    def present(self) -> Move:
        """The present move."""
        return self.plan.moves[self.move]

    @property
    def earliest_day(self) -> float:
        """The first day that is still to come: what is released, skipped or added cannot act before it."""
        if self.phase in (Phase.PLANNED, Phase.LOBBY, Phase.BRIEF):
            return 0.0
        return self.ends(self.move) if self.phase is not Phase.OPEN else self.present.day

    @property
    def today(self) -> float:
        """The last day of which everybody may know."""
        if self.phase in (Phase.HOT_WASH, Phase.ENDED):
            return self.scenario.horizon_days
        if self.move < 0:
            return 0.0
        return self.ends(self.move) if self.phase is Phase.REVEALED else self.present.day

    @property
    def _coming(self) -> int:
        """The first move that is not revealed: the present one until its reveal, then the next."""
        return self.move + 1 if self.phase is Phase.REVEALED else max(self.move, 0)

    def since(self, device: str) -> int:
        """The line of the log since which this part has been on, and the device at its table."""
        seat = self.seats.by_device.get(device)
        return max(self.parts[-1].line if self.parts else 0, 0 if seat is None else seat.line)

    def ends(self, move: int) -> float:
        """The day on which a move (0 for the first) ends: the next one's, or EndEx."""
        moves = self.plan.moves
        return moves[move + 1].day if move + 1 < len(moves) else self.scenario.horizon_days

    def minute(self, at: float) -> float:
        """Minutes since StartEx at a moment, pauses not counted."""
        stood = self.paused_seconds + (at - self.paused_at if self.is_paused else 0.0)
        return (at - self.started_at - stood) / 60

    def hand(self, team: str, move: int | None = None) -> Hand:
        """A team's cards once it has decided in a move, by default the present one."""
        last = self.move if move is None else move
        for earlier in range(last, -1, -1):
            if (team, earlier) in self.submissions:
                return self.submissions[team, earlier].hand
        return Hand(self.scenario)

    def revision(self, team: str) -> int:
        """How often a team has submitted in the present move."""
        found = self.submissions.get((team, self.move))
        return found.revision if found else 0

    def draft(self, team: str) -> Decision:
        """What a team is about to decide in the present move: the drafts of its roles together."""
        form = self.plan.decision_form
        own = [drafted for (of, _), drafted in self.drafts.items() if of == team]
        return Decision() if form is None else union(own, form)

    def draft_line(self, team: str) -> int:
        """The line that changed a team's draft last in the present move; 0 if none did."""
        return max((drafted.line for (of, _), drafted in self.drafts.items() if of == team), default=0)

    def budget(self, move: int | None = None) -> float | None:
        """Cost units a year that a mix may cost in a move, by default the present one."""
        last = self.move if move is None else move
        written = self.plan.budget if self.plan.budget is not None else self.scenario.budget
        if written is None:
            return None
        for one in self.injects:
            current = self.inject_status[one.inject.id]
            if current.status is Status.RELEASED and current.move is not None and current.move <= last:
                written += one.staging.budget or 0.0
        return written

    def is_overspent(self, team: str, move: int | None = None) -> bool:
        """Whether a team's mix costs more than the budget, because that was cut."""
        budget = self.budget(move)
        return budget is not None and self.hand(team, move).yearly_cost() > budget + 1e-9

    def inject(self, name: str) -> StagedInject:
        """An inject, planned or added."""
        return next(one for one in self.injects if one.inject.id == name)

    def was_read_out(self, inject: str) -> bool:
        """Whether the players have been told an inject: on its move's day, or when the controller gave it."""
        one = self.inject(inject)
        current = self.inject_status[inject]
        if current.status is not Status.RELEASED or current.move is None:
            return False
        is_planned = any(inject == planned.inject.id for planned in staged(self.scenario))
        return one.waits or not is_planned or current.day <= self.plan.moves[current.move].day

    def injects_in_force(self) -> tuple[Inject, ...]:
        """What acts on every team and on the baseline, in the order in which effects apply.

        The scenario's, then the exercise's, each in file order; then those added, and overrides.
        """
        written = [one.id for one in self.scenario.injects] + [one.id for one in self.plan.injects]
        order = {name: place for place, name in enumerate(dict.fromkeys(written))}
        in_force = []
        for one in sorted(self.injects, key=lambda one: order.get(one.inject.id, len(order))):
            current = self.inject_status[one.inject.id]
            held_back = one.staging.contingency and current.status is not Status.RELEASED
            if current.status is not Status.SKIPPED and not held_back:
                in_force.append(one.inject.model_copy(update={"day": current.day}))
        for _, line, act in self.overrides:
            if act.effects:
                assert act.day is not None
                title = "The controller's override"
                in_force.append(Inject(id=f"override-{line}", day=act.day, title=title, effects=act.effects))
        return tuple(in_force)

    def acts_on(self, act: acts.Act) -> float | None:
        """The day on which what a line says acts; None if it acts on no day of the scenario."""
        match act:
            case acts.Release() | acts.Skip() | acts.Add():
                return self.inject_status[act.inject].day
            case acts.Override():
                return act.day
            case _:
                return None

    def after(self, entry: LogEntry) -> Self:  # noqa: PLR0911, PLR0912 - one case for each act
        """The state after one more line of the log; `rules` decides beforehand whether it is allowed."""
        state = replace(self, lines=entry.number)
        match entry.act:
            case acts.Open() as act:
                return replace(state, opened=act, had_lobby=True, phase=Phase.LOBBY)
            case acts.Start() as act:
                opened = self.opened if act.opening is None else act.opening
                begun = replace(state, opened=opened, start=act, started_at=entry.at)
                return begun._entered(Phase.BRIEF, entry)
            case acts.Join() as act:
                seat = Seat(act.team, act.role, entry.number)
                return replace(state, seats=self.seats.taken(act.device, seat))
            case acts.MoveSeat() as act:
                held = self.seats.by_device.get(act.device)
                seat = Seat(act.team, "" if held is None else held.role, entry.number)
                return replace(state, seats=self.seats.taken(act.device, seat))
            case acts.Leave() | acts.Remove() as act:
                return replace(state, seats=self.seats.left(act.device))
            case acts.TakePen() as act:
                return replace(state, seats=self.seats.with_pen(act.team, act.device))
            case acts.BeginMove() as act:
                return state._begin(act.move - 1, entry)
            case acts.Draft() as act:
                return state._drafted(act, entry.number)
            case acts.Submit() as act:
                return state._submitted(act, entry)
            case acts.Lock():
                return state._entered(Phase.LOCKED, entry)
            case acts.Reopen():
                kept = {key: said for key, said in self.predictions.items() if key[1] != self.move}
                before = self.parts[:-1] or self.parts
                return replace(
                    state, phase=Phase.OPEN, parts=before, showing="", predictions=kept, is_reopened=True
                )
            case acts.Predict() as act:
                key = (act.team, self.move, act.measure)
                revision = self.predictions[key].revision + 1 if key in self.predictions else 1
                said = Prediction(act.low, act.high, entry.number, revision)
                return replace(state, predictions={**self.predictions, key: said})
            case acts.Reveal():
                return replace(state._entered(Phase.REVEALED, entry), step=Step.OWN)
            case acts.Release() as act:
                day = max(self.earliest_day, self.inject_status[act.inject].day)
                return state._with_status(act.inject, Status.RELEASED, day, entry.number, act.reason)
            case acts.Skip() as act:
                day = self.inject_status[act.inject].day
                return state._with_status(act.inject, Status.SKIPPED, day, entry.number, act.reason)
            case acts.Add() as act:
                return state._added(act, entry.number)
            case acts.Override() as act:
                return replace(state, overrides=(*self.overrides, (self.move, entry.number, act)))
            case acts.Pause():
                return replace(state, is_paused=True, paused_at=entry.at)
            case acts.Resume():
                stood = self.paused_seconds + entry.at - self.paused_at
                return replace(state, is_paused=False, paused_seconds=stood)
            case acts.Extend() as act:
                longer = replace(self.parts[-1], extended=self.parts[-1].extended + act.minutes)
                return replace(state, parts=(*self.parts[:-1], longer))
            case acts.Show() as act:
                step = max(self.step, step_of(act.what), key=lambda step: step.place)
                return replace(state, showing=act.what, step=step)
            case acts.HotWash():
                return state._entered(Phase.HOT_WASH, entry)
            case acts.End():
                return state._ended()
            case acts.Note() | acts.Respond() | acts.Remark() | acts.Rate() | acts.Observe() | acts.Improve():
                return replace(state, kept=(*self.kept, entry))
            case acts.Count():
                return replace(state, kept=(*self.kept, entry))

    def _entered(self, phase: Phase, entry: LogEntry) -> Self:
        """The next part of the exercise."""
        return replace(
            self,
            phase=phase,
            parts=(*self.parts, Part(self.minute(entry.at), entry.number)),
            showing="",
            step=Step.ALL,
            is_reopened=False,
        )

    def _drafted(self, act: acts.Draft, line: int) -> Self:
        form = self.plan.decision_form
        assert form is not None
        key = (act.team, act.role)
        drafted = after(self.drafts.get(key, Drafted()), act, line, form)
        return replace(self, drafts={**self.drafts, key: drafted})

    def _begin(self, move: int, entry: LogEntry) -> Self:
        line = entry.number
        state = replace(self, move=move, drafts={})._entered(Phase.OPEN, entry)
        for one in self.injects:
            current = self.inject_status[one.inject.id]
            if one.move == move and not one.waits and current.status is Status.PLANNED:
                state = state._with_status(one.inject.id, Status.RELEASED, current.day, line)
        return state

    def _submitted(self, act: acts.Submit, entry: LogEntry) -> Self:
        form = self.plan.decision_form
        assert form is not None
        decision = parse(act.entry, form)
        hand = self.hand(act.team, self.move - 1).after(decision, self.move)
        submission = Submission(decision, hand, act.replaces + 1, entry.by, act.device, entry.number)
        return replace(
            self,
            submissions={**self.submissions, (act.team, self.move): submission},
            drafts=self.drafts
            if act.device
            else self._entered_for(act.team, Drafted(decision, entry.number)),
        )

    def _entered_for(self, team: str, entered: Drafted) -> Mapping[tuple[str, str], Drafted]:
        """The drafts once a team's paper is entered; what roles draft on their own stays theirs."""
        has_roles = any(of == team and role for of, role in self.drafts)
        return self.drafts if has_roles else {**self.drafts, (team, ""): entered}

    def _with_status(self, inject: str, status: Status, day: float, line: int, reason: str = "") -> Self:
        given = InjectStatus(status, day, self._coming, line, reason)
        return replace(self, inject_status={**self.inject_status, inject: given})

    def _added(self, act: acts.Add, line: int) -> Self:
        day = self.earliest_day if act.day is None else act.day
        inject = Inject(id=act.inject, day=day, title=act.title, message=act.message, effects=act.effects)
        staging = Staging(id=act.inject, notes=act.reason)
        one = StagedInject(inject, staging, of_scenario=False, move=self._coming)
        state = replace(self, injects=(*self.injects, one))
        return state._with_status(act.inject, Status.RELEASED, day, line, act.reason)

    def _ended(self) -> Self:
        statuses = {
            name: replace(one, status=Status.CANCELLED) if one.status is Status.PLANNED else one
            for name, one in self.inject_status.items()
        }
        return replace(self, phase=Phase.ENDED, inject_status=statuses)
