"""The limiting cases of the model: each an ordinary scenario with an exact answer."""

from collections.abc import Mapping
from typing import Any

from support.settings import exponential, scenario
from tabletop.engine.evidence import logistic
from tabletop.pools import POOLS
from tabletop.simulation import Run
from tabletop.subjects import Channel
from tabletop.world import Step
from theory.laws import (
    binormal,
    capped_custody,
    cobham_waits,
    convicted_abroad,
    erlang_a_lapses,
    erlang_c_wait,
    first_of_three,
    foiled,
    impatient_share,
    shaken_trust,
    terror_queue,
    turned_back,
)
from theory.verification import Study

MONTHS_A_YEAR = 12
DAYS_A_MONTH = 365 / 12
OPEN_ALL = {"open_case_at": 0.0}

Parts = dict[str, tuple[float, float]]


def measured(**names: str):
    """Read measures off a run: quantity → measure."""

    def read(run: Run) -> Parts:
        return {quantity.replace("_", " "): run.parts[measure] for quantity, measure in names.items()}

    return read


def the_terror_queue() -> Study:
    # Kaplan's year lasts 36.5 days here: rates per year times ten.
    speed = 10.0
    alpha, mu, delta, rho, teams = 10.0, 1.0, 0.5, 2.0, 6
    undetected, busy, disrupted = terror_queue(alpha, mu, delta, rho, teams)

    def read(run: Run) -> Parts:
        return {
            "undetected plots": run.parts["plots_undetected_mean"],
            "busy teams": (run.pools["teams"].busy_days, 3650.0),
            "share disrupted": run.parts["disruption_share"],
        }

    return Study(
        "terror queue",
        scenario(
            3650,
            warm_up=730,
            conditions={
                "threat": {
                    "formation_rate": alpha * speed,
                    "preparation": exponential(365 / (mu * speed)),
                    "trace_rates": {"intelligence": delta * teams * speed / MONTHS_A_YEAR},
                },
                "detection": {"collected_by_teams": True},
                "interdiction": {
                    "investigation": exponential(365 / (rho * speed)),
                    "containment": 1,
                    "success": 1,
                },
            },
            levers={"detection": {"collection": 1, **OPEN_ALL}, "interdiction": {"teams": teams}},
        ),
        30,
        read,
        {"undetected plots": undetected, "busy teams": busy, "share disrupted": disrupted},
    )


def attempts_over_time(run: Run, horizon: float, expected: float) -> Parts:
    """Time averages of the number preparing and of its squared distance from what is expected."""
    journal = run.journal
    assert journal is not None
    number, since, area, squares = 0, 0.0, 0.0, 0.0
    changes = {Step.FORMED: 1, Step.INCIDENT: -1}
    for day, step in zip(journal.days, journal.steps, strict=True):
        if (change := changes.get(step)) is None:
            continue
        if day > 0:
            elapsed = day - since
            area += number * elapsed
            squares += (number - expected) ** 2 * elapsed
            since = day
        number += change
    area += number * (horizon - since)
    squares += (number - expected) ** 2 * (horizon - since)
    return {"mean in preparation": (area, horizon), "variance": (squares, horizon)}


def an_infinite_server(name: str, preparation: Mapping[str, Any], rate: float) -> Study:
    expected = rate / 365 * preparation["mean"]
    horizon = 4380.0
    return Study(
        f"infinite server, {name}",
        scenario(
            horizon,
            warm_up=60,
            conditions={"threat": {"formation_rate": rate, "preparation": dict(preparation)}},
        ),
        40,
        lambda run: attempts_over_time(run, horizon, expected),
        {"mean in preparation": expected, "variance": expected},
        journal=True,
    )


def interventions(a_day: float, *, clear_base: float = 0.0, **more: Any) -> dict[str, Any]:
    """Conditions under which innocents are intervened against, so many a day."""
    return {
        "background": {"intelligence": a_day / (1 - clear_base)},
        "interdiction": {"clear_base": clear_base, "clear_gain": 0},
        **more,
    }


SEES_ALL = {"detection": {"collection": 1, **OPEN_ALL}}


