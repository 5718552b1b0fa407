"""Figures on axes that are given: those of one panel are drawn there, the others say that they have more."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tabletop.errors import TabletopError
from tabletop.experiment.run import run_experiment
from tabletop.plots import FIGURES
from tabletop.scenario.load import load

ONE_PANEL = ["trade_off"]


@pytest.fixture(scope="module")
def results():
    return run_experiment(load("first-steps"), replications=6, workers=1)


def two_axes():
    figure = Figure(figsize=(12, 5), layout="constrained")
    return figure, figure.subplots(1, 2)


@pytest.mark.parametrize("name", ONE_PANEL)
def test_a_figure_of_one_panel_is_drawn_on_the_axes_that_are_given(results, name):
    figure, (mine, other) = two_axes()
    assert FIGURES[name].draw(results, ax=mine) is figure
    assert mine.get_title() == FIGURES[name].title(results)
    assert mine.lines
    assert mine.get_xlabel()
    assert mine.get_ylabel()
    assert not other.has_data()
    FigureCanvasAgg(figure).draw()


@pytest.mark.parametrize("name", sorted(set(FIGURES) - set(ONE_PANEL)))
def test_a_figure_of_more_panels_says_so(results, name):
    _, (mine, _) = two_axes()
    with pytest.raises(TabletopError, match=f"ax: {name} has more panels than one; draw it without ax"):
        FIGURES[name].draw(results, ax=mine)
    assert not mine.has_data()


def test_where_there_is_nothing_to_draw_it_is_said(results):
    _, (mine, _) = two_axes()
    with pytest.raises(TabletopError, match="ax: trade_off: There is no other mix to compare"):
        FIGURES["trade_off"].draw(results, results.compare(mixes=[]), ax=mine)
