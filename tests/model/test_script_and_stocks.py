"""What scripts and policies change, and when; trust; priors; cost; the tip line and the border."""

from math import exp, log

import numpy as np
import pytest

from support.settings import exponential, merged, scenario
from support.tale import SEES_ALL, plots, tell
from tabletop import Scenario, simulate
from tabletop.engine.staff import Movement
from tabletop.subjects import Channel, Closing
from tabletop.world import Step

near = pytest.approx


def inject(day=0.0, *effects, **more):
    return {"id": "news", "day": day, "title": "News", "effects": list(effects), **more}


BENIGN = {"background": {"intelligence": 5}}


def test_a_policy_changes_on_its_day():
    tale = tell(
        90,
        conditions=BENIGN,
        levers={
            "changes": [
                {"day": 30, "detection": {"collection": 1}},
                {"day": 60, "detection": {"collection": 0}},
            ]
        },
    )
    captured = tale.days(Step.LOOKED)
    assert 30 <= min(captured) < 32
    assert 58 < max(captured) < 60
    assert tale.days(Step.POLICY_CHANGED) == [30, 60]  # on day 0 the baseline goes on


def test_a_mix_rules_from_day_0_and_the_baseline_before():
    tale = tell(
        50,
        warm_up=50,
        conditions=BENIGN,
        mix="other",
        policy_mixes={"other": {"detection": {"collection": 1}}},
    )
    assert 0 <= min(tale.days(Step.LOOKED)) < 2


def test_an_effect_lasts_for_its_days():
    tale = tell(
        100,
        conditions=BENIGN,
        injects=[inject(30, {"on": "background.intelligence", "multiply": 0, "for_days": 20})],
    )
    days = tale.days(Step.TRACE_LEFT)
    assert not any(30 <= day < 50 for day in days)
    assert any(28 < day < 30 for day in days)
    assert any(50 <= day < 52 for day in days)


def test_effects_that_overlap_end_each_on_its_day():
    """Add and set in file order; what is left when one ends is recomputed, not undone."""
    tale = tell(
        100,
        conditions={"staff": {"analysts": {"availability": 0.5}}},
        levers={"detection": {"analysts": 10}},
        injects=[
            inject(10, {"on": "staff.analysts.availability", "set": 0.2, "for_days": 40}),
            inject(20, {"on": "staff.analysts.availability", "multiply": 1.5, "for_days": 50}, id="more"),
        ],
    )
    staffed = [(row[0], row[3]) for row in tale.moved("analysts", Movement.STAFFED)]
    # 10 × 0.5; set to 0.2; times 1.5 on top; the set ends and 0.5 × 1.5 is left; as written
    assert staffed == [(0, 5), (10, 2), (20, 3), (50, 7), (70, 5)]


def test_an_inject_waits_for_its_count_and_fires_once():
    tale = tell(
        300,
        conditions={"threat": {"formation_rate": 200, "preparation": 1}},
        injects=[
            inject(50, {"on": "trust", "set": 0.1}, when={"measure": "incidents", "reaches": 40}),
            inject(200, {"on": "trust", "set": 0.9}, id="late", when={"measure": "incidents", "reaches": 2}),
        ],
    )
    incidents = tale.days(Step.INCIDENT)
    assert incidents[39] > 50
    assert [(row[0], row[3]) for row in tale.of(Step.INJECTED)] == [(incidents[39], 0), (200.0, 1)]
    assert tale.values(Step.TRUST_JUMPED) == [0.1, 0.9]


def test_a_count_begins_at_startex():
    tale = tell(
        10,
        warm_up=1000,
        conditions={"threat": {"formation_rate": 100, "preparation": 1}},
        injects=[inject(0, {"on": "trust", "set": 0.1}, when={"measure": "incidents", "reaches": 20})],
    )
    assert len(tale.of(Step.INCIDENT)) > 100
    assert not tale.of(Step.INJECTED)


