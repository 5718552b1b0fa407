"""The choice of an engine: the compiled one where it is installed, unless another is asked for."""

import os
import warnings
from functools import cache
from importlib import import_module

from tabletop.compiled.remembered import remembered
from tabletop.compiled.self_check import Maker, agrees
from tabletop.errors import EngineNote, TabletopError, UnknownName

ENGINES = ("auto", "simpy", "compiled")
VARIABLE = "TABLETOP_ENGINE"
"""The environment variable that says what `auto` is."""


def takes_compiled(engine: str, model: Maker) -> bool:
    """Whether a run is made by the compiled engine; before its first use it is held against the model.

    Raises UnknownName for what is no engine, TabletopError where the compiled one is asked for and there
    is none. Warns with an EngineNote, once for an installation, where `auto` has to do without it.
    """
    chosen = checked_engine(engine)
    if chosen == "simpy":
        return False
    if chosen == "compiled":
        _assert_presence()
        return True
    return _is_trusted(model)


def choose(engine: str) -> None:
    """From now on this engine is `auto`, in this process and in those that it starts.

    Raises UnknownName for what is no engine, TabletopError if it is the compiled one and there is none.
    """
    if checked_engine(engine) == "compiled":
        _assert_presence()
    os.environ[VARIABLE] = engine


def _assert_presence() -> None:
    if (why := absence()) is not None:
        raise TabletopError(f"engine: compiled: {why}; leave it out, and the model runs on SimPy")


def checked_engine(engine: str) -> str:
    """The engine that is meant by a name; what `auto` is can be said by the environment."""
    chosen = os.environ.get(VARIABLE, "") if engine == "auto" else engine
    if (chosen or "auto") not in ENGINES:
        where = "engine" if chosen == engine else f"engine in {VARIABLE}"
        raise UnknownName.among(where, chosen, ENGINES)
    return chosen or "auto"


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


@cache
def _is_trusted(model: Maker) -> bool:
    why = absence()
    if why is None:
        from tabletop.compiled.runner import Runner  # noqa: PLC0415 (not everywhere)

        found, is_new = remembered("self-check", lambda: "equal" if agrees(model, Runner) else "differs")
        why = None if found == "equal" else "on this machine its last bits are not the model's"
    else:
        _, is_new = remembered("absence", lambda: "said")
    if why is not None and is_new:
        warnings.warn(
            f"The compiled engine is not used: {why}. The model runs on SimPy, with the same results, about "
            "twenty times as slowly. This is said once.",
            EngineNote,
            stacklevel=4,
        )
    return why is None
