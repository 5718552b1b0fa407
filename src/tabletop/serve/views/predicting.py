"""Predicting: the ranges in which a team expects measures to lie."""

from dataclasses import dataclass

from tabletop.analysis.numerals import THIN
from tabletop.exercise.state import Phase, State
from tabletop.exercise.values import ranged
from tabletop.measures import MEASURES
from tabletop.scenario.words import number


@dataclass(frozen=True)
class RangeAsked:
    """A measure, and what the team has said of it."""

    measure: str
    title: str
    in_prose: str
    """Its title within a sentence."""
    is_share: bool
    written_by: float
    """By what the ends are multiplied where they are written: a share is written in per cent."""
    low: float | None
    high: float | None
    revision: int
    """0 if nothing was said."""
    said: str
    """The range in words; empty if nothing was said."""

    @property
    def unit(self) -> str:
        """What stands behind a number of it."""
        return f"{THIN}%" if self.is_share else ""

    def typed(self, end: float | None) -> str:
        """An end as it stands in its field."""
        return "" if end is None else number(round(end * self.written_by, 6))


def predicting(state: State, team: str) -> tuple[RangeAsked, ...]:
    """What a team is asked while decisions are locked; nothing in another phase."""
    if state.phase is not Phase.LOCKED:
        return ()
    asked = []
    for measure in state.plan.predictions:
        said, about = state.predictions.get((team, state.move, measure)), MEASURES[measure]
        asked.append(
            RangeAsked(
                measure=measure,
                title=about.title,
                in_prose=f"{about.title[:1].lower()}{about.title[1:]}",
                is_share=about.is_share,
                written_by=about.written_by,
                low=None if said is None else said.low,
                high=None if said is None else said.high,
                revision=0 if said is None else said.revision,
                said="" if said is None else ranged(measure, said.low, said.high),
            )
        )
    return tuple(asked)
