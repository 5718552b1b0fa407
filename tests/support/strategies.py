"""Random scenarios: small, busy and odd, so that rare paths are taken often."""

from typing import Any

from hypothesis import strategies as st

from tabletop import Scenario
from tabletop.pools import POOLS
from tabletop.world import SHOCKABLE

SHARES = st.sampled_from([0.0, 0.3, 0.7, 1.0])
FEW_STAFF = st.sampled_from([0, 1, 1, 2, None])


def durations(*means: float) -> st.SearchStrategy[Any]:
    """Durations of any family; constants often, since they make ties."""
    mean = st.sampled_from(means)
    return st.one_of(
        mean,
        st.builds(lambda m: {"family": "exponential", "mean": m}, mean),
        st.builds(lambda m, cv: {"family": "gamma", "mean": m, "cv": cv}, mean, st.sampled_from([0.5, 1.5])),
        st.builds(lambda m: {"mean": m}, mean),
    )


def shelf_lives() -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), durations(0.0, 0.5, 3.0))


@st.composite
def partners(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.sampled_from([[], ["north"], ["north", "south"]]))
    return [
        {
            "name": name,
            "visibility": draw(SHARES),
            "latency": draw(durations(0.0, 3.0, 15.0)),
            "reciprocity_lag": draw(st.sampled_from([1.0, 60.0])),
            "court_use": draw(SHARES),
            "suspended": draw(st.booleans()),
        }
        for name in names
    ]


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    rate = st.sampled_from([0.0, 5.0, 30.0])
    benign = st.sampled_from([0.0, 0.2, 1.0])
    return {
        "threat": {
            "formation_rate": draw(st.sampled_from([0.0, 100.0, 400.0])),
            "transnational_share": draw(SHARES),
            "preparation": draw(durations(0.0, 5.0, 30.0)),
            "severity": draw(durations(0.0, 1.0)),
            "trace_rates": {c: draw(rate) for c in ("intelligence", "community", "border", "partner")},
            "visibility": draw(durations(0.0, 1.0)),
            "max_attempts": draw(st.sampled_from([1, 3])),
            "reform": {
                "probability": draw(SHARES),
                "delay": draw(durations(0.0, 4.0)),
                "preparation_factor": draw(st.sampled_from([0.0, 0.5, 2.0])),
            },
            "backlash": draw(st.sampled_from([0.0, 0.5])),
            "dismantling": draw(st.sampled_from([0.0, 0.1])),
        },
        "background": {c: draw(benign) for c in ("intelligence", "community", "border", "partner")},
        "trust": {
            "relaxation": 30.0,
            "loss": draw(SHARES),
            "incident_loss": draw(SHARES),
            "cleared_loss": draw(SHARES),
            "protection_strain": draw(SHARES),
            "data_strain": draw(SHARES),
            "refusal_loss": draw(SHARES),
            "gain": draw(SHARES),
        },
        "detection": {
            "assessment": draw(durations(0.0, 0.5, 2.0)),
            "shelf_life": draw(shelf_lives()),
            "handover": draw(durations(0.0, 4.0)),
            "d_prime": draw(st.sampled_from([0.0, 1.2])),
            "collected_by_teams": draw(st.booleans()),
        },
        "reporting": {
            "screening": draw(durations(0.0, 1.0)),
            "shelf_life": draw(shelf_lives()),
            "pass_at": draw(st.sampled_from([0.0, float("-inf"), 1.0])),
        },
        "interdiction": {
            "investigation": draw(durations(0.0, 5.0, 20.0)),
            "success": draw(SHARES),
            "containment": draw(SHARES),
            "clear_base": draw(SHARES),
            "protection_ceiling": draw(SHARES),
            "inspection": draw(durations(0.0, 1.0)),
            "patience": draw(shelf_lives()),
            "refuse_at": draw(st.sampled_from([2.0, 0.0, float("inf"), float("-inf")])),
            "pass_at": draw(st.sampled_from([0.0, float("-inf")])),
        },
        "prosecution": {
            "handover": draw(durations(0.0, 5.0)),
            "transfer": draw(durations(0.0, 5.0)),
            "preparation": draw(durations(0.0, 5.0, 15.0)),
            "trial": draw(durations(0.0, 5.0)),
            "innocent_rate": draw(SHARES),
            "sentence": draw(durations(0.0, 100.0)),
            "limit_max": draw(st.sampled_from([None, 5.0])),
        },
        "sharing": {
            "partners": draw(partners()),
            "handling": draw(durations(0.0, 0.5)),
            "joint_court_use": draw(SHARES),
        },
    }


