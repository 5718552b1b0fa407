"""Sharing with partners, and what follows an intervention."""

from math import exp, inf

import pytest

from support.recount import is_plot
from support.settings import merged
from support.tale import SEES_ALL, plots, tell
from tabletop.engine.evidence import logistic
from tabletop.engine.staff import Movement
from tabletop.subjects import Channel, Closing, Direction
from tabletop.world import Step

near = pytest.approx


def abroad(*latencies, **more):
    """Partners that see everything and are so many days away."""
    return {
        "capacity_gain": 0,
        "partners": [
            {"name": f"partner-{n}", "visibility": 1, "latency": days, **more}
            for n, days in enumerate(latencies)
        ],
    }


def partner_tale(*latencies, horizon=100.0, threat=None, **how):
    return tell(
        horizon,
        conditions=merged(
            {
                "sharing": abroad(*latencies),
                "background": {"partner": 0.05 if threat else 1},
                "threat": {"transnational_share": 1, **(threat or {})},
            },
            how.pop("conditions", {}),
        ),
        levers=merged(
            {"sharing": {"openness": 1}, "detection": {"open_case_at": 1.0}}, how.pop("levers", {})
        ),
        **how,
    )


def left_by_plots(days):
    return {
        "formation_rate": 100,
        "preparation": days,
        "trace_rates": {"intelligence": 0, "partner": 10},
    }


def test_the_first_copy_handled_counts_and_later_ones_are_duplicates():
    tale = partner_tale(1, 5, 9)
    for subject in {row[2] for row in tale.of(Step.TRACE_LEFT) if row[0] < 90}:
        (left, *_) = days = tale.days(Step.TRACE_LEFT, subject)
        assert days == [left] * 3
        assert tale.days(Step.LOOKED, subject) == [near(left + 1)] * 2
        assert tale.days(Step.DUPLICATE, subject) == [near(left + 5), near(left + 9)]
        assert len(tale.of(Step.FILED, subject=subject)) == 1
    assert tale.of(Step.DUPLICATE)


def test_a_copy_that_overtakes_at_liaison_is_the_first():
    """Handling makes a copy count, not arrival: of two on the same day, the one handled first."""
    tale = partner_tale(2, 2)
    assert len(tale.of(Step.DUPLICATE)) == len(tale.moved("liaison_officers", Movement.FINISHED)) / 2


def test_a_trace_that_no_partner_sees_is_one_uncaptured_trace():
    tale = partner_tale(1, 1, conditions={"sharing": abroad(1, 1, suspended=True)})
    assert len(tale.of(Step.TRACE_LEFT)) == len(tale.of(Step.UNCAPTURED)) > 0
    assert set(tale.values(Step.UNCAPTURED)) == {Channel.PARTNER}


def test_without_partners_every_trace_abroad_is_uncaptured():
    tale = partner_tale()
    assert len(tale.of(Step.TRACE_LEFT)) == len(tale.of(Step.UNCAPTURED)) > 0


def test_an_item_that_comes_after_its_plot_has_ended_is_late_and_not_handled():
    tale = partner_tale(50, threat=left_by_plots(30), horizon=200)
    assert tale.of(Step.LATE)
    assert not tale.of(Step.IN_TIME)
    assert not any(is_plot(row[2]) for row in tale.moved("liaison_officers", Movement.QUEUED))
    for day, _, subject, _ in tale.of(Step.LATE):
        assert any(day == near(left + 50) for left in tale.days(Step.TRACE_LEFT, subject))


def test_an_item_that_comes_before_the_end_is_in_time():
    tale = partner_tale(12, threat=left_by_plots(30), horizon=200)
    formed = {row[2]: row[0] for row in tale.of(Step.FORMED)}
    assert tale.of(Step.IN_TIME)
    assert tale.of(Step.LATE)
    assert all(day < formed[subject] + 30 for day, _, subject, _ in tale.of(Step.IN_TIME))
    assert all(day >= formed[subject] + 30 for day, _, subject, _ in tale.of(Step.LATE))


def test_items_on_innocent_matters_are_never_late():
    tale = partner_tale(500, horizon=600)
    assert not tale.of(Step.LATE)
    assert tale.of(Step.FILED)


