"""Edits of single values of a YAML file that leave every other byte as it was written."""

from tabletop.report.yaml_edit.edit import Append, Edit, Put, edited

__all__ = ["Append", "Edit", "Put", "edited"]
