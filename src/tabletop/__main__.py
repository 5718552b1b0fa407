"""The command line as a module: `python -m tabletop`."""

from tabletop.cli import main

main()
