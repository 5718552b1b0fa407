"""Parameters that the long verification alone tries, since CI has others of their kind."""

from typing import Any

import pytest


def long(*values: Any) -> list[Any]:
    """Values of one parameter, or tuples of several, marked for the long verification."""
    return [
        pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.verify)
        for value in values
    ]
