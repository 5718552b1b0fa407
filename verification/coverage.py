"""How often the intervals, verdicts and best sets of a comparison are right, where the truth is known.

Each truth is drawn 2,000 times at several sizes, and put through the functions that judge every
experiment. A rate passes if its 99 % Clopper–Pearson interval does not lie wholly on the wrong side
of what is promised. Where it does, nearly every experiment that went wrong must have carried the
flag that it rests on few worlds, or on skewed outcomes: the rate of those without one is then held
to the same promise. Seed, truths, sizes and rules were fixed before the first look.

    python verification/coverage.py [--runs RUNS.CSV] [--experiments N] [--write]

`--runs` names the `tables/runs.csv` of `tabletop run first-steps --replications 5000 --seed 27182`, from
whose replications experiments are then resampled. `--write` puts the table into
docs/explanation/statistics.md. Exits 1 if a rate does not pass.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binomtest
from truths import MEANS, TRUTHS, MeanTruth, Truth, resampled

from tabletop import MEASURES
from tabletop.analysis.best import best
from tabletop.analysis.contrast import Contrast, ContrastVerdict, contrast
from tabletop.analysis.estimate import Quantity, estimate
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
UNKNOWN = {ContrastVerdict.NO_DIFFERENCE_SEEN, ContrastVerdict.TOO_LITTLE, ContrastVerdict.MISSING}


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


def contrasts(truth: Truth, outcomes: Outcomes) -> Iterator[tuple[float, Contrast]]:
    """Every contrast of an experiment, with what is true of it."""
    baseline, *others = outcomes.mixes
    together = len(others) * len(truth.interests)
    for (measure, mix), true in truth.differences.items():
        found = contrast(
            outcomes.columns[mix][measure],
            outcomes.columns[baseline][measure],
            measure=measure,
            mix=mix,
            baseline=baseline,
            direction=MEASURES[measure].direction,
            delta=truth.interests[measure].delta,
            together=together,
        )
        yield true, found


def is_flagged(found: Contrast) -> bool:
    """Whether it says that it rests on little, or on nothing."""
    return found.rests_on_little or found.verdict in UNKNOWN


def mistakes(found: Iterable[tuple[float, Contrast]]) -> Iterator[Mistake]:
    """What a comparison gets wrong."""
    for true, one in found:
        direction, flagged = MEASURES[one.measure].direction, is_flagged(one)
        # what has no interval stands for the difference that it shows
        low, high = (one.difference or 0.0,) * 2
        if one.interval is not None:
            low, high = one.interval.low, one.interval.high
        if not low <= true <= high:
            yield Mistake("holds all", flagged)
        if one.verdict in BETTER and direction * true <= 0:
            yield Mistake("better", flagged)
        if one.verdict in WORSE and direction * true >= 0:
            yield Mistake("worse", flagged)
        if one.verdict is ContrastVerdict.EQUIVALENT and one.delta is not None and abs(true) >= one.delta:
            yield Mistake("equivalent", flagged)


def lost(truth: Truth, outcomes: Outcomes, measure: str) -> Mistake | None:
    """The true best of a measure, if the set has lost it."""
    interest = truth.interests[measure]
    direction, together = MEASURES[measure].direction, len(truth.differences)
    found = best(outcomes, measure, direction=direction, delta=interest.delta, together=together)
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


def rates(truth: Truth, n: int, experiments: int) -> tuple[list[Rate], float]:
    """How often each promise was broken, and the share of contrasts that were flagged.

    Of the best set it is told in the measure where it was lost most often.
    """
    generator = np.random.default_rng([SEED, n, *truth.name.encode()])
    tally = dict.fromkeys((*PROMISES, *truth.interests), (0, 0))
    flags = 0
    for _ in range(experiments):
        outcomes = truth.draw(generator, n)
        if truth.is_planned:
            outcomes = enough(truth, outcomes)
        made: dict[str, bool] = {}
        found = list(contrasts(truth, outcomes))
        flags += sum(is_flagged(one) for _, one in found)
        for mistake in mistakes(found):
            made[mistake.promise] = made.get(mistake.promise, True) and mistake.flagged
        for measure in truth.interests:
            if (mistaken := lost(truth, outcomes, measure)) is not None:
                made[measure] = mistaken.flagged
        for promise, flagged in made.items():
            wrong, unflagged = tally[promise]
            tally[promise] = wrong + 1, unflagged + (not flagged)
    tally["keeps the best"] = max(tally[measure] for measure in truth.interests)
    judged = [Rate(promise, *tally[promise], experiments) for promise in PROMISES]
    return judged, flags / experiments / len(truth.differences)


def mean_rates(truth: MeanTruth, n: int, experiments: int) -> tuple[Rate, int]:
    """How often the interval of one mix did not hold the truth; and how often there was none."""
    generator = np.random.default_rng([SEED, n, *truth.name.encode()])
    quantity = Quantity.of(MEASURES[truth.measure])
    wrong = unflagged = without = 0
    for _ in range(experiments):
        found = estimate(truth.draw(generator, n), quantity)
        if found.interval is None:
            without += 1
        elif not found.interval.low <= truth.true <= found.interval.high:
            wrong += 1
            unflagged += not found.basis.in_words()
    return Rate("holds all", wrong, unflagged, experiments), without


def mean_table(rows: list[tuple[str, int, Rate, int]], experiments: int) -> list[str]:
    """The table of one mix's intervals in Markdown."""
    lines = ["| truth | n | the interval holds (95 %) | no interval |", "| --- | --- | --- | --- |"]
    for name, n, rate, without in rows:
        lines.append(f"| {name} | {n} | {rate} | {100 * without / experiments:.1f} % |")
    return lines


def table(rows: list[tuple[str, str, list[Rate], float]], experiments: int) -> list[str]:
    """The table in Markdown."""
    marks = (
        "⚑: the promise is not reached, and a flag says so; ✗: it is not reached, and nothing says so. "
        "The last column is the share of differences with a flag."
    )
    head = (
        "truth",
        "n",
        "all intervals hold (95 %)",
        "“better” is wrong (2.5 %)",
        "“worse” is wrong (2.5 %)",
        "“equivalent” is wrong (2.5 %)",
        "the best is kept (95 %)",
        "flagged",
    )
    cells = [
        head,
        ("---",) * len(head),
        *((name, n, *map(str, found), f"{100 * flags:.0f} %") for name, n, found, flags in rows),
    ]
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
    rows: list[tuple[str, str, list[Rate], float]] = []
    passed = True
    for truth in truths:
        for n in truth.sizes:
            found, flags = rates(truth, n, options.experiments)
            rows.append((truth.name, f"chosen, at most {n}" if truth.is_planned else str(n), found, flags))
            passed &= all(rate.warned for rate in found)
    means = [
        (truth.name, n, *mean_rates(truth, n, options.experiments)) for truth in MEANS for n in truth.sizes
    ]
    passed &= all(rate.warned for _, _, rate, _ in means)
    lines = [*table(rows, options.experiments), "", *mean_table(means, options.experiments)]
    print("\n".join(lines))
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
