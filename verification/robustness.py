"""The long verification of studies of robustness: many studies whose truth is known.

    python verification/robustness.py
    python verification/robustness.py --studies 200   # a look
    python verification/robustness.py --only Ishigami # the rows of which this is a part

A difference in world r of variant v is a mean that is known, luck that all variants share, and luck of its
own. Judged is how often the bounds of a count hold the true number of variants, how often the plain count is
right, whether shares of variance are unbiased and their intervals hold the truth, how often a condition that
does nothing has an interval above 0, how often a bracket of a switch holds the true one, how often a rule
or a box is told where there is nothing, and whether regret and counts of limits hold the truth. Nominal
values, seeds and lengths are declared here; what is not reached is printed as it is, nothing tuned on it.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import pi, sqrt

import numpy as np
from scipy.stats import binom, qmc

from tabletop.analysis.box import box
from tabletop.analysis.regret import fresh_interval, regrets, worst_of
from tabletop.analysis.satisficing import kept
from tabletop.analysis.shares import CURVED_FROM, shares
from tabletop.analysis.statements import Difference, Statement, count, statements
from tabletop.analysis.switches import switches
from tabletop.analysis.threshold_rule import threshold_rule
from tabletop.experiment.robustness.deciding import Decided

STUDIES, SEED = 2_000, 20_261_126
VARIANTS, DELTA = 64, 1.0
LEAST = 0.001
"""Chance of a row to be called missed although it reaches its nominal value."""
MOST_BIAS = 0.02
"""Of a share of variance, on average over studies."""


@dataclass(frozen=True)
class Row:
    """One line of the table: how often something was right, and how often it should be at least."""

    what: str
    right: int
    of: int
    nominal: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the nominal value is missed by more than chance explains."""
        if self.nominal is None:
            return "published"
        return "MISSED" if binom.cdf(self.right, self.of, self.nominal) < LEAST else "reached"


def luck(rng: np.random.Generator, law: str, size: tuple[int, ...]) -> np.ndarray:
    """Numbers with mean 0 and spread 1: normal, Student's with 4 degrees of freedom, or nine in ten 0."""
    match law:
        case "normal":
            return rng.normal(size=size)
        case "t4":
            return rng.standard_t(4, size=size) / sqrt(2)
        case _:
            return rng.normal(size=size) * (rng.random(size) < 0.1) * sqrt(10)


def study(
    rng: np.random.Generator, means: np.ndarray, *, law: str, shared: float, worlds: int, spread: float = 2.0
) -> np.ndarray:
    """Differences, variants × worlds, of which a share of the noise is common to all variants."""
    common = luck(rng, law, (1, worlds)) * sqrt(shared)
    own = luck(rng, law, (len(means), worlds)) * sqrt(1 - shared)
    return means[:, None] + spread * (common + own)


def summarised(table: np.ndarray) -> list[Difference]:
    """What a count is made of."""
    n = table.shape[1]
    each = zip(table.mean(axis=1), table.std(axis=1, ddof=1), (table != 0).sum(axis=1), strict=True)
    return [Difference(float(mean), float(spread), n, int(differing)) for mean, spread, differing in each]


def truths() -> dict[str, np.ndarray]:
    """True differences in 64 variants; less is better."""
    line = np.linspace(-2.5, 0.5, VARIANTS)
    return {
        "linear": line,
        "all at 0.9 δ": np.full(VARIANTS, -0.9),
        "half at 1.05 δ, half far": np.where(np.arange(VARIANTS) % 2, -1.05, 1.0),
    }


