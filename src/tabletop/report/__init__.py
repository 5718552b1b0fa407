"""Pages and documents about experiments and exercises, from finished results: nothing here simulates."""

from tabletop.report.illustrated import illustrate
from tabletop.report.page import experiment_page, write_report

__all__ = ["experiment_page", "illustrate", "write_report"]
