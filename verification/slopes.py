"""The long verification of slopes of conditions: many studies of robustness whose truth is known.

    python verification/slopes.py
    python verification/slopes.py --studies 200   # a look
    python verification/slopes.py --only Ishigami # the rows of which this is a part

The slope of a condition is how far the straight line that fits a contrast best goes from the lower end of a
range to the upper; where the contrast is curved, or conditions act together, that line still has a true
slope. Judged is how often the interval of a strong, a weak and an idle condition holds it, each alone. Beside
it stands how often an interval a fifth narrower would. Contrasts, noise and the point at which a row is
called missed are those of `robustness.py`. Truths, seeds and lengths are declared here; what is not reached
is printed as it is, and nothing is tuned on it.
"""

import argparse
import sys
from collections.abc import Iterator

import numpy as np
from robustness import CONDITIONS, STUDIES, Row, contrast, study
from scipy.stats import qmc

from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.shares import Share, shares

SEED = 20_261_128
SPREAD, WORLDS, SHARED = 4.0, 40, 0.36
"""Of the noise in one world, worlds of each variant, and the part of the noise that variants share."""
NARROWED = 0.8
"""Of the width of an interval, to see whether the check would notice."""
KINDS = ("linear", "product", "curved line", "Ishigami")
CASES = (
    *((kind, "normal", 3, variants) for variants in (64, 128) for kind in KINDS),
    ("linear", "t4", 3, 64),
    ("linear", "zeros", 3, 64),
    ("linear", "normal", 16, 64),
)
"""Contrast, law of the noise, conditions and variants; 64 variants allow 16 conditions at most."""


def true_slopes(kind: str) -> tuple[float, ...]:
    """Of each condition, by quadrature."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    u = np.stack(np.meshgrid(nodes, nodes, nodes, indexing="ij"), axis=-1)
    weight = np.einsum("i,j,k->ijk", weights, weights, weights) / 8
    value = contrast(kind, u)
    return tuple(float(2 * 3 * (weight * value * u[..., of]).sum()) for of in range(len(CONDITIONS)))


def holds(found: Share, truth: float, width: float = 1.0) -> bool:
    """Whether the interval, drawn in to this part of its width on each side, holds the truth."""
    below, above = found.slope - found.slope_interval.low, found.slope_interval.high - found.slope
    return found.slope - width * below <= truth <= found.slope + width * above


def rows(studies: int, only: str = "") -> Iterator[Row]:
    """Every promise, for every contrast and law."""
    for kind, law, number, variants in CASES:
        case = f"{kind}; {law}, {number} conditions, {variants} variants"
        if only not in case:
            continue
        truths = true_slopes(kind)
        names = [*CONDITIONS, *(f"idle {n}" for n in range(len(CONDITIONS), number))]
        rng = np.random.default_rng((SEED, variants, number, len(law), len(kind)))
        held, narrower, of = [0, 0, 0], [0, 0, 0], 0
        for seed in range(studies):
            points = qmc.Sobol(number, scramble=True, seed=seed).random(variants)
            means = contrast(kind, 2 * points - 1)
            table = study(rng, means, law=law, shared=SHARED, worlds=WORLDS, spread=SPREAD)
            by_name = {one.condition: one for one in shares(points, table, names, seed=seed).of}
            of += bool(by_name)
            for place, name in enumerate(CONDITIONS if by_name else ()):
                held[place] += holds(by_name[name], truths[place])
                narrower[place] += holds(by_name[name], truths[place], NARROWED)
        for place, name in enumerate(CONDITIONS):
            yield Row(f"slope of {name} ({truths[place]:.2f}): {case}", held[place], of, CONFIDENCE)
            yield Row(f"a fifth narrower, of {name}: {case}", narrower[place], of)


def main() -> None:
    """Print every row, and leave with 1 if a nominal value is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--only", default="", help="rows whose case has this in its name")
    asked = parser.parse_args()
    missed = 0
    for row in rows(asked.studies, asked.only):
        promised = "–" if row.nominal is None else f"{row.nominal:.0%}"
        right = f"{100 * row.right / row.of:.1f} %"
        print(f"| {row.what} | {right} | {promised} | {row.of:,} | {row.verdict} |", flush=True)
        missed += row.verdict == "MISSED"
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
