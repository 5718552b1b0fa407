"""Variants of a scenario: what a path can name, what is checked, and what stays."""

import numpy as np
import pytest

import tabletop
from tabletop.experiment.identity import experiment_hash
from tabletop.scenario.source import shipped

FIRST = tabletop.load("first-steps")


@pytest.mark.parametrize("name", shipped())
def test_a_scenario_that_is_varied_by_nothing_is_the_same(name):
    scenario = tabletop.load(name)
    same = scenario.vary({})
    assert same == scenario
    assert experiment_hash(same) == experiment_hash(scenario)


def test_a_condition_is_named_as_injects_name_it():
    varied = FIRST.vary({"threat.formation_rate": 6})
    assert varied.conditions.threat.formation_rate == 6
    data = FIRST.conditions.model_dump()
    data["threat"]["formation_rate"] = 6
    assert varied.conditions.model_dump() == data
    assert varied.policy_mixes == FIRST.policy_mixes


def test_a_lever_of_a_mix_is_named_after_the_mix_and_others_inherit_it():
    varied = FIRST.vary({"status_quo/detection.analysts": 5})
    assert FIRST.policies("status_quo")[0][1].detection.analysts == 1
    assert varied.policies("status_quo")[0][1].detection.analysts == 5
    own = FIRST.policy_mixes["craft"].detection
    expected = own.analysts if "analysts" in own.model_fields_set else 5
    assert varied.policies("craft")[0][1].detection.analysts == expected
    assert varied.policies("craft")[0][1].detection.collection == (
        FIRST.policies("craft")[0][1].detection.collection
    )


def test_a_mean_keeps_the_family_and_spread_of_its_duration():
    before = FIRST.conditions.threat.preparation
    after = FIRST.vary({"threat.preparation.mean": 99}).conditions.threat.preparation
    assert (after.family, after.cv, after.mean) == (before.family, before.cv, 99)


def test_entries_of_lists_are_named_by_name_or_id():
    scenario = tabletop.load("harbour-city")
    partner, inject = scenario.conditions.sharing.partners[0].name, scenario.injects[0]
    varied = scenario.vary(
        {f"sharing.partners.{partner}.visibility": 0.125, f"injects.{inject.id}.title": "Another title"}
    )
    assert varied.conditions.sharing.partners[0].visibility == 0.125
    assert varied.injects[0].title == "Another title"


def test_numbers_of_numpy_are_numbers():
    varied = FIRST.vary({"threat.formation_rate": np.float64(7), "seed": np.int64(9)})
    assert (varied.conditions.threat.formation_rate, varied.seed) == (7, 9)
    assert type(varied.seed) is int


def test_priors_stay_only_if_beliefs_are_as_written():
    kept = FIRST.vary({"beliefs": "as_written"})
    changes = {"threat.formation_rate": 6}
    assert kept.vary(changes).priors() == FIRST.priors()
    assert FIRST.vary(changes).priors() == FIRST.under(FIRST.vary(changes).conditions).priors()
    assert FIRST.vary(changes).priors() != FIRST.priors()


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("threat.formation_rat", 6, "no such condition; did you mean 'formation_rate'?"),
        ("thread.formation_rate", 6, "'thread': a scenario has nothing of this name; did you mean 'threat'?"),
        ("threat.formation_rate", -1, "-1 is not in [0, 10000] (per year)"),
        ("threat.formation_rate", "6", "'6' is text; write a number in [0, 10000] (per year) (here 6)"),
        ("threat.formation_rate", float("nan"), "nan is not finite; write a number in [0, 10000] (per year)"),
        ("threat.formation_rate.mean", 6, "conditions.threat.formation_rate is 15, and has nothing below it"),
        ("status_qu/detection.analysts", 5, "'status_qu': no such policy mix; did you mean 'status_quo'?"),
        ("status_quo/detection.analyst", 5, "no such lever; did you mean 'analysts'?"),
        ("status_quo/detection.analysts", 5.5, "5.5 has a decimal point; write a whole number"),
        ("detection.analysts", 5, "a lever, which policy mixes set; write 'status_quo/detection.analysts'"),
        ("analysts", 5, "a lever, which policy mixes set; write 'status_quo/detection.analysts'"),
        ("sharing.partners.nobody.visibility", 0.5, "'nobody': no entry has this name"),
        ("baseline", "nobody", "'nobody': no such policy mix; known: status_quo, craft, neighbours"),
        (3, 6, "a path is a text, as 'threat.formation_rate'"),
    ],
)
def test_a_wrong_path_or_value_is_told_with_the_path_and_what_would_be_right(path, value, told):
    with pytest.raises(tabletop.ScenarioError) as caught:
        FIRST.vary({path: value})
    (problem,) = caught.value.problems
    assert problem.path == str(path)
    assert told in problem.message


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(tabletop.ScenarioError) as caught:
        FIRST.vary({"threat.formation_rate": -1, "nobody/detection.analysts": 5})
    assert [problem.path for problem in caught.value.problems] == [
        "nobody/detection.analysts",
        "threat.formation_rate",
    ]


