"""What becomes of plots, and of the cases on them."""

from math import exp, log

import pytest

from support.recount import is_plot
from support.tale import SEES_ALL, plots, tell
from tabletop.engine.evidence import logistic
from tabletop.engine.staff import Movement
from tabletop.subjects import Closing
from tabletop.world import Step

near = pytest.approx


SURE_PROTECTION = {"protection_ceiling": 1, "protection_curve": 100}
"""Full protection foils every attempt: 1 − exp(−100) is 1."""


def logit(genuine, benign):
    return log(genuine / benign)


def closings(tale, subject):
    return [(day, Closing(int(value))) for day, _, _, value in tale.of(Step.CASE_CLOSED, subject=subject)]


def test_a_plot_that_matures_withdraws_its_case_from_the_handover():
    tale = tell(
        200,
        conditions={"threat": plots(30), "detection": {"handover": 60}},
        levers={"detection": SEES_ALL},
    )
    known = [subject for subject in tale.told(160) if tale.of(Step.CASE_OPENED, subject=subject)]
    assert known
    for subject in known:
        (formed,) = tale.days(Step.FORMED, subject)
        assert tale.days(Step.INCIDENT, subject) == [near(formed + 30)]
        assert closings(tale, subject) == [(near(formed + 30), Closing.WITHDRAWN)]
        assert len(tale.of(Step.MISSED, subject=subject)) == 1
        assert not tale.moved("teams", Movement.QUEUED, subject)


def test_a_plot_that_matures_withdraws_its_case_from_the_queue_of_the_teams():
    tale = tell(
        200, conditions={"threat": plots(30)}, levers={"detection": SEES_ALL, "interdiction": {"teams": 0}}
    )
    known = [subject for subject in tale.told(160) if tale.of(Step.CASE_OPENED, subject=subject)]
    assert known
    for subject in known:
        (opened,) = tale.days(Step.CASE_OPENED, subject)
        (formed,) = tale.days(Step.FORMED, subject)
        ((day, _, _, wait),) = tale.moved("teams", Movement.WITHDRAWN, subject)
        assert (day, wait) == (near(formed + 30), near(formed + 30 - opened))
        assert closings(tale, subject) == [(near(formed + 30), Closing.WITHDRAWN)]


def test_a_team_stays_to_the_planned_end_with_a_plot_that_matured_under_its_eyes():
    tale = tell(
        400,
        conditions={"threat": plots(30), "interdiction": {"investigation": 100}},
        levers={"detection": SEES_ALL},
    )
    known = [subject for subject in tale.told(250) if tale.of(Step.CASE_OPENED, subject=subject)]
    assert known
    for subject in known:
        (opened,) = tale.days(Step.CASE_OPENED, subject)
        (formed,) = tale.days(Step.FORMED, subject)
        assert tale.days(Step.INCIDENT, subject) == [near(formed + 30)]
        assert tale.of(Step.MISSED, subject=subject)
        assert closings(tale, subject) == [(near(opened + 100), Closing.TOO_LATE)]
        assert [row[0] for row in tale.moved("teams", Movement.FINISHED, subject)] == [near(opened + 100)]


def test_a_plot_lost_sight_of_goes_on_and_its_file_is_deleted():
    tale = tell(
        400,
        conditions={
            "threat": plots(40),
            "background": {"intelligence": 5},
            "interdiction": {"investigation": 3, "success": 0},
        },
        levers={"detection": {**SEES_ALL, "linkage": 1}},
    )
    prior = logit(100 / 365 * 40 * 0.4 * 20 * 12 / 365, 5)
    again = 0
    for subject in tale.told(300):
        (formed,) = tale.days(Step.FORMED, subject)
        assert tale.days(Step.INCIDENT, subject) == [near(formed + 40)]
        opened = tale.of(Step.OPENED, Step.CASE_OPENED, subject=subject)
        for (_, _, _, evidence), (_, _, _, posterior) in zip(opened[::2], opened[1::2], strict=True):
            assert posterior == near(logistic(prior + evidence))
            again += 1
    assert again > len(tale.told(300)) > 0


def contained(success, investigation=50.0):
    return tell(
        400,
        conditions={
            "threat": plots(30),
            "interdiction": {"investigation": investigation, "success": success, "containment": 1},
        },
        levers={"detection": SEES_ALL},
    )


