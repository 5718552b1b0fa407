"""The after-action report: the content of a log as a page, a document to edit, and data."""

from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.writing import FILES, after_action_files, write_after_action

__all__ = ["FILES", "ReportInput", "after_action_files", "write_after_action"]