def counts(studies: int, only: str = "") -> Iterator[Row]:
    """Bounds of counts, and the plain count."""
    statement = statements(-1, DELTA)[0]
    for name, means in truths().items():
        true = int((-means > DELTA).sum())
        for law, shared, worlds in (
            ("normal", 0.0, 40), ("normal", 0.36, 40), ("normal", 1.0, 40), ("t4", 0.36, 40),
            ("normal", 0.36, 20), ("normal", 0.36, 100), ("zeros", 0.36, 100),
        ):  # fmt: skip
            case = f"{name}; {law}, {shared:.0%} shared, {worlds} worlds"
            if only not in case:
                continue
            rng = np.random.default_rng((SEED, worlds, int(100 * shared), len(name)))
            held = plain = 0
            for _ in range(studies):
                found = count(statement, summarised(study(rng, means, law=law, shared=shared, worlds=worlds)))
                held += found.low <= true <= found.high
                plain += found.seen == true
            yield Row(f"bounds hold: {case}", held, studies, 0.95)
            yield Row(f"plain count right: {case}", plain, studies)


CONDITIONS = ("strong", "weak", "nothing")


def contrast(kind: str, u: np.ndarray) -> np.ndarray:
    """A true contrast with spread 2, of three conditions from −1 to 1, the last axis of `u`.

    Ishigami's function (Ishigami & Homma 1990) has a = 7 and b = 0.1; its second input is the strong one
    here, with a first-order index of 0.442 (the weak one: 0.314), and its third is in an interaction alone.
    """
    a, b, c = (u[..., place] for place in range(3))
    one, other = sqrt(3) * a, sqrt(3) * b
    found: np.ndarray
    match kind:
        case "linear":
            found = sqrt(0.8) * one + sqrt(0.2) * other
        case "product":
            found = sqrt(0.6) * one + sqrt(0.15) * other + sqrt(0.25) * one * other
        case "curved line":
            found = sqrt(0.5) * one + sqrt(0.3 * 5) * (1.5 * a**2 - 0.5) + sqrt(0.2) * other
        case _:
            spread = sqrt(7**2 / 8 + 0.1 * pi**4 / 5 + 0.1**2 * pi**8 / 18 + 1 / 2)
            found = (np.sin(pi * b) * (1 + 0.1 * (pi * c) ** 4) + 7 * np.sin(pi * a) ** 2) / spread
    return 2 * found


def true_shares(kind: str, *, is_curved: bool) -> np.ndarray:
    """What the straight term of each condition, and the curved one, explain; by quadrature."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    u = np.stack(np.meshgrid(nodes, nodes, nodes, indexing="ij"), axis=-1)
    weight = np.einsum("i,j,k->ijk", weights, weights, weights) / 8
    value = contrast(kind, u)
    value = value - (weight * value).sum()
    found = np.array([(weight * value * sqrt(3) * u[..., of]).sum() ** 2 for of in range(3)])
    if is_curved:
        bent = sqrt(5) * (1.5 * u**2 - 0.5)
        found += np.array([(weight * value * bent[..., of]).sum() ** 2 for of in range(3)])
    shares_of: np.ndarray = found / (weight * value**2).sum()
    return shares_of


def parts(studies: int, only: str = "") -> Iterator[Row]:
    """Shares of variance: of a line, with a product, with a curve, and of Ishigami's function."""
    for variants in (64, 128, 256):
        for kind in ("linear", "product", "curved line", "Ishigami"):
            if only not in f"{kind}, {variants} variants":
                continue
            truth = true_shares(kind, is_curved=variants >= CURVED_FROM)
            rng = np.random.default_rng((SEED, variants, len(kind)))
            held, told, found = [0, 0], 0, []
            for number in range(studies):
                points = qmc.Sobol(3, scramble=True, seed=number).random(variants)
                means = contrast(kind, 2 * points - 1)
                table = study(rng, means, law="normal", shared=0.36, worlds=40, spread=4.0)
                by_name = {one.condition: one for one in shares(points, table, CONDITIONS, seed=number).of}
                if not by_name:
                    continue
                found.append([by_name[name].share for name in CONDITIONS])
                for place in (0, 1):
                    interval = by_name[CONDITIONS[place]].interval
                    held[place] += interval.low <= truth[place] <= interval.high
                told += by_name["nothing"].interval.low > 0
            bias = np.abs(np.mean(found, axis=0) - truth).max()
            case = f"{kind}, {variants} variants (largest bias {bias:.3f})"
            yield Row(f"interval of the strong share holds: {case}", held[0], len(found), 0.95)
            yield Row(f"interval of the weak share holds: {case}", held[1], len(found), 0.95)
            yield Row(f"nothing told of what does nothing: {case}", len(found) - told, len(found), 0.95)
            yield Row(f"no bias above {MOST_BIAS}: {case}", int(bias <= MOST_BIAS), 1, 1.0)


