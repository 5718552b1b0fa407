"""The controller's monitor: how each team stands, what is missing, and what comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tabletop.exercise import acts, rules, stricter_rules
from tabletop.exercise.jobs import Worth
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import Phase, State, Status
from tabletop.exercise.values import ranged, titled_entry
from tabletop.measures import MEASURES
from tabletop.serve.views.deciding import Receipt, receipt
from tabletop.serve.views.situation import today


@dataclass(frozen=True)
class SeatRow:
    """A phone of a team."""

    device: str
    is_here: bool
    """Whether one of its pages is open and in reach."""
    has_pen: bool


@dataclass(frozen=True)
class RangeRow:
    """What a team has predicted of a measure."""

    measure: str
    title: str
    entered: str
    """Its title, with the unit in which it is entered."""
    written_by: float
    """By what the ends are multiplied where they are written: a share is written in per cent."""
    said: str
    """The range in words; empty if nothing was said."""
    revision: int
    """How often it was predicted."""


@dataclass(frozen=True)
class TeamRow:
    """How a team stands."""

    team: str
    seats: tuple[SeatRow, ...]
    in_play: tuple[str, ...]
    draft: str
    """As it is typed; empty if nothing is drafted."""
    receipt: Receipt | None
    cost: float
    """Cost units a year of what the team has decided so far."""
    ranges: tuple[RangeRow, ...]
    is_missing: bool
    """Whether something of it is waited for in this phase."""


@dataclass(frozen=True)
class InjectRow:
    """An inject of this move, or one that waits."""

    id: str
    title: str
    status: Status
    day: float
    may_release: bool
    may_skip: bool
    expected_response: str
    is_by_itself: bool
    """Whether it waits for a count, and happens at a table that reaches it."""
    is_to_come: bool
    """Whether it is released for a day of which players do not know yet."""


@dataclass(frozen=True)
class Monitor:
    """What the controller's page shows."""

    title: str
    phase: Phase
    move: int
    """0 for the first; −1 before it."""
    moves: int
    move_name: str
    step: str
    is_last_move: bool
    is_paused: bool
    day: float
    budget: float | None
    teams: tuple[TeamRow, ...]
    missing: tuple[str, ...]
    """The teams of which something is waited for."""
    injects: tuple[InjectRow, ...]
    look_for: str
    progress: tuple[tuple[Worth, int, int], ...]
    failed: str
    door_is_open: bool
    decides: bool
    """Whether there is anything to decide in this exercise."""


def monitor(
    state: State,
    *,
    here: Collection[str],
    progress: Mapping[Worth, tuple[int, int]],
    failed: str,
    door_is_open: bool,
) -> Monitor:
    """What the controller may see: everything but the secret and what nobody can observe."""
    # who plays is written down when the door opens
    teams = () if state.phase is Phase.PLANNED else state.teams
    rows = tuple(_team(state, team, here) for team in teams)
    is_in_move = state.phase in (Phase.OPEN, Phase.LOCKED, Phase.REVEALED)
    return Monitor(
        title=state.plan.title or state.scenario.title,
        phase=state.phase,
        move=state.move,
        moves=len(state.plan.moves),
        move_name=state.present.name if is_in_move else "",
        step=str(state.step),
        is_last_move=state.move + 1 == len(state.plan.moves),
        is_paused=state.is_paused,
        day=state.present.day if state.move >= 0 else 0.0,
        budget=state.budget(),
        teams=rows,
        missing=tuple(row.team for row in rows if row.is_missing),
        injects=_injects(state),
        look_for=state.present.look_for if is_in_move else "",
        progress=tuple((worth, *progress[worth]) for worth in sorted(progress)),
        failed=failed,
        door_is_open=door_is_open,
        decides=state.plan.decision_form is not None,
    )


def _team(state: State, team: str, here: Collection[str]) -> TeamRow:
    hand, found = state.hand(team), receipt(state, team) if state.move >= 0 else None
    ranges = []
    for measure in state.plan.predictions:
        said = state.predictions.get((team, state.move, measure))
        about = MEASURES[measure]
        ranges.append(
            RangeRow(
                measure,
                about.title,
                titled_entry(measure),
                about.written_by,
                "" if said is None else ranged(measure, said.low, said.high),
                0 if said is None else said.revision,
            )
        )
    decides = state.plan.decision_form is not None
    return TeamRow(
        team=team,
        seats=tuple(
            SeatRow(device, device in here, state.seats.pen(team) == device)
            for device in state.seats.of(team)
        ),
        in_play=hand.codes,
        draft=state.draft(team).line if state.draft_line(team) else "",
        receipt=found,
        cost=hand.yearly_cost(),
        ranges=tuple(ranges),
        is_missing=(state.phase is Phase.OPEN and decides and found is None)
        or (state.phase is Phase.LOCKED and any(not one.said for one in ranges))
        or (state.phase is Phase.LOBBY and not state.seats.of(team)),
    )


def _injects(state: State) -> tuple[InjectRow, ...]:
    """The injects of the present move and those that wait, which can be released or left out now."""
    coming = state.move + 1 if state.phase in (Phase.BRIEF, Phase.REVEALED) else state.move
    known, rows = today(state) if state.move >= 0 else 0.0, []
    for one in state.injects:
        standing = state.inject_status[one.inject.id]
        is_planned = standing.status is Status.PLANNED
        if {one.move, standing.move} & {state.move, coming} or (one.waits and is_planned):
            rows.append(
                InjectRow(
                    id=one.inject.id,
                    title=one.inject.title,
                    status=standing.status,
                    day=standing.day,
                    may_release=_may(state, acts.Release(inject=one.inject.id)),
                    may_skip=_may(state, acts.Skip(inject=one.inject.id, reason="any")),
                    expected_response=one.staging.expected_response,
                    is_by_itself=one.inject.when is not None,
                    is_to_come=standing.status is Status.RELEASED and standing.day > known,
                )
            )
    return tuple(rows)


def _may(state: State, act: acts.Act) -> bool:
    """Whether the controller can do this now."""
    try:
        rules.check(state, CONTROLLER, act)
        stricter_rules.check(state, act)
    except Refused:
        return False
    return True
