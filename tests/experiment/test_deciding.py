"""What decides in a study: the sentence of a rule that is there, and of none."""

from math import inf

import pytest

from cli.test_robust import NEVER
from experiment.small import TEXT
from experiment.test_robustness import RANGES, study
from tabletop.analysis.statements import Difference
from tabletop.experiment.robustness.deciding import candidates, decided, where_it_holds
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.tables import boxes, rules
from tabletop.scenario.load import loads

PAIR = ("incidents", "careful")


def told(study, found):
    """What is said, where it holds and how often that is right, of a rule or a box alone."""
    (row,) = where_it_holds(study, found)
    return ": ".join(row)


@pytest.fixture(scope="module")
def small():
    """A study of 64 variants in one world; what its differences are, a test says."""
    return study(variants=64, worlds=1)


def planted(monkeypatch, small, holds):
    """The study, with an incident or two less in the variants that `holds` names."""
    monkeypatch.setattr(
        Robustness, "difference",
        lambda _, variant, *_names: Difference(-2.0 if holds(variant) else 2.0, 1.0, 40, 40),
    )  # fmt: skip
    small.decided.clear()
    return decided(small, *PAIR)


def test_a_threshold_of_one_condition_is_told_on_the_scale_of_its_range(monkeypatch, small):
    found = planted(monkeypatch, small, lambda one: one.shares[0] < 0.5)
    said = told(small, found)
    assert found.is_told_by_rule
    assert not found.is_told_by_box
    rate = float(said.split("threat.formation_rate is below ")[1].split(":")[0])
    assert rate == pytest.approx(40, abs=3)
    assert said.startswith("better by more than 1: threat.formation_rate")
    assert [word for word in NEVER if word in said] == []


def test_a_corner_of_two_conditions_is_told_as_a_box_with_a_bound_on_its_count(monkeypatch, small):
    found = planted(monkeypatch, small, lambda one: one.shares[0] < 0.5 and one.shares[1] > 0.5)
    said = told(small, found)
    assert found.is_told_by_box
    assert "threat.formation_rate is at most" in said
    assert "look_alikes is above × " in said
    assert 0 < found.inside.low <= found.inside.seen <= found.inside.variants
    assert {row[3] for row in boxes(small).rows} >= {"threat.formation_rate", "look_alikes"}


CHOICE = (
    "  - {on: threat.preparation, name: shape, choices: [{family: exponential, mean: 60}, "
    "{family: gamma, mean: 60, cv: 0.5}, {family: gamma, mean: 90, cv: 0.5}]}\n"
)


@pytest.fixture(scope="module")
def with_choices():
    """The same, with a condition of three choices beside the ranges."""
    return study(loads(TEXT + RANGES + CHOICE, "small.yaml"), variants=64, worlds=1)


def chosen(one):
    return one.values[-1]["mean"], one.values[-1]["family"]


def test_a_rule_of_choices_names_them_and_parts_no_variants_with_the_same_choice(monkeypatch, with_choices):
    found = planted(monkeypatch, with_choices, lambda one: chosen(one) == (90, "gamma"))
    assert found.is_told_by_rule
    assert found.rule.rule.threshold == pytest.approx(2 / 3)
    assert told(with_choices, found).startswith("better by more than 1: shape is gamma, mean 90: 100 %")


def test_a_box_takes_or_leaves_a_choice_whole(monkeypatch, with_choices):
    place = with_choices.ranges.titles.index("shape")
    found = planted(monkeypatch, with_choices, lambda one: one.shares[0] < 0.6 and chosen(one)[1] == "gamma")
    assert found.is_told_by_box
    ends = {at: (low, high) for at, low, high in found.box.box.ends}
    assert ends[place] == (pytest.approx(1 / 3), inf)
    _, (_, where, _) = where_it_holds(with_choices, found)
    assert where.endswith("and shape is gamma, mean 60 or gamma, mean 90")


def test_a_yes_or_no_that_decides_everything_has_the_whole_share(monkeypatch):
    text = TEXT + RANGES + "  - {on: injects.rush.happens, choices: [true, false]}\n"
    given = study(loads(text, "small.yaml"), variants=64, worlds=2)
    noise = {one.label: 0.01 * (int(one.hash, 16) % 7) for one in given.points}
    monkeypatch.setattr(
        Robustness, "_values",
        lambda _, one, *__: {
            world: float(one.values[-1]) + noise[one.label] * (-1) ** world for world in (0, 1)
        },
    )  # fmt: skip
    (first, *_) = given.shares(*PAIR).of
    assert first.condition == "injects.rush.happens"
    every = 63 / 64  # a variance over points has one less below
    assert first.share == pytest.approx(every, abs=0.01)  # along the draw itself it would be three quarters
    assert first.slope == pytest.approx(-1, abs=0.02)


def test_where_labels_follow_nothing_it_is_said_that_nothing_tells(monkeypatch, small):
    found = planted(monkeypatch, small, lambda one: int(one.hash, 16) % 3 == 0)
    assert not found.is_told_by_rule
    assert not found.is_told_by_box
    said = told(small, found)
    assert "no condition or symptom tells alone, and no box" in said
    assert all(row[-1] is False for row in rules(small).rows)


def test_where_all_variants_agree_there_is_nothing_to_tell_apart(monkeypatch, small):
    found = planted(monkeypatch, small, lambda _: True)
    assert "there is nothing to tell apart" in told(small, found)


def test_how_busy_each_pool_of_the_baseline_is_stands_among_the_candidates(small):
    assert "how busy teams are" in candidates(small)
    (busy,) = small.baseline_means(small.points[0], ("utilisation_teams",))
    assert 0 < busy <= 1
