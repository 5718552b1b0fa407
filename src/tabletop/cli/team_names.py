"""Names of teams as they are typed: whole, by number, or as far as no other team begins so."""

from collections.abc import Sequence

from tabletop.scenario.names import appearance


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


def addressed(line: str, teams: Sequence[str]) -> tuple[str, str]:
    """The team before the colon of `TEAM: WORDS`, and the words; no team, and the line, where it names none.

    Of names that contain a colon the longest counts.
    """
    for place in range(len(line) - 1, -1, -1):
        if line[place] == ":":
            seen = appearance(line[:place])
            if team := next((one for one in teams if appearance(one) == seen), ""):
                return team, line[place + 1 :].strip()
    return "", line
