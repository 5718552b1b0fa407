"""Tables of policy mixes: the levers that differ from the baseline, and the yearly costs."""

from collections.abc import Iterator, Sequence

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure
from tabletop.experiment.results import Results
from tabletop.report.document.blocks import Block, Column, Facts, Row, Table, Text
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Run, Said, Words, paragraphs
from tabletop.report.names import Names, titled
from tabletop.scenario.explain import setting, settings
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario

ABREAST = 5
"""Mixes that a table holds beside the baseline."""
SAME = Said((Run("·", spoken="as the baseline"),))
"""Stands where a mix has the baseline's setting."""


def mixes_beside(results: Results, compared: Comparison) -> Section:
    """All mixes that are compared, in as many tables as it takes."""
    scenario, names = results.design.scenario, titled(results, compared.mixes)
    others = [mix for mix in compared.mixes if mix != compared.baseline]
    groups = [others[i : i + ABREAST] for i in range(0, len(others), ABREAST)] or [[]]
    described = tuple((names[m], tuple(_described(scenario, m, compared.baseline))) for m in compared.mixes)
    blocks: list[Block] = [Facts(described)]
    if scenario.budget is not None:
        blocks.append(Text((f"The budget is {figure(scenario.budget)} cost units a year.",)))
    for place, group in enumerate(groups, start=1):
        part = f"Table {place} of {len(groups)}. " if len(groups) > 1 else ""
        blocks.append(_table(scenario, names, [compared.baseline, *group], part))
    return Section("Policy mixes beside each other", tuple(blocks), id="mixes")


def _described(scenario: Scenario, name: str, baseline: str) -> Iterator[Words]:
    """A mix in its file's words."""
    mix = scenario.policy_mixes[name]
    yield from paragraphs(mix.summary)
    if name == baseline:
        yield "The baseline: the others are compared with it."
    elif mix.base:
        yield Said(("Built over ", Run(mix.base, "code"), "."))
    if any(0 < day < scenario.horizon_days for day, _ in scenario.policies(name)):
        yield Said(("It changes on the way: see the ", Run("timeline", to="timeline"), "."))


def _table(scenario: Scenario, names: Names, mixes: Sequence[str], part: str) -> Table:
    costs = [scenario.yearly_cost(mix) for mix in mixes]
    baseline = Said((*names[mixes[0]].runs, " (baseline)"))
    columns = (
        Column("lever", 4),
        Column(baseline, 2, number=True),
        *(Column(names[mix], 2, number=True) for mix in mixes[1:]),
    )
    rows: list[Row | Said] = [*_levers(scenario, mixes)]
    none = "" if rows or len(mixes) < 2 else "No lever differs on day 0. "
    rows += [
        Said("What a year costs"),
        ("Cost units", *(figure(cost, decimals=1) for cost in costs)),
        ("More than the baseline", "", *(figure(c - costs[0], signed=True, decimals=1) for c in costs[1:])),
    ]
    caption = (
        f"{part}{none}Settings on day 0 of the levers in which a mix differs from the baseline. A dot is the "
        "baseline's setting; ∞ is unlimited"
    )
    return Table(caption, columns, tuple(rows))


def _levers(scenario: Scenario, mixes: Sequence[str]) -> Iterator[Row | Said]:
    """Only pillars and levers in which something differs."""
    for pillar, levers in settings(scenario, [*mixes]):
        differing = [(name, values) for name, values in levers if any(one != values[0] for one in values)]
        if differing:
            yield Said(pillar.capitalize())
        for name, (first, *others) in differing:
            lever = LEVERS[name]
            changed = (SAME if one == first else Said((Run(setting(one), "strong"),)) for one in others)
            head = Said((name, Run(f"\n{lever.says} In {lever.unit}.", "aside")))
            yield head, setting(first), *changed
