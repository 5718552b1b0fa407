"""The event log as CSV: a row for each entry, in event order."""

import csv
import io
from collections.abc import Sequence

from tabletop.engine.journal import Journal
from tabletop.eventlog.entries import entries
from tabletop.story import subject_name

HEADER = ("day", "step", "subject", "number", "value", "meaning", "label")


def as_csv(journal: Journal, injects: Sequence[str] = ()) -> str:
    """A journal as CSV: LF, shortest form of floats, the same bytes for the same journal.

    `number` is the subject's number, 0 for nobody; it has up to 18 digits, more than a float holds.
    `value` is empty where it means nothing, and "inf" where there is no limit; `label` is the word
    that a coded value stands for. The warm-up has negative days.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for entry in entries(journal, injects):
        writer.writerow(
            (
                repr(entry.day),
                entry.name,
                subject_name(entry.subject) if entry.subject else "",
                entry.subject,
                "" if entry.value is None else repr(entry.value),
                "" if entry.meaning is None else entry.meaning.name,
                entry.label,
            )
        )
    return text.getvalue()
