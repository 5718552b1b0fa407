"""The effect of decisions at a reveal: paired over the other worlds, equal numbers by another route."""

from dataclasses import replace
from math import sqrt
from statistics import mean, stdev

import pytest
from scipy.stats import t

from exercise.room import SMALL, begun
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.interval import Method
from tabletop.exercise.acts import BeginMove, Lock, Reveal, Show, Submit
from tabletop.exercise.adjudication import BASELINE, Adjudicator
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.policy_effect import Course, PolicyEffect
from tabletop.exercise.readers import Reader
from tabletop.exercise.reveal import LEADING, shown, shown_to
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.measures import value

OTHERS = 24


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The small exercise, its first move revealed: Alpha has decided, Bravo has not."""
    exercise = begun(tmp_path_factory.mktemp("effects"), others=OTHERS)
    for by, act in (
        (CONTROLLER, BeginMove(move=1)),
        ("Alpha", Submit(team="Alpha", entry="D2 R1")),
        (CONTROLLER, Lock()),
        (CONTROLLER, Reveal()),
    ):
        exercise.do(by, act, at=0.0)
    return exercise, Adjudicator(InterimCache())


def test_the_mean_effect_and_its_interval_are_those_of_paired_differences_for_all_teams(room):
    exercise, adjudicator = room
    found = shown(exercise.state, adjudicator, 0).effects["Alpha", "trust_mean"]
    outcomes = adjudicator.adjudicate(exercise.state, 0).outcomes
    own, base = (
        [value(one.parts["trust_mean"]) for one in outcomes[who].others] for who in ("Alpha", BASELINE)
    )
    differences = [mine - its for mine, its in zip(own, base, strict=True)]
    assert list(found.own.values) == own
    assert list(found.baseline.values) == base
    assert found.contrast.difference == pytest.approx(mean(differences), abs=1e-12)
    # two teams: each interval at 97.5 %; Student's, or wider where differences are skewed
    half = t.ppf(1 - 0.05 / 2 / 2, OTHERS - 1) * stdev(differences) / sqrt(OTHERS)
    interval = found.contrast.interval
    assert interval.method in (Method.STUDENT, Method.SKEWED)
    assert interval.low <= mean(differences) - half + 1e-9
    assert interval.high >= mean(differences) + half - 1e-9
    alone = t.ppf(1 - 0.05 / 2, OTHERS - 1) * stdev(differences) / sqrt(OTHERS)
    assert interval.half_width > alone * 1.05
    assert found.own.mean == pytest.approx(mean(own))
    low, high = found.own.band
    assert sum(one < low for one in own) <= OTHERS / 10
    assert sum(one > high for one in own) <= OTHERS / 10


def test_the_parts_of_what_happened_add_up_to_it(room):
    exercise, adjudicator = room
    for effect in shown(exercise.state, adjudicator, 0).effects.values():
        split = effect.split
        assert split.total == pytest.approx(effect.own.realised - effect.baseline.mean)
        assert split.world + split.policy + split.interaction == pytest.approx(split.total)
        assert effect.realised == pytest.approx(split.policy + split.interaction)


def test_a_team_that_decided_nothing_has_the_baseline_s_policy_and_not_an_undecided_effect(room):
    exercise, adjudicator = room
    effects = shown(exercise.state, adjudicator, 0).effects
    for measure in ("incidents", "trust_mean"):
        one = effects["Bravo", measure]
        assert one.is_equal
        assert not one.is_visible
        assert one.contrast.verdict is ContrastVerdict.SAME_POLICY
    assert effects["Alpha", "trust_mean"].contrast.verdict is not ContrastVerdict.SAME_POLICY


def test_before_the_other_worlds_are_simulated_only_what_happened_is_there(room):
    exercise, adjudicator = room
    at_once = shown(exercise.state, adjudicator, 0, spread=False)
    later = shown(exercise.state, adjudicator, 0)
    assert at_once.effects.keys() == later.effects.keys()
    for key, early in at_once.effects.items():
        assert (early.contrast, early.split, early.own.values, early.own.band) == (None, None, (), None)
        assert early.realised == later.effects[key].realised
        assert early.delta == later.effects[key].delta  # what leads does not change under the eyes of a class


def test_only_observable_measures_have_effects_and_cost_is_none_of_them(room):
    exercise, adjudicator = room
    assert shown(exercise.state, adjudicator, 0).measures == ("incidents", "trust_mean")


def test_effects_are_disclosed_with_the_baseline_and_of_other_teams_with_theirs(room):
    exercise, adjudicator = room
    found = shown(exercise.state, adjudicator, 0)

    def seen(state, reader):
        return {team for team, _ in shown_to(found, state, reader).effects}

    state, alpha, projector = exercise.state, Reader(Role.PLAYER, "Alpha"), Reader(Role.PROJECTOR)
    assert seen(state, alpha) == set()
    state = state.after(exercise.entries[-1].model_copy(update={"act": Show(what="reveal baseline")}))
    assert seen(state, alpha) == {"Alpha"}
    assert seen(state, projector) == set()
    state = state.after(exercise.entries[-1].model_copy(update={"act": Show(what="reveal policy")}))
    assert seen(state, projector) == {"Alpha", "Bravo"}


def effect(measure, own, base, delta, values=()):
    return PolicyEffect(measure, Course(own, (), None), Course(base, values, None), delta, None, None)


def test_a_reveal_leads_with_the_largest_effects_in_units_of_what_can_be_seen(room):
    exercise, adjudicator = room
    small = shown(exercise.state, adjudicator, 0)
    made = {
        ("Alpha", "incidents"): effect("incidents", 5, 4, 1.0),
        ("Alpha", "trust_mean"): effect("trust_mean", 0.55, 0.5, 0.01),
        ("Alpha", "foiled"): effect("foiled", 3, 3, 1.0),
        ("Alpha", "prevented"): effect("prevented", 10, 4, 3.0),
        ("Bravo", "incidents"): effect("incidents", 9, 4, 1.0),
    }
    found = replace(small, effects=made)
    assert [one.measure for one in found.leading("Alpha")] == ["trust_mean", "prevented", "incidents"]
    assert len(found.leading("Alpha")) == LEADING == 3
    assert [one.measure for one in found.leading("Bravo")] == ["incidents"]


def test_without_a_delta_any_difference_is_visible_and_is_measured_by_the_spread():
    one = effect("cost", 3.0, 1.0, 0.0, values=(0.0, 2.0, 4.0))
    assert one.is_visible
    assert one.in_deltas == pytest.approx(1.0)  # the spread of 0, 2 and 4 is 2
    assert not effect("cost", 1.0, 1.0, 0.0).is_visible
    assert not effect("incidents", 4.9, 4.0, 1.0).is_visible
    assert effect("incidents", 5.0, 4.0, 1.0).is_visible


def test_a_missing_value_is_no_difference():
    assert effect("incidents", None, 4.0, 1.0).realised is None
    assert effect("incidents", None, 4.0, 1.0).in_deltas == 0
    assert SMALL.measures["incidents"].delta == 1
