"""Policy mixes beside each other: the levers that differ from the baseline, and what a year costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure
from tabletop.experiment.results import Results
from tabletop.report.names import MixName, named
from tabletop.report.situation import paragraphs
from tabletop.scenario.explain import setting, settings
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario

ABREAST = 5
"""Mixes that a table holds beside the baseline."""


@dataclass(frozen=True)
class Described:
    """A mix in its file's words."""

    name: MixName
    summary: tuple[str, ...]
    is_baseline: bool
    base: str | None
    """The mix from which it inherits, if that is not the baseline."""
    changes_later: bool


@dataclass(frozen=True)
class LeverRow:
    """A lever that differs somewhere: its settings, None where a mix has the baseline's."""

    name: str
    says: str
    unit: str
    baseline: str
    others: tuple[str | None, ...]


@dataclass(frozen=True)
class LeverTable:
    """The baseline and some mixes beside it."""

    baseline: MixName
    others: tuple[MixName, ...]
    pillars: tuple[tuple[str, tuple[LeverRow, ...]], ...]
    """Only those in which something differs."""
    costs: tuple[str, ...]
    """Cost units a year, the baseline's first."""
    more: tuple[str, ...]
    """What each other mix costs more than the baseline, with its sign."""


@dataclass(frozen=True)
class MixesBeside:
    """All mixes that are compared."""

    described: tuple[Described, ...]
    tables: tuple[LeverTable, ...]
    budget: str | None

    @classmethod
    def of(cls, results: Results, compared: Comparison) -> Self:
        """The mixes of a comparison, in as many tables as it takes."""
        scenario = results.design.scenario
        names = named(results, compared.mixes)
        others = [mix for mix in compared.mixes if mix != compared.baseline]
        groups = [others[i : i + ABREAST] for i in range(0, len(others), ABREAST)] or [[]]
        return cls(
            tuple(_described(scenario, names[mix], compared.baseline) for mix in compared.mixes),
            tuple(_table(scenario, names, [compared.baseline, *group]) for group in groups),
            None if scenario.budget is None else figure(scenario.budget),
        )


def _described(scenario: Scenario, name: MixName, baseline: str) -> Described:
    mix = scenario.policy_mixes[name.key]
    changes = any(0 < day < scenario.horizon_days for day, _ in scenario.policies(name.key))
    return Described(name, paragraphs(mix.summary), name.key == baseline, mix.base, changes)


def _table(scenario: Scenario, names: dict[str, MixName], mixes: list[str]) -> LeverTable:
    costs = [scenario.yearly_cost(mix) for mix in mixes]
    return LeverTable(
        baseline=names[mixes[0]],
        others=tuple(names[mix] for mix in mixes[1:]),
        pillars=tuple(_pillars(scenario, mixes)),
        costs=tuple(figure(cost, decimals=1) for cost in costs),
        more=tuple(figure(cost - costs[0], signed=True, decimals=1) for cost in costs[1:]),
    )


def _pillars(scenario: Scenario, mixes: list[str]) -> Iterator[tuple[str, tuple[LeverRow, ...]]]:
    for pillar, levers in settings(scenario, mixes):
        rows = tuple(
            LeverRow(
                name,
                LEVERS[name].says,
                LEVERS[name].unit,
                setting(first),
                tuple(None if value == first else setting(value) for value in others),
            )
            for name, (first, *others) in levers
            if any(value != first for value in others)
        )
        if rows:
            yield pillar, rows
