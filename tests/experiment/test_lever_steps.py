"""The steps of levers: what a unit pays for, the mixes made of them, and what they come to."""

from math import inf, nan

import pytest

from support.lively import TEXT, lively
from tabletop import LEVERS, MEASURES, TabletopError, UnknownName, loads, run_experiment, simulate
from tabletop.experiment.lever_steps import stepped, steps_from
from tabletop.experiment.levers import study_levers


def scenario(mixes="", costs="{}", **changes):
    text = TEXT.replace("baseline: usual", f"costs: {costs}\nbaseline: usual")
    text = text.replace("  same:", f"{mixes}  same:")
    for name, value in changes.items():
        text = text.replace(name, value)
    return loads(text, "lively.yaml")


def found(given, mix="usual", unit=1.0):
    steps, apart = steps_from(given, mix, unit=unit)
    return {(s.lever, s.way): s for s in steps}, {(a.lever, way): a.why for a in apart for way in a.ways}


@pytest.mark.parametrize("mix", ["usual", "later", "unlimited", "craft"])
@pytest.mark.parametrize("unit", [0.5, 1, 3, 100])
def test_every_lever_is_moved_or_stands_apart_each_way_once(mix, unit):
    steps, apart = found(lively(), mix, unit)
    assert sorted([*steps, *apart]) == sorted((lever, way) for lever in LEVERS for way in ("up", "down"))


@pytest.mark.parametrize("mix", ["usual", "later", "craft"])
@pytest.mark.parametrize("unit", [0.5, 1, 3, 100])
def test_a_step_costs_what_it_says_and_is_the_largest_that_the_unit_pays(mix, unit):
    given = lively()
    steps, _ = steps_from(given, mix, unit=unit)
    made = stepped(given, mix, steps)
    for step in steps:
        assert made.yearly_cost(step.mix) - given.yearly_cost(mix) == pytest.approx(step.spent)
        assert 0 < abs(step.spent) <= unit * (1 + 1e-9)
        assert (step.spent > 0) == (step.way == "up")
        lever, price = LEVERS[step.lever], abs(step.spent / step.shift)
        at_bound = lever.low in step.after or lever.high in step.after
        further = price if lever.is_staff else 1e-6
        assert at_bound or abs(step.spent) + further > unit


def test_a_step_moves_one_lever_and_nothing_else_on_every_day():
    given = lively()
    steps, _ = steps_from(given, "later")
    made = stepped(given, "later", steps)
    for step in steps:
        lever = LEVERS[step.lever]
        pairs = zip(given.policies("later"), made.policies(step.mix), strict=True)
        for (day, policy), (moved_day, moved) in pairs:
            assert moved_day == day
            assert lever.of(moved) - lever.of(policy) == pytest.approx(step.shift)
            assert lever.set(moved, lever.of(policy)) == policy


def test_a_lever_that_the_mix_changes_later_is_moved_by_the_same_on_both_days():
    steps, _ = found(lively(), "later", 2.0)
    assert steps["teams", "up"].before == (3.0, 8.0)
    assert steps["teams", "up"].after == (4.0, 9.0)


def test_a_step_leaves_no_bound_on_any_day():
    mixes = "  ramp: {detection: {collection: 0.2}, changes: [{day: 50, detection: {collection: 0.9}}]}\n"
    steps, _ = found(scenario(mixes), "ramp", 5)
    assert steps["collection", "up"].after == pytest.approx((0.3, 1.0))
    assert steps["collection", "down"].after == pytest.approx((0.0, 0.7))


def test_staff_is_moved_in_whole_people():
    given = scenario(costs="{analysts: 0.4, teams: 3}")
    steps, apart = found(given)
    assert (steps["analysts", "up"].shift, steps["analysts", "up"].spent) == (2.0, pytest.approx(0.8))
    assert apart["teams", "up"] == "one of its people costs 3, more than 1"
    assert found(given, unit=3)[0]["teams", "up"].shift == 1.0
    tenth = scenario(costs="{analysts: 0.1}")
    assert found(tenth, unit=0.3)[0]["analysts", "up"].shift == 3.0


