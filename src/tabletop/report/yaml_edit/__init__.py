"""Single values of a YAML file put in place; every other byte of it stays as somebody wrote it."""

from tabletop.report.yaml_edit.edit import Append, Edit, Put, edited

__all__ = ["Append", "Edit", "Put", "edited"]
