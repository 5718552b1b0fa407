"""The rules for the controller's releases, skips, additions and overrides, with reasons for refusals."""

from pydantic import ValidationError

from tabletop.exercise.act_objections import objections
from tabletop.exercise.acts import Add, Override, Release, Skip
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.state import Phase, State, Status
from tabletop.scenario.checks import reach
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.words import nearest, number, spelled


def check(state: State, act: Release | Skip | Add | Override) -> None:
    """Raise Refused, with the reason, if the controller cannot do this now."""
    match act:
        case Release() | Skip():
            _check_inject(state, act)
        case Add():
            _check_addition(state, act)
        case Override():
            _check_override(state, act)


def check_team(state: State, team: str) -> None:
    """Raise Refused if there is no such team."""
    if team not in state.teams:
        raise Refused(f"{team or 'no name'}: no such team{nearest(team, state.teams)}")


def _check_inject(state: State, act: Release | Skip) -> None:
    names = [one.inject.id for one in state.injects]
    if act.inject not in names:
        raise Refused(f"{act.inject}: no such inject{nearest(act.inject, names)}")
    one = state.injects[names.index(act.inject)]
    standing = state.inject_status[act.inject]
    if standing.status is Status.SKIPPED:
        raise Refused(f"{act.inject} is {standing.status} already (line {standing.line})", Code.DONE)
    if isinstance(act, Skip):
        if standing.day < state.earliest_day:
            raise Refused(
                f"{act.inject}: day {number(standing.day)} is history; only what happens from day "
                f"{number(state.earliest_day)} on can be skipped"
            )
        return
    if one.inject.when is not None:
        when = one.inject.when
        raise Refused(f"{act.inject} happens by itself when {when.measure} reaches {number(when.reaches)}")
    if not one.staging.contingency:
        raise Refused(f"{act.inject} is released by its move ({one.move + 1}), and no contingency")
    if standing.status is Status.RELEASED:
        raise Refused(f"{act.inject} is {standing.status} already (line {standing.line})", Code.DONE)
    _check_not_over(state, act.inject)
    if one.move > max(state.move, 0):
        raise Refused(f"{act.inject} can be released from move {one.move + 1} on", Code.PHASE)


def _check_not_over(state: State, what: str) -> None:
    if state.earliest_day >= state.scenario.horizon_days:
        raise Refused(
            f"{what}: the last move has been revealed; nothing more can happen before EndEx", Code.PHASE
        )


def _check_addition(state: State, act: Add) -> None:
    if act.inject in state.inject_status or act.inject.startswith("override-"):
        raise Refused(f"{act.inject} is the id of another inject; ids are unique")
    _check_not_over(state, act.inject)
    _check_effects(state, act.inject, act.day, act.effects)


def _check_override(state: State, act: Override) -> None:
    if act.team:
        check_team(state, act.team)
    if bool(act.ruling) == bool(act.effects):
        raise Refused("override: write a ruling or effects, one of the two; it never edits a number")
    if act.effects:
        if state.phase is Phase.LOCKED:
            raise Refused(
                "override: decisions are locked; effects can come once the move is revealed", Code.PHASE
            )
        _check_not_over(state, "override")
        if act.day is None:
            raise Refused("override: say from which day its effects act")
        if act.team:
            raise Refused("override: effects act on every team and the baseline; leave the team out")
        _check_effects(state, "override", act.day, act.effects)


def _check_effects(state: State, name: str, day: float | None, effects: tuple[Effect, ...]) -> None:
    """Refuse effects that leave a range together with all others, or act before the present."""
    horizon = state.scenario.horizon_days
    if day is not None and not state.earliest_day <= day < horizon:
        raise Refused(
            f"{name}: day {number(day)} is not in [{number(state.earliest_day)}, {number(horizon)}): "
            "what was revealed stays as it is"
        )
    acts_on = state.earliest_day if day is None else day
    try:
        mine = Inject(id=name, day=acts_on, title=name, effects=effects)
    except ValidationError as error:
        _, wrong = next(objections(error))
        raise Refused(f"{name}: {wrong}") from None
    beside = state.injects_in_force()
    place = len(beside)
    for fault in reach.faults(state.scenario.conditions, [*enumerate(beside), (place, mine)], horizon):
        where = spelled(fault.path[2:]) if fault.path[:2] == ("injects", place) else spelled(fault.path)
        raise Refused(f"{name}: {where}: {fault.message}")
