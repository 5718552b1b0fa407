"""The lobby: the tables that can be joined, and how many phones each has."""

from dataclasses import dataclass

from tabletop.exercise.state import State


@dataclass(frozen=True)
class Lobby:
    """What somebody sees who joins."""

    title: str
    tables: tuple[tuple[str, int], ...]
    """Each team, and the number of its phones."""


def lobby(state: State) -> Lobby:
    """The tables of an exercise."""
    return Lobby(
        title=state.plan.title or state.scenario.title,
        tables=tuple((team, len(state.seats.of(team))) for team in state.teams),
    )
