"""Luck and policy: each team's outcome minus the baseline's mean, in parts that add up."""

from decimal import Decimal

from tabletop.exercise.luck import Split
from tabletop.exercise.values import formatted, signed, titled_difference
from tabletop.measures import MEASURES
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import days
from tabletop.report.document.blocks import Column, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said

DECIMALS = 2
"""Of differences, a share's in points."""


def luck(inputs: ReportInput) -> Section | None:
    """The split of every primary measure; None before the hot wash."""
    whole = inputs.whole
    if whole is None:
        return None
    columns = (
        Column("Team", 3),
        Column("Happened", 2, number=True),
        Column("World luck", 2, number=True),
        Column("+ policy", 2, number=True),
        Column("+ how they met", 2, number=True),
        Column("= beside the baseline's mean", 3, number=True),
    )
    intro = say(
        f"What a team's world came to, less the baseline's mean over {whole.other_worlds}, is the sum of "
        "three parts. World luck is what the baseline came to in this world, less its mean: the same for "
        "every team. Policy is the team's mean over the other worlds, less the baseline's. The rest is how "
        "this policy met this world.",
        "Policy is what a mix can be judged by, in this model; world luck is nobody's.",
        f"The numbers are for {days(whole.start, whole.end)}; the last part is rounded so that the sum is "
        "exact as printed, and outcomes.csv has every digit.",
    )
    tables = []
    for name in inputs.outcomes.primary:
        split = ((team, whole.split(team, name)) for team in whole.teams)
        rows = tuple(
            (team, formatted(name, whole.outcomes[team].value(name)), *in_figures(name, one))
            for team, one in split
            if one is not None
        )
        if rows:
            tables.append(
                Table(Said(f"{titled_difference(name)}: luck and policy", inputs.hot_wash), columns, rows)
            )
    return Section("Luck and policy", (intro, *tables), id="luck")


def in_figures(measure: str, one: Split) -> tuple[str, ...]:
    """World, policy, interaction and total as they are printed: the first three add up to the last."""
    by = MEASURES[measure].written_by
    total, world, policy = (
        Decimal(f"{by * part:.{DECIMALS}f}") for part in (one.total, one.world, one.policy)
    )
    parts = (world, policy, total - world - policy, total)
    return tuple(map(signed, parts))
