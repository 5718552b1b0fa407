"""The choice of an engine: the compiled one where it is installed, unless told otherwise."""

import os
from functools import cache
from importlib import import_module

from tabletop.errors import TabletopError, UnknownName

ENGINES = ("auto", "simpy", "compiled")
VARIABLE = "TABLETOP_ENGINE"
"""The environment variable that says what `auto` is."""


def takes_compiled(engine: str) -> bool:
    """Whether a run is made by the compiled engine.

    Raises UnknownName for what is no engine, TabletopError where the compiled one is asked for and there
    is none.
    """
    told = engine
    if engine == "auto":
        told = os.environ.get(VARIABLE, "") or "auto"
    if told not in ENGINES:
        raise UnknownName.among("engine" if told == engine else f"engine in {VARIABLE}", told, ENGINES)
    why = None if told == "simpy" else absence()
    if told == "compiled" and why is not None:
        raise TabletopError(f"engine: compiled: {why}; leave it out, and the model runs on SimPy")
    return told != "simpy" and why is None


@cache
def absence() -> str | None:
    """Why there is no compiled engine here; None if there is one."""
    try:
        import_module("tabletop.compiled.loop")
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError) and error.name == "tabletop.compiled.loop":
            return "it was not built, since there was no C compiler when tabletop was installed"
        return f"it cannot be loaded ({error})"
    return None
