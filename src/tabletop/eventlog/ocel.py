"""The event log in OCEL 2.0 JSON, the exchange format of object-centric process mining.

After Berti et al., "OCEL (Object-Centric Event Log) 2.0 Specification", 2024, section 8: attribute
values are text, and their types stand with the types of events and objects. An entry without a
subject and a pool is about the world, since an event without objects is lost to most programs.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tabletop.engine.journal import Journal
from tabletop.eventlog.entries import KINDS, EventEntry, entries
from tabletop.eventlog.objects import OBJECT_TYPES, Object, Objects, written

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""StartEx (day 0) in the log: a date is needed, and this one is fictitious."""


def as_ocel(journal: Journal, injects: Sequence[str] = ()) -> str:
    """A journal as OCEL 2.0 JSON, an event and an object a line; the same bytes for the same journal."""
    objects = Objects()
    events = [_event(n, entry, objects) for n, entry in enumerate(entries(journal, injects), 1)]
    parts = {
        "objectTypes": [_type(name, attributes) for name, attributes in OBJECT_TYPES.items()],
        "eventTypes": [
            _type(name, {} if meaning is None else {meaning.name: meaning.type})
            for name, meaning in KINDS.values()
        ],
        "objects": [_object(one) for one in objects.known.values()],
        "events": events,
    }
    return "".join(_lines(parts))


def time_of(day: float) -> str:
    """A day of the log as ISO 8601, to the microsecond."""
    moment = EPOCH + timedelta(days=day)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _event(number: int, entry: EventEntry, objects: Objects) -> dict[str, Any]:
    attributes = []
    if entry.meaning is not None:
        attributes.append({"name": entry.meaning.name, "value": _value(entry)})
    return {
        "id": f"e{number}",
        "type": entry.name,
        "time": time_of(entry.day),
        "attributes": attributes,
        "relationships": [{"objectId": one, "qualifier": how} for one, how in objects.of(entry)],
    }


def _object(one: Object) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.type,
        "attributes": [
            {"name": name, "value": value, "time": time_of(day)} for name, value, day in one.attributes
        ],
        "relationships": [{"objectId": other, "qualifier": how} for other, how in one.belongs],
    }


def _type(name: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": n, "type": t} for n, t in attributes.items()]}


def _value(entry: EventEntry) -> str:
    assert entry.meaning is not None
    assert entry.value is not None
    match entry.meaning.type:
        case "string":
            return entry.label or str(int(entry.value))
        case "integer":
            return str(int(entry.value))
        case "boolean":
            return "true" if entry.value else "false"
        case _:
            return written(entry.value)


def _lines(parts: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield "{\n"
    for place, (name, items) in enumerate(parts.items()):
        yield f"{json.dumps(name)}: [\n"
        yield ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
        yield "\n],\n" if place < len(parts) - 1 else "\n]\n"
    yield "}\n"
