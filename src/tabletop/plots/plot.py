"""A figure of the catalogue: its name, what it shows, its title, its picture and its data."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural
from tabletop.errors import TabletopError
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
    panel: Callable[[Axes, Results, Comparison], None] | None = None
    """What draws it on given axes, where it has one panel."""
    contrasts: bool = True
    """Whether it is about differences, so that the baseline alone gives nothing to draw."""
    lacks: Callable[[Results, Comparison], str] = lambda _results, _compared: ""
    """Why it cannot be drawn of these results, if so."""
    page_form: Form = PAGE
    """Its form on a page that is wide enough."""
    has_narrow_form: bool = True
    """Whether a phone shows it; else its data have to do."""
    kept_in: str = "the results folder"
    """Where its file of data is."""
    about: str = ""
    """What it is about, where a page may have several with its name."""

    def title(self, results: Results, compared: Comparison | None = None) -> str:
        """The finding, in one line; the design's own comparison unless another is given."""
        compared = compared or results.compare()
        return self.nothing(results, compared) or self.say(results, compared)

    def draw(
        self,
        results: Results,
        compared: Comparison | None = None,
        form: Form = SLIDE,
        *,
        ax: Axes | None = None,
    ) -> Figure:
        """The picture, on a figure of its own; or its one panel on the axes `ax`, with the title above.

        Raises TabletopError for `ax` where it has more panels than one, or there is nothing to draw.
        """
        compared = compared or results.compare()
        if ax is not None:
            return self._draw_on(ax, results, compared)
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

    def _draw_on(self, ax: Axes, results: Results, compared: Comparison) -> Figure:
        if self.panel is None:
            raise TabletopError(
                f"ax: {self.name} has more panels than one; draw it without ax, on a figure of its own"
            )
        if nothing := self.nothing(results, compared):
            raise TabletopError(f"ax: {self.name}: {nothing}")
        with style.applied():
            self.panel(ax, results, compared)
            ax.set_title(self.title(results, compared))
        whole = ax.get_figure(root=True)
        assert whole is not None
        return whole

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
