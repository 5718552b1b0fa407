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
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binomtest
from truths import TRUTHS, Truth, resampled

from tabletop import MEASURES
from tabletop.analysis.best import best
from tabletop.analysis.compare import ContrastVerdict, contrast
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.precision import precision

SEED = 271_828
EXPERIMENTS = 2_000
PROMISES = {"holds all": 0.05, "better": 0.025, "worse": 0.025, "equivalent": 0.025, "keeps the best": 0.05}
"""How often each may be wrong. Verdicts come from one side of a 95 % interval."""
PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "statistics.md"
BEGIN, END = "<!-- generated: coverage -->", "<!-- end -->"

BETTER = {ContrastVerdict.BETTER, ContrastVerdict.SLIGHTLY_BETTER}
WORSE = {ContrastVerdict.WORSE, ContrastVerdict.SLIGHTLY_WORSE}


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
        flagged = found.few_worlds_differ or found.verdict is ContrastVerdict.NO_DIFFERENCE_SEEN
        low, high = (0.0, 0.0) if found.interval is None else (found.interval.low, found.interval.high)
        if not low <= true <= high:
            yield Mistake("holds all", flagged)
        if found.verdict in BETTER and direction * true <= 0:
            yield Mistake("better", flagged)
        if found.verdict in WORSE and direction * true >= 0:
            yield Mistake("worse", flagged)
        if found.verdict is ContrastVerdict.EQUIVALENT and abs(true) >= delta:
            yield Mistake("equivalent", flagged)


def lost(truth: Truth, outcomes: Outcomes, measure: str) -> Mistake | None:
    """The true best of a measure, if the set has lost it."""
    interest = truth.interests[measure]
    found = best(outcomes, measure, direction=MEASURES[measure].direction, delta=interest.delta)
    if truth.best[measure] in found.among:
        return None
    return Mistake("keeps the best", found.few_worlds_differ)


def enough(truth: Truth, outcomes: Outcomes) -> Outcomes:
    """As many of the replications as `--precision` would have made."""
    baseline, n = outcomes.mixes[0], len(outcomes.replications)
    used = precision(outcomes, baseline=baseline, interests=truth.interests, most=n).looked
    columns = {
        mix: {name: Column(c.numerators[:used], c.denominators[:used], c.is_ratio) for name, c in of.items()}
        for mix, of in outcomes.columns.items()
    }
    return Outcomes(outcomes.replications[:used], columns)


def rates(truth: Truth, n: int, experiments: int) -> list[Rate]:
    """How often each promise was broken; of the best set, in the measure where it was most often."""
    generator = np.random.default_rng([SEED, n, *truth.name.encode()])
    tally = dict.fromkeys((*PROMISES, *truth.interests), (0, 0))
    for _ in range(experiments):
        outcomes = truth.draw(generator, n)
        if truth.is_planned:
            outcomes = enough(truth, outcomes)
        made: dict[str, bool] = {}
        for mistake in mistakes(truth, outcomes):
            made[mistake.promise] = made.get(mistake.promise, True) and mistake.flagged
        for measure in truth.interests:
            if (mistaken := lost(truth, outcomes, measure)) is not None:
                made[measure] = mistaken.flagged
        for promise, flagged in made.items():
            wrong, unflagged = tally[promise]
            tally[promise] = wrong + 1, unflagged + (not flagged)
    tally["keeps the best"] = max(tally[measure] for measure in truth.interests)
    return [Rate(promise, *tally[promise], experiments) for promise in PROMISES]


def table(rows: list[tuple[str, str, list[Rate]]], experiments: int) -> list[str]:
    """The table in Markdown."""
    marks = "⚑: the promise is not reached, and the flag says so; ✗: it is not reached, and nothing says so."
    head = (
        "truth",
        "n",
        "all intervals hold (95 %)",
        "“better” is wrong (2.5 %)",
        "“worse” is wrong (2.5 %)",
        "“equivalent” is wrong (2.5 %)",
        "the best is kept (95 %)",
    )
    cells = [head, ("---",) * len(head), *((name, n, *map(str, found)) for name, n, found in rows)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [f"{experiments:,} experiments in each row, seed {SEED}. {marks}", "", *lines]


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
    passed = True
    for truth in sorted(truths, key=lambda truth: not truth.is_judged):
        for n in truth.sizes:
            found = rates(truth, n, options.experiments)
            rows.append((truth.name, f"chosen, at most {n}" if truth.is_planned else str(n), found))
            passed &= not truth.is_judged or all(rate.warned for rate in found)
    lines = table(rows, options.experiments)
    print("\n".join(lines))
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