def test_a_suspended_partner_gives_nothing_new_and_items_on_their_way_arrive():
    suspended = {"on": "sharing.partners.partner-0.suspended", "set": True, "for_days": 30}
    tale = partner_tale(10, injects=[{"id": "rift", "day": 40, "title": "A rift", "effects": [suspended]}])
    unseen = tale.days(Step.UNCAPTURED)
    assert unseen
    assert all(40 <= day < 70 for day in unseen)
    seen = set(tale.days(Step.TRACE_LEFT)) - set(unseen)
    assert not any(40 <= day < 70 for day in seen)
    arrived = tale.days(Step.FILED)
    assert arrived == near(sorted(day + 10 for day in seen if day <= 90))
    assert any(40 < day < 50 for day in arrived)


def test_a_case_is_told_to_each_partner_that_is_not_suspended():
    def out(**how):
        tale = partner_tale(
            1,
            1,
            1,
            conditions={"background": {"intelligence": 1, "partner": 0}, **how.pop("conditions", {})},
            levers=merged({"detection": SEES_ALL}, how),
        )
        told = [row for row in tale.moved("liaison_officers", Movement.QUEUED) if row[3] == Direction.OUT]
        return len(told) / len(tale.of(Step.CASE_OPENED))

    assert out() == 3
    assert out(sharing={"openness": 0}) == 0
    assert out(conditions={"sharing": abroad(1, 1, 1, suspended=True)}) == 0
    assert 0.7 < out(sharing={"openness": 0.4}) < 1.7


def test_reciprocity_follows_openness_with_a_lag_from_the_baselines():
    """Fully open from day 0 after a closed baseline: seen is 1 − exp(−t/lag), summed over the horizon."""
    lag, horizon, rate = 100.0, 300.0, 20
    tale = partner_tale(
        0,
        horizon=horizon,
        conditions={"background": {"partner": rate}, "sharing": abroad(0, reciprocity_lag=lag)},
        levers={"sharing": {"openness": 0}},
        mix="open",
        policy_mixes={"open": {"sharing": {"openness": 1}}},
    )
    expected = rate * (horizon - lag * (1 - exp(-horizon / lag)))
    assert abs(len(tale.of(Step.FILED)) - expected) < 4 * expected**0.5


def test_capacity_building_lets_partners_see_more():
    def seen(capacity):
        tale = partner_tale(
            0,
            horizon=400,
            conditions={
                "background": {"partner": 10},
                "sharing": {
                    "capacity_gain": 0.5,
                    "partners": [{"name": "p", "visibility": 0.5, "latency": 0}],
                },
            },
            levers={"sharing": {"capacity_building": capacity}},
        )
        return len(tale.of(Step.FILED)) / len(tale.of(Step.TRACE_LEFT))

    assert seen(0) == near(0.5, abs=0.04)
    assert seen(1) == near(0.75, abs=0.04)


@pytest.mark.parametrize(("share", "suspended", "factor"), [(1, False, 0.7), (0, False, 1), (1, True, 1)])
def test_a_joint_operation_takes_seven_tenths_of_the_time(share, suspended, factor):
    """Only on transnational plots, and with a partner that is not suspended."""
    tale = tell(
        200,
        conditions={
            "threat": plots(100, transnational_share=share),
            "interdiction": {"investigation": 10, "success": 1},
            "sharing": abroad(1, suspended=suspended),
        },
        levers={"detection": SEES_ALL, "sharing": {"joint_operations": 1}},
    )
    began = {row[2]: row[0] for row in tale.moved("teams", Movement.SERVED)}
    done = tale.moved("teams", Movement.FINISHED)
    assert done
    assert all(row[0] - began[row[2]] == near(10 * factor) for row in done)


def test_a_joint_operation_succeeds_more_often():
    tale = tell(
        200,
        conditions={
            "threat": plots(100, transnational_share=1),
            "interdiction": {"investigation": 10, "success": 0},
            "sharing": {**abroad(1), "joint_success": 1},
        },
        levers={"detection": SEES_ALL, "sharing": {"joint_operations": 1}},
    )
    assert set(tale.values(Step.CASE_CLOSED)) == {Closing.DISRUPTED}


