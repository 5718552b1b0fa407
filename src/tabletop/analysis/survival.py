"""The check of claims under other conditions: whether the direction survives, and where it turns round.

A claim survives at a point if its direction, not its size, is supported there. The one-sided bounds hold at
99 % for all claims of a file at all points of a claim (Bonferroni). What is not supported is not refuted:
such a point is *not shown*, and one where the opposite direction is supported *turns round*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tabletop.analysis.check import ClaimVerdict, check
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired
from tabletop.analysis.statements import Count, Difference, Statement, count
from tabletop.analysis.words import decimals_for, figure, plural
from tabletop.measures import MEASURES
from tabletop.scenario.claim import Claim


class There(StrEnum):
    """What is shown of a claim at one point."""

    HOLDS = "holds"
    NOT_SHOWN = "not shown"
    TURNS_ROUND = "turns round"
    FALLS_SHORT = "falls short"
    NO_DIFFERENCE = "no difference in any world"


@dataclass(frozen=True)
class Survived:
    """Where a claim's direction is shown: at so many of some points, or in the count of all variants."""

    holds: int
    points: int
    not_shown: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    count: Count | None = None
    at_least: int = 0
    """Of a count: what its lower bound has to reach."""

    @property
    def supported(self) -> bool:
        """Whether it survives as its file says."""
        if self.count is not None:
            return self.count.low >= self.at_least
        return self.holds == self.points

    def in_words(self) -> str:
        """Where it holds, where nothing is shown, and where it turns round."""
        if self.count is not None:
            return f"{self.count.in_words()}; asked for: {self.at_least} of {self.points} at least"
        told = [f"holds at {self.holds} of {plural(self.points, 'point')}"]
        if self.not_shown:
            told.append(f"not shown at {', '.join(self.not_shown)}")
        if self.turned:
            told.append(f"turns round at {', '.join(self.turned)}")
        return "; ".join(told)


@dataclass(frozen=True)
class AtTurn:
    """What is shown of a claim where its file says that it no longer holds."""

    label: str
    there: There
    n: int
    estimate: float | None
    bound: float | None
    """The end of its one-sided interval that speaks most for the claim."""
    confidence: float
    """Of that interval."""

    @property
    def supported(self) -> bool:
        """Whether it no longer holds there."""
        return self.there in (There.TURNS_ROUND, There.FALLS_SHORT, There.NO_DIFFERENCE)

    def in_words(self, claim: Claim) -> str:
        """What is shown of the claim there, or is not, and what was found."""
        told = self._told()
        if self.there is There.NO_DIFFERENCE:
            return told
        return f"{told}; {claim.expected}; {self._found(claim)}"

    def _told(self) -> str:
        match self.there:
            case There.NO_DIFFERENCE:
                return f"no difference in any of {plural(self.n, 'world')} at {self.label}"
            case There.NOT_SHOWN:
                return f"it is not shown that it no longer holds at {self.label}"
            case There.HOLDS:
                return f"still holds at {self.label}"
            case _:
                return f"{self.there} at {self.label}"

    def _found(self, claim: Claim) -> str:
        if self.estimate is None or self.bound is None:
            return "no bound"
        decimals = decimals_for(abs(self.estimate - self.bound))
        found, end = (figure(one, signed=True, decimals=decimals) for one in (self.estimate, self.bound))
        unit = MEASURES[claim.measure].unit
        behind = "" if unit == "count" else f" {unit}"
        side = "at most" if claim.is_ == "higher" else "at least"
        return f"found {found}{behind}, {side} {end} ({figure(100 * self.confidence, decimals=2)} %)"


def judged(claim: Claim, columns: Mapping[str, Mapping[str, Column]], *, claims: int) -> Survived:
    """Whether one of so many claims of a file survives at each of some points."""
    level = claims * max(1, len(columns))
    shown = {label: _side(claim, of, level) for label, of in columns.items()}
    return Survived(
        sum(side is There.HOLDS for side in shown.values()),
        len(shown),
        tuple(label for label, side in shown.items() if side is There.NOT_SHOWN),
        tuple(label for label, side in shown.items() if side is There.TURNS_ROUND),
    )


def counted(claim: Claim, columns: Sequence[Mapping[str, Column]], *, at_least: int) -> Survived:
    """In how many of some variants a claim's direction holds, with bounds."""
    statement = Statement(claim.is_, claim.sign, 0.0)
    found = count(statement, [_difference(claim, of) for of in columns])
    return Survived(found.seen, found.variants, count=found, at_least=at_least)


def turned(claim: Claim, columns: Mapping[str, Mapping[str, Column]], *, claims: int) -> tuple[AtTurn, ...]:
    """What is shown where a file says that one of so many claims no longer holds."""
    level = claims * max(1, len(columns))
    return tuple(_at(label, claim, of, level) for label, of in columns.items())


def _side(claim: Claim, columns: Mapping[str, Column], level: int) -> There:
    if check(_direction(claim), columns, claims=level).supported:
        return There.HOLDS
    return There.TURNS_ROUND if _opposite(claim, columns, level).supported else There.NOT_SHOWN


def _at(label: str, claim: Claim, columns: Mapping[str, Column], level: int) -> AtTurn:
    against = _opposite(claim, columns, level)
    known = against.bound is not None and against.differing >= FEW_WORLDS
    if against.differing == 0 and against.n >= FEW_WORLDS:
        there = There.NO_DIFFERENCE
    elif against.supported:
        there = There.TURNS_ROUND
    elif known and against.bound is not None and claim.sign * against.bound < claim.by:
        there = There.FALLS_SHORT
    elif check(claim, columns, claims=level).supported:
        there = There.HOLDS
    else:
        there = There.NOT_SHOWN
    return AtTurn(label, there, against.n, against.estimate, against.bound, against.confidence)


def _direction(claim: Claim) -> Claim:
    return claim.model_copy(update={"by": 0.0})


def _opposite(claim: Claim, columns: Mapping[str, Column], level: int) -> ClaimVerdict:
    other = "lower" if claim.is_ == "higher" else "higher"
    return check(claim.model_copy(update={"by": 0.0, "is_": other}), columns, claims=level)


def _difference(claim: Claim, columns: Mapping[str, Column]) -> Difference:
    paired = Paired.of(columns, claim.weights)
    return Difference(0.0, 0.0, 0, 0) if paired is None else Difference.resting(paired)
