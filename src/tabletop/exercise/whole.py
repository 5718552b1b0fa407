"""The whole of an exercise: what is known of it from the hot wash on, when nothing is hidden any more."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.adjudication import Adjudication, Adjudicator
from tabletop.exercise.policy_effect import PolicyEffect, policy_effect
from tabletop.exercise.refused import Refused
from tabletop.exercise.reveal import Shown, may_see_hidden, shown
from tabletop.exercise.state import State


@dataclass(frozen=True)
class Whole:
    """An exercise from StartEx to EndEx."""

    played: Adjudication
    """The whole time as one period."""
    effects: Mapping[tuple[str, str], PolicyEffect]
    """Of the whole time, by team and measure, of the scenario's primary measures, or else those predicted."""
    moves: tuple[Shown, ...]


def whole_of(state: State, adjudicator: Adjudicator) -> Whole:
    """The whole of an exercise; raises Refused before the hot wash."""
    if not may_see_hidden(state):
        raise Refused("what is hidden is shown in the hot wash")
    last = len(state.plan.moves) - 1
    played = adjudicator.so_far(state, last)
    return Whole(
        played,
        {
            (team, measure): policy_effect(
                state.scenario, played, team, measure, is_baseline=not state.hand(team).played
            )
            for team in played.teams
            for measure in state.scenario.primary_measures or state.plan.predictions
        },
        tuple(shown(state, adjudicator, move) for move in range(last + 1)),
    )