def test_levers_at_a_bound_without_cost_or_unlimited_stand_apart():
    mixes = "  edge: {detection: {collection: 0.0, tradecraft: 1.0, analysts: 0}}\n"
    steps, apart = found(scenario(mixes), "edge")
    assert apart["collection", "down"] == apart["analysts", "down"] == "is at its lower bound"
    assert apart["tradecraft", "up"] == "is at its upper bound"
    assert {("collection", "up"), ("tradecraft", "down"), ("analysts", "up")} <= set(steps)
    assert apart["open_case_at", "up"] == apart["care", "down"] == "costs nothing"
    assert found(lively(), "unlimited")[1]["analysts", "up"] == "is unlimited"
    free = scenario(costs="{collection: 0}")
    assert found(free)[1]["collection", "up"] == "costs nothing"


def test_a_step_that_meets_a_bound_is_shorter_and_cheaper():
    steps, _ = found(lively(), unit=100)
    step = steps["collection", "up"]
    assert (step.before, step.after) == ((0.5,), (1.0,))
    assert step.spent == pytest.approx(5)


def test_the_warm_up_of_every_step_stays_the_baselines():
    given = lively()
    steps, _ = steps_from(given, "craft")
    made = stepped(given, "craft", steps)
    assert made.baseline == "usual"
    for mix in (steps[0].mix, steps[-1].mix):
        ours = simulate(made, mix, 0, journal=True).journal
        theirs = simulate(given, "usual", 0, journal=True).journal
        before = [sum(day < 0 for day in journal.days) for journal in (ours, theirs)]
        assert before[0] == before[1] > 0
        assert ours.values[: before[0]] == theirs.values[: before[0]]


@pytest.fixture(scope="module")
def study():
    only = {lever: 0 for lever in LEVERS if lever not in ("engagement", "teams")}
    given = scenario(costs="{" + ", ".join(f"{lever}: 0" for lever in only) + ", teams: 1}")
    return study_levers(given, replications=6, workers=1)


def test_only_steps_at_a_price_are_run_beside_the_chosen_mix(study):
    assert set(study.results.mixes) == {"usual", "+teams", "-teams", "+engagement", "-engagement"}
    assert [found.measure for found in study.sensitivities] == ["incidents", "trust_mean"]


def test_an_effect_is_that_of_an_experiment_with_the_step_written_as_a_mix(study):
    text = "  more: {reporting: {engagement: 0.5}}\n"
    results = run_experiment(scenario(text), mixes=["more"], replications=6, workers=1)
    (contrast,) = (c for c in results.compare().contrasts if c.measure == "trust_mean")
    trust = study.sensitivities[1]
    assert trust.ups[0].lever == "engagement"
    assert study.step("engagement", "up").spent == pytest.approx(1)
    assert trust.ups[0].per_unit == pytest.approx(contrast.difference)


def test_engagement_is_what_a_unit_for_trust_is_best_spent_on(study):
    trust = study.sensitivities[1]
    assert trust.best == "engagement"
    assert trust.in_words().startswith("the next unit is best spent on engagement")
    assert MEASURES["trust_mean"].direction > 0
    assert trust.ups[0].interval.low > 0


def test_what_is_out_of_range_is_told():
    for unit in (0.0, -1.0, inf, nan):
        with pytest.raises(TabletopError, match="above 0"):
            steps_from(lively(), "usual", unit=unit)
    with pytest.raises(UnknownName, match="did you mean 'craft'"):
        study_levers(lively(), mix="kraft")
    dear = scenario(costs="{" + ", ".join(f"{lever}: 0" for lever in LEVERS if lever != "teams") + "}")
    with pytest.raises(TabletopError, match="ask for more"):
        study_levers(dear, unit=0.5)
