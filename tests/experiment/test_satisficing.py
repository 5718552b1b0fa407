"""Numbers at the limits of their fields: whatever validates runs, and every figure that is written is one."""

import json
from copy import deepcopy
from io import StringIO
from math import isfinite

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tabletop import run_experiment
from tabletop.errors import ScenarioError
from tabletop.experiment.findings import findings
from tabletop.experiment.folder import as_json, result_texts
from tabletop.scenario.fields import Field
from tabletop.scenario.load import loads
from tabletop.scenario.policy import PILLARS
from tabletop.simulation import simulate

BASE = {
    "title": "Limits",
    "seed": 3,
    "replications": 2,
    "horizon_days": 40.0,
    "warm_up_days": 10.0,
    "conditions": {
        "threat": {"formation_rate": 90.0, "preparation": 20.0},
        "background": {"intelligence": 2.0, "community": 1.0, "border": 1.0, "partner": 0.5},
        "prosecution": {"preparation": 4.0, "trial": 3.0},
        "sharing": {"partners": [{"name": "north"}]},
    },
    "injects": [
        {
            "id": "one",
            "day": 3.0,
            "title": "One",
            "effects": [{"on": "background.community", "multiply": 2.0, "for_days": 4.0}],
        },
        {
            "id": "two",
            "day": 1.0,
            "title": "Two",
            "when": {"measure": "incidents", "reaches": 2.0},
            "effects": [{"on": "trust", "add": -0.1}],
        },
    ],
    "policy_mixes": {
        "a": {},
        "b": {"detection": {"analysts": 2}, "changes": [{"day": 5.0, "reporting": {"outreach": 0.9}}]},
    },
    "baseline": "a",
    "measures": {
        "incidents": {"delta": 0.5},
        "trust_mean": {"delta": 0.01},
        "days_to_verdict": {"delta": 1.0},
    },
    "costs": {"analysts": 1.0},
    "budget": 500.0,
}
"""Little of everything, so that it runs in some hundredths of a second."""

ROOT = Field.root()
BUSY = ("formation_rate", "trace_rates", "background", "horizon_days", "warm_up_days")
"""Where the highest is a matter of patience: tried alone, and not together."""


def numbers(field, path):
    """Every number below a field of named fields: its path and limits."""
    if field.types & {"number", "integer"}:
        yield path
    for name in field.names:
        yield from numbers(field.child(name), (*path, name))


CONDITIONS = [*numbers(ROOT.child("conditions"), ("conditions",))]
LEVERS = [
    path
    for pillar in PILLARS
    for path in numbers(ROOT.at(("policy_mixes", "b", pillar)), ("policy_mixes", "b", pillar))
]
OTHERS = [
    ("seed",),
    ("horizon_days",),
    ("warm_up_days",),
    ("budget",),
    ("costs", "analysts"),
    ("measures", "incidents", "delta"),
    ("measures", "trust_mean", "delta"),
    ("injects", 0, "day"),
    ("injects", 0, "effects", 0, "multiply"),
    ("injects", 0, "effects", 0, "for_days"),
    ("injects", 1, "when", "reaches"),
    ("injects", 1, "effects", 0, "add"),
    ("policy_mixes", "b", "changes", 0, "day"),
    *(("conditions", "sharing", "partners", 0, n) for n in ("visibility", "latency", "reciprocity_lag")),
]
EVERY = [*CONDITIONS, *LEVERS, *OTHERS]


def ends(path):
    """The lowest, the highest and the smallest that a number can be; one that may be infinite has none."""
    limits = ROOT.at(path).limits
    whole = ROOT.at(path).types == {"integer"} or ROOT.at(path).types == {"integer", "null"}
    found = {limits.low, limits.high}
    if limits.low is not None and limits.low <= 0 and not whole:
        found.add(5e-324)
    if limits.below and whole:
        found = {limits.low, limits.high - 1}
    return sorted((int(end) if whole else end) for end in found if end is not None)


def changed(data, path, value):
    """The data with another value at a path."""
    here = data
    for key in path[:-1]:
        below = here[key] if isinstance(key, int) else here.setdefault(key, {})
        if not isinstance(below, dict | list):  # a duration that was written as a number
            here[key] = below = {"mean": below}
        here = below
    here[path[-1]] = value
    if path[-1] == "cv":
        here |= {"family": "gamma", "mean": here.get("mean", 5.0)}
    return data


def text_of(data):
    text, yaml = StringIO(), YAML(typ="safe", pure=True)
    yaml.width = 1_000
    yaml.dump(data, text)
    return text.getvalue()