def test_a_contained_plot_matures_at_once_when_it_is_lost_after_its_time():
    tale = contained(success=0)
    known = [subject for subject in tale.told(300) if tale.of(Step.CASE_OPENED, subject=subject)]
    assert known
    for subject in known:
        (opened,) = tale.days(Step.CASE_OPENED, subject)
        assert closings(tale, subject) == [(near(opened + 50), Closing.LOST)]
        assert tale.days(Step.INCIDENT, subject) == tale.days(Step.MISSED, subject) == [near(opened + 50)]


def test_a_contained_plot_leaves_no_traces_after_its_own_maturity():
    tale = contained(success=0, investigation=200.0)
    for subject in tale.told(150):
        (formed,) = tale.days(Step.FORMED, subject)
        assert max(tale.days(Step.TRACE_LEFT, subject), default=0) < formed + 30


def test_a_contained_plot_is_disrupted_even_after_its_time():
    tale = contained(success=1)
    known = [subject for subject in tale.told(300) if tale.of(Step.CASE_OPENED, subject=subject)]
    assert known
    for subject in known:
        (opened,) = tale.days(Step.CASE_OPENED, subject)
        assert tale.days(Step.DISRUPTED, subject) == [near(opened + 50)]
        assert not tale.of(Step.INCIDENT, subject=subject)


def test_a_contained_plot_that_is_lost_in_time_still_matures_on_its_day():
    tale = contained(success=0, investigation=1.0)
    for subject in tale.told(300):
        (formed,) = tale.days(Step.FORMED, subject)
        ((day, *_),) = tale.of(Step.INCIDENT, subject=subject)
        assert near(formed + 30) == day or day == near(tale.days(Step.CASE_OPENED, subject)[-1] + 1)


def again(max_attempts, **threat):
    return tell(
        600,
        conditions={
            "threat": {
                "formation_rate": 30,
                "preparation": 30,
                "max_attempts": max_attempts,
                "reform": {"probability": 1, "delay": 7, "preparation_factor": 0.5},
                **threat,
            },
            "interdiction": SURE_PROTECTION,
        },
        levers={"interdiction": {"protection": 1}},
    )


def test_a_foiled_plot_forms_again_faster_until_its_attempts_are_used_up():
    tale = again(3)
    firsts = [row for row in tale.of(Step.FORMED) if row[3] == 1 and row[0] < 500]
    assert firsts
    for formed, _, subject, _ in firsts:
        second, third = subject + 1, subject + 2
        assert tale.days(Step.FOILED, subject) == [near(formed + 30)]
        assert tale.days(Step.FORMED, second) == [near(formed + 37)]
        assert tale.days(Step.FOILED, second) == [near(formed + 52)]
        assert tale.days(Step.FOILED, third) == [near(formed + 74)]
        assert tale.days(Step.DISSOLVED, third) == [near(formed + 74)]
        assert not tale.of(Step.FORMED, subject=subject + 3)
        assert not tale.of(Step.DISSOLVED, subject=subject)


def test_a_plot_of_one_attempt_dissolves():
    tale = again(1)
    assert tale.days(Step.DISSOLVED) == tale.days(Step.FOILED)
    assert set(tale.values(Step.FORMED)) == {1}


def test_a_plot_that_was_carried_out_does_not_form_again():
    tale = tell(
        300, conditions={"threat": {**plots(10), "max_attempts": 3, "reform": {"probability": 1, "delay": 0}}}
    )
    assert tale.of(Step.INCIDENT)
    assert set(tale.values(Step.FORMED)) == {1}


def test_a_new_attempt_starts_without_a_file():
    tale = tell(
        300,
        conditions={
            "threat": {
                **plots(20, traces=60),
                "max_attempts": 2,
                "reform": {"probability": 1, "delay": 0, "preparation_factor": 1},
            },
            "background": {"intelligence": 5},
            "detection": {"d_prime": 0.5},
            "interdiction": SURE_PROTECTION,
        },
        levers={
            "detection": {"collection": 1, "open_case_at": 0.6, "linkage": 1},
            "interdiction": {"protection": 1},
        },
    )
    prior = logit(100 / 365 * 20 * 0.4 * 60 * 12 / 365, 5)
    checked = 0
    for subject in {row[2] for row in tale.of(Step.FORMED) if row[3] == 2}:
        judged = tale.of(Step.FILED, Step.OPENED, subject=subject)
        opened = next((n for n, row in enumerate(judged) if row[1] == Step.OPENED), None)
        if opened is not None:
            evidence = sum(row[3] for row in judged[: opened + 1])
            assert tale.values(Step.CASE_OPENED, subject)[0] == near(logistic(prior + evidence))
            checked += opened > 0
    assert checked


