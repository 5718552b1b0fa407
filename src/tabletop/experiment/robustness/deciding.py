"""What decides in a study beside shares of variance: rules of one threshold, and boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from tabletop.analysis.box import FoundBox, box
from tabletop.analysis.statements import Count, Statement, count
from tabletop.analysis.threshold_rule import FEWEST, FoundRule, threshold_rule
from tabletop.analysis.words import share
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant, amount_in_words, choices_between
from tabletop.pools import POOLS
from tabletop.scenario.uncertain import Uncertain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_DECIMALS = 9
"""Of a per cent that is nearly 100."""
BUSY = {f"utilisation_{pool}": f"how busy {pool.replace('_', ' ')} are" for pool in POOLS}
"""Measures of the baseline that are symptoms of a variant, each with its name."""


@dataclass(frozen=True)
class Decided:
    """What was found for one statement about a mix: a rule and a box, whatever their checks."""

    statement: Statement
    holds: tuple[bool, ...]
    """In which points the mean says so."""
    rule: FoundRule | None
    box: FoundBox | None
    inside: Count | None
    """Of the points in the box, in how many the statement holds, with bounds."""
    ruled: Count | None
    """The same of the points on the side of the rule."""

    @property
    def is_told_by_rule(self) -> bool:
        """Whether the rule passed its checks."""
        return self.rule is not None and self.rule.checks.passed

    @property
    def is_told_by_box(self) -> bool:
        """Whether the box passed its checks, has two conditions at least, and is right more often."""
        if self.box is None or not self.box.checks.passed or len(self.box.box.ends) < 2:
            return False
        rule = self.rule
        return rule is None or not rule.checks.passed or rule.checks.accuracy < self.box.checks.accuracy


def decided(study: Robustness, measure: str, mix: str) -> Decided | None:
    """What tells where a statement about a mix holds; None where all points agree on every statement.

    Of the four statements it is the one that divides the points most evenly.
    """
    if (measure, mix) not in study.decided:
        study.decided[measure, mix] = _decided(study, measure, mix)
    found: Decided | None = study.decided[measure, mix]
    return found


def _decided(study: Robustness, measure: str, mix: str) -> Decided | None:
    differences = [study.difference(one, measure, mix) for one in study.points]
    known = [(one, of) for one, of in zip(study.points, differences, strict=True) if of is not None]
    if not known:
        return None
    counts = study.counts(measure, mix)
    statement = max(counts, key=lambda one: min(one.seen, one.variants - one.seen)).statement
    holds = tuple(statement.holds(of.mean) for _, of in known)
    points = [one for one, _ in known]
    table = candidate_values(study, points)
    rule = threshold_rule(table, holds, seed=study.asked.seed)
    conditions = table[:, : len(study.ranges.titles)]
    found = box(conditions, holds, seed=study.asked.seed)
    every = [of for _, of in known]
    inside = None if found is None else count(statement, every, found.box.predicted(conditions).tolist())
    ruled = None if rule is None else count(statement, every, rule.rule.predicted(table).tolist())
    return Decided(statement, holds, rule, found, inside, ruled)


def candidates(study: Robustness) -> tuple[str, ...]:
    """The names of the conditions, and of the symptoms, of which a rule may be."""
    return (*study.ranges.titles, *BUSY.values())


def candidate_values(study: Robustness, points: Sequence[Variant]) -> "NDArray[np.float64]":
    """Of some points, the conditions on their ranges, from 0 to 1, then how busy pools of the baseline are.

    They are those of `candidates`, in their order; a choice stands in the middle of its part.
    """
    import numpy as np  # noqa: PLC0415 (0.1 s to import)

    for one in points:
        if one.label not in study.symptoms:
            study.symptoms[one.label] = study.baseline_means(one, tuple(BUSY))
    rows = [(*study.ranges.coordinates(one), *study.symptoms[one.label]) for one in points]
    return np.array(rows, dtype=float)


def where_it_holds(study: Robustness, found: Decided | None) -> list[tuple[str, str, str]]:
    """What is said, where it holds, and how often that is right: of the rule and the box that passed."""
    return [*_told(study, found)]


def _told(study: Robustness, found: Decided | None) -> Iterator[tuple[str, str, str]]:
    if (there := 0 if found is None else len(found.holds)) < FEWEST:
        yield "–", f"rules and boxes need {FEWEST} variants; here are {there}", ""
        return
    if found is None or (found.rule is None and found.box is None):
        yield "–", "all variants agree, or nearly; there is nothing to tell apart", ""
        return
    says = found.statement.says
    if found.is_told_by_rule and found.rule is not None:
        checks = found.rule.checks
        right = f"{share(checks.accuracy)} beside {share(checks.majority)}; {checks.stable} of 10"
        yield says, _condition(study, found), right
    if found.is_told_by_box and found.box is not None and found.inside is not None:
        one, inside = found.box, found.inside
        uncertain = study.ranges.uncertain
        where = " and ".join(_part(uncertain[place], low, high) for place, low, high in one.box.ends)
        shuffled = "" if one.shuffled is None else f" beside {share(one.shuffled[1])}"
        right = f"{inside.seen} of {inside.variants}, shown {inside.low}; {share(one.density)}"
        yield says, where, f"{right}{shuffled}"
    if not (found.is_told_by_rule or found.is_told_by_box):
        yield says, "no condition or symptom tells alone, and no box", ""


def _condition(study: Robustness, found: Decided) -> str:
    assert found.rule is not None
    rule = found.rule.rule
    conditions = len(study.ranges.titles)
    if rule.place < conditions:
        ends = (rule.threshold, inf) if rule.holds_above else (-inf, rule.threshold)
        return _part(study.ranges.uncertain[rule.place], *ends, "below")
    name = [*BUSY.values()][rule.place - conditions].removeprefix("how busy ").removesuffix(" are")
    more = "more" if rule.holds_above else "less"
    return f"{name} of the baseline are {more} than {busy_in_words(rule.threshold)} busy"


def busy_in_words(part: float) -> str:
    """The part of its time for which a pool is busy, in per cent; less than all never reads as 100 %."""
    percents = (share(part), *(f"{100 * part:.{decimals}f} %" for decimals in range(1, MOST_DECIMALS + 1)))
    return next((one for one in percents if float(one.removesuffix(" %")) < 100), "100 %")


def _part(one: Uncertain, low: float, high: float, up_to: str = "at most") -> str:
    """The part of a range between two shares of it; of choices, those that lie there."""
    if one.choices is not None:
        return f"{one.title} is {' or '.join(choices_between(one, low, high))}"
    told = []
    if low > -inf:
        told.append(f"above {amount_in_words(one, one.at(low))}")
    if high < inf:
        told.append(f"{up_to} {amount_in_words(one, one.at(high))}")
    return f"{one.title} is {' and '.join(told)}"
