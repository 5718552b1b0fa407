"""The after-action report: what a log says, as a page, a document to edit, and data."""

from tabletop.report.after_action.matter import Matter
from tabletop.report.after_action.writing import FILES, after_action_files, write_after_action

__all__ = ["FILES", "Matter", "after_action_files", "write_after_action"]
