"""The figures of a search: the front, the winner's curse, and what finalists move."""

from matplotlib.figure import Figure

from tabletop.experiment.search.result import Search
from tabletop.plots import parallel_coordinates, search_front, winners_curse
from tabletop.plots.table import Table

FIGURES = (search_front, winners_curse, parallel_coordinates)


def pictures(found: Search) -> dict[str, Figure]:
    """Every figure by name."""
    return {figure.NAME: figure.picture(found) for figure in FIGURES}


def data(found: Search) -> dict[str, Table]:
    """What each figure draws."""
    return {figure.NAME: figure.data(found) for figure in FIGURES}
