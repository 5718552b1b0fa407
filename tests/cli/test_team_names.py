"""Names of teams as they are typed before a colon, and the words that no team can be called."""

import pytest

from tabletop.cli.controller_line import SHAPES
from tabletop.cli.entries import BACK
from tabletop.cli.evaluate import Desk
from tabletop.cli.prompts import Prompts
from tabletop.cli.room import Room
from tabletop.cli.team_names import addressed
from tabletop.scenario.team_names import WORDS


@pytest.mark.parametrize(
    ("line", "team", "words"),
    [
        ("Alpha: it was luck", "Alpha", "it was luck"),
        ("alpha : it was: luck", "Alpha", "it was: luck"),
        ("Night  Shift: late", "Night shift", "late"),
        ("Night shift: East: late", "Night shift: East", "late"),
        ("Bravo: late", "", "Bravo: late"),
        ("it was luck", "", "it was luck"),
        (": luck", "", ": luck"),
    ],
)
def test_a_team_is_named_before_a_colon(line, team, words):
    teams = ("Night shift", "Alpha", "Night shift: East")
    assert addressed(line, teams) == (team, words)
    assert addressed(line, teams[::-1]) == (team, words)


def test_every_word_of_a_prompt_is_no_name():
    words = {*Prompts.words, *Room.words, *Desk.words, *SHAPES, BACK, "yes", "keep"}
    assert words <= {*WORDS}