def waiting_for_trial() -> Study:
    # Every trace leads to an intervention here: thinning a Poisson process to 30 % would only cost time.
    return Study(
        "Erlang C",
        scenario(
            2000,
            warm_up=60,
            conditions=interventions(2.0, prosecution={"trial": exponential(1)}),
            levers={**SEES_ALL, "prosecution": {"courts": 3}},
        ),
        150,
        measured(mean_wait="wait_courts"),
        {"mean wait": erlang_c_wait(2, 1, 3)},
    )


def impatient_traces() -> Study:
    def read(run: Run) -> Parts:
        pool = run.pools["analysts"]
        return {"share lapsed": (pool.lapses, pool.arrivals)}

    return Study(
        "Erlang A",
        scenario(
            300,
            warm_up=30,
            conditions={
                "background": {"intelligence": 4},
                "detection": {"assessment": exponential(1), "shelf_life": exponential(2)},
            },
            levers={"detection": {"collection": 1, "open_case_at": 1.0, "analysts": 3}},
        ),
        40,
        read,
        {"share lapsed": erlang_a_lapses(4, 1, 3, 0.5)},
    )


def priority_by_channel() -> Study:
    first, second = cobham_waits((0.8, 1.2), 1, 3)
    classes = {"first class": Channel.INTELLIGENCE, "second class": Channel.COMMUNITY}

    def read(run: Run) -> Parts:
        waits = run.pools["analysts"].waits_by_class
        return {
            name: (waits[kind].mean * waits[kind].items, waits[kind].items) for name, kind in classes.items()
        }

    return Study(
        "priority",
        scenario(
            2000,
            warm_up=60,
            conditions={
                "threat": {"formation_rate": 1e-6, "trace_rates": {"intelligence": 1, "community": 1}},
                "background": {"intelligence": 0.8, "community": 1.2},
                "detection": {"assessment": exponential(1)},
                "reporting": {"d_prime": 0},
            },
            levers={
                "detection": {"collection": 1, "open_case_at": 1.0, "analysts": 3},
                "reporting": {"outreach": 1},
            },
        ),
        190,
        read,
        {"first class": first, "second class": second},
    )


def custody_under_a_limit() -> Study:
    ready, limit = 1 / 20, 15.0
    mean, capped = capped_custody(ready, limit)

    def read(run: Run) -> Parts:
        ended = run.parts["custody_days_mean"][1]
        return {
            "mean custody": run.parts["custody_days_mean"],
            "share at the cap": (run.parts["limit_releases"][0], ended),
        }

    return Study(
        "custody cap",
        scenario(
            200,
            warm_up=120,
            conditions=interventions(2.0, prosecution={"preparation": exponential(1 / ready)}),
            levers={**SEES_ALL, "prosecution": {"custody_limit_days": limit}},
        ),
        30,
        read,
        {"mean custody": mean, "share at the cap": capped},
    )


def trust_under_wrongs() -> Study:
    return Study(
        "trust",
        scenario(
            200,
            warm_up=30,
            conditions=interventions(
                1.5,
                clear_base=0.7,
                trust={"base": 0.7, "relaxation": 1 / 0.5, "loss": 0.2, "engagement_gain": 0},
            ),
            levers=SEES_ALL,
        ),
        30,
        measured(mean_trust="trust_mean"),
        {"mean trust": shaken_trust(0.7, 0.5, 1.5, 0.2)},
    )


EVEN = 10.0
"""Genuine traces a day, and benign ones: twenty plots that each leave one every other day."""


def judging_alone(d_prime: float, threshold: float, **more: Any) -> dict[str, Any]:
    """Settings under which each trace is judged by itself, at a log-likelihood ratio."""
    return {
        "detection": {"active_share": 1, "d_prime": d_prime},
        "interdiction": {"success": 0, "clear_base": 1},
        **more,
    }


def plots_that_leave(channel: str) -> dict[str, Any]:
    return {
        "threat": {
            "formation_rate": 365,
            "preparation": 20,
            "trace_rates": {channel: DAYS_A_MONTH / 2},
        },
        "background": {channel: EVEN},
    }


