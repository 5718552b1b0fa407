"""Citations: what the sources of a file are about."""

import pytest

from tabletop.errors import ScenarioError
from tabletop.scenario.load import loads

FILE = """
title: A
baseline: now
policy_mixes: {now: {detection: {analysts: 8}}}
measures: {incidents: {delta: 1}}
injects: [{id: alarm, title: Alarm, day: 3}]
conditions:
  sharing: {partners: [{name: east}, {name: west}]}
sources:
  - path: %s
    says: assumption
"""


@pytest.mark.parametrize(
    "path",
    [
        "conditions",
        "conditions.threat.preparation",
        "conditions.threat.preparation.mean",
        "conditions.sharing.partners",
        "conditions.sharing.partners.west",
        "conditions.sharing.partners.west.latency.mean",
        "injects.alarm",
        "injects.alarm.day",
        "policy_mixes.now.detection.analysts",
        "policy_mixes.now.detection.linkage",
        "measures.incidents.delta",
        "budget",
    ],
)
def test_a_source_may_be_about_what_the_file_or_the_format_has(path):
    assert loads(FILE % path).sources[0].path == path


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("condition", "did you mean 'conditions'?"),
        ("conditions.sharing.partners.wset", "did you mean 'conditions.sharing.partners.west'?"),
        ("injects.alrm", "did you mean 'injects.alarm'?"),
        ("policy_mixes.now.detection.analyst", "did you mean 'policy_mixes.now.detection.analysts'?"),
        ("policy_mixes.later", "known: now"),
        ("conditions.trust.base.x", "there are none"),
        ("conditions.", "known: threat, background"),
    ],
)
def test_a_source_about_nothing_is_a_mistake(path, right):
    with pytest.raises(ScenarioError) as error:
        loads(FILE % path)
    (problem,) = error.value.problems
    assert (problem.line, problem.path) == (10, "sources[0].path")
    assert f"'{path}': nothing of that name" in problem.message
    assert right in problem.message


def test_partners_that_the_file_does_not_list_are_the_defaults():
    text = FILE.replace("  sharing: {partners: [{name: east}, {name: west}]}", "  sharing: {}")
    assert loads(text % "conditions.sharing.partners.north.latency")
