"""The journal: what happened, step by step, in numeric columns."""

from array import array


class Journal:
    """Four columns of equal length: `days`, `steps` (codes), `subjects` (numbers) and `values`.

    A row is a step, in the order of events.
    """

    __slots__ = ("days", "steps", "subjects", "values")

    def __init__(self) -> None:
        self.days = array("d")
        self.steps = array("h")
        self.subjects = array("q")
        self.values = array("d")

    def note(self, day: float, step: int, subject: int, value: float) -> None:
        """Append a row."""
        self.days.append(day)
        self.steps.append(step)
        self.subjects.append(subject)
        self.values.append(value)

    def __len__(self) -> int:
        return len(self.days)
