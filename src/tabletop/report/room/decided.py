"""What the tables decided in a move: their cards by pillar, and what their mix costs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import ClassVar, Literal

from tabletop.exercise.hand import Played
from tabletop.exercise.state import State
from tabletop.plots.lettering import width
from tabletop.plots.style import PIXELS_PER_POINT
from tabletop.report.room.columns import columns
from tabletop.report.room.fitting import heading
from tabletop.report.room.rows import TEXT, Who, arranged, everybody
from tabletop.report.room.view import View
from tabletop.scenario.policy import LEVERS, PILLARS

Kind = Literal["new", "kept", "less"]
PILLAR, LINE = 150.0, {2: 430.0, 3: 250.0}
"""Pixels for the cards of a pillar, and for those of a table where rows stand in two columns or three."""
SIDES = 12.0
"""Pixels that a card needs beside its letters."""


@dataclass(frozen=True)
class Chip:
    """A card on the screen: its letters, and whether it is new, was in play, or is taken back."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class DecidedRow:
    """A table: its cards in each cell, and what its mix costs a year."""

    who: Who
    cells: tuple[tuple[Chip, ...], ...]
    cost: str
    flag: str


@dataclass(frozen=True)
class Decisions(View):
    """Rows in columns; a cell for each pillar, or one where rows are many."""

    template: ClassVar[str] = "decided.html"
    heads: tuple[str, ...]
    columns: tuple[tuple[DecidedRow, ...], ...]


def decided(state: State) -> Decisions:
    """What every table decided in the present move."""
    form, number = state.plan.decision_form, len(state.teams)
    if form is None:
        return Decisions("There was nothing to decide: tables predicted", "Next: what happened.", (), ())
    budget = state.budget()
    in_one = columns(number) > 1
    rows = []
    for who in everybody(state.teams):
        chips = {pillar: [*_chips(state, who.name, pillar)] for pillar in PILLARS}
        if in_one:
            cells: tuple[tuple[Chip, ...], ...] = (
                _that_fit(
                    [c for of in chips.values() for c in of if c.kind != "kept"], LINE[columns(number)]
                ),
            )
        else:
            cells = tuple(_that_fit(of, PILLAR) for of in chips.values())
        flag = "over" if state.is_overspent(who.name) else ""
        if (who.name, state.move) not in state.submissions:
            flag = f"silent {flag}".strip()
        rows.append(DecidedRow(who, cells, f"{state.hand(who.name).yearly_cost():.1f}", flag))
    was = "" if in_one else "white was in play, "
    return Decisions(
        heading(
            f"What the tables decided: black is new, {was}− is less", f"Decided: black is new, {was}− is less"
        ),
        "Cost units a year"
        + ("" if budget is None else f", of {budget:.1f}")
        + ". "
        + ("Cards are named by their codes." if form.cards else "Levers are numbered within their pillar."),
        () if in_one else PILLARS,
        arranged(rows),
    )


def _chips(state: State, team: str, pillar: str) -> Iterator[Chip]:
    """A pillar's cards of a table: what was in play, what is new, what is taken back."""
    hand = state.hand(team)
    of_pillar = [one for one in hand.played if _pillar(state, one) == pillar]
    now = [one for one in of_pillar if one.until == inf]
    kept = Counter(_label(state, one) for one in now if one.move < state.move)
    new = Counter(_label(state, one) for one in now if one.move == state.move)
    gone = Counter(
        _label(state, one)
        for one in of_pillar
        if one.until < inf and one.move < state.move and _is_taken_back(state, team, one)
    )
    groups: tuple[tuple[Kind, Counter[str]], ...] = (("kept", kept), ("new", new), ("less", gone))
    for kind, cards in groups:
        for label, times in sorted(cards.items()):
            text = f"−{label}" if kind == "less" else label
            yield Chip(text if times == 1 else f"{text}×{times}", kind)


def _is_taken_back(state: State, team: str, played: Played) -> bool:
    """Whether it was in play until this move: nothing says so but the hand before."""
    return state.move > 0 and any(
        one.until == inf and (one.code, one.move) == (played.code, played.move)
        for one in state.hand(team, state.move - 1).played
    )


def _pillar(state: State, played: Played) -> str:
    card = _card_pillars(state).get(played.code)
    return LEVERS[played.code].pillar if card is None else card


def _card_pillars(state: State) -> dict[str, str]:
    form = state.plan.decision_form
    return {} if form is None else {card.code: card.pillar for card in form.cards}


def _label(state: State, played: Played) -> str:
    """A card's code; of a lever, its number among those of its pillar."""
    form = state.plan.decision_form
    assert form is not None
    if form.cards:
        return played.code
    pillar = LEVERS[played.code].pillar
    return str([name for name in form.levers if LEVERS[name].pillar == pillar].index(played.code) + 1)


def _that_fit(chips: list[Chip], room: float) -> tuple[Chip, ...]:
    """As many chips as there is room for; what has none is counted."""
    kept = [*chips]
    while kept and sum(map(_wide, shown := _counted(chips, kept))) > room:
        kept.pop()
        if not kept:
            return tuple(shown)
    return tuple(_counted(chips, kept))


def _counted(chips: list[Chip], kept: list[Chip]) -> list[Chip]:
    left = len(chips) - len(kept)
    return [*kept, Chip(f"+{left}", "kept")] if left else kept


def _wide(chip: Chip) -> float:
    return width(chip.text, TEXT / PIXELS_PER_POINT, bold=True) + SIDES
