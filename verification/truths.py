"""Truths: experiments that could have been, drawn from laws of which everything is known."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tabletop import MEASURES, load
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.scenario.scenario import Interest

Generator = np.random.Generator
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Truth:
    """Experiments that could have been, with what is true of them."""

    name: str
    sizes: tuple[int, ...]
    draw: Callable[[Generator, int], Outcomes]
    differences: Mapping[tuple[str, str], float]
    """By measure and mix, from the baseline: the first mix."""
    interests: Mapping[str, Interest]
    best: Mapping[str, str]
    """By measure; of several that are equally good, the one that is hardest to keep."""
    is_planned: bool = False
    """Whether precision decides how many of the replications are used."""


@dataclass(frozen=True)
class MeanTruth:
    """Outcomes of one mix that could have been, with what is true of their mean or ratio."""

    name: str
    measure: str
    """Which measure they stand for: its nature decides the interval."""
    sizes: tuple[int, ...]
    draw: Callable[[Generator, int], Column]
    true: float


def synthetic(
    name: str,
    sizes: tuple[int, ...],
    draw: Callable[[Generator, int], Mapping[str, Array]],
    differences: Mapping[str, float],
    *,
    delta: float,
    best: str,
    is_planned: bool = False,
) -> Truth:
    """A truth of one measure, of which less is better."""

    def outcomes(generator: Generator, n: int) -> Outcomes:
        ones = (1.0,) * n
        drawn = draw(generator, n)
        return Outcomes(
            tuple(range(n)), {mix: {"harm": Column(tuple(drawn[mix].tolist()), ones)} for mix in drawn}
        )

    by_measure = {("harm", mix): difference for mix, difference in differences.items()}
    interests = {"harm": Interest(delta=delta)}
    return Truth(name, sizes, outcomes, by_measure, interests, {"harm": best}, is_planned)


def normal(generator: Generator, n: int) -> dict[str, Array]:
    """Differences whose standard deviations are as one to a hundred."""
    worlds = generator.normal(50, 10, n)
    settings = {"steady": (0, 0.1), "usual": (0, 1), "wild": (0, 10), "steady δ": (1, 0.1), "usual δ": (1, 1)}
    moved = {mix: worlds + generator.normal(*setting, n) for mix, setting in settings.items()}
    return {"baseline": worlds} | moved


def moderate(generator: Generator, n: int) -> dict[str, Array]:
    """Differences that some hundred replications make precise enough."""
    worlds = generator.normal(50, 10, n)
    settings = {"usual": (0, 1), "usual δ": (1, 1), "twice": (0, 2)}
    return {"baseline": worlds} | {mix: worlds + generator.normal(*of, n) for mix, of in settings.items()}


def rare(generator: Generator, n: int) -> dict[str, Array]:
    """Counts that differ in one world of ten."""
    worlds = generator.poisson(5, n).astype(float)

    def differ(of: tuple[float, ...]) -> Array:
        return worlds + np.where(generator.random(n) < 0.1, generator.choice(of, n), 0.0)

    return {
        "baseline": worlds,
        "even": differ((-1, 1)),
        "large": differ((-5, 5)),
        "always more": differ((1,)),
    }


def lognormal(sigma: float, riskier: float) -> Callable[[Generator, int], dict[str, Array]]:
    """Totals of mean 10 on a common and an own luck: the same, the same but riskier, and a tenth more."""

    def draw(generator: Generator, n: int) -> dict[str, Array]:
        common = generator.normal(size=n)

        def total(mean: float, spread: float, shared: float) -> Array:
            z = shared * common + sqrt(1 - shared**2) * generator.normal(size=n)
            return mean * np.exp(spread * z) * exp(-(spread**2) / 2)

        return {
            "baseline": total(10, sigma, 1),
            "same": total(10, sigma, 0.9),
            "riskier": total(10, riskier, 0.9),
            "more": total(11, sigma, 0.9),
        }

    return draw


def far_out(*shifts: float) -> Callable[[Generator, int], dict[str, Array]]:
    """Differences that are lognormal with σ = 1 (skewness 6.2), each of its own luck, with these means."""

    def draw(generator: Generator, n: int) -> dict[str, Array]:
        worlds = generator.normal(50, 10, n)
        skewed = {f"mix {i}": generator.lognormal(0, 1, n) - exp(0.5) + by for i, by in enumerate(shifts, 1)}
        return {"baseline": worlds} | {mix: worlds + difference for mix, difference in skewed.items()}

    return draw


def alike(generator: Generator, n: int) -> dict[str, Array]:
    """Three mixes that are all usually a little better than the baseline, and rarely much worse."""
    common = generator.normal(size=n)

    def total(spread: float, shared: float) -> Array:
        z = shared * common + sqrt(1 - shared**2) * generator.normal(size=n)
        return 10 * np.exp(spread * z - spread**2 / 2)

    return {"baseline": total(0.6, 1)} | {f"riskier {i}": total(0.9, 0.9) for i in (1, 2, 3)}


def counts(mean: float) -> Callable[[Generator, int], Column]:
    """Poisson counts."""
    return lambda generator, n: _column(generator.poisson(mean, n))


def totals(generator: Generator, n: int) -> Column:
    """Lognormal totals with σ = 1."""
    return _column(generator.lognormal(0, 1, n))


def cases(a_world: float, false: float) -> Callable[[Generator, int], Column]:
    """Poisson numbers of cases, of which such a share is false."""

    def draw(generator: Generator, n: int) -> Column:
        opened = generator.poisson(a_world, n)
        return _column(generator.binomial(opened, false), opened)

    return draw


def _column(numerators: NDArray[Any], denominators: NDArray[Any] | None = None) -> Column:
    bottom = (1.0,) * len(numerators) if denominators is None else tuple(map(float, denominators))
    return Column(tuple(map(float, numerators)), bottom, is_ratio=denominators is not None)


def resampled(runs: Path) -> Truth:
    """Replications of a shipped scenario, drawn again with replacement: all that ran is the truth."""
    scenario = load("first-steps")
    interests = {name: i for name, i in scenario.measures.items() if i.primary}
    interests["disruption_share"] = Interest(delta=0.05)  # a ratio
    population = _population(runs, tuple(scenario.policy_mixes), tuple(interests))
    size = len(population.replications)
    arrays = {
        (mix, name): (np.array(column.numerators), np.array(column.denominators), column.is_ratio)
        for mix, columns in population.columns.items()
        for name, column in columns.items()
    }
    means = {key: n.sum() / d.sum() for key, (n, d, _) in arrays.items()}

    def draw(generator: Generator, n: int) -> Outcomes:
        chosen = generator.integers(0, size, n)
        columns: dict[str, dict[str, Column]] = {mix: {} for mix in population.mixes}
        for (mix, name), (numerators, denominators, is_ratio) in arrays.items():
            parts = tuple(numerators[chosen].tolist()), tuple(denominators[chosen].tolist())
            columns[mix][name] = Column(*parts, is_ratio)
        return Outcomes(tuple(range(n)), columns)

    return Truth(
        f"(d) first-steps, {size:,} replications",
        (30, 100),
        draw,
        {
            (name, mix): means[mix, name] - means[population.mixes[0], name]
            for name in interests
            for mix in population.mixes[1:]
        },
        interests,
        {
            name: max(population.mixes, key=lambda mix: MEASURES[name].direction * means[mix, name])
            for name in interests
        },
    )


def _population(runs: Path, mixes: tuple[str, ...], measures: tuple[str, ...]) -> Outcomes:
    """The replications that are complete for every mix."""
    parts: dict[tuple[str, str], dict[int, tuple[float, float]]] = {
        (mix, name): {} for mix in mixes for name in measures
    }
    with runs.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (found := parts.get((row["mix"], row["measure"]))) is not None:
                found[int(row["replication"])] = float(row["numerator"]), float(row["denominator"])
    complete = sorted(set.intersection(*(set(found) for found in parts.values())))

    def column(mix: str, name: str) -> Column:
        numerators, denominators = zip(*(parts[mix, name][r] for r in complete), strict=True)
        return Column(numerators, denominators, MEASURES[name].kind == "ratio")

    return Outcomes(tuple(complete), {mix: {name: column(mix, name) for name in measures} for mix in mixes})


TRUTHS = (
    synthetic(
        "(a) normal, spreads 1 to 100",
        (10, 30, 100),
        normal,
        {"steady": 0, "usual": 0, "wild": 0, "steady δ": 1, "usual δ": 1},
        delta=1.0,
        best="wild",
    ),
    synthetic(
        "(b) 90 % of differences are 0",
        (10, 30, 100, 300),
        rare,
        {"even": 0, "large": 0, "always more": 0.1},
        delta=0.1,
        best="large",
    ),
    synthetic(
        "(c) lognormal, differences skewed up to 2.4",
        (10, 30, 100),
        lognormal(0.6, 0.7),
        {"same": 0, "riskier": 0, "more": 1},
        delta=1.0,
        best="riskier",
    ),
    synthetic(
        "normal, as many as precision wants",
        (500,),
        moderate,
        {"usual": 0, "usual δ": 1, "twice": 0},
        delta=1.0,
        best="twice",
        is_planned=True,
    ),
    synthetic(
        "beyond: differences skewed up to 6.8",
        (30, 100, 300),
        lognormal(0.6, 0.9),
        {"same": 0, "riskier": 0, "more": 1},
        delta=1.0,
        best="riskier",
    ),
    synthetic(
        "(e) three differences as skewed as the riskier one of beyond",
        (30, 100, 300),
        alike,
        {"riskier 1": 0, "riskier 2": 0, "riskier 3": 0},
        delta=1.0,
        best="riskier 1",
    ),
    synthetic(
        "(f) one lognormal difference, σ = 1",
        (30, 100),
        far_out(0.0),
        {"mix 1": 0},
        delta=1.0,
        best="mix 1",
    ),
    synthetic(
        "(g) three lognormal differences, σ = 1",
        (30, 100),
        far_out(0.0, 0.0, 1.0),
        {"mix 1": 0, "mix 2": 0, "mix 3": 1},
        delta=1.0,
        best="mix 1",
    ),
)

MEANS = (
    MeanTruth("counts, 0.02 a world", "incidents", (10, 30, 100), counts(0.02), 0.02),
    MeanTruth("counts, 0.5 a world", "incidents", (10, 30, 100), counts(0.5), 0.5),
    MeanTruth(
        "shares of 0.1 cases a world, 30 % false", "false_case_share", (30, 100, 300), cases(0.1, 0.3), 0.3
    ),
    MeanTruth(
        "shares of 5 cases a world, 0.5 % false", "false_case_share", (30, 100), cases(5, 0.005), 0.005
    ),
    MeanTruth("lognormal totals, σ = 1", "harm", (30, 100), totals, exp(0.5)),
)
