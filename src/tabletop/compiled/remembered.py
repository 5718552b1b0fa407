"""What was found out about the engine on this machine, remembered for its version."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tabletop.version import MODEL_VERSION, __version__


def remembered(question: str, answer: Callable[[], str]) -> tuple[str, bool]:
    """The answer to a question about this installation, and whether it was not known before.

    Where nothing can be kept, it is found out anew by every process.
    """
    path = _folder() / f"{question}-{installation()}"
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8"), False
    found = answer()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{os.getpid()}")
        own.write_text(found, encoding="utf-8")
        own.replace(path)
    return found, True


@cache
def installation() -> str:
    """A hash of what decides the answers: versions, interpreter, and the very binary."""
    spec = find_spec("tabletop.compiled.loop")
    binary = (
        [] if spec is None or spec.origin is None else [spec.origin, Path(spec.origin).stat().st_mtime_ns]
    )
    parts = [__version__, MODEL_VERSION, sys.version, version("numpy"), version("scipy"), *binary]
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def _folder() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "tabletop"