@pytest.mark.parametrize(
    ("effect", "level"),
    [({"add": 0.9}, 1.0), ({"add": -0.9}, 0.0), ({"multiply": 0.5}, 0.34), ({"set": 0.25}, 0.25)],
)
def test_a_shock_moves_trust_at_once_and_within_its_range(effect, level):
    tale = tell(
        400, conditions={"trust": {"relaxation": 100}}, injects=[inject(200, {"on": "trust", **effect})]
    )
    assert [(row[0], row[3]) for row in tale.of(Step.TRUST_JUMPED)] == [(200, near(level))]
    assert tale.run.measures["trust_end"] == near(0.68 + (level - 0.68) * exp(-2))
    assert tale.run.measures["trust_mean"] == near(0.68 + (level - 0.68) * 100 * (1 - exp(-2)) / 400)


def test_trust_tends_to_what_engagement_and_collection_make_of_it():
    tale = tell(
        1,
        conditions={"trust": {"base": 0.5, "engagement_gain": 0.4, "surveillance_strain": 0.25}},
        levers={"reporting": {"engagement": 0.5}, "detection": {"collection": 0.8}},
    )
    assert tale.run.measures["trust_mean"] == near(0.5 + 0.2 - 0.2)


def test_the_level_of_trust_is_clipped():
    tale = tell(
        1,
        conditions={"trust": {"base": 0.9, "engagement_gain": 0.4}},
        levers={"reporting": {"engagement": 1}},
    )
    assert tale.run.measures["trust_mean"] == 1


def jumps(before=0.68, **how):
    """The first jump of trust, as a factor."""
    trust = {"relaxation": 1e9, "engagement_gain": 0}
    tale = tell(60, **merged({"conditions": {"trust": trust}}, how))
    return tale.values(Step.TRUST_JUMPED)[0] / before, tale


def test_an_incident_shakes_trust():
    factor, tale = jumps(conditions={"trust": {"incident_loss": 0.25}, "threat": plots(1)})
    assert factor == near(0.75)
    assert len(tale.of(Step.TRUST_JUMPED)) == len(tale.of(Step.INCIDENT))


def test_a_wrongful_intervention_shakes_trust():
    factor, tale = jumps(
        conditions={
            **BENIGN,
            "trust": {"loss": 0.125},
            "interdiction": {"clear_base": 0, "clear_gain": 0},
            "prosecution": {"innocent_rate": 1},
        },
        levers={"detection": SEES_ALL},
    )
    assert factor == near(0.875)
    assert len(tale.of(Step.TRUST_JUMPED)) == tale.values(Step.CASE_CLOSED).count(Closing.WRONGFUL)


def test_clearing_an_innocent_strains_trust_the_less_the_more_care():
    factor, _ = jumps(
        conditions={**BENIGN, "trust": {"cleared_loss": 0.2}, "interdiction": {"clear_base": 1}},
        levers={"detection": SEES_ALL, "interdiction": {"care": 0.75}},
    )
    assert factor == near(1 - 0.2 * 0.25)


def test_an_innocent_acquitted_heals_trust_under_safeguards():
    factor, _ = jumps(
        conditions={
            **BENIGN,
            "trust": {"gain": 0.5},
            "interdiction": {"clear_base": 0, "clear_gain": 0},
            "prosecution": {"innocent_rate": 0},
        },
        levers={"detection": SEES_ALL, "prosecution": {"safeguards": 0.5}},
    )
    assert 0.68 * factor == near(0.68 + 0.5 * 0.5 * 0.32)


@pytest.mark.parametrize(
    ("conditions", "open_case_at", "opens"),
    [
        ({"background": {"intelligence": 3}}, 0.0, True),
        ({"background": {"intelligence": 3}}, 1e-12, False),
        ({"threat": plots(30), "background": {"intelligence": 0}}, 1.0, True),
        ({"threat": plots(30), "background": {"intelligence": 3}}, 1.0, False),
    ],
    ids=["zero opens all", "nothing genuine", "nothing benign", "never quite certain"],
)
def test_the_extremes_of_prior_and_threshold(conditions, open_case_at, opens):
    tale = tell(
        60, conditions=conditions, levers={"detection": {"collection": 1, "open_case_at": open_case_at}}
    )
    assert tale.of(Step.LOOKED)
    assert bool(tale.of(Step.CASE_OPENED)) == opens


