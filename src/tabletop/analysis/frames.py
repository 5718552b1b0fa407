"""Columns as a data frame of whichever library is installed; none is needed."""

import reprlib
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from tabletop.errors import TabletopError

LIBRARIES = ("pandas", "polars")


def frame(columns: Mapping[str, Sequence[Any]], library: ModuleType | None = None) -> Any:
    """A frame with these columns, all of one length; None stands for a missing value.

    `library` is the module `pandas` or `polars`; by default the first of the two that is installed. Where
    neither is, the columns are returned as a dict of lists. Raises TabletopError for another module.
    """
    module = _installed() if library is None else library
    data = {name: list(values) for name, values in columns.items()}
    if module is None:
        return data
    if getattr(module, "__name__", None) not in LIBRARIES:
        raise TabletopError(
            f"library: {reprlib.repr(library)}: must be the module {' or '.join(LIBRARIES)}, or None"
        )
    return module.DataFrame(data)


def _installed() -> ModuleType | None:
    for name in LIBRARIES:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None
