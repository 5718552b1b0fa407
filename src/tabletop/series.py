"""Series: counts, trust and open work of a run at the end of each month and at EndEx."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from tabletop.measures import MEASURES
from tabletop.world import World

MONTH_DAYS = 365 / 12


@dataclass(frozen=True)
class Series:
    """Values at certain `days` after StartEx."""

    days: tuple[float, ...]
    values: Mapping[str, tuple[float, ...]]
    """By name, one value for each of `days`: every count and total of the tally, cumulated since StartEx; and
    `trust`, `open_cases` and `open_proceedings` on that day."""

    def between(self, name: str, start: float, end: float) -> float:
        """The growth of a cumulated series in [start, end); both must be in `days`, or 0."""
        at = dict(zip(self.days, self.values[name], strict=True)) | {0.0: 0.0}
        return at[end] - at[start]


TALLIED = {measure.name: measure.tallied for measure in MEASURES.values() if measure.tallied is not None}
"""What of the tally is followed, by measure: where it stands there."""

OPEN = ("trust", "open_cases", "open_proceedings")
"""What is followed as it stands."""


def days_of_series(horizon: float, asked: Iterable[float]) -> list[float]:
    """The ends of months, EndEx, and the days that are asked for."""
    months = [month * MONTH_DAYS for month in range(1, floor(horizon / MONTH_DAYS) + 1)]
    return sorted({*months, *asked, horizon})


class Recorder:
    """Records the series of a run on the days asked for; it changes nothing in the run."""

    def __init__(
        self, world: World, marks: Sequence[float], open_counts: Callable[[], Mapping[str, float]]
    ) -> None:
        self._world = world
        self._open_counts = open_counts
        self._days: list[float] = []
        self._values: dict[str, list[float]] = {}
        for day in marks:
            world.call_at(day, self._note)

    def read(self) -> Series:
        """The series recorded so far."""
        return Series(tuple(self._days), {name: tuple(values) for name, values in self._values.items()})

    def _note(self) -> None:
        self._days.append(self._world.now())
        tally = self._world.tally
        sums = {name: float(getattr(tally, place)) for name, place in TALLIED.items()}
        for name, value in {**sums, **self._open_counts()}.items():
            self._values.setdefault(name, []).append(value)
