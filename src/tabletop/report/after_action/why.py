"""Causes: the bottleneck of each pillar and the stages at which plots were lost, move by move."""

from collections.abc import Iterator

from tabletop.analysis.words import figure
from tabletop.exercise.adjudication import Outcome
from tabletop.exercise.why import LOSSES, bottleneck, unstaffed
from tabletop.interim import Interim
from tabletop.pools import POOLS
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import days
from tabletop.report.document.blocks import Block, Column, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said
from tabletop.scenario.policy import PILLARS

NONE = "none"


def why(inputs: ReportInput) -> Section | None:
    """A part for each team; None before the first reveal."""
    if not inputs.moves:
        return None
    parts = tuple(Section(team, tuple(_team(inputs, team))) for team in inputs.state.teams)
    later = (
        "Where plots were lost is shown from the hot wash on."
        if inputs.is_interim
        else "Counts of lost plots are those of the world that was played; rows that are 0 throughout are "
        "left out. Moves differ in length: the days stand at their heads."
    )
    intro = say(
        "A pool of staff is a bottleneck if it is at work so much of the time that work piles up. The table "
        "names the busiest one of each pillar, and below it that of the team's previous move and that of the "
        "baseline, unless none of the three had one.",
        later,
    )
    return Section("Causes", (intro,), parts, id="why")


def _team(inputs: ReportInput, team: str) -> Iterator[Block]:
    heads = tuple(
        Column(f"Move {move + 1} ({days(found.start, found.end)})", 3)
        for move, found in enumerate(inputs.outcomes.moves)
    )
    lines = tuple(inputs.revealed(move) for move in inputs.moves)
    rows = ((pillar.capitalize(), *_bottlenecks(inputs, team, pillar)) for pillar in PILLARS)
    yield Table(Said("Bottlenecks by pillar", lines), (Column("Pillar", 2), *heads), tuple(rows))
    if inputs.is_interim:
        return
    lost = [
        (
            (loss.pillar or "no pillar").capitalize(),
            f"{loss.reason[0].upper()}{loss.reason[1:]}",
            *_losses(inputs, team, loss.field),
        )
        for loss in LOSSES
        if any(_count(inputs, who, move, loss.field) for who in (team, "") for move in inputs.moves)
    ]
    if lost:
        columns = (Column("Stage", 2), Column("Why plots were not stopped in time", 4), *heads)
        yield Table(Said("Plots lost, by stage and reason", inputs.hot_wash), columns, tuple(lost))
    else:
        yield say("No plot was lost, nor under the baseline.", lines=inputs.hot_wash)


def _bottlenecks(inputs: ReportInput, team: str, pillar: str) -> Iterator[str]:
    """Move by move, with the previous move and the baseline below; one word where there is none at all."""
    for move in inputs.moves:
        found = inputs.outcomes.moves[move]
        readings = {"": found.outcomes[team].realised}
        if move:
            readings["before: "] = inputs.outcomes.moves[move - 1].outcomes[team].realised
        readings["baseline: "] = found.baseline.realised
        pools = {label: _pool(reading, pillar) for label, reading in readings.items()}
        quiet = {*pools.values()} == {NONE}
        yield NONE if quiet else "\n".join(f"{label}{pool}" for label, pool in pools.items())


def _pool(reading: Interim, pillar: str) -> str:
    parts = [
        f"{POOLS[one.pool].title}: nobody there, {figure(one.queue, decimals=1)} waiting"
        for one in unstaffed(reading, pillar)
    ]
    if (one := bottleneck(reading, pillar)) is not None:
        wait = "" if one.wait is None else f", wait {figure(one.wait, decimals=1)} days"
        parts.append(f"{POOLS[one.pool].title} {100 * (one.utilisation or 0.0):.0f} % busy{wait}")
    return "; ".join(parts) or NONE


def _losses(inputs: ReportInput, team: str, field: str) -> Iterator[str]:
    for move in inputs.moves:
        beside = [f"baseline {_count(inputs, '', move, field)}"]
        if move:
            beside.insert(0, f"before {_count(inputs, team, move - 1, field)}")
        yield f"{_count(inputs, team, move, field)} ({', '.join(beside)})"


def _count(inputs: ReportInput, team: str, move: int, field: str) -> int:
    outcome: Outcome = inputs.outcomes.moves[move].outcomes[team]
    return int(outcome.realised.tally[field])
