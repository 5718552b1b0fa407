"""The border refuses and lets through, attempts are turned back, cases move up, protection has a ceiling."""

from math import exp, inf, nan

import pytest
from pydantic import ValidationError

from support.settings import scenario
from support.tale import SEES_ALL, tell
from tabletop.pillars.interdiction import Conditions as Interdiction
from tabletop.simulation import Simulation, simulate
from tabletop.subjects import Closing
from tabletop.world import Step


def near(value):
    return pytest.approx(value, rel=1e-6)


def crossings(preparation=60.0, traces=30.0, rate=100.0, **more):
    """Transnational plots that leave traces at the border only, unless told."""
    return {
        "formation_rate": rate,
        "transnational_share": 1,
        "preparation": preparation,
        "trace_rates": {"border": traces, **more},
    }


REFUSES_ALL = {"refuse_at": -inf}
STRICT = {"border_inspection": 1}


def test_whoever_is_refused_ends_their_attempt_there_and_then():
    tale = tell(
        400,
        conditions={"threat": crossings(), "interdiction": REFUSES_ALL},
        levers={"interdiction": STRICT},
    )
    back = tale.days(Step.TURNED_BACK)
    assert back
    assert tale.days(Step.REFUSED) == back
    assert tale.run.tally["turned_back"] == len(back) == tale.run.measures["border_refusals"]
    assert tale.run.measures["wrongful_refusals"] == 0
    for subject in tale.told(300):
        left = tale.days(Step.TRACE_LEFT, subject)
        assert tale.days(Step.TURNED_BACK, subject) == left[:1]
        assert len(left) <= 1  # an attempt that has ended leaves nothing more


def test_a_plot_turned_back_forms_again_or_dissolves():
    tale = tell(
        400,
        conditions={
            "threat": crossings() | {"max_attempts": 2, "reform": {"probability": 1, "delay": 7}},
            "interdiction": REFUSES_ALL,
        },
        levers={"interdiction": STRICT},
    )
    firsts = [row for row in tale.of(Step.TURNED_BACK) if row[0] < 300 and row[2] % 100 == 1]
    assert firsts
    for day, _, subject, _ in firsts:
        assert tale.days(Step.FORMED, subject + 1) == [near(day + 7)]


def test_no_threshold_at_the_border_turns_nobody_back():
    tale = tell(400, conditions={"threat": crossings()}, levers={"interdiction": STRICT})
    assert not tale.of(Step.REFUSED, Step.TURNED_BACK)
    assert tale.of(Step.PASSED_ON)


def test_refusing_comes_before_passing_on():
    tale = tell(
        200,
        conditions={"threat": crossings(), "interdiction": {**REFUSES_ALL, "pass_at": -inf}},
        levers={"interdiction": STRICT},
    )
    assert tale.of(Step.REFUSED)
    assert not tale.of(Step.PASSED_ON, Step.SCREENED_OUT)


def with_a_case(handover=0.0, teams=None, investigation=20.0):
    """A case opens at the first trace of any plot, and later one of its people is refused."""
    return tell(
        600,
        conditions={
            "threat": crossings(preparation=500, traces=1, intelligence=10),
            "detection": {"handover": handover},
            "interdiction": {**REFUSES_ALL, "investigation": investigation, "success": 0},
        },
        levers={"detection": SEES_ALL, "interdiction": {**STRICT, "teams": teams}},
    )


@pytest.mark.parametrize(
    ("how", "closing"),
    [
        ({"handover": 1e4}, Closing.WITHDRAWN),
        ({"teams": 0}, Closing.WITHDRAWN),
        ({"investigation": 300.0}, Closing.TOO_LATE),
    ],
    ids=["in handover", "waiting", "under investigation"],
)
def test_a_case_on_an_attempt_that_is_turned_back_is_closed_as_when_it_was_carried_out(how, closing):
    tale = with_a_case(**how)
    known = [
        row[2]
        for row in tale.of(Step.TURNED_BACK)
        if row[0] < 200 and tale.of(Step.CASE_OPENED, subject=row[2])
    ]
    assert known
    for subject in known:
        (day,) = tale.days(Step.TURNED_BACK, subject)
        opened = tale.days(Step.CASE_OPENED, subject)
        (closed,) = tale.of(Step.CASE_CLOSED, subject=subject)
        assert closed[3] == closing
        assert closed[0] == near(day if closing is Closing.WITHDRAWN else opened[0] + 300)