def brackets(studies: int, only: str = "") -> Iterator[Row]:
    """Switch points on lines of nine values: none, one, two, and a small slope."""
    better = statements(-1, DELTA)[1]
    values = np.linspace(0, 1, 9)
    lines = {
        "none": (np.full(9, -1.0), ()),
        "one": (4 * (values - 0.45), (0.45,)),
        "two": (12 * (values - 0.2) * (values - 0.8), (0.2, 0.8)),
        "touching": (4 * (values - 0.5) ** 2, ()),
        "small slope": (0.5 * (values - 0.45), (0.45,)),
    }
    for name, (means, true) in lines.items():
        if only not in f"line: {name}":
            continue
        rng = np.random.default_rng((SEED, len(name)))
        right = shown = 0
        for _ in range(studies):
            line = summarised(study(rng, means, law="normal", shared=0.36, worlds=100))
            found = switches(better, [*map(float, values)], line)
            shown += bool(found)
            right += all(any(one.low <= point <= one.high for point in true) for one in found)
        yield Row(f"every bracket that is shown holds a true switch: {name}", right, studies, 0.95)
        yield Row(f"a switch is shown: {name}", shown, studies)


def rules(studies: int, only: str = "") -> Iterator[Row]:
    """Rules of one threshold and boxes: nothing there, one threshold, two, and a corner of two conditions.

    A rule or box is told where a study tells it: a box of one condition is not, nor one that is no better
    than a rule.
    """
    said = Statement("holds", 1, 0.0)
    for name, wrong in (
        ("nothing", 0.0),
        ("one threshold", 0.1),
        ("two thresholds", 0.1),
        ("a corner", 0.05),
    ):
        for variants in (64, 128):
            if only not in f"{name}, {variants} variants":
                continue
            rng = np.random.default_rng((SEED, variants, len(name)))
            told = boxed = near = both = seen = guessed = 0.0
            for number in range(studies):
                table = rng.random((variants, 10))
                truth = {
                    "nothing": rng.random(variants) < 0.3,
                    "one threshold": table[:, 3] < 0.4,
                    "two thresholds": (table[:, 3] > 0.3) & (table[:, 3] < 0.8),
                    "a corner": (table[:, 3] > 0.4) & (table[:, 6] < 0.6),
                }[name] ^ (rng.random(variants) < wrong)
                rule = threshold_rule(table, truth.tolist(), seed=number)
                found = box(table, truth.tolist(), seed=number)
                if rule is None or found is None:
                    continue
                told += rule.checks.passed
                is_boxed = Decided(said, tuple(truth.tolist()), rule, found, None, None).is_told_by_box
                boxed += is_boxed
                near += rule.rule.place == 3 and abs(rule.rule.threshold - 0.4) <= 0.1
                both += is_boxed and set(found.box.places) == {3, 6}
                seen += float((rule.rule.predicted(table) == truth).mean())
                guessed += rule.checks.majority
            of = f"seen accuracy {seen / studies:.2f}, guessing {guessed / studies:.2f}"
            case = f"{name}, {variants} variants ({of})"
            if name == "nothing":
                yield Row(f"no rule told: {case}", studies - int(told), studies, 0.95)
                yield Row(f"no box told: {case}", studies - int(boxed), studies, 0.95)
                continue
            yield Row(f"a rule is told: {case}", int(told), studies)
            yield Row(f"a box is told: {case}", int(boxed), studies)
            if name == "one threshold":
                yield Row(f"its threshold is within 0.1 of the truth: {case}", int(near), studies)
            if name == "a corner":
                yield Row(f"a box of its two conditions alone is told: {case}", int(both), studies)


