"""A small scenario with an exercise of two moves, in every layout that YAML has."""

from pathlib import Path

from tabletop.scenario.load import loads

FILE = Path(__file__).with_name("two_moves.yaml")
TEXT = FILE.read_text(encoding="utf-8")


def scenario(text=TEXT):
    """The scenario, or one whose text was changed."""
    return loads(text, "two_moves.yaml")


def changed(**updates):
    """The scenario with other values in its exercise plan."""
    given = scenario()
    return given.model_copy(update={"exercise": given.exercise.model_copy(update=updates)})
