"""Figures of an exercise: one a file, each drawn from what has come of it and may be shown by now.

    >>> drawings = figures(outcomes_of(exercise.state, adjudicator))
    >>> save(drawings, exercise.folder / "figures", formats=("svg", "png"))

Before the hot wash they hold nothing that players cannot observe, and nothing of a move that is not
revealed: an `ExerciseOutcomes` has no more.
"""

from collections.abc import Collection

from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.plots.exercise import (
    decisions,
    luck_and_policy,
    outcomes_by_move,
    policy_effects,
    predictions,
)
from tabletop.plots.exercise.plot import ExerciseFigure, ExercisePlot
from tabletop.plots.exercise.save import save

FIGURES: dict[str, ExercisePlot] = {
    plot.name: plot
    for plot in (
        policy_effects.PLOT,
        decisions.PLOT,
        outcomes_by_move.PLOT,
        luck_and_policy.PLOT,
        predictions.PLOT,
    )
}
"""Every figure by its name, in the order in which an exercise comes to them."""


def figures(
    outcomes: ExerciseOutcomes, names: Collection[str] = tuple(FIGURES)
) -> tuple[ExerciseFigure, ...]:
    """The figures of an exercise that there are by now: some are drawn once for each measure."""
    return tuple(drawing for name, plot in FIGURES.items() if name in names for drawing in plot.of(outcomes))


__all__ = ["FIGURES", "ExerciseFigure", "ExercisePlot", "figures", "save"]