def test_traces_of_an_ended_attempt_are_assessed_and_moot():
    tale = tell(
        200, conditions={"threat": plots(30), "detection": {"assessment": 40}}, levers={"detection": SEES_ALL}
    )
    assert len(tale.of(Step.MOOT)) == len(tale.of(Step.LOOKED)) > 0
    assert not tale.of(Step.OPENED, Step.FILED)


def test_traces_of_a_subject_with_a_case_are_filed_without_effect():
    tale = tell(
        200,
        conditions={"threat": plots(30), "interdiction": {"investigation": 100}},
        levers={"detection": SEES_ALL},
    )
    for subject in tale.told(170):
        judged = [row[1] for row in tale.of(Step.OPENED, Step.FILED, subject=subject)]
        assert judged.count(Step.OPENED) == min(1, len(judged))
        assert judged[:1] in ([], [Step.OPENED])


@pytest.mark.parametrize("linkage", [0.0, 1.0])
def test_linked_traces_add_up_and_unlinked_ones_are_judged_alone(linkage):
    """A case opens exactly when the file, or the lone trace, passes the threshold."""
    threshold = 0.6
    tale = tell(
        300,
        conditions={"threat": plots(60, traces=30), "background": {"intelligence": 8}},
        levers={"detection": {"collection": 1, "open_case_at": threshold, "linkage": linkage}},
    )
    prior = logit(100 / 365 * 60 * 0.4 * 30 * 12 / 365, 8)
    firsts = 0
    for subject in tale.told(240):
        total = 0.0
        for _, step, _, evidence in tale.of(Step.FILED, Step.OPENED, subject=subject):
            total = total + evidence if linkage else evidence
            assert (step == Step.OPENED) == (logistic(prior + total) >= threshold)
            if step == Step.OPENED:
                firsts += 1
                break
    assert firsts


def test_a_benign_matter_is_cleared_by_base_and_gain_times_care():
    share = 0.5 + 0.4 * 0.5
    tale = tell(
        1000,
        conditions={
            "background": {"intelligence": 4},
            "interdiction": {"clear_base": 0.5, "clear_gain": 0.4, "care_slowdown": 0.4, "investigation": 10},
        },
        levers={"detection": SEES_ALL, "interdiction": {"care": 0.5}},
    )
    closed = [Closing(int(value)) for value in tale.values(Step.CASE_CLOSED)]
    assert set(closed) == {Closing.CLEARED, Closing.WRONGFUL}
    deviation = (share * (1 - share) / len(closed)) ** 0.5
    assert abs(closed.count(Closing.CLEARED) / len(closed) - share) < 4 * deviation
    served, done = (tale.moved("teams", movement) for movement in (Movement.SERVED, Movement.FINISHED))
    began = {row[2]: row[0] for row in served}
    assert all(row[0] - began[row[2]] == near(10 * (1 + 0.4 * 0.5)) for row in done)


def test_care_is_that_in_force_when_the_investigation_starts():
    tale = tell(
        60,
        conditions={
            "background": {"intelligence": 3},
            "interdiction": {"clear_base": 0, "clear_gain": 1, "care_slowdown": 0, "investigation": 10},
        },
        levers={
            "detection": SEES_ALL,
            "interdiction": {"care": 1},
            "changes": [{"day": 30, "interdiction": {"care": 0}}],
        },
    )
    for day, _, _, closing in tale.of(Step.CASE_CLOSED):
        assert closing == (Closing.CLEARED if day < 40 else Closing.WRONGFUL)


def test_real_time_link_shortens_the_handover():
    tale = tell(
        100,
        conditions={"background": {"intelligence": 1}, "detection": {"handover": 8}},
        levers={"detection": {**SEES_ALL, "real_time_link": 0.75}},
    )
    arrived = {row[2]: row[0] for row in tale.moved("teams", Movement.QUEUED)}
    assert arrived
    for day, _, subject, _ in tale.of(Step.CASE_OPENED):
        assert subject not in arrived or arrived[subject] == near(day + 2)


