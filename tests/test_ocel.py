"""The OCEL 2.0 log against the published schema (section 8.2 of the specification) and the journal."""

import json
from collections import defaultdict
from datetime import datetime
from functools import cache
from math import inf

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict

from support.lively import history, lively
from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.eventlog.ocel import EPOCH, as_ocel, time_of
from tabletop.subjects import Closing, Kind, subject_number
from tabletop.world import Step, movement_code

INJECTS = [inject.id for inject in lively().injects]


class Part(BaseModel):
    """What the schema asks of a part of the log; other keys are let through, as there."""

    model_config = ConfigDict(strict=True)


class AttributeType(Part):
    name: str
    type: str


class Type(Part):
    name: str
    attributes: list[AttributeType]


class Attribute(Part):
    name: str
    value: str


class TimedAttribute(Attribute):
    time: AwareDatetime


class Relationship(Part):
    objectId: str  # noqa: N815 (the schema's)
    qualifier: str


class Event(Part):
    id: str
    type: str
    time: AwareDatetime
    attributes: list[Attribute] = []
    relationships: list[Relationship] = []


class Object(Part):
    id: str
    type: str
    attributes: list[TimedAttribute] = []
    relationships: list[Relationship] = []


class Log(Part):
    eventTypes: list[Type]  # noqa: N815 (the schema's)
    objectTypes: list[Type]  # noqa: N815 (the schema's)
    events: list[Event]
    objects: list[Object]

    def about(self, object_type):
        """By object of this type: the types of its events, in order."""
        chosen = {one.id for one in self.objects if one.type == object_type}
        found = defaultdict(list)
        for event in self.events:
            for one in event.relationships:
                if one.objectId in chosen:
                    found[one.objectId].append(event.type)
        assert set(found) == chosen
        return found


