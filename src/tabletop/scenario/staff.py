"""Staff present: how many people of each pool a policy and the conditions leave at work."""

from tabletop.engine.staff import present
from tabletop.pools import POOLS
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.policy import LEVERS, Policy


def staff_present(policy: Policy, conditions: Conditions) -> dict[str, float]:
    """People present in each pool, by its name; inf where staff is unlimited."""
    return {
        pool: present(LEVERS[pool].people(policy), getattr(conditions.staff, pool).availability)
        for pool in POOLS
    }
