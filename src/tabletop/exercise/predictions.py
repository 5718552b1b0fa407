"""Predictions: 80 % ranges, and the score that rewards saying what one believes."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.engine.percentile import percentile

LEVEL = 0.8
PENALTY = 10.0
"""The factor on the distance by which a range misses: 2 / (1 − level)."""


def interval_score(low: float, high: float, happened: float) -> float:
    """The interval score of a central 80 % range: its width, and ten times the miss; less is better.

    Its expectation is smallest for the range from one's 10th to one's 90th percentile, so that nobody
    gains by quoting another (Gneiting & Raftery 2007, JASA 102, 359–378).
    """
    return (high - low) + PENALTY * max(low - happened, 0.0) + PENALTY * max(happened - high, 0.0)


def middle_range(values: Sequence[float]) -> tuple[float, float]:
    """The 10th and the 90th percentile of some values."""
    ordered = sorted(values)
    return percentile(ordered, 0.1), percentile(ordered, 0.9)


@dataclass(frozen=True)
class Scored:
    """A prediction, with the outcome that it was about."""

    low: float
    high: float
    happened: float
    scale: float
    """The width of the baseline's own 10–90 % range, at least 1 (0.01 for trust): the score's unit."""
    models_low: float
    models_high: float
    """The 10–90 % range that the model gave this team's mix."""

    @property
    def score(self) -> float:
        """The team's score, in widths of the baseline's range; less is better."""
        return interval_score(self.low, self.high, self.happened) / self.scale

    @property
    def models_score(self) -> float:
        """What the model's own range scored."""
        return interval_score(self.models_low, self.models_high, self.happened) / self.scale

    @property
    def is_hit(self) -> bool:
        """Whether it happened within the range."""
        return self.low <= self.happened <= self.high


def scale_of(low: float, high: float, *, is_share: bool) -> float:
    """The unit of a score: the width of a 10–90 % range, not below what can be told apart."""
    return max(high - low, 0.01 if is_share else 1.0)
