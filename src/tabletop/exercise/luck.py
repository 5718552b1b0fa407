"""Luck: which world is played, its rank among others, and how luck is separated from policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from secrets import token_hex

from tabletop.measures import Reading, value

QUARTILES = {"lower quartile": 0.25, "median": 0.5, "upper quartile": 0.75}


def drawn_secret() -> str:
    """A secret that nobody knows before StartEx."""
    return token_hex(8)


def seed_of(seed: int, secret: str) -> int:
    """The seed of an exercise's luck, from the scenario's and the secret."""
    return int.from_bytes(blake2b(f"{seed}/{secret}".encode(), digest_size=8).digest()) >> 1


def mean_of(readings: Sequence[Reading]) -> float | None:
    """The mean of a measure over replications: of a ratio, the ratio of sums; None if it is missing."""
    numerator = denominator = 0.0
    for above, below in readings:
        numerator += above
        denominator += below
    return value((numerator, denominator))


def rank(among: Sequence[float], own: float) -> float:
    """How many of others lie below, ties counting half."""
    below = equal = 0
    for other in among:
        below += other < own
        equal += other == own
    return below + equal / 2


def nearest_to(values: Sequence[float], near: str) -> int:
    """The position of the value whose rank is nearest to a quartile; of several, the first."""
    ordered = sorted(range(len(values)), key=lambda n: (values[n], n))
    wanted = QUARTILES[near] * (len(values) - 1)
    place = min(range(len(values)), key=lambda n: (abs(n - wanted), n))
    return ordered[place]


@dataclass(frozen=True)
class Split:
    """A team's realised outcome minus the baseline's mean, split exactly into three parts.

    `total` = `world` + `policy` + `interaction`, each in the measure's unit.
    """

    total: float
    """Team realised − baseline mean."""
    world: float
    """Baseline realised − baseline mean: the same for every team."""
    policy: float
    """Team mean − baseline mean."""

    @property
    def interaction(self) -> float:
        """The rest: how this policy and this world happened to combine."""
        return self.total - self.world - self.policy


def split(
    realised: float | None,
    baseline_realised: float | None,
    mean: float | None,
    baseline_mean: float | None,
) -> Split | None:
    """The split of an outcome into luck and policy; None if one of the four is missing."""
    if realised is None or baseline_realised is None or mean is None or baseline_mean is None:
        return None
    return Split(realised - baseline_mean, baseline_realised - baseline_mean, mean - baseline_mean)
