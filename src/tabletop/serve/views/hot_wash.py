"""The hot wash on a team's phones: what nobody could see, luck told from policy, and what to talk over."""

from dataclasses import dataclass
from decimal import Decimal

from tabletop.exercise.adjudication import BASELINE
from tabletop.exercise.policy_effect import PolicyEffect
from tabletop.exercise.predictions import LEVEL
from tabletop.exercise.reveal import may_see_hidden, measures_shown
from tabletop.exercise.state import State
from tabletop.exercise.values import formatted, rounded, signed, titled, written
from tabletop.exercise.whole import Whole
from tabletop.exercise.why import lost
from tabletop.measures import MEASURES
from tabletop.serve.views.revealed import Row


@dataclass(frozen=True)
class Part:
    """A part of what happened, as a bar that begins where the one before it ended."""

    name: str
    """`world`, `policy` or `met`."""
    said: str
    """The amount with its sign."""
    start: float
    end: float
    """Places from 0 to 1 on the axis that all parts share."""
    interval: tuple[str, str] | None = None
    """Of the policy's part: the ends of its 95 % interval, for all teams of the measure together."""


@dataclass(frozen=True)
class Sum:
    """How a measure came about: the baseline's mean and the parts add up to what happened, as written."""

    title: str
    is_share: bool
    """Whether its parts are in points."""
    mean: str
    """The baseline's, over the other worlds."""
    mean_at: float
    parts: tuple[Part, ...]
    happened: str
    happened_at: float


@dataclass(frozen=True)
class HotWash:
    """What a team sees of itself, beside the baseline in the same world."""

    hidden: tuple[Row, ...]
    lost: tuple[tuple[int, str], ...]
    """Plots that were not stopped in time: how many, and why."""
    sums: tuple[Sum, ...]
    other_worlds: str
    held: int
    predicted: int
    expected: str
    """How many ranges of 80 % ought to hold, on average."""


def hot_wash(state: State, whole: Whole | None, team: str) -> HotWash | None:
    """What a team may see from the hot wash on; None before it, or while it is not simulated."""
    if not may_see_hidden(state) or whole is None:
        return None
    own, base = whole.played.outcomes[team], whole.played.outcomes[BASELINE]
    scores = [one for move in whole.moves for (who, _), one in move.scores.items() if who == team]
    return HotWash(
        hidden=tuple(
            Row(titled(name), formatted(name, own.value(name)), formatted(name, base.value(name)))
            for name in measures_shown(state, hidden=True)
        ),
        lost=tuple((one.realised, one.loss.reason) for one in lost(own) if one.realised),
        sums=tuple(
            found
            for (who, _), effect in whole.effects.items()
            if who == team and (found := _sum(effect)) is not None
        ),
        other_worlds=whole.played.other_worlds,
        held=sum(one.is_hit for one in scores),
        predicted=len(scores),
        expected=f"{LEVEL * len(scores):.1f}",
    )


def _sum(effect: PolicyEffect) -> Sum | None:
    """The parts of a measure, rounded so that they add up as they stand; None if one is missing."""
    split, mean, realised = effect.split, effect.baseline.mean, effect.own.realised
    if split is None or mean is None or realised is None:
        return None
    name = effect.measure
    usual, happened = rounded(name, mean), rounded(name, realised)
    world, policy = rounded(name, split.world), rounded(name, split.policy)
    amounts = {"world": world, "policy": policy, "met": happened - usual - world - policy}
    places, reached = [usual], usual
    for amount in amounts.values():
        reached += amount
        places.append(reached)
    low, high = min(places), max(places)

    def at(value: Decimal) -> float:
        return float((value - low) / (high - low)) if high > low else 0.5

    ends = None if effect.contrast is None else effect.contrast.interval
    interval = None if ends is None else (signed(rounded(name, ends.low)), signed(rounded(name, ends.high)))
    return Sum(
        title=titled(name),
        is_share=MEASURES[name].is_share,
        mean=written(name, usual),
        mean_at=at(usual),
        parts=tuple(
            Part(
                part,
                signed(amount),
                at(start),
                at(start + amount),
                interval if part == "policy" else None,
            )
            for (part, amount), start in zip(amounts.items(), places, strict=False)
        ),
        happened=written(name, happened),
        happened_at=at(happened),
    )
