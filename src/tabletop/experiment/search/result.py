"""The result of a search: who was kept at each stage, what finalists come to on fresh luck, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tabletop.analysis.compare import Comparison, compare
from tabletop.analysis.contrast import Contrast, contrast
from tabletop.analysis.front import Place, Standing, standings
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.moved_levers import MovedLever, moved_levers
from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.words import plural
from tabletop.experiment.identity import alike, settings
from tabletop.experiment.results import FAILURES_BORNE
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.runs import Failure
from tabletop.experiment.search.candidates import Steps
from tabletop.experiment.search.moves import Space
from tabletop.experiment.search.screening import Goal, Stage
from tabletop.measures import MEASURES
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario

KEPT, OPEN, BROKEN = "kept", "open", "broken"


@dataclass(frozen=True)
class PutBack:
    """A `finalist` with one `lever` as in the baseline again, and what that changes on the fresh luck."""

    finalist: str
    lever: str
    saved: float
    """Cost units a year; below 0 where the lever had been cut."""
    contrasts: Mapping[str, Contrast]
    """By aim, the finalist with the lever put back against the finalist itself."""


@dataclass(frozen=True, eq=False, repr=False)
class Search:
    """A search for mixes within the budget; made by `search_mixes`. It finds a best one, never an optimum."""

    scenario: Scenario
    """As the file has it, with the seed that is used."""
    mixes: Scenario
    """The same with every candidate among its mixes."""
    space: Space
    """What was moved, and what the budget leaves."""
    goal: Goal
    """What was aimed at, and what must not be broken."""
    candidates: Mapping[str, Steps]
    """The candidates that were proposed, by name: by how many steps each lever is moved."""
    stages: tuple[Stage, ...]
    """Screening, whose numbers are no estimates: they decided who was looked at again."""
    fresh: Outcomes
    """Every measure of baseline, finalists and the file's mixes, in worlds that screening has not seen."""
    parts: tuple[PutBack, ...] = ()
    """What each lever of a finalist is worth."""
    failures: tuple[Failure, ...] = ()
    """Worlds that failed."""
    asked_worlds: int = 0
    """The fresh worlds that were asked for."""
    conditions: Robustness | None = None
    """Baseline and contenders in the variants of the file's ranges, if that was asked for."""

    def __repr__(self) -> str:
        chosen = f"{plural(len(self.finalists), 'finalist')} of {len(self.stages[0].scores):,}"
        worlds = plural(len(self.fresh.replications), "fresh world")
        aims = ", ".join(self.goal.aims)
        return f"<Search in {self.scenario.title!r} for {aims}: {chosen} candidates, {worlds}>"

    @property
    def finalists(self) -> tuple[str, ...]:
        """The mixes that screening kept to the end, in the order of the candidates."""
        return self.stages[-1].kept

    @property
    def contenders(self) -> tuple[str, ...]:
        """Finalists, and the file's mixes other than the baseline."""
        return tuple(mix for mix in self.fresh.mixes if mix != self.scenario.baseline)

    @property
    def alike(self) -> tuple[str, ...]:
        """The file's mixes that are the same policy as the baseline: they were not looked at."""
        return alike(self.scenario, self.scenario.policy_mixes, self.scenario.baseline)

    @property
    def failed(self) -> bool:
        """Whether more than 1 % of the fresh worlds failed, or of those of the variants."""
        lost = self.asked_worlds - len(self.fresh.replications)
        there = self.conditions is not None and self.conditions.failed
        return there or lost > FAILURES_BORNE * self.asked_worlds

    @cached_property
    def comparison(self) -> Comparison:
        """Every contender against the baseline on the fresh luck; its intervals hold together."""
        return compare(self.fresh, baseline=self.scenario.baseline, interests=self.scenario.measures)

    def constraint(self, mix: str, measure: str) -> str:
        """Whether a mix is shown not to be worse by δ (`kept`), shown to be (`broken`), or neither.

        No difference at all shows something only in as many worlds as the front asks for.
        """
        found = self.comparison.contrast(measure, mix)
        delta = self.goal.constraints[measure]
        if found.interval is None:
            is_seen_nowhere = found.difference == 0.0 and found.n >= FEW_WORLDS and found.scarce is None
            if found.difference is None or not (found.is_equal or is_seen_nowhere):
                return OPEN
            ends = (found.difference, found.difference)
        else:
            ends = (found.interval.low, found.interval.high)
        worst, best = sorted(MEASURES[measure].direction * end for end in ends)
        return KEPT if worst > -delta else BROKEN if best < -delta else OPEN

    def broken(self, mix: str) -> tuple[str, ...]:
        """The constraints that a mix is shown to break."""
        return tuple(name for name in self.goal.constraints if self.constraint(mix, name) == BROKEN)

    def left_open(self, mix: str) -> tuple[str, ...]:
        """The constraints that a mix is shown neither to keep nor to break."""
        return tuple(name for name in self.goal.constraints if self.constraint(mix, name) == OPEN)

    @cached_property
    def front(self) -> tuple[Standing, ...]:
        """Where baseline and contenders lie whose constraints are not shown to be broken."""
        base = self.scenario.baseline
        allowed = [base, *(mix for mix in self.contenders if not self.broken(mix))]
        values, resting = {}, {}
        for mix in allowed:
            columns = [self.fresh.columns[mix][aim] for aim in self.goal.aims]
            resting[mix] = [column.resting for column in columns]
            values[mix] = [
                None if (of := column.values()) is None else [MEASURES[aim].direction * v for v in of]
                for aim, column in zip(self.goal.aims, columns, strict=True)
            ]
        return standings(values, resting)

    def place(self, mix: str) -> Place | None:
        """Where a mix lies; None if a constraint of it is shown to be broken."""
        return next((one.place for one in self.front if one.mix == mix), None)

    def screened(self, mix: str) -> tuple[tuple[int, tuple[float, ...]], ...]:
        """Worlds so far and the mean differences in the aims, at every stage at which a mix was looked at."""
        return tuple((stage.worlds, stage.scores[mix]) for stage in self.stages if mix in stage.scores)

    @cached_property
    def moved(self) -> tuple[MovedLever, ...]:
        """Levers that finalists have in common, beside all candidates, the file's mixes among them."""
        shifts = {mix: self.shifts(mix) for mix in self.stages[0].scores}
        return moved_levers(shifts, [mix for mix in self.finalists if mix in shifts])

    def shifts(self, mix: str) -> dict[str, float]:
        """By how much a mix moves levers from the baseline's settings, on day 0; no unlimited ones."""
        own, base = (settings(self.mixes, name)[0][1] for name in (mix, self.scenario.baseline))
        found = {}
        for lever in LEVERS.values():
            ours, theirs = own[lever.pillar][lever.name], base[lever.pillar][lever.name]
            if ours is not None and theirs is not None and ours != theirs:
                found[lever.name] = float(ours) - float(theirs)
        return found


def part(
    finalist: str, lever: str, saved: float, name: str, fresh: Outcomes, aims: tuple[str, ...], together: int,
    scenario: Scenario,
) -> PutBack:  # fmt: skip
    """One lever put back, from the outcomes of both on the same worlds; `together` intervals hold at once."""
    return PutBack(
        finalist,
        lever,
        saved,
        {
            aim: contrast(
                fresh.columns[name][aim],
                fresh.columns[finalist][aim],
                measure=aim,
                mix=name,
                baseline=finalist,
                direction=MEASURES[aim].direction,
                delta=scenario.measures[aim].delta,
                together=together,
            )
            for aim in aims
        },
    )
