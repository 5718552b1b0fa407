"""The first pages: the kind of report, and the exercise at a glance, by its planners' field names."""

from collections.abc import Iterator

from tabletop.exercise.acts import Count, End, Start
from tabletop.exercise.moments import is_dated
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import BLANK, LIMITS, counted, minute, or_blank
from tabletop.report.document.blocks import Block, Facts, Listing, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said, paragraphs
from tabletop.scenario.words import number


def about(inputs: ReportInput) -> Section:
    """What this report is, what it withholds, and what it does not claim."""
    words = say(LIMITS, *_standing(inputs), *_assumed(inputs))
    return Section("About this report", (words,), id="about")


def _standing(inputs: ReportInput) -> Iterator[str]:
    if inputs.is_interim:
        yield (
            "This is an interim report: the exercise is on. It holds what has been revealed, "
            f"{counted(len(inputs.moves), 'move')} of {len(inputs.plan.moves)}. What players cannot "
            "observe, evaluators' notes and ratings, and all that is still to come wait for the hot wash."
        )
    elif not inputs.disclosed.is_final:
        yield (
            "The hot wash is on: everything is shown but the secret that the luck was drawn with, which is "
            "disclosed at EndEx."
        )
    if inputs.disclosed.withheld:
        yield f"{counted(inputs.disclosed.withheld, 'line')} of the log {_are(inputs)} not shown yet."
    yield "Log lines after a statement are those that it rests on; the log stands at the end."


def _are(inputs: ReportInput) -> str:
    return "is" if inputs.disclosed.withheld == 1 else "are"


def _assumed(inputs: ReportInput) -> tuple[str, ...]:
    listed = inputs.plan.assumptions_and_artificialities
    return (f"Assumptions and artificialities: {' '.join(listed)}",) if listed else ()


def overview(inputs: ReportInput) -> Section:
    """The exercise at a glance; what the file leaves open is there to be filled in."""
    plan, scenario = inputs.plan, inputs.scenario
    rows = (
        ("Exercise Name", plan.title or scenario.title),
        ("Dates", _dates(inputs)),
        ("Place", or_blank(plan.planning.place)),
        ("Scope", or_blank(plan.scope)),
        ("Mission Area", or_blank(plan.mission_area)),
        ("Core Capabilities", _listed(plan.core_capabilities)),
        ("Objectives", _listed(tuple(one.text for one in plan.objectives))),
        ("Threat or Hazard", or_blank(plan.threat_or_hazard)),
        ("Scenario", tuple(_scenario(inputs))),
        ("Sponsor", or_blank(plan.sponsor)),
        ("Participating Organizations", _listed(plan.participating_organizations)),
        ("Number of Participants", _counted(inputs)),
        ("Point of Contact", or_blank(plan.point_of_contact)),
    )
    blanks = [term for term, said in rows if isinstance(said, str) and said.startswith(BLANK)]
    left = say(f"Left open by the scenario file, to be filled in: {', '.join(blanks)}.") if blanks else None
    return Section("Exercise overview", (Facts(rows), *([left] if left else [])), id="overview")


def _counted(inputs: ReportInput) -> Said:
    """How many came, as somebody counted, and how many were planned for."""
    planned = inputs.plan.planning.participants.in_words
    beside = f"; planned: {planned}" if planned else ""
    counts = [*inputs.acts(Count)]
    if not counts:
        return Said(f"not counted{beside}")
    entry, act = counts[-1]
    return Said(f"{act.came.in_words}{beside}", (entry.number,))


def _listed(texts: tuple[str, ...]) -> str | tuple[str, ...]:
    return texts or BLANK


def _dates(inputs: ReportInput) -> Said:
    if inputs.state.start is None:
        return Said("Not held yet")
    last = inputs.last
    lines = (next(entry.number for entry, _ in inputs.acts(Start)), last.number)
    until = "EndEx" if isinstance(last.act, End) else "the last line shown"
    lasted = f"{minute(inputs.minute(last.number))} minutes from StartEx to {until}"
    if not is_dated(inputs.state):
        return Said(f"None: played unattended, on a logical clock; {lasted}", lines)
    begun, ended = inputs.date(inputs.state.started_at), inputs.date(last.at)
    to = f"{ended:%H:%M}" if begun.date() == ended.date() else f"{ended:%Y-%m-%d %H:%M}"
    return Said(f"{begun:%Y-%m-%d %H:%M} to {to}, {begun:%Z}; {lasted}, pauses not counted", lines)


def _scenario(inputs: ReportInput) -> Iterator[str]:
    scenario = inputs.scenario
    yield scenario.title
    yield from paragraphs(scenario.summary)
    span = f"Days 0 to {number(scenario.horizon_days)} are played"
    more = inputs.plan.epilogue_days
    yield f"{span}; an epilogue follows for {number(more)} days." if more else f"{span}."


def purposes(inputs: ReportInput) -> Section | None:
    """The purpose of the exercise and its rules; None if the file states neither."""
    plan = inputs.plan
    if not plan.purpose and not plan.ground_rules:
        return None
    rules = Listing(plan.ground_rules)
    blocks: tuple[Block, ...] = (say(plan.purpose), *([rules] if plan.ground_rules else []))
    return Section("Purpose and ground rules", blocks, id="purpose")
