"""Refusals: an act that cannot be done now, and why; it changes nothing."""

from tabletop.errors import TabletopError


class Refused(TabletopError):
    """An act is not possible in the present state of the exercise; nothing has changed."""
