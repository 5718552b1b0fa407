"""Labels of variants: two that people would call the same stay two, in their runs as in their words."""

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.experiment.robustness.plan import StudyPlan
from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import loads

SAME = "{family: exponential, mean: 60}"
SHAPES = f"""\
uncertain:
  - on: threat.preparation
    name: shape
    choices: [{SAME}, {{family: gamma, mean: 60, cv: 0.2}}, {{family: gamma, mean: 60, cv: 2.5}}]
"""
POINT = """\
uncertain:
  - {on: threat.formation_rate, set: [1, 80], name: point}
"""
NARROW = {"threat.formation_rate": (40.0, 40.01)}
NARROWEST = {"threat.formation_rate": (40.0, 40.0 + 1e-11)}


@pytest.mark.parametrize(
    ("ranges", "vary"),
    [(SHAPES, None), (SHAPES, {"shape": None}), (POINT, None), ("", NARROW), ("", NARROWEST)],
)
def test_every_variant_has_a_label_of_its_own(ranges, vary):
    variants = StudyPlan.of(
        loads(TEXT + ranges, "small.yaml"), vary=vary, variants=None if vary else 8
    ).planned()
    labels = [one.label for one in variants]
    assert len(labels) > 2
    assert len({*labels}) == len(labels)


@pytest.mark.parametrize("ranges", [SHAPES, POINT])
def test_what_is_said_of_a_variant_is_of_its_own_runs(ranges):
    scenario = loads(TEXT + ranges, "small.yaml")
    how = {"worlds": 3, "workers": 1, "progress": False}
    found = tabletop.study_robustness(scenario, variants=8, **how)
    for one in found.variants:
        alone = run_experiment(one.scenario, replications=3, workers=1, progress=False).outcomes()
        for mix in found.asked.mixes:
            assert found.columns(one).columns[mix]["trust_mean"] == alone.columns[mix]["trust_mean"]


def test_shapes_of_one_mean_are_told_whole_and_a_narrow_range_with_more_digits():
    shapes = StudyPlan.of(loads(TEXT + SHAPES, "small.yaml"), vary={"shape": None}).planned()
    assert [one.label for one in shapes[1:]] == [
        "shape gamma, mean 60, cv 0.2",
        "shape gamma, mean 60, cv 2.5",
    ]
    line = StudyPlan.of(loads(TEXT, "small.yaml"), vary=NARROW).planned()
    assert line[1].label == "threat.formation_rate 40.0012"
    wide = StudyPlan.of(loads(TEXT, "small.yaml"), vary={"threat.formation_rate": (20.0, 81.2345)}).planned()
    assert wide[-1].label == "threat.formation_rate 81.23"
