"""A line of a sheet that somebody filled in on paper, and what sheets ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal, get_args

Kind = Literal["reason", "prediction", "reflection", "peer"]
KINDS: tuple[str, ...] = get_args(Kind)
QUESTIONS = (
    "1. What did you think would happen, and why?",
    "2. What surprised you? Was it luck, or a policy?",
    "3. What would you do otherwise, and what would have to be true for it?",
)
"""That a reflection answers."""
STATEMENTS = (
    "1. Gave reasons before numbers.",
    "2. Listened, and answered an objection.",
    "3. Named what a decision costs.",
    "4. Changed their mind for a stated reason, or said why not.",
)
"""For which peers give points."""
POINTS = ("1 never", "2", "3", "4", "5 always")


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet; what its kind has no use for is empty."""

    sheet: str
    """Its number; of a peer form, that of the person it is about; empty for a team's decision sheet."""
    team: str
    kind: Kind
    move: int | None = None
    """1 for the first: of a reason and a prediction."""
    item: str = ""
    """Of a reason the card, of a prediction the measure, else the number of the question."""
    low: float | None = None
    high: float | None = None
    points: int | None = None
    """Of a peer: 1 to 5."""
    text: str = ""


COLUMNS = tuple(one.name for one in fields(SheetLine))


def of_kind(lines: Iterable[SheetLine], kind: Kind) -> Iterator[SheetLine]:
    """The lines of one kind."""
    return (line for line in lines if line.kind == kind)
