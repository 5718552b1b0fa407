"""Records: what the compiled loop is given of a policy and of conditions, as numbers under their names."""

from math import inf, log, sqrt
from typing import Any, get_args

from pydantic.fields import FieldInfo

from tabletop.compiled import loop
from tabletop.engine.durations import Duration
from tabletop.engine.frozen import Frozen
from tabletop.engine.memo import remembered
from tabletop.pillars.sharing import Partner
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.policy import LEVERS, Policy
from tabletop.scenario.staff import staff_present

MOST_PARTNERS = 20
_FAMILIES = ("constant", "exponential", "lognormal", "gamma")

READ_IN_PYTHON = {
    "detection.active_share": "priors are set when the scenario is read",
    "sharing.partners.name": "luck is keyed by it, and the loop knows partners by their place",
}
"""Conditions that the loop is not given, with the reason; of staff it is given who is present."""


@remembered
def settings(policy: Policy, conditions: Conditions) -> loop.Settings:
    """The settings of a stretch of a run."""
    return loop.Settings(levers(policy), given(conditions), staff_present(policy, conditions))


def levers(policy: Policy) -> dict[str, Any]:
    """Every lever that is no staff, by pillar and name; null, which bounds nothing, is infinite."""
    found: dict[str, dict[str, float]] = {lever.pillar: {} for lever in LEVERS.values()}
    for lever in LEVERS.values():
        if not lever.is_staff:
            setting = lever.of(policy)
            found[lever.pillar][lever.name] = inf if setting is None else float(setting)
    return found


def given(conditions: Frozen) -> dict[str, Any]:
    """Every condition of a group, by its name."""
    found = {
        name: _number(getattr(conditions, name), field)
        for name, field in type(conditions).model_fields.items()
    }
    if "partners" in found:
        found["partner_count"] = len(found["partners"])
        found["partners"] += [given(Partner(name="nobody"))] * (MOST_PARTNERS - len(found["partners"]))
    return found


def _number(value: Any, field: FieldInfo) -> Any:
    if isinstance(value, Duration):
        return duration(value)
    if isinstance(value, Frozen):
        return given(value)
    if isinstance(value, tuple):
        return [given(each) for each in value]
    if value is None:
        return _FOR_EVER if Duration in get_args(field.annotation) else inf
    return 0.0 if isinstance(value, str) else float(value)


def duration(value: Duration) -> dict[str, float]:
    """A duration, with what its inverse transform needs."""
    cv = value.spread
    variance = log(1 + cv * cv)
    return {
        "family": _FAMILIES.index(value.family if cv else "constant"),
        "mean": value.mean,
        "sigma": sqrt(variance),
        "shift": variance / 2,
        "shape": 1 / (cv * cv) if cv * cv else inf,
    }


_FOR_EVER = duration(Duration(family="constant", mean=0)) | {"mean": inf}
