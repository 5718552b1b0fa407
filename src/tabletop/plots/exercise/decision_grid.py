"""What teams chose, as a figure of decisions draws it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.exercise.entry_line import Decision
from tabletop.exercise.hand import Hand
from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.exercise.state import State


@dataclass(frozen=True)
class Chosen:
    """A team's mix in a move."""

    team: str
    move: int
    """0 for the first."""
    kept: tuple[str, ...]
    """Cards that were in play before and still are."""
    played: tuple[str, ...]
    taken_back: tuple[str, ...]
    cost: float
    """Cost units a year once all lead times have passed."""
    budget: float | None
    is_silent: bool
    is_overspent: bool


@dataclass(frozen=True)
class DecisionGrid:
    """What all teams decided in the moves that are revealed."""

    moves: tuple[tuple[str, float], ...]
    """Name and day of each."""
    teams: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    """By move and team."""
    baseline_cost: float
    name: str = "decisions"
    measure: str | None = None

    @classmethod
    def of(cls, outcomes: ExerciseOutcomes) -> "Iterator[DecisionGrid]":
        """The decisions of an exercise that has some to take; nothing before the first reveal."""
        state = outcomes.state
        if state.plan.decision_form is None or not outcomes.moves:
            return
        moves = range(len(outcomes.moves))
        yield cls(
            moves=tuple((state.plan.moves[move].name, state.plan.moves[move].day) for move in moves),
            teams=state.teams,
            chosen=tuple(chosen(state, team, move) for move in moves for team in state.teams),
            baseline_cost=Hand(state.scenario).yearly_cost(),
        )

    def at(self, team: str, move: int) -> Chosen:
        """A team's mix in a move."""
        return next(one for one in self.chosen if (one.team, one.move) == (team, move))


def chosen(state: State, team: str, move: int) -> Chosen:
    """What a team has in play in a move, and what of it is new."""
    made, hand = state.submissions.get((team, move)), state.hand(team, move)
    decision = Decision() if made is None else made.decision
    steps = tuple(f"{lever}={step}" for lever, step in decision.steps)
    # what was played in a move comes last among what is in play
    kept = hand.codes[: len(hand.codes) - len(decision.plays) - len(steps)]
    return Chosen(
        team=team,
        move=move,
        kept=tuple(_as_written(state, team, move, code) for code in kept),
        played=decision.plays or steps,
        taken_back=decision.takes_back,
        cost=hand.yearly_cost(),
        budget=state.budget(move),
        is_silent=made is None,
        is_overspent=state.is_overspent(team, move),
    )


def _as_written(state: State, team: str, move: int, code: str) -> str:
    """A card by its code; in the expert form, a lever with the step that was set last."""
    for earlier in range(move - 1, -1, -1):
        made = state.submissions.get((team, earlier))
        step = None if made is None else dict(made.decision.steps).get(code)
        if step is not None:
            return f"{code}={step}"
    return code
