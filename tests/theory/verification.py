"""The rule by which an estimate is held against an exact value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

from scipy.stats import t

from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Run, simulate

SEEDS = (20261, 20262)
"""Declared before the first look: the first is used; a failure is rerun once with the second."""
RERUN = 10
"""A rerun is so many times as long, and decides."""

Reading = Callable[[Run], Mapping[str, tuple[float, float]]]


@dataclass(frozen=True)
class Length:
    """How long a study runs, and how narrow its intervals must then be (of the value)."""

    name: str
    factor: int
    width: float


SHORT = Length("short", 1, 0.05)
LONG = Length("long", 8, 0.02)


@dataclass(frozen=True)
class Study:
    """One limiting case: an ordinary scenario, how its runs are read, and what is exact."""

    name: str
    scenario: Scenario
    replications: int
    read: Reading
    """Numerator and denominator of each quantity in one replication."""
    exact: Mapping[str, float]
    journal: bool = False


@dataclass(frozen=True)
class Finding:
    """An estimate beside its exact value."""

    name: str
    exact: float
    estimate: float
    half_width: float

    def covers(self, value: float) -> bool:
        rounding = 1e-9 * abs(value)  # Little's law holds to rounding where nobody waits at the ends
        return abs(self.estimate - value) <= self.half_width + rounding

    def faults(self, width: float) -> list[str]:
        """What speaks against it; nothing, if it holds."""
        found = []
        if not self.covers(self.exact):
            found.append("misses the exact value")
        if not self.half_width < width * abs(self.exact):
            found.append(f"half-width is not below {width:.0%}")
        found += [f"accepts {off} times the value" for off in (0.9, 1.1) if self.covers(off * self.exact)]
        return found

    def __str__(self) -> str:
        return f"{self.name}: exact {self.exact:.6f}, estimate {self.estimate:.6f} ± {self.half_width:.6f}"


def ratio_interval(parts: list[tuple[float, float]], confidence: float) -> tuple[float, float]:
    """Estimate and half-width of a ratio of means; pairs are independent (delta method, Student's t)."""
    n = len(parts)
    top = sum(a for a, _ in parts) / n
    bottom = sum(b for _, b in parts) / n
    ratio = top / bottom
    spread = sqrt(sum((a - ratio * b) ** 2 for a, b in parts) / (n - 1))
    quantile = float(t.ppf((1 + confidence) / 2, n - 1))
    return ratio, quantile * spread / sqrt(n) / abs(bottom)


def findings(study: Study, replications: int, seed: int, confidence: float) -> list[Finding]:
    """Estimates of all quantities of a study; replications are the independent units."""
    mix = study.scenario.baseline
    readings = [
        study.read(simulate(study.scenario, mix, replication, seed=seed, journal=study.journal))
        for replication in range(replications)
    ]
    return [
        Finding(f"{study.name}, {name}", exact, *ratio_interval([r[name] for r in readings], confidence))
        for name, exact in study.exact.items()
    ]


def verdict(study: Study, length: Length, confidence: float) -> list[str]:
    """What remains wrong with a study after the one rerun that a failure is allowed."""
    replications = study.replications * length.factor
    failed = {f.name for f in findings(study, replications, SEEDS[0], confidence) if f.faults(length.width)}
    if not failed:
        return []
    again = findings(study, replications * RERUN, SEEDS[1], confidence)
    return [
        f"{f}: {'; '.join(faults)}" for f in again if f.name in failed and (faults := f.faults(length.width))
    ]
