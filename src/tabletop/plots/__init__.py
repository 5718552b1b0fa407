"""Figures: one a file, each drawn from results, with its data as rows; nothing here simulates or shows."""

from tabletop.plots import (
    case_flow,
    convergence,
    luck,
    outcomes_by_mix,
    over_time,
    paired_differences,
    pressure,
    trade_off,
)
from tabletop.plots.plot import CatalogueFigure

FIGURES: dict[str, CatalogueFigure] = {
    plot.name: plot
    for plot in (
        paired_differences.PLOT,
        outcomes_by_mix.PLOT,
        over_time.PLOT,
        case_flow.PLOT,
        pressure.PLOT,
        trade_off.PLOT,
        luck.PLOT,
        convergence.PLOT,
    )
}
"""Every figure by its name, the headline first."""
