"""The libraries for PDF and DOCX: an extra, which simulations and pages do not need."""

from importlib import import_module
from types import ModuleType

from tabletop.errors import TabletopError
from tabletop.extras import how_to_install, is_installed

LIBRARIES = {"typst": "typst", "docx": "python-docx"}
"""The libraries of the extra `paper`: by module, what they are called where they are installed from."""
WITHOUT = {
    "typst": "what is to be printed is written as HTML, and not as PDF",
    "docx": "the report is written as HTML, without the DOCX to edit",
}
"""What happens where a library is missing."""


def paper_library(name: str) -> ModuleType:
    """A library of the extra `paper`, or a part of one; raises TabletopError where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        library = LIBRARIES[name.partition(".")[0]]
        raise TabletopError(f"{library} is not installed; install it with: {_how()}") from None


def has(module: str) -> bool:
    """Whether a library of the extra is installed."""
    return is_installed(module)


def missing(*modules: str) -> str:
    """What is missing of these libraries, what is done without them, and how to have them; or nothing."""
    absent = [module for module in modules if not has(module)]
    absences = "".join(f"{LIBRARIES[module]} is not installed: {WITHOUT[module]}. " for module in absent)
    return f"{absences}To have it: {_how()}" if absent else ""


def _how() -> str:
    return how_to_install("paper", tuple(LIBRARIES.values()))
