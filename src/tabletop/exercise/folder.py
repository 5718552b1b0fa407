"""Folders of exercises: each holds a log and everything that is written about it."""

import os
from pathlib import Path

from tabletop.exercise.log_file import NAME
from tabletop.experiment.identity import FOLDER_DIGITS, digest
from tabletop.outputs import own_folder
from tabletop.scenario.names import for_a_file

REPORT = "report"
"""Where in an exercise's folder its report is written."""


def is_exercise(folder: Path) -> bool:
    """Whether there is an exercise in a folder."""
    return (folder / NAME).is_file()


def next_folder(parent: Path, name: str) -> Path:
    """The first of `name-1`, `name-2`, … that is not there."""
    number, words = 1, for_a_file(name)
    while os.path.lexists(parent / f"{words}-{number}"):
        number += 1
    return parent / f"{words}-{number}"


def folder_of(parent: Path, name: str, text: str, decisions: str) -> Path:
    """The folder of an unattended exercise: the same for the same scenario and decisions.

    Raises TabletopError if it is a link.
    """
    return own_folder(parent, f"{for_a_file(name)}-{digest([text, decisions])[:FOLDER_DIGITS]}")
