"""Deciding: the draft that all phones of a team share, with what it costs, and what was submitted."""

from dataclasses import dataclass

from tabletop.exercise.card_choices import Choice, choices, drafted_hand
from tabletop.exercise.refused import Refused
from tabletop.exercise.state import Phase, State
from tabletop.scenario.policy import LEVERS, PILLARS


@dataclass(frozen=True)
class LeverChoice:
    """A lever of the expert form, with its named steps."""

    lever: str
    says: str
    steps: tuple[str, ...]
    drafted: str
    """The step in the draft; empty if it is not in it."""


@dataclass(frozen=True)
class Receipt:
    """What a team has submitted in the present move."""

    entry: str
    revision: int
    by: str
    line: int
    cost: float


@dataclass(frozen=True)
class Deciding:
    """The decision of a team, as one of its phones shows it."""

    pillars: tuple[tuple[str, tuple[Choice, ...]], ...]
    """The cards by pillar, of the pillars that have any."""
    levers: tuple[LeverChoice, ...]
    most_a_move: int
    draft: str
    """As it is typed."""
    seen: int
    """The line that changed the draft last."""
    cost: float | None
    """Cost units a year of the mix with the draft; None if the form forbids the draft."""
    objection: str
    """Why the form forbids it; empty if it does not."""
    budget: float | None
    receipt: Receipt | None
    keeps: tuple[str, ...]
    """What the team keeps if it submits nothing: the cards in play."""
    pen: str | None
    """The device that holds the pen; None where every device decides."""
    has_pen: bool
    is_open: bool
    """Whether decisions can still be changed."""
    is_paused: bool

    @property
    def over(self) -> float:
        """By how much the draft is above the budget; 0 if it is not."""
        if self.cost is None or self.budget is None or self.cost <= self.budget + 1e-9:
            return 0.0
        return self.cost - self.budget

    @property
    def may_submit(self) -> bool:
        """Whether this phone could submit the draft now."""
        return self.is_open and self.has_pen and self.cost is not None and not self.over

    @property
    def is_submitted(self) -> bool:
        """Whether what was submitted is what the draft says."""
        return self.receipt is not None and self.receipt.entry == self.draft

    @property
    def revision(self) -> int:
        """How often the team has submitted in this move."""
        return 0 if self.receipt is None else self.receipt.revision


def deciding(state: State, team: str, device: str) -> Deciding | None:
    """The decision of a team; None where there is nothing to decide, or not in this phase."""
    form = state.plan.decision_form
    if form is None or state.phase not in (Phase.OPEN, Phase.LOCKED):
        return None
    cost, objection = None, ""
    try:
        cost = drafted_hand(state, team).yearly_cost()
    except Refused as refused:
        objection = str(refused)
    offered, draft = choices(state, team), state.draft(team)
    assert state.opened is not None
    pen = state.seats.pen(team) if state.opened.pen else None
    return Deciding(
        pillars=tuple(
            (pillar, found)
            for pillar in PILLARS
            if (found := tuple(one for one in offered if one.card.pillar == pillar))
        ),
        levers=tuple(
            LeverChoice(lever, LEVERS[lever].says, tuple(steps), dict(draft.steps).get(lever, ""))
            for lever, steps in form.levers.items()
        ),
        most_a_move=form.most_a_move,
        draft=draft.line,
        seen=state.draft_line(team),
        cost=cost,
        objection=objection,
        budget=state.budget(),
        receipt=receipt(state, team),
        keeps=state.hand(team, state.move - 1).codes,
        pen=pen,
        has_pen=pen is None or pen == device,
        is_open=state.phase is Phase.OPEN,
        is_paused=state.is_paused,
    )


def receipt(state: State, team: str) -> Receipt | None:
    """What a team has submitted in the present move."""
    found = state.submissions.get((team, state.move))
    if found is None:
        return None
    return Receipt(
        entry=found.decision.line,
        revision=found.revision,
        by=found.device or found.by,
        line=found.line,
        cost=found.hand.yearly_cost(),
    )
