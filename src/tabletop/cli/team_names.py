"""Names of teams as they are typed: whole, by number, or as far as no other team begins so."""

from collections.abc import Sequence


def named(typed: str, teams: Sequence[str]) -> str | None:
    """The team that is typed by its number or its name; None if there is none."""
    if typed.isdecimal() and typed.isascii() and 1 <= int(typed) <= len(teams):
        return teams[int(typed) - 1]
    return next((team for team in teams if team.casefold() == typed.casefold()), None)


def completed(typed: str, teams: Sequence[str]) -> str:
    """The team that is typed, or that alone begins so; what names none stays as it is, to be refused."""
    if (team := named(typed, teams)) is not None:
        return team
    begin = [team for team in teams if team.casefold().startswith(typed.casefold())]
    return begin[0] if len(begin) == 1 else typed
