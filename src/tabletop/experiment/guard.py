"""The `__main__` guard of a script: worker processes import the script and must not run it again."""

import ast
import sys
from pathlib import Path
from types import FrameType, ModuleType

from tabletop.errors import TabletopError


def check_guarded() -> None:
    """Raise TabletopError if worker processes would call again what calls this.

    A process that is started afresh imports the main script. Whatever stands there under no `if` then
    runs in every worker as well, before it can work, and `multiprocessing` refuses it with a traceback
    from each. Asked before a worker is started, it costs one look at the script.
    """
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    if file is None or _is_run_by_name(main):
        return  # a notebook, a prompt or `python -m package`: nothing is imported again
    if file.startswith("<"):
        raise TabletopError(
            f"{file}: worker processes read the script that starts them, and cannot read this one: "
            "put it into a file, or ask for workers=1"
        )
    line = _line_at_work(main, sys._getframe())
    if line is not None and not _is_under_an_if(Path(file), line):
        raise TabletopError(
            f"{file}:{line}: worker processes read this script, and would start here all over again: put "
            'what runs experiments under `if __name__ == "__main__":`, or ask for workers=1'
        )


def _is_run_by_name(main: ModuleType) -> bool:
    name = getattr(main.__spec__, "name", "")
    return name == "__main__" or name.endswith(".__main__")


def _line_at_work(main: ModuleType, frame: FrameType | None) -> int | None:
    """The line of the main script that is being executed; None if it is not what calls."""
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_globals is main.__dict__:
            return frame.f_lineno
        frame = frame.f_back
    return None


def _is_under_an_if(file: Path, line: int) -> bool:
    """Whether a line stands under any condition, of which it is assumed that it holds in no worker."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return True  # no script that can be looked at: `multiprocessing` will say what it thinks of it
    return any(
        isinstance(node, ast.If) and node.lineno <= line <= (node.end_lineno or node.lineno)
        for node in ast.walk(tree)
    )
