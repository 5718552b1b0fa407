"""How many tables have decided, or predicted; which ones only where the controller says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tabletop.exercise.state import Phase, State
from tabletop.plots.wording import in_prose
from tabletop.report.room.fitting import WIDTH, Fitted, fitting, heading
from tabletop.report.room.rows import Who, everybody
from tabletop.report.room.view import View


@dataclass(frozen=True)
class Status(View):
    """A tile for each table, black where it is in."""

    template: ClassVar[str] = "status.html"
    done: int
    what: str
    tiles: tuple[tuple[Who | None, bool], ...]
    """A table, or None where it is not said which ones; and whether it, or one more, is in."""
    asked: tuple[str, ...]
    """What is to be predicted."""
    missing: Fitted | None
    """The tables that are not in, by name, where it is said which ones."""


def status(state: State, *, named: bool) -> Status:
    """How many tables have decided while a move is open, and how many have predicted once it is locked."""
    predicts = state.phase is Phase.LOCKED or state.plan.decision_form is None
    are_in = [
        all((team, state.move, one) in state.predictions for one in state.plan.predictions)
        if predicts
        else (team, state.move) in state.submissions
        for team in state.teams
    ]
    tiles: list[tuple[Who | None, bool]] = [(None, n < sum(are_in)) for n in range(len(are_in))]
    if named:
        tiles = [*zip(everybody(state.teams), are_in, strict=True)]
    days = f"days {state.present.day:g} to {state.ends(state.move):g}"
    return Status(
        heading(f"Now your ranges for {days}, 80 % sure" if predicts else "Decide, within your budget"),
        "Next: what came of it."
        if predicts
        else "Silent tables keep their mix. You can change yours until the lock. Next: ranges.",
        sum(are_in),
        "gave their ranges" if predicts else "have decided",
        tuple(tiles),
        tuple(in_prose(one) for one in state.plan.predictions) if predicts else (),
        _missing(state.teams, are_in) if named else None,
    )


def _missing(teams: Sequence[str], are_in: Sequence[bool]) -> Fitted | None:
    """Whom the room waits for; nothing where that is nobody."""
    names = ", ".join(team for team, is_in in zip(teams, are_in, strict=True) if not is_in)
    return fitting(f"Not yet: {names}", WIDTH, 120.0, (34, 28)) if names else None
