"""A figure of an exercise: its name, its finding, its picture and its data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from matplotlib.figure import Figure

from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.plots import style
from tabletop.plots.table import Table


class Content(Protocol):
    """What one figure draws: plain data, frozen."""

    @property
    def name(self) -> str:
        """What its files are called, without ending."""

    @property
    def measure(self) -> str | None:
        """The measure that it is about, if about one."""


@dataclass(frozen=True)
class ExerciseFigure:
    """One figure with what it draws."""

    plot: "ExercisePlot"
    content: Any

    @property
    def name(self) -> str:
        """What its files are called, without ending: `outcomes_incidents`."""
        name: str = self.content.name
        return name

    @property
    def measure(self) -> str | None:
        """The measure that it is about, if about one."""
        measure: str | None = self.content.measure
        return measure

    @property
    def title(self) -> str:
        """The finding, in two lines at most."""
        return self.plot.say(self.content)

    @property
    def shows(self) -> str:
        """What is to be seen, in a sentence."""
        return self.plot.shows

    def draw(self) -> Figure:
        """The picture, on a figure of its own."""
        with style.applied():
            return self.plot.picture(self.content)

    def data(self) -> Table:
        """What is drawn, as rows."""
        return self.plot.rows(self.content)


@dataclass(frozen=True)
class ExercisePlot:
    """A kind of figure. It draws what it is given: it neither simulates, nor saves, nor shows."""

    name: str
    shows: str
    contents: Callable[[ExerciseOutcomes], Iterable[Content]]
    """What there is to draw of an exercise: once, or for each measure."""
    say: Callable[[Any], str]
    picture: Callable[[Any], Figure]
    rows: Callable[[Any], Table]

    def of(self, outcomes: ExerciseOutcomes) -> tuple[ExerciseFigure, ...]:
        """The figures of this kind that there are by now."""
        return tuple(ExerciseFigure(self, content) for content in self.contents(outcomes))
