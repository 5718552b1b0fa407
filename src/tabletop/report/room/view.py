"""A view: what a screen shows between its head and its foot."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class View:
    """What all views have; each has a template of its own, which is given it as `view`."""

    template: ClassVar[str]
    heading: str
    foot: str
    """What happens next, or how the picture is read."""


@dataclass(frozen=True)
class Waiting(View):
    """In place of a view of which something is still being simulated."""

    template: ClassVar[str] = "screen.html"
