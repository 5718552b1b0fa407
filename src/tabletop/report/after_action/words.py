"""The words that the parts of a report share: blanks, values, moves, minutes."""

from tabletop.scenario.words import number

BLANK = "[to be filled in]"
"""The mark of a place where people have still to write."""
LIMITS = (
    "This is an exercise with a teaching model of abstract policies. It predicts nothing: no number in this "
    "report says what would happen anywhere. Teams stand in their given order and are not ranked; a realised "
    "outcome has luck in it."
)
NOBODY = "Nothing was entered."


def or_blank(text: str) -> str:
    """A text, or the mark of a blank."""
    return text.strip() or BLANK


def days(start: float, end: float) -> str:
    """A stretch of the scenario's time, its last day not within."""
    return f"days {number(start)} to {number(end)}"


def minute(value: float) -> str:
    """A moment of the exercise, in whole minutes since StartEx."""
    return f"{max(value, 0.0):.0f}"


def money(amount: float) -> str:
    """Cost units, without the last places of arithmetic."""
    return number(round(amount, 6))


def several(texts: list[str] | tuple[str, ...]) -> str:
    """Texts after each other: 'a, b and c'."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}" if texts else ""


def counted(count: int, noun: str) -> str:
    """A number of things: '1 team', '3 teams'."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