@pytest.mark.parametrize(("teams", "captured"), [(0, 0), (None, 1)])
def test_only_idle_teams_collect_where_teams_collect(teams, captured):
    tale = tell(
        100,
        conditions={"background": {"intelligence": 2}, "detection": {"collected_by_teams": True}},
        levers={"detection": {"collection": 1}, "interdiction": {"teams": teams}},
    )
    assert len(tale.of(Step.LOOKED)) == captured * len(tale.of(Step.TRACE_LEFT))


PREVENTS = {
    "programmes": ({"prevention": 0.3}, {"reporting": {"social_programmes": 1}}, 0.3),
    "capacity at home": ({"abroad": 0.4}, {"sharing": {"capacity_building": 1}}, 0.0),
    "capacity abroad": (
        {"abroad": 0.4, "transnational_share": 1},
        {"sharing": {"capacity_building": 1}},
        0.4,
    ),
    "both": (
        {"abroad": 0.4, "prevention": 0.3, "transnational_share": 1},
        {"sharing": {"capacity_building": 1}, "reporting": {"social_programmes": 1}},
        1 - 0.6 * 0.7,
    ),
}


@pytest.mark.parametrize("case", PREVENTS)
def test_settled_programmes_prevent_their_share(case):
    threat, levers, share = PREVENTS[case]
    tale = tell(
        3650, conditions={"threat": {"formation_rate": 300, "preparation": 1, **threat}}, levers=levers
    )
    prevented, formed = len(tale.of(Step.PREVENTED)), len(tale.of(Step.FORMED))
    candidates = prevented + formed
    assert abs(candidates - 3000) < 4 * 3000**0.5
    assert abs(prevented / candidates - share) <= 4 * (share * (1 - share) / candidates) ** 0.5


def test_a_programme_works_with_its_lag():
    """Started at day 0 it has prevented, after one lag, 1 − 1/e of its share; checked over the first year."""
    lag, horizon = 200.0, 400.0
    tale = tell(
        horizon,
        conditions={
            "threat": {"formation_rate": 10_000, "preparation": 0, "prevention": 1, "prevention_lag": lag}
        },
        mix="other",
        policy_mixes={"other": {"reporting": {"social_programmes": 1}}},
    )
    expected = 10_000 / 365 * lag * (1 - exp(-horizon / lag))
    assert abs(len(tale.of(Step.FORMED)) - expected) < 4 * expected**0.5


def test_wrongs_raise_formation_and_the_effect_fades():
    """Each wrong adds half of the usual formation, and its effect decays over thirty days."""
    tale = tell(
        400,
        conditions={
            "threat": {"formation_rate": 200, "preparation": 0, "backlash": 0.5, "backlash_decay": 30},
            "background": {"intelligence": 0.2},
            "interdiction": {"clear_base": 0, "clear_gain": 0},
        },
        levers={"detection": {"collection": 1, "open_case_at": 0.0}},
    )
    wrongs = [day for day, _, _, value in tale.of(Step.CASE_CLOSED) if value == Closing.WRONGFUL]
    assert len(wrongs) > 20
    expected = sum(
        200 / 365 * 0.25 * (1 + 0.5 * sum(exp(-(t / 4 - w) / 30) for w in wrongs if w < t / 4))
        for t in range(1600)
    )
    formed = len(tale.of(Step.FORMED))
    assert expected > 2 * 400 * 200 / 365
    assert abs(formed - expected) < 4 * expected**0.5


def test_convictions_of_the_guilty_lower_formation():
    tale = tell(
        2000,
        conditions={
            "threat": {
                **plots(5, rate=1000, traces=60, dismantling=0.1, dismantling_decay=1e6, backlash=0),
            },
            "prosecution": {"a": 50},
        },
        levers={"detection": SEES_ALL},
    )
    convictions = tale.days(Step.CONVICTED)
    assert len(convictions) > 20
    expected = 0.0
    for count, (day, then) in enumerate(zip([0.0, *convictions], [*convictions, 2000.0], strict=True)):
        expected += 1000 / 365 * exp(-0.1 * count) * (then - day)
    assert abs(len(tale.of(Step.FORMED)) - expected) < 5 * expected**0.5
    assert len(tale.of(Step.PREVENTED)) > 10 * expected**0.5


def test_an_innocent_subject_never_matures():
    tale = tell(100, conditions={"background": {"intelligence": 3}}, levers={"detection": SEES_ALL})
    assert not any(is_plot(row[2]) for row in tale.of(Step.TRACE_LEFT))
    assert not tale.of(Step.INCIDENT, Step.FOILED, Step.FORMED)
