"""The Master Scenario Events List as a file, and an edited one read back into the scenario."""

from tabletop.report.msel.as_csv import msel_csv
from tabletop.report.msel.workbook import msel_xlsx

__all__ = ["msel_csv", "msel_xlsx"]