def test_what_a_value_breaks_elsewhere_is_told_where_it_breaks():
    scenario = tabletop.load("harbour-city")
    with pytest.raises(tabletop.ScenarioError) as caught:
        scenario.vary({"horizon_days": 10})
    assert any(problem.path.startswith("injects[") for problem in caught.value.problems)


def test_what_is_no_mapping_is_told():
    with pytest.raises(tabletop.TabletopError, match=r"changes: .*: must be a mapping of paths to values"):
        FIRST.vary(["threat.formation_rate"])


def test_a_change_of_what_is_there_reaches_one_number_a_mean_a_group_or_every_entry():
    scenario = tabletop.load("harbour-city")
    varied = scenario.vary(
        {
            "threat.formation_rate": ("multiply", 2),
            "threat.preparation": ("multiply", 0.5),
            "background": ("multiply", 2),
            "sharing.partners.*.visibility": ("add", 0.25),
            "interdiction.clear_base": ("odds", 2),
            "detection/detection.collection": ("add", 0),
        }
    )
    before, after = scenario.conditions, varied.conditions
    assert after.threat.formation_rate == 2 * before.threat.formation_rate
    assert after.threat.preparation.mean == before.threat.preparation.mean / 2
    assert after.threat.preparation.cv == before.threat.preparation.cv
    doubled = {name: 2 * value for name, value in before.background.model_dump().items()}
    assert after.background.model_dump() == doubled
    assert [p.visibility for p in after.sharing.partners] == [
        p.visibility + 0.25 for p in before.sharing.partners
    ]
    odds = before.interdiction.clear_base / (1 - before.interdiction.clear_base)
    assert after.interdiction.clear_base == pytest.approx(2 * odds / (1 + 2 * odds))
    assert varied.policies("detection")[0][1] == scenario.policies("detection")[0][1]


def test_odds_never_leave_a_share():
    for factor in (1e-6, 0.5, 1, 3, 1e6):
        share = FIRST.vary({"interdiction.success": ("odds", factor)}).conditions.interdiction.success
        assert 0 < share < 1


def test_an_inject_may_not_happen_and_partners_are_chosen_by_name():
    scenario = tabletop.load("harbour-city").model_copy(update={"exercise": None})
    varied = scenario.vary({"injects.new_law.happens": False})
    assert [i.id for i in varied.injects] == [i.id for i in scenario.injects if i.id != "new_law"]
    chosen = FIRST.vary({"sharing.partners": [p.name for p in FIRST.conditions.sharing.partners][:1]})
    assert chosen.conditions.sharing.partners == FIRST.conditions.sharing.partners[:1]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("interdiction.success", ("multiply", 2), "1.8 is not in [0, 1] (probability)"),
        ("threat.formation_rate", ("odds", 2), "15 is no share, and has no odds; use multiply"),
        ("interdiction.success", ("odds", 0), "odds are multiplied by a number above 0"),
        ("threat.formation_rate", ("multiply", "2"), "'2': multiply takes a number"),
        ("threat.*", ("multiply", 2), "conditions.threat is no list: '*' stands for every entry of one"),
        ("injects.nobody.happens", False, "'nobody': no entry has this name"),
    ],
)
def test_a_change_that_does_not_fit_is_told(path, value, told):
    with pytest.raises(tabletop.ScenarioError) as caught:
        FIRST.vary({path: value})
    assert told in str(caught.value)
