"""The printable pack of an exercise: what players, controllers and evaluators hold in their hands."""

from tabletop.report.pack.pack import documents, pack_files, printable

__all__ = ["documents", "pack_files", "printable"]
