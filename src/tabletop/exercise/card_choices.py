"""Choices: each card of the form for one team now, with what it costs and why it cannot be played."""

from dataclasses import dataclass
from enum import Enum, auto

from tabletop.exercise.hand import Hand
from tabletop.exercise.offer import yearly_cost
from tabletop.exercise.state import State
from tabletop.scenario.decision_form import Card, DecisionForm


class Why(Enum):
    """Why a card cannot be added to a draft."""

    LATER = auto()
    """It can be played in a later move; `about` is that move, 1 for the first."""
    EXCLUDED = auto()
    """It excludes a card that is in play or drafted; `about` is that card."""
    FULL = auto()
    """No more cards can be played in this move; `about` is how many can."""


@dataclass(frozen=True)
class Barred:
    """Why a card cannot be added, and what that is about."""

    why: Why
    about: str


@dataclass(frozen=True)
class Choice:
    """A card, as it stands with one team in the present move."""

    card: Card
    cost: float
    """Cost units a year over the baseline; below 0 if it saves."""
    in_play: int
    """How many of it were in play when the move began."""
    drafted: int
    """How many more the draft plays."""
    is_taken_back: bool
    """Whether the draft takes one back."""
    barred: Barred | None
    """Why one more cannot be played; None if it can, or is drafted as often as it may be in play."""
    device: str
    """The device that changed it last in this move; empty if none did."""

    @property
    def left(self) -> int:
        """How many of it the draft may play at most."""
        return max(0, self.card.times - self.in_play)


def choices(state: State, team: str) -> tuple[Choice, ...]:
    """Every card of the decision form, in its order; none where levers are decided."""
    form = state.plan.decision_form
    if form is None:
        return ()
    draft, before = state.draft(team), state.hand(team, state.move - 1).codes
    present = {*before, *draft.plays} - {*draft.takes_back}
    devices: dict[str, str] = {}
    for (of, _), drafted in sorted(state.drafts.items(), key=lambda one: one[1].line):
        if of == team:
            devices |= drafted.devices
    return tuple(
        Choice(
            card=card,
            cost=yearly_cost(state.scenario, card),
            in_play=before.count(card.code),
            drafted=draft.plays.count(card.code),
            is_taken_back=card.code in draft.takes_back,
            barred=_barred(card, form, present, played=len(draft.plays), move=state.move),
            device=devices.get(card.code, ""),
        )
        for card in form.cards
    )


def drafted_hand(state: State, team: str) -> Hand:
    """The hand that a team would have if it submitted its draft; raises Refused if the form forbids it."""
    return state.hand(team, state.move - 1).after(state.draft(team), state.move)


def _barred(card: Card, form: DecisionForm, present: set[str], *, played: int, move: int) -> Barred | None:
    if move + 1 < card.from_move:
        return Barred(Why.LATER, str(card.from_move))
    for other in form.cards:
        excludes = other.code in card.excludes or card.code in other.excludes
        if excludes and other.code in present and card.code not in present:
            return Barred(Why.EXCLUDED, other.code)
    if played >= form.most_a_move:
        return Barred(Why.FULL, str(form.most_a_move))
    return None
