"""Predicting: the ranges in which a team expects measures to lie."""

from dataclasses import dataclass

from tabletop.exercise.state import Phase, State
from tabletop.measures import MEASURES


@dataclass(frozen=True)
class RangeAsked:
    """A measure, and what the team has said of it."""

    measure: str
    title: str
    is_share: bool
    low: float | None
    high: float | None
    revision: int
    """0 if nothing was said."""

    @property
    def step(self) -> str:
        """By how much a press of a button changes an end."""
        return "0.01" if self.is_share else "1"


def predicting(state: State, team: str) -> tuple[RangeAsked, ...]:
    """What a team is asked while decisions are locked; nothing in another phase."""
    if state.phase is not Phase.LOCKED:
        return ()
    asked = []
    for measure in state.plan.predictions:
        said = state.predictions.get((team, state.move, measure))
        asked.append(
            RangeAsked(
                measure=measure,
                title=MEASURES[measure].title,
                is_share=MEASURES[measure].unit == "share",
                low=None if said is None else said.low,
                high=None if said is None else said.high,
                revision=0 if said is None else said.revision,
            )
        )
    return tuple(asked)
