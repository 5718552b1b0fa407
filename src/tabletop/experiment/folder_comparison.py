"""Experiments beside each other, as data: each with its comparison, and how it differs from the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

from tabletop.analysis.changed_difference import ChangedDifference, changed_difference
from tabletop.analysis.compare import Comparison
from tabletop.analysis.frames import frame
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.outcomes import Column
from tabletop.analysis.words import plural
from tabletop.experiment import table_columns
from tabletop.experiment.results import Results
from tabletop.spreadsheet import Sheet

FORCED = "of another scenario or another version of the model, compared because it was asked for (--anyway)"
"""Said in every table of folders that are not of one scenario and one version of the model."""


@dataclass(frozen=True)
class Compared:
    """One of the experiments that are compared."""

    label: str
    """A, B, C … in the order given."""
    place: str
    """The folder, or how its results were given."""
    results: Results
    """What was simulated there."""
    replications: tuple[int, ...]
    """Those that are compared: of the same luck, only such as all experiments have."""
    comparison: Comparison
    """Every mix that is compared with the baseline, over these replications."""
    differs_in: tuple[str, ...]
    """What it and the first differ in: place, value there, value here. None for the first."""
    is_paired: bool
    """Whether its worlds are those of the first."""


@dataclass(frozen=True, repr=False)
class FolderComparison:
    """Results beside each other, each against the first; made by `compare_results`."""

    experiments: tuple[Compared, ...]
    """In the order given; the others are compared with the first."""
    baseline: str
    """The mix that differences refer to, in all of them."""
    mixes: tuple[str, ...]
    """The mixes that all have, in the first's order; the baseline is one of them."""
    measures: tuple[str, ...]
    """The primary measures that all have."""
    deltas: dict[str, float | None]
    """The δ of each measure; None where they state different ones."""
    is_forced: bool
    """Whether they are of different scenarios, or of different versions of the model."""
    left_out: tuple[str, ...]
    """What is not compared, and why: a sentence each."""

    def __repr__(self) -> str:
        labels = ", ".join(one.label for one in self.experiments)
        measures = plural(len(self.measures), "primary measure")
        return f"<FolderComparison of {labels}: {', '.join(self.mixes)}; {measures}>"

    @property
    def intervals_together(self) -> int:
        """The number of changes whose intervals hold together at 95 %."""
        return len(self.mixes) * len(self.measures) * (len(self.experiments) - 1)

    def change(self, label: str, measure: str, mix: str) -> ChangedDifference:
        """One change; raises KeyError where there is none."""
        for one in self.changes[label]:
            if (one.measure, one.mix) == (measure, mix):
                return one
        raise KeyError(label, measure, mix)

    @cached_property
    def changes(self) -> dict[str, tuple[ChangedDifference, ...]]:
        """By label, the changes from the first: by measure, then by mix; the baseline's is of its mean."""
        first, *others = self.experiments
        confidence = 1 - (1 - CONFIDENCE) / max(1, self.intervals_together)
        return {
            other.label: tuple(
                changed_difference(
                    self._columns(first, measure, mix),
                    self._columns(other, measure, mix),
                    {mix: 1.0} if mix == self.baseline else {mix: 1.0, self.baseline: -1.0},
                    measure=measure,
                    mix=mix,
                    delta=self.deltas[measure],
                    is_paired=other.is_paired,
                    confidence=confidence,
                )
                for measure in self.measures
                for mix in self.mixes
            )
            for other in others
        }

    def _columns(self, one: Compared, measure: str, mix: str) -> dict[str, Column]:
        columns = {}
        for name in {mix: None, self.baseline: None}:
            readings = one.results.runs.readings(name)
            columns[name] = readings.columns(one.replications)[measure]
        return columns

    def sheet(self) -> Sheet:
        """Every estimate, difference and change as a table: a row for each experiment, measure and mix."""
        return table_columns.FOLDERS.sheet(list(self._rows()))

    def to_frame(self, library: ModuleType | None = None) -> Any:
        """The same as a data frame of pandas or polars, or a dict of lists where neither is installed."""
        sheet = self.sheet()
        columns = zip(*sheet.rows, strict=True)
        return frame(dict(zip(sheet.columns, map(list, columns), strict=True)), library)

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        note = FORCED if self.is_forced else ""
        for one in self.experiments:
            for measure in self.measures:
                for mix in self.mixes:
                    is_base = mix == self.baseline
                    contrast = None if is_base else one.comparison.contrast(measure, mix)
                    ends = contrast.interval if contrast else one.comparison.estimates[measure][mix].interval
                    known = (
                        one.label, one.place, measure, mix, self.baseline, len(one.replications),
                        one.comparison.estimates[measure][mix].value,
                        contrast.difference if contrast else None,
                        ends.low if ends else None, ends.high if ends else None,
                    )  # fmt: skip
                    if one is self.experiments[0]:
                        yield (*known, *[None] * 5, self.deltas[measure], *[None] * 3, note)
                        continue
                    found = self.change(one.label, measure, mix)
                    interval = found.interval
                    yield (
                        *known, found.value,
                        *(
                            (None, None, None, None) if interval is None
                            else (interval.low, interval.high, interval.confidence, _method(found))
                        ),
                        found.delta, found.differing, found.verdict.value, found.in_words(), note,
                    )  # fmt: skip


def _method(found: ChangedDifference) -> str:
    assert found.interval is not None
    return f"{'paired' if found.is_paired else 'other luck'}, {found.interval.method.value}"
