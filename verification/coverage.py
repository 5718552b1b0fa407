"""How often the intervals, verdicts and best sets of a comparison are right, where the truth is known.

Each truth is drawn 2,000 times at several sizes, and put through the functions that judge every
experiment. A rate passes if its 99 % Clopper–Pearson interval does not lie wholly on the wrong side
of what is promised. Where it does, nearly every experiment that went wrong must have carried the
flag "few worlds differ": the rate of those without it is then held to the same promise. Seed,
truths, sizes and rules were fixed before the first look.

    python verification/coverage.py [--runs RUNS.CSV] [--experiments N] [--write]

`--runs` names the `tables/runs.csv` of `tabletop run first-steps --replications 5000 --seed 27182`, from
whose replications experiments are then resampled. `--write` puts the table into
docs/explanation/statistics.md. Exits 1 if a rate does not pass.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from tabletop import MEASURES, load
from tabletop.analysis.best import best
from tabletop.analysis.compare import Verdict, contrast
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.precision import precision
from tabletop.scenario.scenario import Interest

SEED = 161_803
EXPERIMENTS = 2_000
PROMISES = {"holds all": 0.05, "better": 0.025, "worse": 0.025, "equivalent": 0.025, "keeps the best": 0.05}
"""How often each may be wrong. Verdicts come from one side of a 95 % interval."""
PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "statistics.md"
BEGIN, END = "<!-- generated: coverage -->", "<!-- end -->"

Generator = np.random.Generator
Array = NDArray[np.float64]

BETTER = {Verdict.BETTER, Verdict.SLIGHTLY_BETTER}
WORSE = {Verdict.WORSE, Verdict.SLIGHTLY_WORSE}


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
    is_judged: bool = True
    """Whether the promises hold for it, or it shows where they end."""


@dataclass(frozen=True)
class Mistake:
    """What went wrong in one experiment, and whether the flag was on it."""

    promise: str
    flagged: bool


@dataclass(frozen=True)
class Rate:
    """How often something went wrong, of so many experiments."""

    promise: str
    wrong: int
    unflagged: int
    experiments: int

    @property
    def reached(self) -> bool:
        """Whether the promise is kept."""
        return self._within(self.wrong)

    @property
    def warned(self) -> bool:
        """Whether it is kept by what was not flagged."""
        return self._within(self.unflagged)

    def _within(self, wrong: int) -> bool:
        bounds = binomtest(wrong, self.experiments).proportion_ci(0.99, method="exact")
        return bool(bounds.low <= PROMISES[self.promise])

    def __str__(self) -> str:
        is_right = self.promise in {"holds all", "keeps the best"}
        percent = 100 * (self.experiments - self.wrong if is_right else self.wrong) / self.experiments
        mark = "" if self.reached else " ⚑" if self.warned else " ✗"
        return f"{percent:.1f} %{mark}"


def synthetic(
    name: str,
    sizes: tuple[int, ...],
    draw: Callable[[Generator, int], Mapping[str, Array]],
    differences: Mapping[str, float],
    *,
    delta: float,
    best: str,
    is_judged: bool = True,
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
    return Truth(name, sizes, outcomes, by_measure, interests, {"harm": best}, is_judged)


def normal(generator: Generator, n: int) -> dict[str, Array]:
    """Differences whose standard deviations are as one to a hundred."""
    worlds = generator.normal(50, 10, n)
    settings = {"steady": (0, 0.1), "usual": (0, 1), "wild": (0, 10), "steady δ": (1, 0.1), "usual δ": (1, 1)}
    moved = {mix: worlds + generator.normal(*setting, n) for mix, setting in settings.items()}
    return {"baseline": worlds} | moved


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


def lognormal(sigma: float) -> Callable[[Generator, int], dict[str, Array]]:
    """Totals of mean 10 on a common and an own luck: the same, the same but riskier, and a tenth more."""

    def draw(generator: Generator, n: int) -> dict[str, Array]:
        common = generator.normal(size=n)

        def total(mean: float, spread: float, shared: float) -> Array:
            z = shared * common + sqrt(1 - shared**2) * generator.normal(size=n)
            return mean * np.exp(spread * z) * exp(-(spread**2) / 2)

        return {
            "baseline": total(10, sigma, 1),
            "same": total(10, sigma, 0.9),
            "riskier": total(10, 1.5 * sigma, 0.9),
            "more": total(11, sigma, 0.9),
        }

    return draw


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
    parts: dict[tuple[str, str], list[tuple[float, float]]] = {}
    replications: dict[int, None] = {}
    with runs.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["measure"] in measures:
                replications[int(row["replication"])] = None
                pair = float(row["numerator"]), float(row["denominator"])
                parts.setdefault((row["mix"], row["measure"]), []).append(pair)

    def column(mix: str, name: str) -> Column:
        numerators, denominators = zip(*parts[mix, name], strict=True)
        return Column(numerators, denominators, MEASURES[name].kind == "ratio")

    return Outcomes(
        tuple(replications), {mix: {name: column(mix, name) for name in measures} for mix in mixes}
    )


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
        "(c) lognormal, σ 0.6",
        (10, 30, 100),
        lognormal(0.6),
        {"same": 0, "riskier": 0, "more": 1},
        delta=1.0,
        best="riskier",
    ),
    synthetic(
        "beyond: lognormal, σ 1",
        (30, 100),
        lognormal(1.0),
        {"same": 0, "riskier": 0, "more": 1},
        delta=1.0,
        best="riskier",
        is_judged=False,
    ),
)


def mistakes(truth: Truth, outcomes: Outcomes) -> Iterator[Mistake]:
    """What a comparison of these outcomes gets wrong."""
    baseline, *others = outcomes.mixes
    together = len(others) * len(truth.interests)
    for (measure, mix), true in truth.differences.items():
        direction, delta = MEASURES[measure].direction, truth.interests[measure].delta
        found = contrast(
            outcomes.columns[mix][measure],
            outcomes.columns[baseline][measure],
            measure=measure,
            mix=mix,
            baseline=baseline,
            direction=direction,
            delta=delta,
            together=together,
        )
        flagged = found.few_worlds_differ or found.verdict is Verdict.NO_DIFFERENCE_SEEN
        low, high = (0.0, 0.0) if found.interval is None else (found.interval.low, found.interval.high)
        if not low <= true <= high:
            yield Mistake("holds all", flagged)
        if found.verdict in BETTER and direction * true <= 0:
            yield Mistake("better", flagged)
        if found.verdict in WORSE and direction * true >= 0:
            yield Mistake("worse", flagged)
        if found.verdict is Verdict.EQUIVALENT and abs(true) >= delta:
            yield Mistake("equivalent", flagged)


def lost(truth: Truth, outcomes: Outcomes, measure: str) -> Mistake | None:
    """The true best of a measure, if the set has lost it."""
    interest = truth.interests[measure]
    found = best(outcomes, measure, direction=MEASURES[measure].direction, delta=interest.delta)
    if truth.best[measure] in found.among:
        return None
    return Mistake("keeps the best", found.few_worlds_differ)


def rates(truth: Truth, n: int, experiments: int) -> list[Rate]:
    """How often each promise was broken; of the best set, in the measure where it was most often."""
    generator = np.random.default_rng([SEED, n, *truth.name.encode()])
    tally = {promise: [0, 0] for promise in (*PROMISES, *truth.interests)}
    for _ in range(experiments):
        outcomes = truth.draw(generator, n)
        made: dict[str, bool] = {}
        for mistake in mistakes(truth, outcomes):
            made[mistake.promise] = made.get(mistake.promise, True) and mistake.flagged
        for measure in truth.interests:
            if (mistaken := lost(truth, outcomes, measure)) is not None:
                made[measure] = mistaken.flagged
        for promise, flagged in made.items():
            tally[promise][0] += 1
            tally[promise][1] += not flagged
    tally["keeps the best"] = max(tally[measure] for measure in truth.interests)
    return [Rate(promise, *tally[promise], experiments) for promise in PROMISES]


def stopped(experiments: int) -> list[Rate]:
    """How often all is held where the replications were chosen by precision, from normal differences."""
    truth = synthetic("planned", (), normal, {"usual": 0, "usual δ": 1, "twice": -1}, delta=1.0, best="twice")
    generator = np.random.default_rng([SEED, *truth.name.encode()])
    made = {promise: 0 for promise in PROMISES}
    for _ in range(experiments):
        most = 400
        worlds = generator.normal(50, 10, most)
        drawn = {"baseline": worlds, "usual": worlds + generator.normal(0, 1, most)}
        drawn |= {
            "usual δ": worlds + generator.normal(1, 1, most),
            "twice": worlds + generator.normal(-1, 2, most),
        }
        ones = (1.0,) * most
        columns = {mix: {"harm": Column(tuple(drawn[mix].tolist()), ones)} for mix in drawn}
        planned = precision(
            Outcomes(tuple(range(most)), columns), baseline="baseline", interests=truth.interests, most=most
        )
        used = planned.looked
        cut = {mix: {"harm": Column(columns[mix]["harm"].numerators[:used], ones[:used])} for mix in columns}
        outcomes = Outcomes(tuple(range(used)), cut)
        for promise in {mistake.promise for mistake in mistakes(truth, outcomes)}:
            made[promise] += 1
        made["keeps the best"] += lost(truth, outcomes, "harm") is not None
    return [Rate(promise, made[promise], made[promise], experiments) for promise in PROMISES]


def table(rows: list[tuple[str, str, list[Rate]]], experiments: int) -> list[str]:
    """The table in Markdown."""
    return [
        f"{experiments:,} experiments in each row, seed {SEED}. ⚑: the promise is not reached, and the flag says so; "
        "✗: it is not reached, and nothing says so.",
        "",
        "| truth | n | all intervals hold (95 %) | “better” is wrong (2.5 %) | “worse” is wrong (2.5 %) "
        "| “equivalent” is wrong (2.5 %) | the best is kept (95 %) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(f"| {name} | {n} | {' | '.join(map(str, found))} |" for name, n, found in rows),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run, print, and write the table if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=Path, default=None)
    parser.add_argument("--experiments", type=int, default=EXPERIMENTS)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    truths = [*TRUTHS, *([resampled(options.runs)] if options.runs is not None else [])]
    rows: list[tuple[str, str, list[Rate]]] = []
    judged: list[Rate] = []
    for truth in sorted(truths, key=lambda truth: not truth.is_judged):
        for n in truth.sizes:
            found = rates(truth, n, options.experiments)
            rows.append((truth.name, str(n), found))
            judged += found if truth.is_judged else []
        if truth is truths[0]:
            found = stopped(options.experiments)
            rows.append(("normal, n chosen by precision", "look by look", found))
            judged += found
    lines = table(rows, options.experiments)
    print("\n".join(lines))
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")
    return 0 if all(rate.warned for rate in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
