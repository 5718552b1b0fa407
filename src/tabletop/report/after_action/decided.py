"""The decisions of each team in a move: its cards in words, their yearly cost, and flags."""

from dataclasses import dataclass
from math import inf

from tabletop.exercise.entry_line import Decision
from tabletop.exercise.hand import Hand
from tabletop.exercise.state import State
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import money
from tabletop.report.document.blocks import Block, Column, Table, say
from tabletop.report.document.statement import Said
from tabletop.scenario.explain import setting
from tabletop.scenario.policy import LEVERS


@dataclass(frozen=True)
class Decided:
    """A team's decision at the end of a move."""

    team: str
    decision: Decision | None
    """None if it submitted nothing, and so kept its mix."""
    hand: Hand
    revision: int
    """How often it submitted; 0 if never."""
    is_overspent: bool
    """Whether its mix costs more than the budget, which was cut."""
    line: int | None

    @classmethod
    def of(cls, state: State, team: str, move: int) -> "Decided":
        """What a team decided in a move (0 for the first)."""
        found = state.submissions.get((team, move))
        return cls(
            team=team,
            decision=None if found is None else found.decision,
            hand=state.hand(team, move),
            revision=0 if found is None else found.revision,
            is_overspent=state.is_overspent(team, move),
            line=None if found is None else found.line,
        )

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags: silence and overspending."""
        silent = ("silent",) if self.decision is None else ()
        return (*silent, "overspent") if self.is_overspent else silent


def decisions(inputs: ReportInput, move: int) -> Block:
    """The table of a move's decisions, teams in their given order."""
    state = inputs.state
    if state.plan.decision_form is None:
        return say("There was nothing to decide: teams predicted.", lines=(inputs.locked(move),))
    budget = state.budget(move)
    rows = []
    for team in state.teams:
        one = Decided.of(state, team, move)
        text = _decision(state, one.decision) if one.decision else "Submitted nothing and kept its mix"
        flags = ", ".join(one.flags).upper() or "–"
        lines = (inputs.locked(move),) if one.line is None else (one.line,)
        rows.append(
            (
                team,
                Said(text, lines),
                _in_play(state, one.hand),
                money(one.hand.yearly_cost()),
                str(one.revision) if one.revision else "–",
                flags,
            )
        )
    columns = (
        Column("Team", 3),
        Column("Decided in this move", 6),
        Column("In play", 3),
        Column("Cost a year", 2, number=True),
        Column("Revision", 2, number=True),
        Column("Flags", 2),
    )
    limit = "no limit" if budget is None else f"{money(budget)} cost units a year"
    return Table(f"What was decided; the budget was {limit}", columns, tuple(rows))


def _decision(state: State, decision: Decision) -> str:
    form = state.plan.decision_form
    assert form is not None
    titles = {card.code: card.title for card in form.cards}
    parts = []
    if decision.plays:
        parts.append("Plays " + ", ".join(f"{code} {titles[code]}" for code in decision.plays))
    if decision.takes_back:
        parts.append("takes back " + ", ".join(f"{code} {titles[code]}" for code in decision.takes_back))
    for lever, step in decision.steps:
        parts.append(f"{LEVERS[lever].says}: {step} ({lever} = {setting(form.levers[lever][step])})")
    text = "; ".join(parts) or "Keeps its mix"
    return text[0].upper() + text[1:]


def _in_play(state: State, hand: Hand) -> str:
    form = state.plan.decision_form
    assert form is not None
    if not form.levers:
        return " ".join(hand.codes) or "the baseline"
    latest = {one.code: one.changes[0][1].set for one in hand.played if one.until == inf}
    return ", ".join(f"{lever} = {setting(value)}" for lever, value in latest.items()) or "the baseline"
