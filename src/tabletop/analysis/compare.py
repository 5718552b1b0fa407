"""Comparisons: each mix against the baseline, by paired differences over common replications.

Replication r of every mix shares its luck, so that inference is on the differences
D_r = Y_mix,r − Y_baseline,r, never on two separate intervals. Primary measures have intervals that
hold together (Bonferroni over mixes compared × primary measures); those of other measures are
unadjusted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tabletop.analysis.contrast import Contrast, contrast
from tabletop.analysis.estimate import Estimate, Quantity, estimate
from tabletop.analysis.frames import frame
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.selection import selection
from tabletop.analysis.words import decimals_for, ends, figure, plural, share
from tabletop.errors import known_name
from tabletop.measures import MEASURES
from tabletop.notebook import html_table
from tabletop.scenario.scenario import Interest


@dataclass(frozen=True, repr=False)
class Comparison:
    """Mixes against a `baseline`: estimates of each mix, and contrasts in each measure."""

    baseline: str
    mixes: tuple[str, ...]
    """The baseline and the mixes compared with it, in the order of the file."""
    primary: tuple[str, ...]
    """The primary measures, in the order of the file."""
    replications: tuple[int, ...]
    """The replications that are complete for every mix, on which everything here is based."""
    dropped: tuple[int, ...]
    """The replications left out of every mix, because they failed in one."""
    intervals_together: int
    """The number of primary intervals that hold together at 95 %."""
    estimates: Mapping[str, Mapping[str, Estimate]]
    """The mean of each measure and mix: by measure, then by mix."""
    contrasts: tuple[Contrast, ...]
    """All contrasts, in the order of the measures, then of the mixes."""

    def contrast(self, measure: str, mix: str) -> Contrast:
        """The contrast of one mix in one measure.

        Raises UnknownName for a measure or mix that is not compared, and for the baseline itself.
        """
        known_name("measure in this comparison", measure, self.estimates)
        others = [name for name in self.mixes if name != self.baseline]
        known_name(f"policy mix compared with {self.baseline}", mix, others)
        return next(c for c in self.contrasts if c.measure == measure and c.mix == mix)

    def sentences(self) -> tuple[str, ...]:
        """A sentence for each primary contrast: verdict, difference and interval."""
        return tuple(self._sentence(c) for name in self.primary for c in self.contrasts if c.measure == name)

    def _sentence(self, contrast: Contrast) -> str:
        measure = MEASURES[contrast.measure]
        said = f"{measure.title}, {contrast.mix} against {self.baseline}: {contrast.in_words()}"
        if contrast.difference is None or not contrast.is_judged:
            return f"{said}."
        unit = "" if measure.unit == "count" else f" {measure.unit}"
        said = f"{said}; paired difference {figure(contrast.difference, signed=True)}{unit}"
        if contrast.interval is None:
            return f"{said}."
        low, high = contrast.interval.low, contrast.interval.high
        return f"{said} ({figure(low, signed=True)} to {figure(high, signed=True)})."

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def __repr__(self) -> str:
        others = ", ".join(mix for mix in self.mixes if mix != self.baseline) or "no other mix"
        worlds = plural(len(self.replications), "replication")
        return (
            f"<Comparison of {others} with {self.baseline}: {worlds}, {len(self.primary)} primary measures>"
        )

    def _repr_html_(self) -> str:
        """The verdict grid, as a notebook shows it: mixes down, primary measures across."""
        return html_table(
            f"Difference from {self.baseline} over {plural(len(self.replications), 'replication')}; "
            f"the intervals hold together at {share(CONFIDENCE)}.",
            ("policy mix", *(f"{MEASURES[name].title} ({MEASURES[name].unit})" for name in self.primary)),
            (
                (mix, [_cell(self.contrast(name, mix)) for name in self.primary])
                for mix in self.mixes
                if mix != self.baseline
            ),
        )

    def to_frame(self, library: ModuleType | None = None) -> Any:
        """Every contrast as a data frame, a row for each, with the ends and confidence of its interval.

        `low`, `high` and `confidence` are missing where there is no interval. Of pandas or polars, whichever
        is installed, or of the one that is passed as a module; a dict of lists where neither is.
        """
        columns: dict[str, list[Any]] = {
            name: [getattr(contrast, name) for contrast in self.contrasts]
            for name in ("measure", "mix", "baseline", "primary", "delta", "n", "differing", "difference")
        }
        intervals = [contrast.interval for contrast in self.contrasts]
        for end in ("low", "high", "confidence"):
            columns[end] = [None if interval is None else getattr(interval, end) for interval in intervals]
        columns["verdict"] = [str(contrast.verdict) for contrast in self.contrasts]
        columns["in_words"] = [contrast.in_words() for contrast in self.contrasts]
        return frame(columns, library)


def _cell(contrast: Contrast) -> str:
    """A contrast in a grid: its difference with the interval, and its verdict."""
    words = contrast.in_words()
    if contrast.difference is None or contrast.interval is None:
        return words
    decimals = decimals_for(contrast.interval.half_width)
    difference = figure(contrast.difference, signed=True, decimals=decimals)
    return f"{difference} ({ends(contrast.interval, decimals, signed=True)})\n{words}"


def compare(
    outcomes: Outcomes,
    *,
    baseline: str,
    interests: Mapping[str, Interest],
    same_policy: Collection[str] = (),
    dropped: tuple[int, ...] = (),
) -> Comparison:
    """Compare every other mix of `outcomes` with the baseline.

    `interests` names the primary measures and gives each its δ; `same_policy` names the mixes that
    resolve to the baseline's settings; `dropped` is only reported.
    """
    others = tuple(mix for mix in outcomes.mixes if mix != baseline)
    primary = tuple(name for name, interest in interests.items() if interest.primary)
    together = len(others) * len(primary)
    return Comparison(
        baseline=baseline,
        mixes=outcomes.mixes,
        primary=primary,
        replications=outcomes.replications,
        dropped=dropped,
        intervals_together=together,
        estimates={
            name: {
                mix: estimate(outcomes.columns[mix][name], Quantity.of(MEASURES[name]))
                for mix in outcomes.mixes
            }
            for name in outcomes.measures
        },
        contrasts=tuple(
            contrast(
                outcomes.columns[mix][name],
                outcomes.columns[baseline][name],
                measure=name,
                mix=mix,
                baseline=baseline,
                direction=MEASURES[name].direction,
                delta=interests[name].delta if name in interests else None,
                together=together if name in primary else None,
                same_policy=mix in same_policy,
                selection=selection(MEASURES[name], outcomes.columns, mix=mix, baseline=baseline),
            )
            for name in outcomes.measures
            for mix in others
        ),
    )
