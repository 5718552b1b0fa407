"""The libraries for PDF, DOCX and XLSX: an extra, which simulations do not need."""

from importlib import import_module
from types import ModuleType

from tabletop.errors import TabletopError

INSTALL = "pip install 'policy-tabletop[paper]'"


def paper_library(name: str) -> ModuleType:
    """One of the libraries of the extra `paper`; raises TabletopError where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise TabletopError(f"{name} is not installed; install it with: {INSTALL}") from None
