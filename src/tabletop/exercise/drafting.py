"""Drafts: what a team is about to decide, changed card by card from several devices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tabletop.exercise.acts import CardChange, Draft, LeverChange
from tabletop.exercise.entry_line import Decision, parse
from tabletop.scenario.decision_form import DecisionForm


@dataclass(frozen=True)
class Drafted:
    """A draft as it stands; it binds nobody, and may be over budget."""

    decision: Decision = field(default_factory=Decision)
    line: int = 0
    """Of the log, which changed it last; 0 if none has in this move."""
    devices: Mapping[str, str] = field(default_factory=dict)
    """By card or lever: the device that changed it last."""


def after(drafted: Drafted, act: Draft, line: int, form: DecisionForm) -> Drafted:
    """A draft after one more change, or after it was written anew.

    Cards stand in the order of the form, so that changes of different cards give the same draft in
    whichever order they come; of two changes of one card the later counts.
    """
    device = act.device or ""
    match act.change:
        case None:
            decision = parse(act.entry or "", form)
            named = (*decision.plays, *decision.takes_back, *(lever for lever, _ in decision.steps))
            return Drafted(decision, line, dict.fromkeys(named, device))
        case CardChange() as change:
            decision, part = _with_card(drafted.decision, change, form), change.card
        case LeverChange() as change:
            decision, part = _with_lever(drafted.decision, change, form), change.lever
    return Drafted(decision, line, {**drafted.devices, part: device})


def union(drafts: Iterable[Drafted], form: DecisionForm) -> Decision:
    """What several roles draft together: every card that one of them has, every step."""
    plays: dict[str, int] = {}
    takes_back: set[str] = set()
    steps: dict[str, str] = {}
    for drafted in sorted(drafts, key=lambda one: one.line):
        decision = drafted.decision
        for code in decision.plays:
            plays[code] = max(plays.get(code, 0), decision.plays.count(code))
        takes_back |= {*decision.takes_back}
        steps |= dict(decision.steps)
    return _in_order(plays, takes_back, steps, form)


def _with_card(decision: Decision, change: CardChange, form: DecisionForm) -> Decision:
    plays = {code: decision.plays.count(code) for code in decision.plays if code != change.card}
    takes_back = {*decision.takes_back} - {change.card}
    if change.times and change.back:
        takes_back |= {change.card}
    elif change.times:
        plays[change.card] = change.times
    return _in_order(plays, takes_back, dict(decision.steps), form)


def _with_lever(decision: Decision, change: LeverChange, form: DecisionForm) -> Decision:
    steps = {lever: step for lever, step in decision.steps if lever != change.lever}
    if change.step:
        steps[change.lever] = change.step
    plays = {code: decision.plays.count(code) for code in decision.plays}
    return _in_order(plays, {*decision.takes_back}, steps, form)


def _in_order(
    plays: Mapping[str, int], takes_back: set[str], steps: Mapping[str, str], form: DecisionForm
) -> Decision:
    """A decision whose parts stand in the order of the form."""
    codes = [card.code for card in form.cards]
    return Decision(
        tuple(code for code in codes for _ in range(plays.get(code, 0))),
        tuple(code for code in codes if code in takes_back),
        tuple((lever, steps[lever]) for lever in form.levers if lever in steps),
    )