PARSE = {
    "float": float,
    "integer": int,
    "string": str,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@cache
def log_of(mix, replication=0):
    return Log.model_validate_json(as_ocel(history(mix, replication).journal, INJECTS))


@pytest.fixture(params=["usual", "later", "unlimited"])
def told(request):
    return log_of(request.param), history(request.param).journal


def noted(journal, step):
    return sum(s == step for s in journal.steps)


def test_the_log_keeps_the_published_schema_and_a_log_that_does_not_is_noticed(told):
    log, journal = told
    assert len(log.events) == len(journal)
    first = Journal()
    first.note(0.5, Step.INCIDENT, 0, 2.5)
    broken = json.loads(as_ocel(first))
    broken["events"][0]["attributes"] = [{"name": "harm", "value": 2.5}]
    with pytest.raises(ValueError, match="valid string"):
        Log.model_validate_json(json.dumps(broken))


def test_whatever_is_named_is_declared_and_of_its_type(told):
    log, _ = told
    for kinds, things in ((log.eventTypes, log.events), (log.objectTypes, log.objects)):
        types = {kind.name: {a.name: a.type for a in kind.attributes} for kind in kinds}
        assert len(types) == len(kinds)
        for thing in things:
            for attribute in thing.attributes:
                PARSE[types[thing.type][attribute.name]](attribute.value)
    assert {a.type for kind in (*log.eventTypes, *log.objectTypes) for a in kind.attributes} == set(PARSE)


def test_ids_are_unique_and_every_relation_leads_to_an_object(told):
    log, _ = told
    objects = {one.id for one in log.objects}
    assert len(objects) == len(log.objects)
    assert len({event.id for event in log.events}) == len(log.events)
    for thing in (*log.events, *log.objects):
        assert {one.objectId for one in thing.relationships} <= objects
    assert all(event.relationships for event in log.events)


def test_times_are_the_days_of_the_journal_after_the_epoch(told):
    log, journal = told
    days = [(event.time - EPOCH).total_seconds() / 86_400 for event in log.events]
    assert days == pytest.approx(list(journal.days), abs=1e-10)
    assert days == sorted(days)
    assert time_of(0) == "2000-01-01T00:00:00.000000Z"
    assert datetime.fromisoformat(time_of(-0.5)).isoformat() == "1999-12-31T12:00:00+00:00"


def test_every_case_begins_with_its_opening_and_ends_with_its_closing_or_not_yet(told):
    log, journal = told
    cases = log.about("case")
    assert len(cases) == noted(journal, Step.CASE_OPENED) > 0
    closed = [steps for steps in cases.values() if "case closed" in steps]
    assert len(closed) == noted(journal, Step.CASE_CLOSED) > 0
    for steps in cases.values():
        assert steps[0] == "case opened"
        assert steps.count("case opened") == 1
        assert steps.count("case closed") <= 1
        after = steps[steps.index("case closed") + 1 :] if "case closed" in steps else []
        assert set(after) <= {"charged", "missed"}


def test_each_of_several_cases_on_an_attempt_is_an_object_with_its_own_events():
    journal, plot = Journal(), subject_number(Kind.PLOT, 0, 0, 6, 2)
    served = movement_code("teams", Movement.SERVED)
    for step, value in (
        (Step.FORMED, 2),
        (Step.CASE_OPENED, 0.4),
        (served, 1.0),
        (Step.CASE_CLOSED, Closing.LOST),
        (Step.CASE_OPENED, 0.6),
        (Step.INCIDENT, 1.5),
        (Step.MISSED, 0.0),
        (Step.CASE_CLOSED, Closing.WITHDRAWN),
    ):
        journal.note(1.0, step, plot, value)
    log = Log.model_validate_json(as_ocel(journal))
    assert log.about("case") == {
        "case 1 on plot 1-7 (attempt 2)": ["case opened", "teams: served", "case closed"],
        "case 2 on plot 1-7 (attempt 2)": ["case opened", "missed", "case closed"],
    }
    assert log.about("plot") == {"plot 1-7": ["formed", "incident", "missed"]}


def test_every_proceeding_begins_with_a_charge_and_has_one_end_at_most(told):
    log, journal = told
    proceedings = log.about("proceeding")
    assert len(proceedings) == noted(journal, Step.CHARGED) > 0
    for steps in proceedings.values():
        assert steps[0] == "charged"
        assert sum(steps.count(end) for end in ("convicted", "acquitted", "released")) <= 1
    assert sum(steps.count("charged") for steps in log.about("case").values()) == len(proceedings)
    types = {one.id: one.type for one in log.objects}
    for one in log.objects:
        if one.type == "proceeding":
            (case,) = one.relationships
            assert types[case.objectId] == "case"


def test_a_plot_is_one_object_over_all_its_attempts(told):
    log, journal = told
    plots, attempts = log.about("plot"), log.about("attempt")
    assert len(attempts) == noted(journal, Step.FORMED)
    assert sum(steps.count("formed") for steps in plots.values()) == len(attempts)
    assert max(steps.count("formed") for steps in plots.values()) > 1
    assert all(steps == ["prevented"] or steps[0] == "formed" for steps in plots.values())
    parts = [one.relationships[0] for one in log.objects if one.type == "attempt"]
    assert {part.objectId for part in parts} == {plot for plot, steps in plots.items() if "formed" in steps}


def test_a_pool_tells_who_is_present_from_when_on():
    log = log_of("later")
    (teams,) = (one for one in log.objects if one.id == "teams")
    assert [(a.name, float(a.value), a.time == EPOCH) for a in teams.attributes] == [
        ("people", 3.0, False),
        ("people", 8.0, False),
    ]
    log = log_of("unlimited")
    (analysts,) = (one for one in log.objects if one.id == "analysts")
    assert [float(a.value) for a in analysts.attributes] == [6.0, inf]
    assert analysts.attributes[1].value == "INF"
    assert analysts.attributes[1].time == EPOCH


def test_the_same_journal_gives_the_same_bytes():
    text = as_ocel(history().journal)
    assert text == as_ocel(history.__wrapped__().journal)
    assert text.endswith("}\n")


@pytest.mark.filterwarnings("ignore")  # pm4py's own
def test_pm4py_reads_it_whole(tmp_path, told):
    pm4py = pytest.importorskip("pm4py", reason="pm4py is not installed; it needs an environment of its own")
    log, journal = told
    file = tmp_path / "events.json"
    file.write_text(as_ocel(journal, INJECTS), encoding="utf-8")
    read = pm4py.read_ocel2(str(file))
    assert list(read.events["ocel:eid"]) == [event.id for event in log.events]
    assert set(read.objects["ocel:oid"]) == {one.id for one in log.objects}
    assert len(read.relations) == sum(len(event.relationships) for event in log.events)
    harm = sum(v for v, s in zip(journal.values, journal.steps, strict=True) if s == Step.INCIDENT)
    assert read.events["harm"].sum() == pytest.approx(harm)
