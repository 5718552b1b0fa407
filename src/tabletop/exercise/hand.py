"""The hand: the cards a team has in play, and the policy mix and cost that follow from them."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import Self

from tabletop.exercise.entry_line import Decision
from tabletop.exercise.refused import Refused
from tabletop.scenario.decision_form import Adjustment, Card, DecisionForm
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.policy import LEVERS, Change, Policy, PolicyMix
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number


@dataclass(frozen=True)
class Played:
    """A card in play, or a lever's step: what it changes, and when it works and costs."""

    code: str
    """Of a card; in the expert form, the lever's name."""
    changes: tuple[tuple[str, Adjustment], ...]
    move: int
    """In which it was played; 0 for the first."""
    costs_from: float
    works_from: float
    until: float = inf
    """Day from which on it neither works nor costs, once it is taken back."""

    def works(self, day: float) -> bool:
        """Whether it works on a day."""
        return self.works_from <= day < self.until

    def costs(self, day: float) -> bool:
        """Whether it costs on a day."""
        return self.costs_from <= day < self.until


@dataclass(frozen=True)
class Hand:
    """What a team has decided so far; empty, it is the baseline."""

    scenario: Scenario
    played: tuple[Played, ...] = ()

    @property
    def plan(self) -> ExercisePlan:
        """The exercise plan that it belongs to."""
        assert self.scenario.exercise is not None
        return self.scenario.exercise

    @property
    def codes(self) -> tuple[str, ...]:
        """The cards in play, as typed, in the order in which they were played."""
        return tuple(played.code for played in self.played if played.until == inf)

    def after(self, decision: Decision, move: int) -> Self:
        """The hand once a decision is taken in a move (0 for the first).

        Raises Refused for a decision that the form, or the levers' ranges, do not allow.
        """
        form = self.plan.decision_form
        assert form is not None
        hand = (
            self._with_steps(decision, move, form) if form.levers else self._with_cards(decision, move, form)
        )
        hand.check_ranges()
        return hand

    def _with_cards(self, decision: Decision, move: int, form: DecisionForm) -> Self:
        if len(decision.plays) > form.most_a_move:
            raise Refused(
                f"{len(decision.plays)} cards; at most {form.most_a_move} can be played in a move "
                "(taking cards back is free)"
            )
        day = self.plan.moves[move].day
        played = list(self.played)
        for code in decision.takes_back:
            place = next((n for n, p in enumerate(played) if p.code == code and p.until == inf), None)
            if place is None:
                raise Refused(f"-{code}: {code} is not in play{_in_play(self.codes)}")
            card = self._card(code)
            played[place] = replace(played[place], until=day + card.lead_days)
        for code in decision.plays:
            card = self._card(code)
            if move + 1 < card.from_move:
                raise Refused(f"{code}: it can be played from move {card.from_move} on")
            played.append(Played(code, tuple(card.changes.items()), move, day, day + card.lead_days))
        hand = replace(self, played=tuple(played))
        hand.check_company()
        return hand

    def _with_steps(self, decision: Decision, move: int, form: DecisionForm) -> Self:
        day = self.plan.moves[move].day
        named = {lever for lever, _ in decision.steps}
        played = [replace(p, until=day) if p.code in named and p.until == inf else p for p in self.played]
        for lever, step in decision.steps:
            change = Adjustment.model_validate({"set": form.levers[lever][step]})
            played.append(Played(lever, ((lever, change),), move, day, day))
        return replace(self, played=tuple(played))

    def check_company(self) -> None:
        """Raise Refused if cards are in play that exclude each other, or too many of one."""
        for code, times in Counter(self.codes).items():
            card = self._card(code)
            if times > card.times:
                often = "once" if card.times == 1 else f"{card.times} times"
                raise Refused(f"{code}: it can be in play {often} at most")
            for other in card.excludes:
                if other in self.codes:
                    raise Refused(f"{code} and {other} exclude each other; take one back, as -{other}")

    def check_ranges(self) -> None:
        """Raise Refused if a lever would leave its range on any day."""
        for day in self._boundaries():
            for name, setting in self._settings(day).items():
                lever = LEVERS[name]
                high = inf if lever.high is None else lever.high
                if setting is not None and not lever.low - 1e-9 <= setting <= high + 1e-9:
                    top = "or more" if lever.high is None else f"to {number(lever.high)}"
                    raise Refused(
                        f"{name} would be {number(round(setting, 9))} from day {number(day)}; "
                        f"it must be {number(lever.low)} {top}: {self._movers(name)}"
                    )

    def yearly_cost(self) -> float:
        """Cost units a year once all lead times have passed."""
        last = max((p.works_from for p in self.played), default=0.0)
        last = max([last, *(p.until for p in self.played if p.until < inf)])
        return self._rate(last, [p for p in self.played if p.until == inf])

    def cost_until(self, day: float) -> float:
        """Cost units from StartEx to a day; a card costs from its move's day, before it works."""
        total = 0.0
        marks = sorted({0.0, day, *(d for d in self._boundaries() if d < day)})
        for start, end in pairwise(marks):
            paid = [p for p in self.played if p.costs(start)]
            total += self._rate(start, paid) * (end - start)
        return total / 365

    def mix(self) -> PolicyMix:
        """The policy mix that follows from it: what it changes in the baseline, and when."""
        stretches = [(day, self._written(day)) for day in self._boundaries()]
        at_start = stretches[0][1]
        changes = [{"day": day, **levers} for day, levers in stretches[1:] if levers]
        return PolicyMix.model_validate(
            {**at_start, "changes": tuple(Change.model_validate(change) for change in changes)}
        )

    def _written(self, day: float) -> dict[str, dict[str, float | None]]:
        """Every lever that the hand ever touches, at its setting on a day, by pillar."""
        levers: dict[str, dict[str, float | None]] = {}
        for name, setting in self._settings(day).items():
            levers.setdefault(LEVERS[name].pillar, {})[name] = setting
        return levers

    def _settings(self, day: float) -> dict[str, float | None]:
        """Every lever that the hand ever touches, with its setting on a day."""
        touched = dict.fromkeys(name for played in self.played for name, _ in played.changes)
        return self._adjusted(day, [p for p in self.played if p.works(day)], touched)

    def _adjusted(self, day: float, played: list[Played], names: dict[str, None]) -> dict[str, float | None]:
        baseline = self._baseline(day)
        found = {name: LEVERS[name].of(baseline) for name in names}
        for one in played:
            for name, change in one.changes:
                found[name] = _tidy(name, change.applied_to(found[name]))
        return found

    def _rate(self, day: float, played: list[Played]) -> float:
        """Cost units a year of the baseline on a day, with these cards."""
        baseline, costs = self._baseline(day), self.scenario.costs
        names = dict.fromkeys(name for one in played for name, _ in one.changes)
        return baseline.yearly_cost(costs) + baseline.added_cost(self._adjusted(day, played, names), costs)

    def _baseline(self, day: float) -> Policy:
        stretches = self.scenario.policies(self.scenario.baseline)
        return next(policy for start, policy in reversed(stretches) if start <= day)

    def _boundaries(self) -> list[float]:
        """The days on which something changes, day 0 first."""
        days = {0.0, *(day for day, _ in self.scenario.policies(self.scenario.baseline))}
        for played in self.played:
            days |= {played.costs_from, played.works_from, played.until}
        return sorted(day for day in days if day < inf)

    def _card(self, code: str) -> Card:
        form = self.plan.decision_form
        assert form is not None
        card = form.card(code)
        assert card is not None, code
        return card

    def _movers(self, lever: str) -> str:
        codes = [p.code for p in self.played if p.until == inf and lever in dict(p.changes)]
        return " and ".join(codes)


def _tidy(name: str, setting: float | None) -> float | None:
    """A setting without rounding errors in the last places; whole where people are counted."""
    if setting is None:
        return None
    rounded = round(setting, 9)
    return int(rounded) if LEVERS[name].is_staff else rounded


def _in_play(codes: tuple[str, ...]) -> str:
    return f"; in play: {', '.join(codes)}" if codes else "; nothing is"
