"""Rules of one threshold: whether one condition, above or below a value, tells where a statement holds.

The best rule of many is right too often in the variants that chose it, even where there is nothing to find.
So three checks: its accuracy in ten-fold cross-validation is above that of always guessing the majority by
0.05; no more than 5 % of searches among shuffled labels find one as accurate; and the same candidate wins in
eight of ten folds. The accuracy that was seen is no result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.bool_]

FOLDS = 10
SHUFFLES = 199
GAIN = 0.05
"""By so much a rule has to be right more often than guessing the majority."""
LEVEL = 0.05
STABLE = 8
"""Folds in which the same candidate has to win."""
FEWEST = 16
"""Variants below which no rule is looked for."""


@dataclass(frozen=True)
class Rule:
    """That a statement holds where candidate number `place` is above the `threshold`, or below it."""

    place: int
    threshold: float
    holds_above: bool

    def predicted(self, table: "Numbers") -> "Labels":
        """Where it says that the statement holds."""
        above: Labels = table[:, self.place] > self.threshold
        return above if self.holds_above else ~above


@dataclass(frozen=True)
class Checks:
    """What a search came to in new variants, among shuffled labels, and in parts of its own."""

    accuracy: float
    """Of the rules found in nine tenths, in the tenth: cross-validated."""
    majority: float
    """Accuracy of guessing what is more frequent."""
    doubt: float | None
    """Share of searches among shuffled labels that found one as accurate; None where that was not tried,
    because another check had failed."""
    stable: int
    """Folds, of ten, in which the same was found."""

    @property
    def passed(self) -> bool:
        """Whether what was found may be told."""
        return self.doubt is not None and self.doubt < LEVEL


@dataclass(frozen=True)
class FoundRule:
    """The most accurate rule, and its checks."""

    rule: Rule
    checks: Checks


def threshold_rule(table: "Numbers", labels: Sequence[bool], *, seed: int) -> FoundRule | None:
    """The most accurate rule, whatever its checks; None where there is nothing to tell apart.

    `table` has a row for each variant and a column for each candidate. `seed` is that of folds and shuffles.
    """
    import numpy as np

    given = np.asarray(labels, dtype=bool)
    if len(given) < FEWEST or given.all() or not given.any():
        return None
    found, _ = _best(table, given[None, :])[0]
    if found is None:
        return None

    def fitted(rows: "Numbers", of: "Labels") -> tuple[Any, Any]:
        (best, _) = _best(rows, of[None, :])[0]
        return best, None if best is None else best.place

    def accuracies(many: "Labels") -> list[float]:
        return [accuracy for _, accuracy in _best(table, many)]

    return FoundRule(found, checked(table, given, fitted, accuracies, seed=seed))


def checked(table: "Numbers", labels: "Labels", fitted: Any, accuracies: Any, *, seed: int) -> Checks:
    """The checks of a search.

    `fitted` takes rows and labels, and returns what predicts (or None) and a name of what was found.
    `accuracies` takes shuffled labels, a row a shuffle, and returns what the search sees in each.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    majority = max(labels.mean(), 1 - labels.mean())
    folds = np.arange(len(labels)) % FOLDS
    generator.shuffle(folds)
    right, names = 0, []
    for fold in range(FOLDS):
        apart = folds == fold
        best, name = fitted(table[~apart], labels[~apart])
        guess = labels[~apart].mean() > 0.5
        predicted = np.full(apart.sum(), guess) if best is None else best.predicted(table[apart])
        right += int((predicted == labels[apart]).sum())
        names.append(name)
    own, named = fitted(table, labels)
    accuracy = right / len(labels)
    stable = 0 if own is None else sum(name == named for name in names)
    doubt = None
    if accuracy >= majority + GAIN and stable >= STABLE:
        (seen,) = accuracies(labels[None, :])
        shuffled = np.array([generator.permutation(labels) for _ in range(SHUFFLES)])
        doubt = (1 + sum(one >= seen for one in accuracies(shuffled))) / (1 + SHUFFLES)
    return Checks(accuracy, float(majority), doubt, stable)


def _best(table: "Numbers", labels: "Labels") -> list[tuple[Rule | None, float]]:
    """The most accurate rule for each row of labels; of equals the first and the lowest."""
    import numpy as np

    variants = table.shape[0]
    best: list[tuple[Rule | None, float]] = [(None, 0.0)] * len(labels)
    for place in range(table.shape[1]):
        order = np.argsort(table[:, place], kind="stable")
        values = table[order, place]
        cuts = np.flatnonzero(values[1:] > values[:-1])  # between this one and the next
        if not len(cuts):
            continue
        ordered = labels[:, order]
        below = np.cumsum(ordered, axis=1)[:, cuts]
        whole = ordered.sum(axis=1, keepdims=True)
        wrong_above = below + (variants - (cuts + 1)) - (whole - below)  # says: holds above
        right_above = variants - wrong_above
        for row in range(len(labels)):
            for right, holds_above in ((right_above[row], True), (variants - right_above[row], False)):
                cut = int(np.argmax(right))
                accuracy = float(right[cut]) / variants
                if accuracy > best[row][1]:
                    middle = (values[cuts[cut]] + values[cuts[cut] + 1]) / 2
                    best[row] = Rule(place, float(middle), holds_above), accuracy
    return best
