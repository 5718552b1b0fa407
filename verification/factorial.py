"""The long verification of pillars taken apart: many factorials whose truth is known.

    python verification/factorial.py
    python verification/factorial.py --studies 200   # a look
    python verification/factorial.py --only triple   # the rows of which this is a part

Five factors in 32 corners, the same worlds in all of them: an outcome is a mean that is known, luck that all
corners of a world share, and luck of the corner's own. Judged is whether all fifteen main effects and two-way
interactions hold their truths at once, whether nothing is shown that is nothing, and the same of the higher
interactions and of one at a time. Nominal values, seeds and lengths are declared here; what is not reached is
printed as it is, and nothing is tuned on it.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import sqrt

import numpy as np
from robustness import STUDIES, Row, luck

from tabletop.analysis.factorial import Corner, Factorial, factorial
from tabletop.analysis.outcomes import Column

SEED = 20_261_127
FACTORS = ("a", "b", "c", "d", "e")
CORNERS = [
    frozenset(f for f, high in zip(FACTORS, of, strict=True) if high) for of in product((0, 1), repeat=5)
]
SHARED = 0.64
"""Part of the noise that all corners of a world have alike."""
CASES = (("normal", 20), ("normal", 40), ("normal", 100), ("t4", 40), ("zeros", 40), ("zeros", 100))


@dataclass(frozen=True)
class Truth:
    """What each factor adds where it is high, and what pairs and triples add where all of them are."""

    name: str
    adds: Mapping[tuple[str, ...], float]

    def mean(self, corner: Corner) -> float:
        """The mean in a corner."""
        return sum(size for of, size in self.adds.items() if set(of) <= corner)

    def effect(self, of: tuple[str, ...]) -> float:
        """The true effect, by its definition: mean on its side less mean on the other."""
        sides: dict[bool, list[float]] = {True: [], False: []}
        for corner in CORNERS:
            sides[sum(f not in corner for f in of) % 2 == 0].append(self.mean(corner))
        return float(np.mean(sides[True]) - np.mean(sides[False]))

    @property
    def at_once(self) -> tuple[float, float, float]:
        """Each factor alone, summed; all together; the second less the first."""
        low, high = self.mean(frozenset()), self.mean(frozenset(FACTORS))
        alone = sum(self.mean(frozenset({f})) - low for f in FACTORS)
        return alone, high - low, high - low - alone


TRUTHS = (
    Truth("nothing", {}),
    Truth("additive", {("a",): -2.0, ("b",): -1.0, ("c",): 0.5}),
    Truth("with a product", {("a",): -2.0, ("b",): -1.0, ("c",): 0.5, ("a", "b"): 1.2}),
    Truth("with a triple", {("a",): -2.0, ("b",): -1.0, ("a", "b", "c"): 2.0}),
)


def study(rng: np.random.Generator, truth: Truth, *, law: str, worlds: int, spread: float = 2.0) -> Factorial:
    """One factorial from luck."""
    common = luck(rng, law, (1, worlds)) * sqrt(SHARED)
    own = luck(rng, law, (len(CORNERS), worlds)) * sqrt(1 - SHARED)
    means = np.array([truth.mean(corner) for corner in CORNERS])
    table = means[:, None] + spread * (common + own)
    columns = {
        corner: Column(tuple(map(float, row)), (1.0,) * worlds)
        for corner, row in zip(CORNERS, table, strict=True)
    }
    return factorial(columns, FACTORS, measure="incidents", delta=1.0)


def rows(studies: int, only: str = "") -> Iterator[Row]:
    """Every promise, for every truth and law."""
    every = [tuple(of) for size in range(1, 6) for of in combinations(FACTORS, size)]
    for truth in TRUTHS:
        true = {of: truth.effect(of) for of in every}
        for law, worlds in CASES:
            case = f"{truth.name}; {law}, {worlds} worlds"
            if only not in case:
                continue
            rng = np.random.default_rng((SEED, worlds, len(law), len(truth.name)))
            hold = quiet = higher = once = found = 0
            for _ in range(studies):
                one = study(rng, truth, law=law, worlds=worlds)
                hold += all(
                    e.interval.low <= true[e.factors] <= e.interval.high for e in one.effects if e.interval
                )
                quiet += not any(e.is_shown for e in one.effects if abs(true[e.factors]) < 1e-9)
                higher += all(
                    e.interval.low <= true[e.factors] <= e.interval.high for e in one.higher if e.interval
                )
                three = one.one_at_a_time
                ends = [one.interval for one in (three.alone, three.together, three.lost)]
                once += all(
                    interval is None or interval.low <= value <= interval.high
                    for interval, value in zip(ends, truth.at_once, strict=True)
                )
                found += one.interaction("a", "b").is_shown
            yield Row(f"all 15 hold at once: {case}", hold, studies, 0.95)
            yield Row(f"nothing is shown that is nothing: {case}", quiet, studies, 0.95)
            yield Row(f"all 16 higher ones hold at once: {case}", higher, studies, 0.95)
            yield Row(f"one at a time and all together hold: {case}", once, studies, 0.95)
            if true["a", "b"]:
                yield Row(f"the interaction is shown: {case}", found, studies)


def main() -> None:
    """Print every row, and leave with 1 if a nominal value is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--only", default="", help="rows whose case has this in its name")
    asked = parser.parse_args()
    studies = asked.studies
    missed = 0
    print(f"| {studies:,} studies a row | right | promised | |\n| --- | --- | --- | --- |")
    for row in rows(studies, asked.only):
        promised = "–" if row.nominal is None else f"{row.nominal:.0%}"
        print(f"| {row.what} | {100 * row.right / row.of:.1f} % | {promised} | {row.verdict} |", flush=True)
        missed += row.verdict == "MISSED"
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
