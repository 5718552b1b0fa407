"""The outcomes of an exercise that may be shown by now, period by period."""

from dataclasses import dataclass

from tabletop.exercise.adjudication import Adjudication, Adjudicator
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.reveal import is_revealed, may_see_hidden, measures_shown
from tabletop.exercise.state import State
from tabletop.measures import MEASURES


@dataclass(frozen=True)
class ExerciseOutcomes:
    """The outcomes of the moves that are revealed; hidden measures only from the hot wash on."""

    state: State
    moves: tuple[Adjudication, ...]
    """By move, each from its day to the next one's."""
    so_far: tuple[Adjudication, ...]
    """By move, from StartEx to its end."""
    epilogue: Adjudication | None
    """What the final mixes lead to; None before the hot wash, or if the plan has no epilogue."""

    @property
    def may_see_hidden(self) -> bool:
        """Whether what players cannot observe may be shown."""
        return may_see_hidden(self.state)

    @property
    def observable(self) -> tuple[str, ...]:
        """The measures that this exercise is about and that players can observe."""
        return measures_shown(self.state)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The measures that it is about and that players cannot observe; none before the hot wash."""
        return measures_shown(self.state, hidden=True) if self.may_see_hidden else ()

    @property
    def primary(self) -> tuple[str, ...]:
        """The scenario's primary measures that may be shown; without any, those that are predicted."""
        primary = [name for name in self.state.scenario.primary_measures if self.may_show(name)]
        return tuple(primary) or self.state.plan.predictions

    def may_show(self, measure: str) -> bool:
        """Whether a measure may be shown by now."""
        return MEASURES[measure].observable or self.may_see_hidden


def outcomes_of(state: State, adjudicator: Adjudicator, progress: Progress | None = None) -> ExerciseOutcomes:
    """The outcomes of an exercise so far; simulates what is missing, in the other worlds too."""
    revealed = [move for move in range(len(state.plan.moves)) if is_revealed(state, move)]
    if may_see_hidden(state):
        # all that is decided is known: one run serves every move
        adjudicator.prepare(state, progress)
    return ExerciseOutcomes(
        state=state,
        moves=tuple(adjudicator.adjudicate(state, move, progress=progress) for move in revealed),
        so_far=tuple(adjudicator.so_far(state, move, progress=progress) for move in revealed),
        epilogue=adjudicator.epilogue(state, progress=progress) if may_see_hidden(state) else None,
    )
