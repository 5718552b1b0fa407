from tabletop.simulation import *  # noqa
from tabletop.simulation import Simulation, simulate, Run, Census  # noqa
