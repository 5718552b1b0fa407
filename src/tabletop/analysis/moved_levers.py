"""Levers that finalists have in common: raised or cut more often than among all candidates, or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Way = Literal["raised", "cut"]
LEVEL = 0.05


@dataclass(frozen=True)
class MovedLever:
    """How often a `lever` is raised or cut from the baseline: among the chosen, and among all."""

    lever: str
    way: Way
    """'raised' or 'cut'."""
    chosen: int
    """In how many of the chosen mixes."""
    of_chosen: int
    """How many are chosen."""
    every: int
    """In how many of all candidates, the chosen among them."""
    of_every: int
    """How many candidates there are."""
    p: float
    """Chance of as many or more, if the chosen had been drawn from all whatever this lever does."""
    p_adjusted: float
    """The same times the number of levers and ways (Bonferroni), at most 1."""

    @property
    def is_shown(self) -> bool:
        """Whether chance does not explain it, at 5 % for all levers and both ways at once."""
        return self.p_adjusted < LEVEL

    def in_words(self) -> str:
        """'protection raised: 8 of 8 finalists, 40 of all 256 (p < 0.001)'."""
        p = "p < 0.001" if self.p_adjusted < 0.001 else f"p = {self.p_adjusted:.3f}"
        return (
            f"{self.lever} {self.way}: {self.chosen} of {self.of_chosen} finalists, {self.every} of all "
            f"{self.of_every} candidates ({p})"
        )


def moved_levers(shifts: Mapping[str, Mapping[str, float]], chosen: Sequence[str]) -> tuple[MovedLever, ...]:
    """Every lever and way that occurs, the least likely first, from each candidate's shift of each lever.

    `p` is hypergeometric: as if the chosen were drawn from the candidates, whatever their levers.
    """
    from scipy.stats import hypergeom  # 0.5 s to import

    names = [*shifts]
    levers = dict.fromkeys(lever for of in shifts.values() for lever in of)
    ways: tuple[tuple[Way, int], ...] = (("raised", 1), ("cut", -1))
    found = []
    for lever in levers:
        for way, sign in ways:
            every = sum(sign * of.get(lever, 0.0) > 0 for of in shifts.values())
            if not every:
                continue
            mine = sum(sign * shifts[name].get(lever, 0.0) > 0 for name in chosen)
            p = float(hypergeom.sf(mine - 1, len(names), every, len(chosen)))
            found.append((lever, way, mine, every, p))
    tests = len(found)
    rows = [
        MovedLever(lever, way, mine, len(chosen), every, len(names), p, min(1.0, tests * p))
        for lever, way, mine, every, p in found
    ]
    return tuple(sorted(rows, key=lambda one: one.p))