@pytest.mark.parametrize(("open_case_at", "opens"), [(0.0, True), (1e-12, False)])
def test_a_channel_written_empty_holds_nothing_genuine_even_when_an_inject_fills_it(open_case_at, opens):
    tale = tell(
        60,
        injects=[inject(10, {"on": "background.intelligence", "add": 3})],
        levers={"detection": {"collection": 1, "open_case_at": open_case_at}},
    )
    assert tale.of(Step.LOOKED)
    assert bool(tale.of(Step.CASE_OPENED)) == opens


def test_priors_are_those_of_the_written_conditions_whatever_injects_do():
    tale = tell(
        60,
        conditions={
            "threat": plots(30, visibility=2, traces=3),
            "background": {"intelligence": 2},
            "detection": {"active_share": 0.25, "d_prime": 0},
        },
        injects=[inject(0, {"on": "background.intelligence", "multiply": 5})],
        levers={"detection": {"collection": 1, "open_case_at": 0.0}},
    )
    genuine = 100 / 365 * 30 * 0.25 * (3 * 12 / 365) * 2
    assert set(np.round(tale.values(Step.CASE_OPENED), 12)) == {round(genuine / (genuine + 2), 12)}


def test_the_prior_of_tips_knows_trust_and_rumour():
    tale = tell(
        60,
        conditions={
            "threat": plots(30, traces=0) | {"trace_rates": {"community": 3}},
            "background": {"community": 2},
            "trust": {"base": 0.7, "engagement_gain": 1},
            "detection": {"d_prime": 0},
            "reporting": {"b0": 0.5, "b1": 3, "rumour": 0.25, "d_prime": 0},
        },
        levers={"detection": {"open_case_at": 0.0}, "reporting": {"outreach": 1, "engagement": 0.3}},
    )
    genuine = 100 / 365 * 30 * 0.4 * (3 * 12 / 365) / (1 + exp(-(0.5 + 3 * 0.2)))
    assert set(np.round(tale.values(Step.CASE_OPENED), 12)) == {round(genuine / (genuine + 0.5), 12)}


@pytest.mark.parametrize("channel", ["border", "partner"])
def test_priors_of_the_border_and_of_partners_count_only_transnational_plots(channel):
    tale = tell(
        60,
        conditions={
            "threat": {
                "formation_rate": 100,
                "preparation": 30,
                "transnational_share": 0.3,
                "trace_rates": {channel: 5},
            },
            "background": {channel: 2},
            "detection": {"d_prime": 0},
            "interdiction": {"d_prime": 0},
            "sharing": {"d_prime": 0, "partners": [{"name": "p", "visibility": 1, "latency": 0}]},
        },
        levers={
            "detection": {"open_case_at": 0.0},
            "interdiction": {"border_inspection": 1},
            "sharing": {"openness": 1},
        },
    )
    genuine = 100 / 365 * 30 * 0.4 * (5 * 12 / 365) * 0.3
    assert set(np.round(tale.values(Step.CASE_OPENED), 12)) == {round(genuine / (genuine + 2), 12)}


