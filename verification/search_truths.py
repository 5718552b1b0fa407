"""The long verification of searches: fronts and searches whose truth is known.

    python verification/search_truths.py
    python verification/search_truths.py --studies 200   # a look

Fronts: mixes whose true means in two aims are known, with luck that all mixes share. Judged is how often no
mix at all is called on the front that is not, and none off it that is. Searches: 256 candidates with known
means are screened by the rule of `tabletop search`, and eight are judged in 200 fresh worlds. Published is
how often screening loses the best, and the bias of its estimates beside that of fresh ones; judged is whether
all fresh intervals hold, and how often nothing is said to beat the baseline where nothing does. Nominal
values, seeds and lengths are declared here; what is not reached is printed as it is, and nothing is tuned.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np
from robustness import STUDIES, Row, luck

from tabletop.analysis.contrast import ContrastVerdict, contrast
from tabletop.analysis.front import Place, standings
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.experiment.search.screening import Goal, screened

SEED = 20_261_128
SHARED = 0.64
CANDIDATES, FINALISTS, FRESH = 256, 8, 200
FRONTS = {
    "apart": ((0, 4), (2, 3), (4, 0), (1, 1), (-1, 2)),
    "close": ((0, 1), (0.5, 0.5), (1, 0), (0.4, 0.4), (-0.2, 0.9)),
    "all equal": ((0, 0),) * 6,
    "on a line": tuple((x / 4, 1 - x / 4) for x in range(5)),
}


def true_front(means: Sequence[tuple[float, float]]) -> set[int]:
    """The mixes that no other is at least as good as in both aims and better in one."""
    return {
        i
        for i, one in enumerate(means)
        if not any(a >= one[0] and b >= one[1] and (a, b) != tuple(one) for a, b in means)
    }


def fronts(studies: int) -> Iterator[Row]:
    """Whether anything is called on or off wrongly, and how much is decided."""
    for name, means in FRONTS.items():
        truth = true_front(means)
        for law, worlds in (("normal", 40), ("normal", 200), ("t4", 100), ("zeros", 200)):
            rng = np.random.default_rng((SEED, worlds, len(law), len(name)))
            off = on = decided = 0
            for _ in range(studies):
                common = luck(rng, law, (1, 2, worlds)) * sqrt(SHARED)
                own = luck(rng, law, (len(means), 2, worlds)) * sqrt(1 - SHARED)
                table = np.array(means)[:, :, None] + 2 * (common + own)
                found = standings(
                    {str(i): [list(map(float, aim)) for aim in of] for i, of in enumerate(table)}
                )
                off += not any(one.place is Place.OFF and int(one.mix) in truth for one in found)
                on += not any(one.place is Place.ON and int(one.mix) not in truth for one in found)
                decided += sum(one.place is not Place.PERHAPS for one in found)
            case = f"{name}; {law}, {worlds} worlds"
            yield Row(f"none off that is on: {case}", off, studies, 0.95)
            yield Row(f"none on that is off: {case}", on, studies, 0.95)
            yield Row(f"mixes whose place is shown: {case}", decided, studies * len(means))


class Truth:
    """Candidates with known means, in worlds that are the same whenever they are asked for."""

    def __init__(self, rng: np.random.Generator, means: np.ndarray, law: str) -> None:
        worlds = 96 + FRESH
        common = luck(rng, law, (1, worlds)) * sqrt(SHARED)
        own = luck(rng, law, (len(means), worlds)) * sqrt(1 - SHARED)
        self.table = means[:, None] + 2 * (common + own)

    def column(self, mix: str, worlds: range) -> Column:
        """A mix in some worlds; the baseline is mix 0."""
        row = self.table[int(mix), worlds.start : worlds.stop]
        return Column(tuple(map(float, row)), (1.0,) * len(worlds))

    def outcomes(self, mixes: Sequence[str], further: range) -> Outcomes:
        """All worlds so far."""
        so_far = range(further.stop)
        return Outcomes(tuple(so_far), {mix: {"incidents": self.column(mix, so_far)} for mix in mixes})


def searches(studies: int) -> Iterator[Row]:
    """What screening loses, what it overstates, and what fresh luck says."""
    goal = Goal(("incidents",), {})
    cases = {
        "means −1 to 1": np.linspace(-1, 1, CANDIDATES),
        "one at −2, the others at 0": np.array([-2.0, *([0.0] * (CANDIDATES - 1))]),
        "no effect": np.zeros(CANDIDATES),
    }
    for name, of in cases.items():
        for law in ("normal", "zeros"):
            rng = np.random.default_rng((SEED, len(name), len(law)))
            best_kept = quiet = holds = 0
            screening: list[float] = []
            fresh: list[float] = []
            for _ in range(studies):
                means = np.concatenate([[0.0], rng.permutation(of)])
                truth = Truth(rng, means, law)
                names = [str(i) for i in range(1, CANDIDATES + 1)]
                stages = screened(names, "0", goal, truth.outcomes, finalists=FINALISTS)
                kept = stages[-1].kept
                best_kept += str(1 + int(np.argmin(means[1:]))) in kept
                later = range(96, 96 + FRESH)
                found = [
                    contrast(
                        truth.column(mix, later), truth.column("0", later), measure="incidents", mix=mix,
                        baseline="0", direction=-1, delta=0.5, together=len(kept),
                    )
                    for mix in kept
                ]  # fmt: skip
                quiet += not any(
                    one.verdict in (ContrastVerdict.BETTER, ContrastVerdict.SLIGHTLY_BETTER) for one in found
                )
                true = [float(means[int(mix)]) for mix in kept]
                holds += all(
                    one.interval is None or one.interval.low <= mean <= one.interval.high
                    for one, mean in zip(found, true, strict=True)
                )
                screening += [stages[-1].scores[mix][0] - mean for mix, mean in zip(kept, true, strict=True)]
                fresh += [(one.difference or 0.0) - mean for one, mean in zip(found, true, strict=True)]
            case = f"{name}; {law}"
            yield Row(f"the best candidate is among the finalists: {case}", best_kept, studies)
            yield Row(
                f"all fresh intervals hold at once: {case} (bias of screening {np.mean(screening):+.3f}, "
                f"fresh {np.mean(fresh):+.3f})",
                holds, studies, 0.95,
            )  # fmt: skip
            if name == "no effect":
                yield Row(f"nothing is said to beat the baseline: {case}", quiet, studies, 0.95)


def main() -> None:
    """Print every row, and leave with 1 if a nominal value is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=STUDIES)
    studies = parser.parse_args().studies
    missed = 0
    print("| | right | promised | |\n| --- | --- | --- | --- |")
    for rows in (fronts(studies), searches(max(20, studies // 10))):
        for row in rows:
            promised = "–" if row.nominal is None else f"{row.nominal:.0%}"
            percent = f"{100 * row.right / row.of:.1f} %"
            print(f"| {row.what} | {percent} of {row.of:,} | {promised} | {row.verdict} |", flush=True)
            missed += row.verdict == "MISSED"
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
