"""Extras: libraries that only some files or commands need, and how to install them."""

import shlex
import sys
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec

PACKAGE = "policy-tabletop"


def is_installed(module: str) -> bool:
    """Whether a module can be imported; it is not imported."""
    return find_spec(module) is not None


def how_to_install(extra: str, libraries: tuple[str, ...]) -> str:
    """The command that installs the libraries of an extra beside a checkout and a wheel alike.

    It names the libraries as the package requires them, for a package that was never published cannot be
    named; `libraries` are their names where nothing is known of the package.
    """
    try:
        required = requires(PACKAGE) or ()
    except PackageNotFoundError:
        required = ()
    ends = (f'extra == "{extra}"', f"extra == '{extra}'")
    needed = [one.partition(";")[0].strip() for one in required if one.endswith(ends)]
    wanted = [one for one in needed if not one.startswith(PACKAGE)] or libraries
    return f"{shlex.join([sys.executable or 'python', '-m', 'pip', 'install', *wanted])}"
