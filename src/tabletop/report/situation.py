"""The situation of a scenario in words: its subject, what differs from the defaults, and its timeline."""

from collections.abc import Iterator

from tabletop.report.document.blocks import Block, Column, Facts, Folded, Listing, Table, Text
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Run, Said, paragraphs
from tabletop.scenario.explain import StatedCondition, stated_conditions
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.scheduled import scheduled
from tabletop.scenario.words import number

CONTENT_NOTE = (
    "This page counts abstract hostile projects, abstract harm and innocent people troubled. It names no "
    "real place, group, person, belief or method."
)
"""Shown where a scenario has no note of its own."""


def situation(scenario: Scenario) -> Section:
    """The sections of a page about a scenario."""
    parts = [
        Section("Conditions", tuple(_conditions(scenario)), id="conditions"),
        Section("Timeline", tuple(_timeline(scenario)), id="timeline"),
    ]
    if scenario.learning_objectives:
        parts.insert(0, Section("Objectives", (Listing(scenario.learning_objectives),)))
    return Section("Scenario", (Text(paragraphs(scenario.summary)),), tuple(parts), id="scenario")


def discussion(scenario: Scenario) -> Section | None:
    """The questions for a class, with the debrief folded away; None if the file has neither."""
    blocks: list[Block] = [Listing(scenario.discussion, numbered=True)] if scenario.discussion else []
    if scenario.claims:
        tested = (
            Run("tabletop check", "code"),
            " tests these claims, over replications of their own; this page does not.",
        )
        claims = (Said((f"{claim.that} ", Run(claim.expected, "code"))) for claim in scenario.claims)
        blocks.append(Folded("What a class is meant to see", (Text((Said(tested),)), Listing(tuple(claims)))))
    if scenario.debrief.strip():
        debrief = Text(paragraphs(scenario.debrief))
        blocks.append(Folded("Debrief: the mechanism behind it, for after the discussion", (debrief,)))
    return Section("Discussion", tuple(blocks), id="discussion") if blocks else None


def _conditions(scenario: Scenario) -> Iterator[Block]:
    conditions = stated_conditions(scenario)
    here, default = Column("here", 3), Column("default", 3)
    if different := [one for one in conditions if one.differs]:
        rows = tuple((_condition(one), one.value, one.default) for one in different)
        yield Table("What differs from the model's defaults", (Column("condition", 5), here, default), rows)
    else:
        yield Text(("All conditions are the model's defaults.",))
    if usual := [one for one in conditions if not one.differs]:
        same = tuple((_condition(one), one.value) for one in usual)
        columns = (Column("condition", 5), here)
        table = Table("Conditions among the defaults that matter most", columns, same)
        yield Folded("Some of the conditions that are as the model has them", (table,))


def _condition(one: StatedCondition) -> Said:
    return Said((one.path, Run(f"\n{one.says}", "aside")))


def _timeline(scenario: Scenario) -> Iterator[Block]:
    window = (
        f"Days 0 to {number(scenario.horizon_days)} count. Before them lie {number(scenario.warm_up_days)} "
        f"days of warm-up under {scenario.baseline}, so that every mix starts from the same history."
    )
    yield Text((window,))
    if events := scheduled(scenario):
        rows = tuple(
            (event.when, Said((event.what, *(Run(f"\n{detail}", "aside") for detail in event.details))))
            for event in events
        )
        columns = (Column("when", 2), Column("what", 8))
        yield Table("Injects, the ends of their effects, and changes of policy", columns, rows)
    else:
        yield Text(("Nothing is scheduled: no injects, no changes of policy.",))
    messages = [(one.title, paragraphs(one.message)) for one in scenario.injects if one.message.strip()]
    if messages:
        yield Text(("What players read or hear:",))
        yield Facts(tuple(messages))
