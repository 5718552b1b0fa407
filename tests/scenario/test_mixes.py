"""Policy mixes: inheritance, changes and yearly costs."""

import pytest

from tabletop.errors import ScenarioError
from tabletop.scenario.load import load, loads
from tabletop.scenario.policy import LEVERS, Policy

HEAD = "title: A\nbaseline: now\nhorizon_days: 400\nmeasures: {incidents: {delta: 1}}\n"


def scenario(mixes: str, more: str = ""):
    return loads(f"{HEAD}{more}policy_mixes:\n{mixes}")


def analysts(given, mix):
    return [(day, policy.detection.analysts) for day, policy in given.policies(mix)]


def test_the_six_mixes_of_harbour_city_cost_eight_units_more_than_its_baseline():
    harbour = load("harbour-city")
    costs = {mix: harbour.yearly_cost(mix) for mix in harbour.policy_mixes}
    baseline = costs.pop(harbour.baseline)
    assert len(costs) == 6
    assert list(costs.values()) == pytest.approx([baseline + 8] * 6, abs=1e-9)


def test_harbour_city_says_which_numbers_are_assumptions():
    harbour = load("harbour-city")
    assert sum(source.says.startswith("assumption") for source in harbour.sources) >= 3
    assert len(harbour.injects) == 4
    assert harbour.horizon_days == 3 * 365


def test_a_mix_inherits_from_the_baseline_unless_told():
    given = scenario("  now: {detection: {analysts: 9}}\n  more: {detection: {linkage: 0.9}}\n")
    assert analysts(given, "more") == [(0, 9)]


def test_a_mix_inherits_its_bases_changes():
    given = scenario(
        "  now: {}\n"
        "  one: {changes: [{day: 90, detection: {analysts: 9}}]}\n"
        "  two: {base: one, changes: [{day: 30, detection: {linkage: 0.9}}]}\n"
    )
    assert analysts(given, "two") == [(0, 6), (30, 6), (90, 9)]
    assert [policy.detection.linkage for _, policy in given.policies("two")] == [0.6, 0.9, 0.9]


def test_a_yearly_cost_is_the_average_over_the_horizon():
    given = scenario("  now: {}\n  more: {changes: [{day: 100, detection: {analysts: 11}}]}\n")
    assert given.yearly_cost("more") == pytest.approx(given.yearly_cost("now") + 5 * 300 / 400)


def test_a_file_can_set_costs():
    dear = scenario("  now: {}\n", "costs: {analysts: 2}\n")
    assert dear.yearly_cost("now") == pytest.approx(scenario("  now: {}\n").yearly_cost("now") + 6)


def test_unlimited_staff_is_free():
    free = scenario("  now: {detection: {analysts: null}}\n")
    assert free.yearly_cost("now") == pytest.approx(Policy().yearly_cost({}) - 6)


def test_a_budget_holds_for_the_average():
    mixes = "  now: {changes: [{day: 200, detection: {analysts: 9}}]}\n"
    assert scenario(mixes, "budget: 74.6\n")
    with pytest.raises(
        ScenarioError, match=r"policy_mixes\.now: costs 74\.6 .* 0\.1 above the budget of 74\.5"
    ):
        scenario(mixes, "budget: 74.5\n")


def test_names_of_levers_are_unique_over_all_pillars():
    assert len(LEVERS) == sum(len(type(getattr(Policy(), p)).model_fields) for p in Policy.model_fields)


def test_a_long_chain_of_bases_resolves_and_too_many_mixes_are_refused():
    chain = "".join(f"  m{n}: {{base: m{n + 1}}}\n" for n in range(198))
    given = scenario(f"  now: {{}}\n{chain}  m198: {{detection: {{analysts: 9}}}}\n", "budget: 100\n")
    assert analysts(given, "m0") == [(0, 9)]
    with pytest.raises(ScenarioError, match="5001 entries; at most 200 are allowed"):
        scenario("  now: {}\n" + "".join(f"  m{n}: {{}}\n" for n in range(5000)))


def test_a_circle_is_told_once_and_not_at_the_mixes_that_lead_to_it():
    mixes = "  now: {}\n  in: {base: a}\n  a: {base: b}\n  b: {base: c}\n  c: {base: a}\n"
    with pytest.raises(ScenarioError) as error:
        scenario(mixes)
    (problem,) = error.value.problems
    assert problem.path == "policy_mixes.a.base"
    assert "a → b → c → a" in problem.message


def test_a_very_long_circle_is_told_in_part():
    ring = "".join(f"  m{n}: {{base: m{(n + 1) % 150}}}\n" for n in range(150))
    with pytest.raises(ScenarioError, match="m10 → m11 → … → m0; let one do without base"):
        scenario(f"  now: {{}}\n{ring}")