def test_refusing_somebody_of_an_attempt_that_has_ended_counts_as_a_refusal_alone():
    tale = tell(
        400,
        conditions={"threat": crossings(traces=60), "interdiction": {**REFUSES_ALL, "inspection": 30}},
        levers={"interdiction": STRICT},
    )
    refused = tale.run.measures["border_refusals"]
    assert refused > tale.run.measures["attempts_turned_back"] > 0
    assert all(len(tale.days(Step.TURNED_BACK, subject)) <= 1 for subject in tale.told(400))


def test_a_wrong_refusal_costs_trust():
    tale = tell(
        60,
        conditions={
            "background": {"border": 1},
            "interdiction": REFUSES_ALL,
            "trust": {"base": 0.8, "relaxation": 1e9, "refusal_loss": 0.25},
        },
        levers={"interdiction": STRICT},
    )
    first = tale.values(Step.TRUST_JUMPED)[0]
    assert first == near(0.8 * 0.75)
    assert len(tale.of(Step.TRUST_JUMPED)) == tale.run.measures["wrongful_refusals"] > 0


@pytest.mark.parametrize(("patience", "share"), [(None, 0), (0, 1), (2, 1)])
def test_who_has_waited_long_enough_passes_without_inspection(patience, share):
    tale = tell(
        60,
        conditions={"background": {"border": 5}, "interdiction": {"patience": patience}},
        levers={"interdiction": {**STRICT, "border_officers": 0}},
    )
    through = tale.of(Step.LET_THROUGH)
    came = [row for row in tale.of(Step.TRACE_LEFT) if row[0] < 60 - (patience or 0)]
    assert len(through) == share * len(came)
    if patience:
        assert [row[0] for row in through] == [near(row[0] + patience) for row in came]
        assert tale.run.pools["border_officers"].mean_wait == near(patience)


def test_nobody_waits_at_a_border_with_officers_without_limit():
    tale = tell(
        60,
        conditions={"background": {"border": 5}, "interdiction": {"patience": 0}},
        levers={"interdiction": STRICT},
    )
    assert not tale.of(Step.LET_THROUGH)


@pytest.mark.parametrize("name", ["refuse_at", "pass_at"])
def test_a_threshold_may_be_infinite_and_not_nan(name):
    assert getattr(Interdiction(**{name: -inf}), name) == -inf
    with pytest.raises(ValidationError, match="not a number"):
        Interdiction(**{name: nan})


def test_the_level_of_trust_with_the_models_defaults():
    quiet = {
        "title": "Quiet",
        "horizon_days": 10,
        "warm_up_days": 0,
        "conditions": {
            "threat": {"formation_rate": 0},
            "background": dict.fromkeys(("intelligence", "community", "border", "partner"), 0),
        },
        "baseline": "usual",
        "policy_mixes": {"usual": {}},
        "measures": {"incidents": {"delta": 1}},
    }
    from tabletop import Scenario

    level = 0.68 + 0.3 * 0.3 - 0.2 * 0.5 - 0.1 * 0.3 - 0.1 * (0.6 + 0.3 + 0.4) / 3
    assert level == pytest.approx(0.596667, abs=5e-7)
    assert simulate(Scenario.model_validate(quiet), "usual", 0).measures["trust_mean"] == near(level)


def test_more_evidence_moves_a_waiting_case_up_and_never_down():
    tale = tell(
        300,
        conditions={
            "threat": {
                "formation_rate": 100,
                "preparation": 250,
                "trace_rates": {"intelligence": 20},
            },
            "background": {"intelligence": 8},
        },
        levers={"detection": {**SEES_ALL, "linkage": 1}, "interdiction": {"teams": 0}},
    )
    raised = 0
    for subject in tale.told(300):
        posteriors = tale.values(Step.CASE_OPENED, subject) + tale.values(Step.CASE_RAISED, subject)
        assert posteriors == sorted(posteriors)
        assert len(set(posteriors)) == len(posteriors)
        raised += len(posteriors) > 2
    assert raised


