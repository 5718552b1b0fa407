"""The common settings of the limiting cases: an ordinary scenario in which nothing happens."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from tabletop.scenario.scenario import Scenario

COMMON: dict[str, Any] = {
    "title": "Limiting case",
    "warm_up_days": 0,
    "conditions": {
        "threat": {
            "formation_rate": 0,
            "transnational_share": 0,
            "severity": 1,
            "visibility": 1,
            "max_attempts": 1,
            "trace_rates": {"intelligence": 0, "community": 0, "border": 0, "partner": 0},
            "prevention": 0,
            "backlash": 0,
            "dismantling": 0,
            "abroad": 0,
        },
        "background": {"intelligence": 0, "community": 0, "border": 0, "partner": 0},
        "trust": {
            "surveillance_strain": 0,
            "protection_strain": 0,
            "data_strain": 0,
            "loss": 0,
            "incident_loss": 0,
            "cleared_loss": 0,
            "refusal_loss": 0,
            "gain": 0,
        },
        "detection": {"assessment": 0, "shelf_life": None, "handover": 0},
        "reporting": {"rumour": 1, "screening": 0, "shelf_life": None},
        "interdiction": {
            "investigation": 0,
            "inspection": 0,
            "patience": None,
            "refuse_at": float("inf"),
        },
        "prosecution": {"handover": 0, "transfer": 0, "preparation": 0, "trial": 0},
        "sharing": {"handling": 0, "joint_court_use": 1},
    },
    "baseline": "only",
    "policy_mixes": {
        "only": {
            "detection": {
                "collection": 0,
                "analysts": None,
                "tradecraft": 0,
                "linkage": 0,
                "real_time_link": 0,
            },
            "reporting": {"outreach": 0, "tip_line_staff": None, "engagement": 0, "social_programmes": 0},
            "interdiction": {
                "teams": None,
                "care": 0,
                "border_inspection": 0,
                "border_officers": None,
                "protection": 0,
            },
            "prosecution": {
                "prosecutors": None,
                "courts": None,
                "training": 0,
                "coordination": 1,
                "custody_limit_days": None,
                "safeguards": 0,
            },
            "sharing": {
                "openness": 0,
                "liaison_officers": None,
                "joint_operations": 0,
                "capacity_building": 0,
            },
        }
    },
    "measures": {"incidents": {"delta": 1}},
}


def exponential(mean: float) -> dict[str, Any]:
    return {"family": "exponential", "mean": mean}


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the leaves that `over` writes; a duration replaces a duration whole."""
    result = deepcopy(dict(base))
    for key, value in over.items():
        here = result.get(key)
        nested = isinstance(here, Mapping) and isinstance(value, Mapping) and "mean" not in value
        result[key] = merged(here, value) if nested else value
    return result


def scenario(
    horizon: float,
    *,
    warm_up: float = 0,
    conditions: Mapping[str, Any] | None = None,
    levers: Mapping[str, Any] | None = None,
    **other: Any,
) -> Scenario:
    """The common settings with what a case changes."""
    over = {
        "horizon_days": horizon,
        "warm_up_days": warm_up,
        "conditions": conditions or {},
        "policy_mixes": {"only": levers or {}},
        **other,
    }
    return Scenario.model_validate(merged(COMMON, over))