def test_trust_governs_useful_tips_and_not_rumours():
    tale = tell(
        1000,
        conditions={
            "threat": plots(30) | {"trace_rates": {"intelligence": 0, "community": 30}},
            "background": {"community": 3},
            "trust": {"base": 0.3, "engagement_gain": 0},
            "reporting": {"b0": 0.2, "b1": 4, "rumour": 0.9},
        },
        levers={"reporting": {"outreach": 0.8}},
    )
    reported = {genuine: tale.values(Step.REPORTED).count(genuine) for genuine in (0, 1)}
    left = {0: 0, 1: 0}
    for row in tale.of(Step.TRACE_LEFT):
        left[int(row[2] // 10**17 == 1)] += 1
    for genuine, share in ((1, 0.8 / (1 + exp(-(0.2 + 4 * -0.2)))), (0, 0.8 * 0.9)):
        deviation = (share * (1 - share) / left[genuine]) ** 0.5
        assert abs(reported[genuine] / left[genuine] - share) < 4 * deviation


@pytest.mark.parametrize("pillar", ["reporting", "interdiction"])
def test_a_look_below_the_mark_is_screened_out_and_evidence_adds_up(pillar):
    channel = Channel.COMMUNITY if pillar == "reporting" else Channel.BORDER
    tale = tell(
        200,
        conditions={"background": {channel.key: 3}, pillar: {"d_prime": 1, "pass_at": 0.5}},
        levers={
            "reporting": {"outreach": 1},
            "interdiction": {"border_inspection": 1},
            "detection": {"open_case_at": 1.0},
        },
    )
    for subject in {row[2] for row in tale.of(Step.LOOKED)}:
        first, *second = tale.values(Step.LOOKED, subject)
        assert bool(second) == (first >= 0.5)
        assert tale.values(Step.FILED, subject) == second
        assert tale.values(Step.SCREENED_OUT, subject) == ([] if second else [channel])
        assert tale.values(Step.PASSED_ON, subject) == (
            [channel] if second and pillar == "interdiction" else []
        )


def test_travellers_wait_until_they_are_inspected():
    tale = tell(
        100,
        conditions={"background": {"border": 4}, "interdiction": {"inspection": 1}},
        levers={"interdiction": {"border_inspection": 1, "border_officers": 1}},
    )
    waits = [row[3] for row in tale.moved("border_officers", Movement.SERVED)]
    assert max(waits) > 20
    assert tale.run.measures["traveller_wait_hours"] == near(24 * np.mean(waits))


def test_tradecraft_sharpens_the_look_that_ends_under_it():
    """The variance of a log-ratio is d′²: 1.5² before the change, 2² after."""
    tale = tell(
        1000,
        conditions={**BENIGN, "detection": {"d_prime": 1, "tradecraft_gain": 2, "assessment": 1}},
        levers={
            "detection": {"collection": 1, "open_case_at": 1.0, "tradecraft": 0.25},
            "changes": [{"day": 500, "detection": {"tradecraft": 0.5}}],
        },
    )
    looks = tale.of(Step.LOOKED)
    for sample, d_prime in (
        ([row[3] for row in looks if row[0] < 500], 1.5),
        ([row[3] for row in looks if row[0] > 500], 2.0),
    ):
        assert np.std(sample) == near(d_prime, rel=4 / (2 * len(sample)) ** 0.5)
        assert np.mean(sample) == near(-(d_prime**2) / 2, abs=4 * d_prime / len(sample) ** 0.5)


def test_staff_present_are_whole_people_on_the_day():
    tale = tell(
        50,
        levers={"detection": {"analysts": 7}},
        injects=[inject(20, {"on": "staff.analysts.availability", "set": 0.5, "for_days": 10})],
    )
    assert [(row[0], row[3]) for row in tale.moved("analysts", Movement.STAFFED)] == [
        (0, 7),
        (20, 3),
        (30, 7),
    ]


def test_a_priority_is_the_prior_and_what_earlier_looks_added():
    """Of a queue the most promising is taken first: a tip with much evidence before one with less."""
    tale = tell(
        60,
        conditions={
            "threat": plots(30, traces=0) | {"trace_rates": {"community": 1}},
            "background": {"community": 2},
            "reporting": {"d_prime": 2, "pass_at": float("-inf")},
            "detection": {"assessment": 3, "d_prime": 0},
        },
        levers={
            "reporting": {"outreach": 1},
            "detection": {"analysts": 0, "open_case_at": 1.0},
            "changes": [{"day": 40, "detection": {"analysts": 1}}],
        },
    )
    first_looks: dict[int, list[float]] = {}
    for row in tale.of(Step.LOOKED):
        if row[0] < 40:
            first_looks.setdefault(row[2], []).append(row[3])
    waiting = sorted((evidence[0] for evidence in first_looks.values() if len(evidence) == 1), reverse=True)
    served = [row for row in tale.moved("analysts", Movement.SERVED) if row[2] in first_looks][:4]
    taken = [first_looks[row[2]][0] for row in served if len(first_looks[row[2]]) == 1]
    # those who wait at day 40 are taken by evidence, unless somebody better has come since
    assert len(taken) >= 2
    assert taken == waiting[: len(taken)]


def test_costs_count_authorised_staff_and_the_days_of_each_setting():
    data = {
        "title": "Costs",
        "horizon_days": 730,
        "warm_up_days": 365,
        "costs": {"analysts": 2, "collection": 30},
        "conditions": {"staff": {"teams": {"availability": 0}}},
        "baseline": "usual",
        "measures": {"incidents": {"delta": 1}},
        "policy_mixes": {
            "usual": {
                "detection": {
                    "collection": 0.5, "analysts": 3, "tradecraft": 0, "linkage": 0, "real_time_link": 0,
                },
                "reporting": {"outreach": 0, "tip_line_staff": None, "engagement": 0, "social_programmes": 0},
                "interdiction": {
                    "teams": 4, "care": 1, "border_inspection": 0, "border_officers": 0, "protection": 0.25,
                },
                "prosecution": {
                    "prosecutors": 0, "courts": 0, "training": 0, "coordination": 0, "safeguards": 0,
                    "custody_limit_days": 700,
                },
                "sharing": {
                    "openness": 0, "liaison_officers": 0, "joint_operations": 0, "capacity_building": 0,
                },
            },
            "later": {"changes": [{"day": 146, "detection": {"analysts": None, "collection": 0}}]},
        },
    }  # fmt: skip
    whole = Scenario.model_validate(data)
    usual = 0.5 * 30 + 3 * 2 + 4 * 2 + 0.25 * 40
    assert simulate(whole, "usual", 0).measures["cost_total"] == near(2 * usual)
    later = 0.4 * usual + 1.6 * (8 + 10)
    assert simulate(whole, "later", 0).measures["cost_total"] == near(later)


def test_what_nothing_ended_in_is_missing():
    tale = tell(10)
    missing = {name for name, value in tale.run.measures.items() if value is None}
    assert {"disruption_share", "days_to_disruption", "false_case_share", "custody_days_mean"} <= missing
    assert {"days_to_verdict", "wait_courts", "utilisation_courts", "traveller_wait_hours"} <= missing
    assert tale.run.measures["incidents"] == 0


@pytest.mark.parametrize("rate", [1e-6, 1e-300])
@pytest.mark.parametrize("where", ["threat", "background"])
def test_a_rate_near_nothing_takes_no_time(where, rate):
    """Slab after slab is empty: they must not all be drawn at once."""
    conditions = {
        "threat": {"threat": {"formation_rate": rate}},
        "background": {"background": {"intelligence": rate}},
    }
    tale = tell(1000, conditions=conditions[where])
    assert not tale.of(Step.FORMED, Step.TRACE_LEFT)


@pytest.mark.parametrize("channel", ["intelligence", "community", "border"])
def test_a_channel_that_nobody_watches_takes_no_time(channel):
    """No policy reaches any of its traces; without a journal none of them is an event."""
    run = simulate(scenario(3650, conditions={"background": {channel: 100}}), "only", 0)
    assert run.events < 1000
    assert run.measures["cases_opened"] == 0


def test_severity_is_drawn_as_stated():
    tale = tell(
        3650,
        conditions={"threat": {"formation_rate": 1000, "preparation": 1, "severity": exponential(3)}},
    )
    severities = tale.values(Step.INCIDENT)
    assert np.mean(severities) == near(3, rel=4 / len(severities) ** 0.5)
    assert tale.run.measures["harm"] == near(sum(severities))
    assert np.median(severities) == near(3 * log(2), rel=0.08)