def behind(studies: int, only: str = "") -> Iterator[Row]:
    """Regret of seven mixes in 64 variants: all equal, and one best by δ; and its largest, on fresh luck."""
    mixes, variants, worlds = tuple("abcdefg"), VARIANTS, 40
    for name, means in (("all equal", np.zeros(7)), ("one best by δ", np.eye(7)[0])):
        if only not in f"regret: {name}":
            continue
        rng = np.random.default_rng((SEED, 5, len(name)))
        between = held = 0
        low, high, seen, fresh = [], [], [], []
        true = float(means.max() - means[3])
        for _ in range(studies):
            table = means[:, None, None] + rng.normal(0, 2, (7, variants, worlds))
            one = regrets(table, mixes)[3]
            between += min(one.low, one.high) <= true <= max(one.low, one.high)
            low.append(one.low)
            high.append(one.high)
            chosen = worst_of(table, 3)
            _, best, found = chosen[0]
            again = means[:, None] + rng.normal(0, 2, (7, worlds))
            mean, interval = fresh_interval(again[best] - again[3], together=len(chosen))
            behind_it = float(means[best] - means[3])
            held += interval is not None and interval.low <= behind_it <= interval.high
            seen.append(found - behind_it)
            fresh.append(mean - behind_it)
        of = f"{name} (on average {np.mean(low):.3f} to {np.mean(high):.3f}, truth {true:g})"
        yield Row(f"range of mean regret holds the truth: {of}", between, studies)
        of = f"{name} (error seen {np.mean(seen):.2f}, fresh {np.mean(fresh):.3f})"
        yield Row(f"interval of the largest regret, fresh, holds: {of}", held, studies, 0.95)


def limits(studies: int, only: str = "") -> Iterator[Row]:
    """In how many variants two limits are kept: half of the variants break one, by little or by much."""
    said = Statement("kept", 1, 0.0)
    for name, broken in (("by little", -0.1), ("by much", -1.5)):
        for shared in (0.0, 0.36, 1.0):
            case = f"one broken {name} in half of the variants, {shared:.0%} shared"
            if only not in case:
                continue
            rng = np.random.default_rng((SEED, 6, len(name), int(100 * shared)))
            second = np.where(np.arange(VARIANTS) % 2, broken, 1.0)
            held = 0
            for _ in range(studies):
                tables = [
                    study(rng, means, law="normal", shared=shared, worlds=40)
                    for means in (np.full(VARIANTS, 1.0), second)
                ]
                each = zip(*(summarised(table) for table in tables), strict=True)
                found = kept([[(said, one) for one in both] for both in each])
                held += found.low <= VARIANTS // 2 <= found.high
            yield Row(f"bounds of limits kept hold: {case}", held, studies, 0.95)


def main() -> int:
    """Print the table; 1 if a nominal value is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--only", default="", help="rows whose case has this in its name")
    asked = parser.parse_args()
    studies, only = asked.studies, asked.only
    missed = False
    for row in chain(
        counts(studies, only), parts(max(50, studies // 10), only), brackets(studies, only),
        rules(max(50, studies // 20), only), behind(studies, only), limits(studies, only),
    ):  # fmt: skip
        nominal = "" if row.nominal is None else f"{row.nominal:.1%}"
        print(f"{row.what:94} {row.right / row.of:7.1%} {nominal:>6} {row.of:6,} {row.verdict}", flush=True)
        missed = missed or row.verdict == "MISSED"
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