def loaded(data):
    return loads(text_of(data), "limits.yaml")


def check_run(scenario):
    """One run of each mix, and that it counts nothing but numbers."""
    for mix in scenario.policy_mixes:
        run = simulate(scenario, mix, 0)
        numbers_ = [*run.tally.values(), *(n for part in run.parts.values() for n in part)]
        assert all(map(isfinite, numbers_)), mix
        assert isfinite(scenario.yearly_cost(mix))


def check_experiment(scenario):
    """Runs, comparison and every file of the results folder."""
    results = run_experiment(scenario, workers=1)
    assert not results.failures
    json.loads(as_json(findings(results, results.compare())))
    for pieces in result_texts(results).values():
        # a workbook is bytes, of the tables that are told piece by piece
        assert isinstance(pieces, bytes) or "nan" not in "".join(pieces)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: ".".join(map(str, path)))
def test_a_number_at_the_ends_of_its_range_runs(path):
    tried, lines = 0, []
    for end in ends(path):
        data = changed(deepcopy(BASE), path, end)
        if any(name in BUSY for name in path) and end > 1:
            data |= {"horizon_days": 2.0, "warm_up_days": 0.0}
            if path[0] in ("horizon_days", "warm_up_days"):
                data[path[0]] = end
                data["conditions"] = {
                    "threat": {"formation_rate": 0.1},
                    "background": dict.fromkeys(("intelligence", "community", "border", "partner"), 0.001),
                }
        try:
            scenario = loaded(data)
        except ScenarioError as refused:
            # what lies behind the horizon, costs too much or leads out of another range is told, too
            lines += [problem.line for problem in refused.problems]
            continue
        check_run(scenario)
        tried += 1
    assert all(lines)
    assert tried or not ends(path)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: ".".join(map(str, path)))
def test_a_number_beyond_its_range_is_refused_with_its_line(path):
    limits = ROOT.at(path).limits
    beyond = [1e308, 10**400] if limits.high is not None else []
    beyond += [-1e308, limits.low - (abs(limits.low) or 1)] if limits.low is not None else []
    assert beyond or "pass_at" in path or "refuse_at" in path
    for value in beyond:
        text = text_of(changed(deepcopy(BASE), path, value))
        with pytest.raises(ScenarioError) as refused:
            loads(text, "limits.yaml")
        problem = refused.value.problems[0]
        line = text.splitlines()[problem.line - 1]
        assert str(path[-1]) in line, problem
        assert problem.message


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("measures", "incidents", "delta"), 1e-200, "1e-200 is not in [1e-9, 1e9] (the measure's own unit)"),
        (("costs", "analysts"), 1e308, "1e+308 is not in [0, 1e9]"),
        (("conditions", "threat", "severity"), 1e308, "1e+308 is not in [0, 1000000] (harm units)"),
        (
            ("conditions", "threat", "preparation"),
            {"family": "gamma", "mean": 5.0, "cv": 1e-300},
            "1e-300 is below 0.001, which nobody can tell from 0; write 0",
        ),
    ],
)
def test_numbers_that_no_computation_can_take_are_refused(path, value, says):
    with pytest.raises(ScenarioError) as refused:
        loaded(changed(deepcopy(BASE), path, value))
    assert [problem.message for problem in refused.value.problems] == [says]


def test_the_smallest_formation_rate_that_a_computer_knows_is_none():
    scenario = loaded(changed(deepcopy(BASE), ("conditions", "threat", "formation_rate"), 5e-324))
    assert simulate(scenario, "a", 0).tally["formed"] == 0


def without_budget():
    """The base, whose mixes may cost what they will."""
    return {key: value for key, value in deepcopy(BASE).items() if key != "budget"}


TOGETHER = [
    path for path in EVERY if not any(name in BUSY for name in path) and path[-1] not in ("cv", "budget")
]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_numbers_at_the_ends_of_their_ranges_together_give_whole_results(data):
    chosen = data.draw(st.lists(st.sampled_from(TOGETHER), max_size=25, unique=True))
    file = without_budget()
    for path in chosen:
        changed(file, path, data.draw(st.sampled_from(ends(path) or [1.0])))
    try:
        scenario = loaded(file)
    except ScenarioError:
        return
    check_experiment(scenario)


@pytest.mark.parametrize("end", [0, -1])
def test_all_numbers_at_the_same_end_give_whole_results(end):
    file = without_budget()
    for path in TOGETHER:
        if path[0] in ("conditions", "costs", "measures") and (found := ends(path)):
            changed(file, path, found[end])
    check_experiment(loaded(file))
