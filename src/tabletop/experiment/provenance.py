"""Provenance: where results come from, apart from what decides them."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tabletop.compiled.choice import takes_compiled
from tabletop.simulation import Simulation
from tabletop.version import __version__

LIBRARIES = ("numpy", "scipy", "simpy", "pydantic", "ruamel.yaml")


@dataclass(frozen=True)
class Provenance:
    """When an experiment `started` (UTC), on how many `workers`, and by which `command`, if by one."""

    started: datetime
    finished: datetime | None
    """UTC; None while it runs, and for ever if it is killed."""
    workers: int
    command: str | None = None

    def described(self) -> dict[str, Any]:
        """As plain data, for the manifest, with versions, the state of the source, and the engine here."""
        return {
            "tabletop": __version__,
            "python": sys.version.split()[0],
            "libraries": {name: _version(name) for name in LIBRARIES},
            "git": git_state(Path(__file__).parent),
            "command": self.command,
            "workers": self.workers,
            "engine": "compiled" if takes_compiled("auto", Simulation) else "simpy",
            "started": self.started.isoformat(timespec="seconds"),
            "finished": None if self.finished is None else self.finished.isoformat(timespec="seconds"),
        }


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def git_state(source: Path) -> dict[str, Any] | None:
    """Commit of the source code in a folder, and whether it changed since; None if git does not keep it."""

    def ask(*words: str) -> str:
        answer = subprocess.run(  # noqa: S603 (fixed words)
            ["git", "-C", str(source), *words],  # noqa: S607 (whichever git the user has)
            capture_output=True,
            check=True,
            text=True,
            timeout=10,
        )
        return answer.stdout.strip()

    try:
        ask("ls-files", "--error-unmatch", "__init__.py")
        return {"commit": ask("rev-parse", "HEAD"), "changed": bool(ask("status", "--porcelain", "--", "."))}
    except (OSError, subprocess.SubprocessError):
        return None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
