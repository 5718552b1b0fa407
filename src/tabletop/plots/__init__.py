"""Figures: one a file, each drawn from results, with its data as rows; nothing here simulates or shows."""

from tabletop.plots import (
    convergence,
    dots,
    flow,
    over_time,
    paired_differences,
    pressure,
    trade_off,
    two_lives,
    worlds,
)
from tabletop.plots.plot import CatalogueFigure

FIGURES: dict[str, CatalogueFigure] = {
    plot.name: plot
    for plot in (
        paired_differences.PLOT,
        trade_off.PLOT,
        two_lives.PLOT,
        over_time.PLOT,
        worlds.PLOT,
        dots.PLOT,
        flow.PLOT,
        pressure.PLOT,
        convergence.PLOT,
    )
}
"""Every figure by its name, the headline first."""