def wronged(horizon=200.0, a_day=1.0, **how):
    """Innocents who are intervened against as soon as they leave a trace."""
    conditions = {
        "background": {"intelligence": a_day},
        "interdiction": {"clear_base": 0, "clear_gain": 0},
    }
    return tell(
        horizon,
        conditions=merged(conditions, how.pop("conditions", {})),
        levers=merged({"detection": SEES_ALL}, how.pop("levers", {})),
        **how,
    )


def test_a_proceeding_takes_handover_preparation_transfer_and_trial():
    tale = wronged(
        conditions={
            "prosecution": {
                "handover": 10,
                "preparation": 7,
                "transfer": 20,
                "trial": 4,
                "trial_slowdown": 0.5,
            }
        },
        levers={"prosecution": {"coordination": 0.25, "safeguards": 0.5}},
    )
    charged = {row[2]: row[0] for row in tale.of(Step.CHARGED)}
    verdicts = tale.of(Step.CONVICTED, Step.ACQUITTED)
    assert verdicts
    for day, _, subject, days in verdicts:
        assert tale.values(Step.TRIAL_BEGAN, subject) == [near(7.5 + 7 + 15)]
        assert days == near(day - charged[subject]) == near(7.5 + 7 + 15 + 4 * 1.25)


def test_the_limit_releases_whoever_is_not_in_trial():
    tale = wronged(
        conditions={"prosecution": {"preparation": 30, "trial": 50}},
        levers={"prosecution": {"prosecutors": 1, "custody_limit_days": 45}},
    )
    released = tale.of(Step.RELEASED)
    charged = {row[2]: row[0] for row in tale.of(Step.CHARGED)}
    assert released
    for day, _, subject, days in released:
        assert days == near(45)
        assert day == near(charged[subject] + 45)
        assert not tale.of(Step.TRIAL_BEGAN, subject=subject)
    tried = tale.of(Step.TRIAL_BEGAN)
    assert tried
    assert all(waited < 45 for *_, waited in tried)
    ended = {row[2] for row in tale.of(Step.CONVICTED, Step.ACQUITTED)}
    assert {row[2] for row in tried if row[0] < 150} <= ended, "the limit does not reach into a trial"


def test_an_item_in_preparation_is_finished_and_then_dropped():
    tale = wronged(
        conditions={"prosecution": {"preparation": 30}},
        levers={"prosecution": {"prosecutors": 1, "custody_limit_days": 10}},
    )
    taken = tale.moved("prosecutors", Movement.SERVED)
    finished = {row[2]: row[0] for row in tale.moved("prosecutors", Movement.FINISHED)}
    assert finished
    for day, _, subject, _ in taken:
        assert subject not in finished or finished[subject] == near(day + 30)
    assert not tale.of(Step.TRIAL_BEGAN)
    assert not tale.moved("courts", Movement.QUEUED)
    withdrawn = tale.moved("prosecutors", Movement.WITHDRAWN)
    assert withdrawn
    assert all(row[3] == near(10) for row in withdrawn)


def test_a_limit_of_no_days_releases_whoever_is_not_tried_at_once():
    tale = wronged(
        conditions={"prosecution": {"trial": 5}},
        levers={"prosecution": {"courts": 1, "custody_limit_days": 0}},
    )
    in_trial = {row[2] for row in tale.of(Step.TRIAL_BEGAN)}
    released = {row[2]: row[3] for row in tale.of(Step.RELEASED)}
    assert in_trial
    assert released
    assert in_trial.isdisjoint(released)
    assert in_trial | released.keys() == {row[2] for row in tale.of(Step.CHARGED)}
    assert set(released.values()) == {0}


@pytest.mark.parametrize(("lever", "before", "after"), [(100, 100, 20), (10, 10, 10), (None, inf, 20)])
def test_a_legal_change_caps_the_limit_of_later_interventions(lever, before, after):
    cap = {"on": "prosecution.limit_max", "set": 20}
    tale = wronged(
        levers={"prosecution": {"custody_limit_days": lever}},
        injects=[{"id": "law", "day": 80, "title": "A law", "effects": [cap]}],
    )
    assert {value for day, _, _, value in tale.of(Step.CHARGED) if day < 80} == {before}
    assert {value for day, _, _, value in tale.of(Step.CHARGED) if day >= 80} == {after}


