"""Pages to hand out, made of what is known already: nothing here simulates."""

from tabletop.report.illustrated import illustrate
from tabletop.report.page import experiment_page, write_report

__all__ = ["experiment_page", "illustrate", "write_report"]
