"""Injects as boxes: the message to players, and for controllers all the rest."""

from tabletop.exercise.msel import MselRow
from tabletop.report.document.blocks import Box
from tabletop.report.document.document import MARK
from tabletop.report.document.statement import paragraphs
from tabletop.scenario.words import number


def inject_box(row: MselRow) -> Box:
    """An inject as it is shown to players, below its title."""
    entries = (("From", row.sender), ("To", row.recipient), ("Attached", ", ".join(row.attachments)))
    facts = tuple((term, text) for term, text in entries if text)
    return Box(f"{MARK} · inject", "", paragraphs(row.message), facts)


def controllers_box(row: MselRow) -> Box:
    """An inject with everything that a controller needs to know about it."""
    minute = "" if row.planned_minute is None else f"minute {number(row.planned_minute)}"
    held = "held back" if row.event_type == "Contingency Inject" else ""
    entries = (
        ("When", ", ".join(part for part in (minute, held, row.scenario_time) if part)),
        ("Trigger", row.trigger),
        ("Options", row.options),
        ("Thread", row.thread),
        ("How", row.mode),
        ("From", row.sender),
        ("To", row.recipient),
        ("Attachments", ", ".join(row.attachments)),
        ("Expected", row.expected_response),
        ("Objective", row.objective),
        ("Controller", row.controller),
        ("Model effect", row.effect),
        ("Notes", row.notes),
        ("Source ID", row.source_id),
    )
    kind = "inject" if row.event_type == "Inject" else "contingency inject"
    facts = tuple((term, text) for term, text in entries if text)
    return Box(f"{MARK} · {kind} {row.event_number}: {row.id}", row.title, paragraphs(row.message), facts)
