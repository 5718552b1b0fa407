"""Bootstrap intervals of ratios, shown beside those of a comparison; no verdict depends on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tabletop.analysis.bootstrap import bca_contrast, bca_estimate
from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.interval import Interval
from tabletop.analysis.outcomes import Outcomes
from tabletop.measures import MEASURES


@dataclass(frozen=True)
class RatioIntervals:
    """BCa intervals of some ratios (`measures`): `estimates` of mixes and `contrasts` with the baseline.

    The keys are (measure, mix); an interval is None where it cannot be computed.
    """

    measures: tuple[str, ...]
    estimates: Mapping[tuple[str, str], Interval | None]
    contrasts: Mapping[tuple[str, str], Interval | None]


def ratio_intervals(
    outcomes: Outcomes, compared: Comparison, *, names: Iterable[str], seed: int
) -> RatioIntervals:
    """The intervals of those among the named measures that are ratios."""
    ratios = tuple(name for name in names if MEASURES[name].kind == "ratio")
    return RatioIntervals(
        ratios,
        {
            (name, mix): bca_estimate(outcomes.columns[mix][name], seed=seed, measure=name, mix=mix)
            for name in ratios
            for mix in compared.mixes
            if compared.estimates[name][mix].interval is not None
        },
        {(c.measure, c.mix): _contrast(outcomes, c, seed) for c in compared.contrasts if c.measure in ratios},
    )


def _contrast(outcomes: Outcomes, contrast: Contrast, seed: int) -> Interval | None:
    if contrast.interval is None:
        return None
    name = contrast.measure
    return bca_contrast(
        outcomes.columns[contrast.mix][name],
        outcomes.columns[contrast.baseline][name],
        seed=seed,
        measure=name,
        mix=contrast.mix,
        baseline=contrast.baseline,
        confidence=contrast.interval.confidence,
    )