def test_the_innocent_are_convicted_at_their_rate():
    share = 0.8 * (1 - 0.5 * 0.5) * (1 - 0.5 * 0.25)
    tale = wronged(
        1000,
        conditions={"prosecution": {"innocent_rate": 0.8}},
        levers={"prosecution": {"training": 0.5, "safeguards": 0.25}},
    )
    convicted, acquitted = len(tale.of(Step.CONVICTED)), len(tale.of(Step.ACQUITTED))
    number = convicted + acquitted
    assert abs(convicted / number - share) < 4 * (share * (1 - share) / number) ** 0.5


def guilty(court_use=1.0, evidence_decay=0.0, channel="intelligence", **prosecution):
    """Plots that are disrupted at once and tried."""
    tale = tell(
        2000,
        conditions={
            "threat": {
                **plots(200, rate=300, traces=0),
                "transnational_share": 1,
                "trace_rates": {"intelligence": 0, "community": 0, channel: 60},
            },
            "interdiction": {"care_slowdown": 0, "success": 1},
            "prosecution": {
                "a": 0.4,
                "b": 1.5,
                "evidence_decay": evidence_decay,
                "preparation": 50,
                **prosecution,
            },
            "sharing": abroad(0, court_use=court_use),
        },
        levers={
            "detection": SEES_ALL,
            "interdiction": {"care": 0.6},
            "prosecution": {"training": 0.3},
            "sharing": {"openness": 1},
        },
    )
    convicted, acquitted = len(tale.of(Step.CONVICTED)), len(tale.of(Step.ACQUITTED))
    assert all(is_plot(row[2]) for row in tale.of(Step.CHARGED))
    return convicted / (convicted + acquitted), convicted + acquitted


QUALITY = (0.3 + 0.6) / 2


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, logistic(0.4 + 1.5 * QUALITY)),
        ({"evidence_decay": 0.01}, logistic(0.4 + 1.5 * QUALITY) * exp(-0.5)),
        ({"channel": "partner"}, logistic(0.4 + 1.5 * QUALITY)),
        ({"channel": "partner", "court_use": 0.0}, logistic(0.4 + 1.5 * (QUALITY - 1))),
        (
            {"channel": "partner", "court_use": 0.0, "partner_penalty": 0.4},
            logistic(0.4 + 1.5 * (QUALITY - 0.4)),
        ),
    ],
    ids=["quality", "a wait of 50 days", "a partner's item", "not for court", "a smaller penalty"],
)
def test_the_guilty_are_convicted_by_quality_and_wait(how, expected):
    share, number = guilty(**how)
    assert number > 1000
    assert abs(share - expected) < 4 * (expected * (1 - expected) / number) ** 0.5


@pytest.mark.parametrize("released", [True, False])
def test_the_guilty_who_go_free_may_form_again(released):
    """By release at the limit, or by acquittal."""
    tale = tell(
        400,
        conditions={
            "threat": plots(30, max_attempts=2, reform={"probability": 1, "delay": 5}),
            "prosecution": {"preparation": 20, "a": -100},
        },
        levers={"detection": SEES_ALL, "prosecution": {"custody_limit_days": 12 if released else None}},
    )
    freed = [row for row in tale.of(Step.RELEASED if released else Step.ACQUITTED) if row[0] < 390]
    again = {row[2]: row[0] for row in tale.of(Step.FORMED) if row[3] == 2}
    firsts = [row for row in freed if row[2] + 1 in again]
    assert firsts
    assert all(again[row[2] + 1] == near(row[0] + 5) for row in firsts)
    assert all(row[2] + 1 in again or tale.of(Step.DISSOLVED, subject=row[2]) for row in freed)


def test_conviction_ends_a_plot():
    tale = tell(
        400,
        conditions={
            "threat": plots(30, max_attempts=3, reform={"probability": 1, "delay": 5}),
            "prosecution": {"a": 100},
        },
        levers={"detection": SEES_ALL},
    )
    convicted = {row[2] for row in tale.of(Step.CONVICTED)}
    assert convicted
    assert convicted.isdisjoint(row[2] - 1 for row in tale.of(Step.FORMED) if row[3] > 1)