@st.composite
def levers(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "detection": {
            "collection": draw(SHARES),
            "analysts": draw(FEW_STAFF),
            "linkage": draw(SHARES),
            "open_case_at": draw(st.sampled_from([0.0, 0.2, 0.5])),
            "real_time_link": draw(SHARES),
        },
        "reporting": {
            "outreach": draw(SHARES),
            "tip_line_staff": draw(FEW_STAFF),
            "engagement": draw(SHARES),
            "social_programmes": draw(SHARES),
        },
        "interdiction": {
            "teams": draw(st.sampled_from([0, 1, 3, None])),
            "care": draw(SHARES),
            "border_inspection": draw(SHARES),
            "border_officers": draw(FEW_STAFF),
            "protection": draw(SHARES),
        },
        "prosecution": {
            "prosecutors": draw(FEW_STAFF),
            "courts": draw(FEW_STAFF),
            "coordination": draw(SHARES),
            "custody_limit_days": draw(st.sampled_from([None, 0.0, 5.0, 10.0])),
            "safeguards": draw(SHARES),
        },
        "sharing": {
            "openness": draw(SHARES),
            "liaison_officers": draw(FEW_STAFF),
            "joint_operations": draw(SHARES),
            "capacity_building": draw(SHARES),
        },
    }


@st.composite
def injects(draw: st.DrawFn, partner_names: list[str]) -> list[dict[str, Any]]:
    day = st.sampled_from([0.0, 7.0, 13.5])
    lasting = st.sampled_from([None, 5.0, 9.0])
    effects: list[dict[str, Any]] = [
        {"on": f"staff.{draw(st.sampled_from(tuple(POOLS)))}.availability", "set": draw(SHARES)},
        {"on": "background.community", "multiply": draw(st.sampled_from([0.0, 2.5]))},
        {"on": "threat.formation_rate", "multiply": draw(st.sampled_from([0.0, 1.7]))},
        {"on": "threat.trace_rates.intelligence", "add": draw(st.sampled_from([0.0, 25.0]))},
        {"on": "prosecution.limit_max", "set": 3.0},
        {"on": "interdiction.investigation.mean", "set": draw(st.sampled_from([0.0, 9.0]))},
        *({"on": f"sharing.partners.{name}.suspended", "set": draw(st.booleans())} for name in partner_names),
    ]
    chosen = draw(st.lists(st.sampled_from(effects), max_size=4))
    found = []
    for number, effect in enumerate(chosen):
        for_days = draw(lasting)
        inject = {
            "id": f"inject-{number}",
            "title": "Something changes",
            "day": draw(day),
            "effects": [effect if for_days is None else {**effect, "for_days": for_days}],
        }
        if draw(st.booleans()):
            inject["when"] = {"measure": draw(st.sampled_from(["incidents", "cases_opened"])), "reaches": 2}
        found.append(inject)
    if draw(st.booleans()):
        shock = {"on": draw(st.sampled_from(sorted(SHOCKABLE))), "add": draw(st.sampled_from([-0.4, 0.9]))}
        found.append({"id": "shock", "title": "A shock", "day": draw(day), "effects": [shock]})
    return found


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Short scenarios with a baseline and a mix `other` that changes once."""
    facts = draw(conditions())
    names = [partner["name"] for partner in facts["sharing"]["partners"]]
    return Scenario.model_validate(
        {
            "title": "Random",
            "horizon_days": draw(st.sampled_from([10.0, 40.0])),
            "warm_up_days": draw(st.sampled_from([0.0, 25.0])),
            "seed": draw(st.integers(0, 1000)),
            "conditions": facts,
            "injects": draw(injects(names)),
            "baseline": "usual",
            "policy_mixes": {
                "usual": draw(levers()),
                "other": {**draw(levers()), "changes": [{"day": 8.0, **draw(levers())}]},
            },
            "measures": {"incidents": {"delta": 1}},
        }
    )
