"""Writes the page of made-up results to a file: run in fresh processes."""

import sys
from pathlib import Path

from page_cases import STUBS_BUT_ONE, results

from tabletop.report.page import write_report

write_report(results(), Path(sys.argv[1]), svgs=STUBS_BUT_ONE)
print(sorted({"rich", "matplotlib.pyplot"} & sys.modules.keys()))
