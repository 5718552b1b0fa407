"""A scenario of whole days, in which whatever can fall on one moment does."""

from itertools import pairwise

from tabletop import Scenario

TIED = Scenario.model_validate(
    {
        "title": "Tied",
        "seed": 11,
        "horizon_days": 200,
        "warm_up_days": 30,
        "conditions": {
            "threat": {
                "formation_rate": 100,
                "transnational_share": 1,
                "preparation": 40,
                "trace_rates": {"intelligence": 6, "community": 6, "border": 6, "partner": 6},
                "visibility": 1,
                "reform": {"probability": 1, "delay": 5, "preparation_factor": 1},
                "max_attempts": 5,
            },
            "background": {"intelligence": 1, "community": 1, "border": 1, "partner": 1},
            "detection": {"assessment": 1, "shelf_life": 5, "handover": 0, "d_prime": 3},
            "reporting": {"screening": 1, "shelf_life": 5},
            "interdiction": {"investigation": 5, "care_slowdown": 0, "inspection": 1, "patience": 1},
            "prosecution": {"handover": 5, "preparation": 5, "transfer": 5, "trial": 5, "trial_slowdown": 0},
            "sharing": {
                "partners": [{"name": name, "visibility": 1, "latency": 5} for name in ("a", "b", "c")],
                "handling": 1,
            },
        },
        "baseline": "five",
        "policy_mixes": {
            name: {
                "detection": {"open_case_at": 0.02, "collection": 1, "real_time_link": 0},
                "interdiction": {"protection": 0, "teams": teams},
                "prosecution": {"coordination": 0, "custody_limit_days": limit, "courts": 2},
                "sharing": {"openness": 1, "liaison_officers": 1},
            }
            for name, limit, teams in (("five", 5, 3), ("ten", 10, None), ("fifteen", 15, 8))
        },
        "measures": {"incidents": {"delta": 1}},
    }
)


def ties(journal):
    """How often something befell somebody else at the moment of what came before it."""
    rows = zip(journal.days, journal.subjects, strict=True)
    return sum(day == before and who != other for (before, other), (day, who) in pairwise(rows))
