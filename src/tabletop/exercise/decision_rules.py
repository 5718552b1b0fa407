"""The rules for decisions and predictions of teams, with the reason for each refusal."""

from math import isfinite

from tabletop.exercise.acts import CardChange, Draft, LeverChange, Predict, Submit
from tabletop.exercise.drafting import Drafted, after
from tabletop.exercise.entry_line import Decision, parse
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.state import State
from tabletop.exercise.values import ranged
from tabletop.measures import MEASURES
from tabletop.scenario.decision_form import DecisionForm
from tabletop.scenario.words import nearest, number


def check(state: State, act: Draft | Submit | Predict) -> None:
    """Raise Refused, with the reason, if a team cannot do this now."""
    match act:
        case Draft():
            _check_draft(state, act)
        case Submit():
            _check_submission(state, act)
        case Predict():
            _check_prediction(state, act)


def check_role(state: State, role: str) -> None:
    """Raise Refused if there is no such role; none at all will do."""
    roles = [one.name for one in state.plan.roles]
    if role and role not in roles:
        raise Refused(f"{role}: no such role{nearest(role, roles)}")


def _form(state: State) -> DecisionForm:
    form = state.plan.decision_form
    if form is None:
        raise Refused("there is nothing to decide in this exercise; teams only predict")
    return form


def _check_draft(state: State, act: Draft) -> None:
    check_role(state, act.role)
    form = _form(state)
    decision = after(Drafted(), act, 0, form).decision
    match act.change:
        case CardChange(card=code) if form.card(code) is None:
            raise Refused(f"{code}: no such card{nearest(code, [card.code for card in form.cards])}")
        case LeverChange(lever=lever) if lever not in form.levers:
            raise Refused(f"{lever}: not yours to decide{nearest(lever, form.levers)}")
        case LeverChange(lever=lever, step=step) if step and step not in form.levers[lever]:
            raise Refused(f"{lever}={step}: no such step{nearest(step, form.levers[lever])}")
        case CardChange(card=code):
            decision = Decision(plays=(code,))
        case _:
            pass
    held = {pillar for role in state.plan.roles if role.name == act.role for pillar in role.pillars}
    for code in (*decision.plays, *decision.takes_back):
        card = form.card(code)
        assert card is not None
        if act.role and card.pillar not in held:
            raise Refused(f"{code}: a card of {card.pillar}, which {act.role} does not hold")


def _check_submission(state: State, act: Submit) -> None:
    form = _form(state)
    _check_seen(state, act)
    there = state.submissions.get((act.team, state.move))
    revision = there.revision if there else 0
    if act.replaces > revision:
        raise Refused(
            f"revision {act.replaces}: {act.team} has submitted {revision} times in this move", Code.STALE
        )
    if there is not None and act.replaces < revision:
        raise Refused(
            f"{act.team} has decided: {there.decision.line}, revision {revision}, from "
            f"{there.device or there.by} (line {there.line}); it can be replaced by whoever has seen it",
            Code.STALE,
        )
    hand = state.hand(act.team, state.move - 1).after(parse(act.entry, form), state.move)
    budget, cost = state.budget(), hand.yearly_cost()
    if budget is not None and cost > budget + 1e-9:
        raise Refused(
            f"{act.entry.strip()}: the mix would cost {number(round(cost, 6))} cost units a year, "
            f"{number(round(cost - budget, 6))} above the budget of {number(round(budget, 6))}",
            Code.BUDGET,
        )


def _check_seen(state: State, act: Submit) -> None:
    """Refuse a decision on a draft that has been changed since."""
    line = state.draft_line(act.team)
    if act.seen is not None and act.seen != line:
        raise Refused(
            f"the draft of {act.team} has been changed since: {state.draft(act.team).line} (line {line})",
            Code.STALE,
        )


def _check_prediction(state: State, act: Predict) -> None:
    if act.measure not in state.plan.predictions:
        raise Refused(f"{act.measure}: not predicted here{nearest(act.measure, state.plan.predictions)}")
    _check_ends(act.measure, act.low, act.high)
    there = state.predictions.get((act.team, state.move, act.measure))
    revision = there.revision if there else 0
    if act.replaces is not None and act.replaces != revision:
        said = "nothing" if there is None else ranged(act.measure, there.low, there.high)
        raise Refused(
            f"{act.team} has predicted {said} of {act.measure}, revision {revision}; it can be replaced by "
            "whoever has seen it",
            Code.STALE,
        )


def _check_ends(measure: str, low: float, high: float) -> None:
    if not (isfinite(low) and isfinite(high)) or low > high:
        raise Refused(f"{number(low)} to {number(high)}: write the lower end first, as 2 5")
    is_share = MEASURES[measure].is_share
    if low < 0 or (is_share and high > 1):
        limits, here = "0 to 1" if is_share else "0 or more", f"{number(low)} to {number(high)}"
        in_per_cent = f", which is {ranged(measure, low, high)}" if is_share else ""
        raise Refused(f"{measure} is {limits}; here are {here}{in_per_cent}")


def check_whole(measure: str, low: float, high: float) -> None:
    """Raise Refused for a range of a count that is not of whole numbers."""
    asked = MEASURES[measure]
    if asked.unit == "count" and not (low.is_integer() and high.is_integer()):
        raise Refused(f"{asked.title} is a count, of whole numbers; here are {number(low)} to {number(high)}")


def check_range(measure: str, low: float, high: float) -> None:
    """Raise Refused for a range in which a measure cannot lie."""
    _check_ends(measure, low, high)
    check_whole(measure, low, high)