def test_a_team_takes_the_case_that_has_become_the_most_probable():
    town = scenario(
        120,
        conditions={
            "threat": {"formation_rate": 150, "preparation": 400, "trace_rates": {"intelligence": 6}},
            "background": {"intelligence": 4},
            "interdiction": {"investigation": 4, "success": 1},
        },
        levers={"detection": {**SEES_ALL, "linkage": 1}, "interdiction": {"teams": 1}},
    )
    simulation = Simulation(town, "only", 0, journal=True)
    teams = simulation.interdiction.teams
    checked = 0
    journal = simulation.world.journal
    while simulation.step():
        row = len(journal.steps) - 1
        if journal.steps[row] == Step.CARE_TAKEN:
            (case,) = (item for item in teams.items() if not teams.waits(item))
            waiting = [item.posterior for item in teams.items() if teams.waits(item)]
            assert all(case.posterior >= other for other in waiting)
            checked += bool(waiting)
    assert checked > 5
    assert Step.CASE_RAISED in journal.steps


def test_protection_has_falling_returns_and_a_ceiling():
    conditions = Interdiction()

    def chance(protection):
        return conditions.protection_ceiling * (1 - exp(-conditions.protection_curve * protection))

    assert [round(chance(p), 3) for p in (0.3, 0.5, 1)] == [0.297, 0.388, 0.475]
    tale = tell(
        1000,
        conditions={
            "threat": {"formation_rate": 300, "preparation": 5},
            "interdiction": {"protection_ceiling": 1, "protection_curve": 100},
        },
        levers={"interdiction": {"protection": 1}},
    )
    assert not tale.of(Step.INCIDENT)
    assert tale.of(Step.FOILED)


def test_priors_follow_the_conditions_unless_beliefs_are_as_written():
    town = scenario(
        10,
        conditions={
            "threat": {"formation_rate": 12, "trace_rates": {"intelligence": 1}},
            "background": {"intelligence": 12},
        },
    )
    doubled = town.conditions.model_copy(
        update={"threat": town.conditions.threat.model_copy(update={"formation_rate": 24.0})}
    )
    follows = town.under(doubled)
    as_written = town.model_copy(update={"beliefs": "as_written"})
    assert as_written.priors() == town.priors()
    assert as_written.under(doubled).priors() == town.priors()
    assert follows.priors()["intelligence"] > town.priors()["intelligence"]
    assert as_written.under(doubled).under(town.conditions).priors() == town.priors()


def test_a_sentence_is_counted_whole_at_the_verdict_of_an_innocent():
    tale = tell(
        100,
        conditions={
            "background": {"intelligence": 2},
            "interdiction": {"clear_base": 0, "clear_gain": 0},
            "prosecution": {"innocent_rate": 0.5, "sentence": 1000},
        },
        levers={"detection": SEES_ALL},
    )
    wrong = tale.run.measures["wrongful_convictions"]
    assert wrong > 0
    assert tale.values(Step.SENTENCED) == [1000] * int(wrong)
    assert tale.run.measures["wrongful_prison_days"] == 1000 * wrong


def test_all_who_go_free_are_counted_as_freed():
    tale = tell(
        2000,
        conditions={
            "threat": {"formation_rate": 60, "preparation": 200, "trace_rates": {"intelligence": 5}},
            "prosecution": {"a": -1, "preparation": {"family": "exponential", "mean": 60}},
        },
        levers={"detection": SEES_ALL, "prosecution": {"custody_limit_days": 60}},
    )
    measures, tally = tale.run.measures, tale.run.tally
    assert measures["guilty_freed"] == tally["guilty_acquitted"] + tally["guilty_released"]
    assert tally["guilty_acquitted"] > 0
    assert tally["guilty_released"] > 0
    assert measures["verdict_share"] == near(
        tally["verdicts"] / (tally["verdicts"] + tally["limit_releases"])
    )
