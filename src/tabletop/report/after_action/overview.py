"""The first pages: what kind of report it is, and the exercise at a glance, by its planners' field names."""

from collections.abc import Iterator

from tabletop.exercise.acts import Start
from tabletop.exercise.moments import is_dated
from tabletop.report.after_action.blocks import Facts, Listing, Said, Section, say
from tabletop.report.after_action.matter import Matter
from tabletop.report.after_action.words import BLANK, LIMITS, counted, minute, moment, or_blank
from tabletop.scenario.words import number


def about(matter: Matter) -> Section:
    """What this report is, what it holds back, and what it does not say."""
    return Section("about", "About this report", (say(LIMITS, *_standing(matter), *_assumed(matter)),))


def _standing(matter: Matter) -> Iterator[str]:
    if matter.is_interim:
        yield (
            "This is an interim report: the exercise is on. It holds what has been revealed, "
            f"{counted(len(matter.moves), 'move')} of {len(matter.plan.moves)}. What players cannot "
            "observe, evaluators' notes and ratings, and all that is still to come wait for the hot wash."
        )
    elif not matter.disclosed.is_final:
        yield (
            "The hot wash is on: everything is told but the secret that the luck was drawn with, which is "
            "disclosed at EndEx."
        )
    if matter.disclosed.withheld:
        yield f"{counted(matter.disclosed.withheld, 'line')} of the log {_are(matter)} not told yet."
    yield "Log lines after a statement are those that it rests on; the log stands at the end."


def _are(matter: Matter) -> str:
    return "is" if matter.disclosed.withheld == 1 else "are"


def _assumed(matter: Matter) -> tuple[str, ...]:
    listed = matter.plan.assumptions_and_artificialities
    return (f"Assumptions and artificialities: {' '.join(listed)}",) if listed else ()


def overview(matter: Matter) -> Section:
    """The exercise at a glance; what the file leaves open is there to be filled in."""
    plan, scenario = matter.plan, matter.scenario
    rows = (
        ("Exercise Name", (Said(plan.title or scenario.title),)),
        ("Dates", (_dates(matter),)),
        ("Scope", (Said(or_blank(plan.scope)),)),
        ("Mission Area", (Said(or_blank(plan.mission_area)),)),
        ("Core Capabilities", _listed(plan.core_capabilities)),
        ("Objectives", _listed(tuple(one.text for one in plan.objectives))),
        ("Threat or Hazard", (Said(or_blank(plan.threat_or_hazard)),)),
        ("Scenario", tuple(_scenario(matter))),
        ("Sponsor", (Said(or_blank(plan.sponsor)),)),
        ("Participating Organizations", _listed(plan.participating_organizations)),
        ("Point of Contact", (Said(or_blank(plan.point_of_contact)),)),
    )
    blanks = [term for term, said in rows if said[0].text == BLANK]
    left = say(f"Left open by the scenario file, to be filled in: {', '.join(blanks)}.") if blanks else None
    return Section("overview", "Exercise overview", (Facts(rows), *([left] if left else [])))


def _listed(texts: tuple[str, ...]) -> tuple[Said, ...]:
    return tuple(Said(text) for text in texts) or (Said(BLANK),)


def _dates(matter: Matter) -> Said:
    entries = matter.entries
    if matter.state.start is None:
        return Said("Not held yet")
    last = entries[-1]
    lines = (next(entry.number for entry, _ in matter.acts(Start)), last.number)
    lasted = f"{minute(matter.minute(last.number))} minutes from StartEx to the last line told"
    if not is_dated(matter.state):
        return Said(f"None: played unattended, on a logical clock; {lasted}", lines)
    begun, ended = moment(matter.state.started_at), moment(last.at)
    until = f"{ended:%H:%M}" if begun.date() == ended.date() else f"{ended:%Y-%m-%d %H:%M}"
    return Said(f"{begun:%Y-%m-%d %H:%M} to {until} UTC; {lasted}, pauses not counted", lines)


def _scenario(matter: Matter) -> Iterator[Said]:
    scenario = matter.scenario
    yield Said(scenario.title)
    if scenario.summary.strip():
        yield Said(scenario.summary.strip())
    span = f"Days 0 to {number(scenario.horizon_days)} are played"
    more = matter.plan.epilogue_days
    yield Said(f"{span}; an epilogue follows for {number(more)} days." if more else f"{span}.")


def purposes(matter: Matter) -> Section | None:
    """Why the exercise was held, and by which rules; None if the file does not say."""
    plan = matter.plan
    if not plan.purpose and not plan.ground_rules:
        return None
    rules = Listing(tuple(Said(text) for text in plan.ground_rules))
    return Section(
        "purpose", "Purpose and ground rules", (say(plan.purpose), *([rules] if plan.ground_rules else []))
    )
