"""Wild scenarios: any condition and lever at odd values; a new one is drawn without being named here."""

from typing import Any

from hypothesis import strategies as st

from tabletop import MEASURES, Scenario
from tabletop.pools import POOLS
from tabletop.scenario.fields import Field
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.targets import all_targets, field_of
from tabletop.world import SHOCKABLE

QUANTA = (0.0, 0.5, 1.0, 3.0, 7.0)
"""Days and amounts: few, so that things fall on one moment."""
BUSY = {
    "formation_rate": (0.0, 1e-6, 60.0, 400.0, 2_000.0),
    "max_attempts": (1, 2, 5),
    "trace_rates": (0.0, 1e-9, 5.0, 40.0),
    "background": (0.0, 1e-7, 0.3, 2.0, 15.0),
    "visibility": (0.0, 1e-6, 1.0, 3.0),
    "custody_limit_days": (0.0, 3.0, 7.0, 30.0),
    "open_case_at": (0.0, 0.02, 0.1, 0.5),
    "active_share": (0.0, 0.4, 1.0),
}
"""Rates that are tiny or huge for a few days, and what else has no sensible value among the quanta."""
CHANGES = st.sampled_from([2.0, 3.5, 7.0, 9.0, 12.25])
TARGETS = [target for target in all_targets() if target not in SHOCKABLE]
COUNTS = [measure.name for measure in MEASURES.values() if measure.kind == "count"]


def amounts(path: tuple[str, ...], field: Field) -> list[Any]:
    """Numbers that a field takes, those of its default and limits among them."""
    limits = field.limits
    special = next((BUSY[key] for key in reversed(path) if key in BUSY), QUANTA)
    found = {*special, *(limit for limit in (limits.low, limits.high) if limit is not None and limit < 400)}
    low, high = limits.low, limits.high
    return sorted(
        number
        for number in found
        if (low is None or number > low or (number == low and not limits.above))
        and (high is None or number <= high)
    )


@st.composite
def values(draw: st.DrawFn, path: tuple[str, ...], field: Field) -> Any:  # noqa: PLR0911 (one a kind)
    """A value of any field: a group, a list of partners, a duration, a number, a yes or no, or null."""
    if path[-1] == "partners":
        names = draw(st.sampled_from([[], ["north"], ["north", "south"], [f"p{n}" for n in range(20)]]))
        one = field.child(0)
        return [{**draw(values((*path, "one"), one)), "name": name} for name in names]
    if field.is_group:
        return {
            name: draw(values((*path, name), field.child(name))) for name in field.names if name != "name"
        }
    if "null" in field.types and draw(st.integers(0, 3)) == 0:
        return None
    if field.is_duration:
        mean = draw(st.sampled_from(amounts(path, field.child("mean"))))
        family = draw(st.sampled_from(["constant", "constant", "exponential", "lognormal", "gamma"]))
        cv = {"cv": draw(st.sampled_from([0.0, 0.6, 2.0]))} if family in ("lognormal", "gamma") else {}
        return {"family": family, "mean": mean, **cv}
    if "boolean" in field.types:
        return draw(st.booleans())
    if "integer" in field.types and "number" not in field.types:
        return draw(
            st.sampled_from([int(number) for number in amounts(path, field) if number == int(number)])
        )
    found = amounts(path, field)
    if path[-1] in ("pass_at", "refuse_at"):
        found = [*found, float("inf"), float("-inf")]
    usual = field.default if path[-1] not in BUSY and field.default is not None else found[-1]
    return draw(st.one_of(st.sampled_from(found), st.just(usual)))


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """Every lever at some value."""
    found: dict[str, dict[str, Any]] = {}
    root = Field.root().at(("policy_mixes", "a"))
    assert root is not None
    for lever in LEVERS.values():
        field = root.at((lever.pillar, lever.name))
        assert field is not None
        staff = st.sampled_from([0, 1, 1, 2, 5, 40, None])
        value = draw(staff) if lever.is_staff else draw(values((lever.pillar, lever.name), field))
        found.setdefault(lever.pillar, {})[lever.name] = value
    return found


@st.composite
def injects(draw: st.DrawFn, partner_names: list[str]) -> list[dict[str, Any]]:
    """Stories, shocks, changes of any condition, on a day or when a count is reached; some that end again."""
    own = [
        f"sharing.partners.{name}.{key}" for name in partner_names[:2] for key in ("suspended", "visibility")
    ]
    found: list[dict[str, Any]] = []
    changed: set[str] = set()
    for number in range(draw(st.integers(0, 6))):
        effects: list[dict[str, Any]] = []
        for _ in range(draw(st.integers(0, 2))):
            target = draw(st.sampled_from([*TARGETS, *own]))
            if target in changed:  # two changes together might leave its range
                continue
            changed.add(target)
            path = tuple(target.split("."))
            effect: dict[str, Any] = {"on": target}
            if "background" in path or "formation_rate" in path or "trace_rates" in path:
                effect["multiply"] = draw(st.sampled_from([0.0, 0.5, 1.0, 2.4, 5.0]))
            elif path[-1] == "mean":
                effect["set"] = draw(st.sampled_from(amounts(path, field_of(target))))
            else:
                effect["set"] = draw(values(path, field_of(target)))
            if effect.get("set", 0) is None or effect.get("set", 0) in (float("inf"), float("-inf")):
                continue
            if draw(st.booleans()):
                effect["for_days"] = draw(CHANGES)
            effects.append(effect)
        for stock, bounds in SHOCKABLE.items():
            if draw(st.integers(0, 4)) == 0:
                kind = draw(st.sampled_from(["set", "add", "multiply"]))
                effects.append({"on": stock, kind: draw(st.sampled_from([bounds.low, 0.3, bounds.high]))})
        inject: dict[str, Any] = {"id": f"inject-{number}", "title": "News", "effects": effects}
        inject["day"] = draw(st.sampled_from([0.0, 3.5, 7.0, 9.0]))
        if draw(st.booleans()):
            inject["when"] = {
                "measure": draw(st.sampled_from(COUNTS)),
                "reaches": draw(st.sampled_from([1, 2, 5.5])),
            }
        found.append(inject)
    return found


@st.composite
def wild_scenarios(draw: st.DrawFn) -> Scenario:
    """A few days of a scenario in which anything may be; its mixes are `usual` and `other`."""
    field = Field.root().child("conditions")
    assert field is not None
    conditions = draw(values(("conditions",), field))
    for pool in POOLS:
        if draw(st.integers(0, 4)):
            conditions["staff"][pool]["availability"] = 1.0
    names = [partner["name"] for partner in conditions["sharing"]["partners"]]
    changes = [{"day": day, **draw(policies())} for day in sorted(draw(st.sets(CHANGES, max_size=2)))]
    return Scenario.model_validate(
        {
            "title": "Wild",
            "seed": draw(st.integers(0, 2**63 - 1)),
            "horizon_days": draw(st.sampled_from([5.0, 14.0, 30.0])),
            "warm_up_days": draw(st.sampled_from([0.0, 7.0, 20.5])),
            "conditions": conditions,
            "injects": draw(injects(names)),
            "baseline": "usual",
            "policy_mixes": {"usual": draw(policies()), "other": {**draw(policies()), "changes": changes}},
            "measures": {"incidents": {"delta": 1}},
        }
    )