def alarms(run: Run) -> Parts:
    """Traces that opened a case, over those judged while their subject had no case and had not ended."""
    journal = run.journal
    assert journal is not None
    counts = {(genuine, step): 0 for genuine in (False, True) for step in (Step.OPENED, Step.FILED)}
    for step, subject in zip(journal.steps, journal.subjects, strict=True):
        if step in (Step.OPENED, Step.FILED):
            counts[subject // 10**17 == 1, Step(step)] += 1
    return {
        name: (counts[genuine, Step.OPENED], counts[genuine, Step.OPENED] + counts[genuine, Step.FILED])
        for name, genuine in (("false alarms", False), ("hits", True))
    }


def one_look() -> Study:
    d_prime, threshold = 1.2, 0.3
    false, hit = binormal(d_prime, threshold)
    return Study(
        "one look",
        scenario(
            75,
            warm_up=30,
            conditions=judging_alone(d_prime, threshold, **plots_that_leave("intelligence")),
            levers={"detection": {"collection": 1, "open_case_at": logistic(threshold)}},
        ),
        30,
        alarms,
        {"false alarms": false, "hits": hit},
        journal=True,
    )


def two_looks() -> Study:
    at_the_tip_line, at_the_analysts, threshold = 0.9, 1.2, -0.3
    false, hit = binormal((at_the_tip_line**2 + at_the_analysts**2) ** 0.5, threshold)
    return Study(
        "two looks",
        scenario(
            45,
            warm_up=30,
            conditions=judging_alone(
                at_the_analysts,
                threshold,
                reporting={"d_prime": at_the_tip_line, "pass_at": float("-inf"), "b0": 50, "b1": 0},
                **plots_that_leave("community"),
            ),
            levers={"detection": {"open_case_at": logistic(threshold)}, "reporting": {"outreach": 1}},
        ),
        30,
        alarms,
        {"false alarms": false, "hits": hit},
        journal=True,
    )


def partners_in_time() -> Study:
    latency, maturing, disruption = 1 / 10, 1 / 20, 1 / 25

    def read(run: Run) -> Parts:
        in_time, late = run.parts["partner_items_in_time"][0], run.parts["partner_items_late"][0]
        return {"share in time": (in_time, in_time + late)}

    return Study(
        "partner in time",
        scenario(
            300,
            warm_up=100,
            conditions={
                "threat": {
                    "formation_rate": 365,
                    "transnational_share": 1,
                    "preparation": exponential(1 / maturing),
                    "trace_rates": {
                        "intelligence": disruption * DAYS_A_MONTH,
                        "partner": 0.15 * DAYS_A_MONTH,
                    },
                },
                "background": {"partner": 0.1},
                "detection": {"d_prime": 0},
                "interdiction": {"success": 1},
                "sharing": {
                    "d_prime": 0,
                    "capacity_gain": 0,
                    "partners": [{"name": "abroad", "visibility": 1, "latency": exponential(1 / latency)}],
                },
            },
            levers={"detection": {"collection": 1, "open_case_at": 1.0}, "sharing": {"openness": 1}},
        ),
        30,
        read,
        {"share in time": first_of_three(latency, maturing, disruption)},
    )


def littles_law() -> Study:
    """Queue over arrivals times mean wait, in a long run of a whole system that is not overloaded."""
    horizon = 2000.0

    def read(run: Run) -> Parts:
        parts = {}
        for name in POOLS:
            pool = run.pools[name]
            assert pool.mean_wait is not None
            parts[name] = (pool.mean_queue * horizon, pool.arrivals * pool.mean_wait)
        return parts

    busy = {
        "background": {"intelligence": 6, "community": 4, "border": 4, "partner": 2},
        "detection": {
            "assessment": exponential(0.25),
            "shelf_life": exponential(14),
            "handover": exponential(5),
        },
        "reporting": {"screening": exponential(0.3), "shelf_life": exponential(14)},
        "interdiction": {"investigation": exponential(1), "inspection": exponential(0.3), "clear_base": 0.7},
        "prosecution": {"preparation": exponential(3), "trial": exponential(2), "handover": exponential(3)},
        "sharing": {"handling": exponential(0.3), "partners": [{"name": "abroad", "visibility": 1}]},
    }
    staff = {
        "detection": {"collection": 1, "analysts": 4, "open_case_at": 0.0},
        "reporting": {"outreach": 0.5, "tip_line_staff": 1},
        "interdiction": {"teams": 14, "border_inspection": 0.5, "border_officers": 1},
        "prosecution": {"prosecutors": 12, "courts": 8, "custody_limit_days": 60},
        "sharing": {"openness": 0.2, "liaison_officers": 2},
    }
    return Study(
        "Little",
        scenario(horizon, warm_up=100, conditions=busy, levers=staff),
        4,
        read,
        dict.fromkeys(POOLS, 1.0),
    )


CROSSINGS = 0.5 * MONTHS_A_YEAR / 365
"""Border traces a day of a preparing attempt, at half a trace a month."""
BORDER = {"d_prime": 2.0, "refuse_at": 2.0, "pass_at": float("inf")}


def turning_back() -> Study:
    matures, inspected = 1 / 200, 0.6
    _, hit = binormal(BORDER["d_prime"], BORDER["refuse_at"])
    return Study(
        "turned back",
        scenario(
            3000,
            warm_up=600,
            conditions={
                "threat": {
                    "formation_rate": 200,
                    "transnational_share": 1,
                    "preparation": exponential(1 / matures),
                    "trace_rates": {"border": 0.5},
                },
                "interdiction": BORDER,
            },
            levers={"interdiction": {"border_inspection": inspected}},
        ),
        25,
        lambda run: {
            "share of endings": (
                run.tally["turned_back"],
                run.tally["turned_back"] + run.tally["incidents"],
            )
        },
        {"share of endings": turned_back(matures, CROSSINGS, inspected, hit)},
    )


def refusing_innocents() -> Study:
    benign, inspected, horizon = 20.0, 0.6, 500.0
    false, _ = binormal(BORDER["d_prime"], BORDER["refuse_at"])
    return Study(
        "wrongly refused",
        scenario(
            horizon,
            conditions={"background": {"border": benign}, "interdiction": BORDER},
            levers={"interdiction": {"border_inspection": inspected}},
        ),
        100,
        lambda run: {"a day": (run.measures["wrongful_refusals"], horizon)},
        {"a day": benign * inspected * false},
    )


def trust_under_refusals() -> Study:
    benign, loss, relaxation = 60.0, 0.01, 180.0
    false, _ = binormal(BORDER["d_prime"], BORDER["refuse_at"])
    return Study(
        "trust under refusals",
        scenario(
            1000,
            warm_up=600,
            conditions={
                "background": {"border": benign},
                "interdiction": BORDER,
                "trust": {"base": 0.7, "relaxation": relaxation, "refusal_loss": loss, "engagement_gain": 0},
            },
            levers={"interdiction": {"border_inspection": 1}},
        ),
        20,
        measured(mean_trust="trust_mean"),
        {"mean trust": shaken_trust(0.7, 1 / relaxation, benign * false, loss)},
    )


def guarded_places() -> Study:
    protection, ceiling, curve = 0.4, 0.5, 3.0
    return Study(
        "protection",
        scenario(
            2000,
            conditions={
                "threat": {"formation_rate": 300, "preparation": 5},
                "interdiction": {"protection_ceiling": ceiling, "protection_curve": curve},
            },
            levers={"interdiction": {"protection": protection}},
        ),
        30,
        lambda run: {"share foiled": (run.tally["foiled"], run.tally["foiled"] + run.tally["incidents"])},
        {"share foiled": foiled(ceiling, curve, protection)},
    )


def patient_travellers() -> Study:
    arrival, service, patience = 0.8, 1.0, 1.0

    def read(run: Run) -> Parts:
        steps = [step for day, step in zip(run.journal.days, run.journal.steps, strict=True) if day > 0]
        left = steps.count(Step.TRACE_LEFT) - steps.count(Step.UNCAPTURED)
        return {"let through": (steps.count(Step.LET_THROUGH), left)}

    return Study(
        "patience",
        scenario(
            2000,
            warm_up=50,
            conditions={
                "background": {"border": arrival},
                "interdiction": {"inspection": exponential(1 / service), "patience": patience},
            },
            levers={"interdiction": {"border_inspection": 1, "border_officers": 1}},
        ),
        40,
        read,
        {"let through": impatient_share(arrival, service, patience)},
        journal=True,
    )


def mistaken_reports() -> Study:
    benign, outreach, rumour, engagement, horizon = 20.0, 0.5, 0.8, 0.6, 300.0
    return Study(
        "mistaken reports",
        scenario(
            horizon,
            conditions={"background": {"community": benign}, "reporting": {"rumour": rumour}},
            levers={"reporting": {"outreach": outreach, "engagement": engagement}},
        ),
        20,
        lambda run: {"a day": (run.measures["reports_benign"], horizon)},
        {"a day": benign * outreach * (rumour + (1 - rumour) * engagement)},
    )


def cases_that_move_up(linkage: float) -> Study:
    """A second trace raises the case: linked, its own ratio must be above 0; alone, above the first's."""
    d_prime = 1.2

    def read(run: Run) -> Parts:
        looks: dict[int, int] = {}
        second: set[int] = set()
        raised: set[int] = set()
        for step, subject in zip(run.journal.steps, run.journal.subjects, strict=True):
            if step == Step.LOOKED and subject // 10**17 == 1:
                looks[subject] = looks.get(subject, 0) + 1
                if looks[subject] == 2:
                    second.add(subject)
            elif step == Step.CASE_RAISED and looks[subject] == 2:
                raised.add(subject)
        return {f"raised at linkage {linkage:g}": (len(raised), len(second))}

    return Study(
        f"a case moves up, linkage {linkage:g}",
        scenario(
            1200,
            conditions={
                "threat": {
                    "formation_rate": 300,
                    "preparation": 400,
                    "trace_rates": {"intelligence": 1},
                },
                "background": {"intelligence": 1},
                "detection": {"active_share": 1, "d_prime": d_prime},
            },
            levers={
                "detection": {"collection": 1, "linkage": linkage, **OPEN_ALL},
                "interdiction": {"teams": 0},
            },
        ),
        20,
        read,
        {f"raised at linkage {linkage:g}": binormal(d_prime, 0.0)[1] if linkage else 0.5},
        journal=True,
    )


def found_abroad() -> Study:
    a, b, usable = 1.0, 2.0, 0.7

    def read(run: Run) -> Parts:
        return {"share convicted": (run.tally["convictions"], run.tally["verdicts"])}

    return Study(
        "what is found abroad",
        scenario(
            1500,
            conditions={
                "threat": {
                    "formation_rate": 300,
                    "transnational_share": 1,
                    "preparation": 100,
                    "trace_rates": {"intelligence": 3},
                },
                "interdiction": {"success": 1},
                "prosecution": {"a": a, "b": b, "partner_penalty": 1, "evidence_decay": 0},
                "sharing": {
                    "joint_court_use": usable,
                    "partners": [{"name": "abroad", "visibility": 0}],
                },
            },
            levers={"detection": {"collection": 1, **OPEN_ALL}, "sharing": {"joint_operations": 1}},
        ),
        30,
        read,
        {"share convicted": convicted_abroad(a, b, usable)},
    )


def innocents_in_prison() -> Study:
    a_day, clear_base, innocent_rate, sentence, horizon = 5.0, 0.7, 0.2, 1000.0, 400.0
    wrongful = 1 - clear_base
    return Study(
        "wrongful prison",
        scenario(
            horizon,
            conditions=interventions(
                a_day * wrongful,
                clear_base=clear_base,
                prosecution={"innocent_rate": innocent_rate, "sentence": {"mean": sentence}},
            ),
            levers=SEES_ALL,
        ),
        120,
        lambda run: {"days a day": (run.measures["wrongful_prison_days"], horizon)},
        {"days a day": a_day * wrongful * innocent_rate * sentence},
    )


STUDIES = (
    the_terror_queue(),
    an_infinite_server("exponential", exponential(7.3), 50),
    an_infinite_server("gamma", {"family": "gamma", "mean": 7.3, "cv": 0.707}, 50),
    an_infinite_server("constant", {"family": "constant", "mean": 7.3}, 50),
    waiting_for_trial(),
    impatient_traces(),
    priority_by_channel(),
    custody_under_a_limit(),
    trust_under_wrongs(),
    one_look(),
    two_looks(),
    partners_in_time(),
    littles_law(),
    turning_back(),
    refusing_innocents(),
    trust_under_refusals(),
    guarded_places(),
    patient_travellers(),
    mistaken_reports(),
    cases_that_move_up(1.0),
    cases_that_move_up(0.0),
    found_abroad(),
    innocents_in_prison(),
)

CHECKS = sum(len(study.exact) for study in STUDIES)
CONFIDENCE = 1 - 0.01 / CHECKS
