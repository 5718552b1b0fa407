"""Limits of measures: what a file may say, and how each mistake is refused."""

import pytest

from experiment.small import TEXT
from tabletop.errors import ScenarioError
from tabletop.experiment.identity import experiment_hash
from tabletop.experiment.resolved import resolved_yaml
from tabletop.scenario.load import loads

LINE = TEXT.count("\n") + 2


def written(one):
    """A small scenario with one limit."""
    return loads(f"{TEXT}limits:\n  {one}\n", "small.yaml")


def test_a_limit_is_of_a_measure_itself_or_of_its_difference():
    limit = written("incidents: {at_most: -1, against: baseline}").limits["incidents"]
    assert (limit.sign, limit.value, limit.against) == (-1, -1, "baseline")
    limit = written("trust_mean: {at_least: 0.5}").limits["trust_mean"]
    assert (limit.sign, limit.value, limit.against) == (1, 0.5, None)


def test_a_limit_of_a_share_may_be_of_its_whole_range():
    assert written("trust_mean: {at_most: 1}").limits["trust_mean"].value == 1
    assert written("trust_mean: {at_least: -0.02, against: baseline}").limits["trust_mean"].value == -0.02


def test_no_run_depends_on_limits_and_they_stay_in_a_resolved_file():
    said = written("incidents: {at_most: -1, against: baseline}")
    assert experiment_hash(said) == experiment_hash(loads(TEXT))
    assert loads(resolved_yaml(said)).limits == said.limits


@pytest.mark.parametrize(
    ("said", "path", "told"),
    [
        ("incident: {at_most: 1}", "limits.incident", "did you mean 'incidents'?"),
        ("harm: {at_most: 1}", "limits.harm", "limits are of those: incidents, trust_mean"),
        ("incidents: {}", "limits.incidents", "here is neither"),
        ("incidents: {at_most: 1, at_least: 0}", "limits.incidents", "here are both"),
        ("incidents: {at_most: 1, against: usual}", "limits.incidents.against", "baseline"),
        ("trust_mean: {at_least: 55}", "limits.trust_mean.at_least", "write 0.55 for 55 %"),
        ("trust_mean: {at_least: -0.1}", "limits.trust_mean.at_least", "a share lies in [0, 1]"),
        (
            "trust_mean: {at_least: -2, against: baseline}",
            "limits.trust_mean.at_least",
            "write -0.02 for -2 points",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_line_and_what_would_be_right(said, path, told):
    with pytest.raises(ScenarioError) as caught:
        written(said)
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (LINE, path)
    assert told in problem.message
