"""Refusals: an act that cannot be done now, and why; it changes nothing."""

from tabletop.errors import TabletopError


class Refused(TabletopError):
    """What was asked cannot be done in the present state of the exercise; nothing has changed."""
