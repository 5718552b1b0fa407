"""Draws every figure of a made-up experiment into a folder, as SVG: run in fresh processes."""

import sys
from pathlib import Path

from figure_cases import case

from tabletop.plots import FIGURES
from tabletop.plots.save import save

results, compared = case("three mixes")
for plot in FIGURES.values():
    save(plot, results, Path(sys.argv[1]), compared=compared)
