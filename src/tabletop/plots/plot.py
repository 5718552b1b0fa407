"""A figure of the catalogue: its name, what it shows, its title, its picture and its data."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural
from tabletop.experiment.results import Results
from tabletop.plots import style
from tabletop.plots.form import PAGE, SLIDE, Form
from tabletop.plots.sheet import message
from tabletop.plots.table import Table


@dataclass(frozen=True)
class CatalogueFigure:
    """A figure. It draws what it is given: it neither simulates, nor saves, nor shows."""

    name: str
    shows: str
    """What is to be seen, in a sentence; for a list of figures, or for somebody who does not see it."""
    say: Callable[[Results, Comparison], str]
    picture: Callable[[Results, Comparison, Form], Figure]
    rows: Callable[[Results, Comparison], Table]
    explain: Callable[[Results, Comparison], list[str]]
    """How it is to be read: what lines, marks and grounds are."""
    contrasts: bool = True
    """Whether it is about differences, so that the baseline alone gives nothing to draw."""
    lacks: Callable[[Results, Comparison], str] = lambda _results, _compared: ""
    """Why it cannot be drawn of these results, if so."""

    page_form: Form = PAGE
    """Its form on a page that is wide enough."""
    has_narrow_form: bool = True
    """Whether a phone shows it; else its data have to do."""

    def title(self, results: Results, compared: Comparison | None = None) -> str:
        """The finding, in one line; the design's own comparison unless another is given."""
        compared = compared or results.compare()
        return self.nothing(results, compared) or self.say(results, compared)

    def draw(self, results: Results, compared: Comparison | None = None, form: Form = SLIDE) -> Figure:
        """The picture, on a figure of its own."""
        compared = compared or results.compare()
        with style.applied():
            if nothing := self.nothing(results, compared):
                return message(self.shows, nothing, [counted(compared)], form)
            return self.picture(results, compared, form)

    def notes(self, results: Results, compared: Comparison | None = None) -> list[str]:
        """What stands below it: how it is read, and on how much it rests."""
        compared = compared or results.compare()
        if self.nothing(results, compared):
            return [counted(compared)]
        return self.explain(results, compared)

    def data(self, results: Results, compared: Comparison | None = None) -> Table:
        """What is drawn, as rows."""
        compared = compared or results.compare()
        if self.nothing(results, compared):
            return Table((), ())
        return self.rows(results, compared)

    def nothing(self, results: Results, compared: Comparison) -> str:
        """Why there is nothing to draw, if so."""
        if not compared.replications:
            return "No replication is complete for every mix."
        if self.contrasts and len(compared.mixes) < 2:
            return "There is no other mix to compare with the baseline."
        return self.lacks(results, compared)


def counted(compared: Comparison) -> str:
    """How many worlds a figure rests on, and how many were left out."""
    left = f", {len(compared.dropped)} left out" if compared.dropped else ""
    return f"{plural(len(compared.replications), 'world')}{left}."
