"""Draws every figure of a made-up experiment into a folder, on so many cores: run in fresh processes."""

import sys
from pathlib import Path

from figure_cases import case

from tabletop.outputs import put_files
from tabletop.plots import FIGURES, side_by_side
from tabletop.plots.save import files

folder, cores = Path(sys.argv[1]), int(sys.argv[2])
side_by_side.cores = lambda: cores
results, compared = case("three mixes")
for made in files(tuple(FIGURES.values()), results, compared, ("svg", "png")):
    put_files(folder, made)
