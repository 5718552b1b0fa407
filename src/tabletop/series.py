"""Series: counts, trust and open work of a run at the end of each month and at EndEx."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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
            event = world.at(day)
            assert event.callbacks is not None
            event.callbacks.append(lambda _: self._note())

    def read(self) -> Series:
        """The series recorded so far."""
        return Series(tuple(self._days), {name: tuple(values) for name, values in self._values.items()})

    def _note(self) -> None:
        self._days.append(self._world.now())
        tally = self._world.tally
        sums = {m.name: float(m.so_far(tally)) for m in MEASURES.values() if m.tallied is not None}
        for name, value in {**sums, **self._open_counts()}.items():
            self._values.setdefault(name, []).append(value)
