"""Names of teams that somebody who types could not say, or that stand for something else."""

from collections.abc import Iterator, Sequence
from typing import Any

from tabletop.scenario.names import appearance
from tabletop.scenario.prompt_words import ANSWERS, CONTROLLERS, EVALUATORS, EVERYWHERE

WORDS = (*EVERYWHERE, *CONTROLLERS, *EVALUATORS, *ANSWERS)


def objections(teams: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """What is wrong with names of teams, by their places; a place is named once."""
    looks = [appearance(team) if isinstance(team, str) else "" for team in teams]
    for place, look in enumerate(looks):
        if look.isdecimal():
            yield place, f"is a number, and at a prompt a number is the place of a team; write Team {look}"
        elif look in WORDS:
            yield place, f"is a word that is typed at a prompt for something else; write Team {look}"
        elif shorter := next((one for one in looks if one and look.startswith(f"{one}:")), None):
            wrong = f"begins as '{shorter}: …', which is how somebody writes what another team says"
            yield place, f"{wrong}; leave the colon out"
