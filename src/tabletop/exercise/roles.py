"""Roles: what somebody is in an exercise, which decides what they may do and read."""

from collections.abc import Collection
from enum import StrEnum

from tabletop.exercise.refused import Code, Refused

CONTROLLER = "controller"
"""How the controller is named in the log."""


class Role(StrEnum):
    """What somebody is in an exercise."""

    PLAYER = "player"
    CONTROLLER = "controller"
    EVALUATOR = "evaluator"
    PROJECTOR = "projector"
    """A screen that everybody sees; it does nothing."""


def role_of(by: str, teams: Collection[str]) -> Role:
    """The role of a name in the log: the controller, a team, or what begins with a role, as `evaluator 2`.

    Raises Refused for any other name: whoever writes under one has to say in which role.
    """
    if by in teams:
        return Role.PLAYER
    if by == CONTROLLER:
        return Role.CONTROLLER
    for role in (Role.EVALUATOR, Role.PROJECTOR):
        if by.partition(" ")[0] == role:
            return role
    raise Refused(
        f"{by or 'no name'}: neither the controller nor a team; evaluators are named as 'evaluator 2'",
        Code.WHO,
    )


def role_in_format_1(by: str, teams: Collection[str]) -> Role:
    """The role of a name in a log of format 1, where any name that is no team was an evaluator's."""
    if by in teams:
        return Role.PLAYER
    return Role.CONTROLLER if by == CONTROLLER else Role.EVALUATOR
