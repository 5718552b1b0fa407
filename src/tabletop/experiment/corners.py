"""Corners: mixes that have each pillar either as in the baseline or as in another mix."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from tabletop.errors import TabletopError, known_name
from tabletop.experiment.identity import settings
from tabletop.scenario.policy import LEVERS, PILLARS, Policy, PolicyMix
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True)
class Corner:
    """One combination: its `name`, the pillars that are as in another mix (`high`), and what it costs."""

    name: str
    high: frozenset[str]
    cost: float
    """Cost units a year."""


def spending_most(scenario: Scenario) -> dict[str, str]:
    """For each pillar the mix that spends most on it, the first in the file of equal ones."""

    def spent(mix: str, pillar: str) -> float:
        days = [*(day for day, _ in _stretches(scenario, mix)), scenario.horizon_days]
        return sum(
            (end - day) * lever.price(scenario.costs) * (lever.of(policy) or 0.0)
            for (day, policy), end in zip(_stretches(scenario, mix), days[1:], strict=True)
            for lever in LEVERS.values()
            if lever.pillar == pillar
        )

    return {
        pillar: max(scenario.policy_mixes, key=lambda mix: round(spent(mix, pillar), 9)) for pillar in PILLARS
    }


def checked_high(scenario: Scenario, high: str | Mapping[str, str] | None) -> dict[str, str]:
    """For each pillar the mix that it is taken from, where that differs from the baseline.

    Raises UnknownName for a mix or a pillar that does not exist, and TabletopError where fewer than two
    pillars differ.
    """
    if high is None:
        taken = spending_most(scenario)
    elif isinstance(high, str):
        taken = dict.fromkeys(PILLARS, known_name("policy mix", high, scenario.policy_mixes))
    elif isinstance(high, Mapping):
        taken = {}
        for pillar, mix in high.items():
            known_name("pillar", pillar, PILLARS)
            taken[pillar] = known_name("policy mix", mix, scenario.policy_mixes)
    else:
        raise TabletopError(f"high: {high!r}: must be the name of a mix, or a mapping of pillars to mixes")
    base = scenario.baseline
    found = {
        pillar: taken[pillar]
        for pillar in PILLARS
        if pillar in taken
        and _of_pillar(scenario, taken[pillar], pillar) != _of_pillar(scenario, base, pillar)
    }
    if len(found) < 2:
        what = f"'{high}'" if isinstance(high, str) else "what was asked for"
        differs = f"differs from the baseline '{base}' in {' and '.join(found) or 'no pillar'} alone"
        raise TabletopError(
            f"mix: {what} {differs}, so that there is nothing to take apart; name a mix that changes two "
            "pillars or more"
        )
    return found


def with_corners(scenario: Scenario, high: Mapping[str, str]) -> tuple[Scenario, tuple[Corner, ...]]:
    """The scenario with a mix for each corner in place of its own, and the corners, the baseline first.

    Every lever is written out, on every day on which one of the mixes changes, so that nothing is inherited.
    """
    base = scenario.baseline
    mixes = {base: scenario.policy_mixes[base]}
    names: dict[str, frozenset[str]] = {base: frozenset()}
    for size in range(1, len(high) + 1):
        for pillars in combinations(high, size):
            name = "+" + "".join(pillar[0].upper() for pillar in pillars)
            while name in mixes:
                name = f"+{name}"
            names[name] = frozenset(pillars)
            mixes[name] = _corner(scenario, {pillar: high[pillar] for pillar in pillars})
    made = scenario.model_copy(
        update={
            "policy_mixes": mixes,
            "exercise": None,
            "uncertain": (),
            "claims": (),
            "check": None,
            "budget": None,  # a corner may cost more than a mix may
        }
    )
    return made, tuple(Corner(name, of, made.yearly_cost(name)) for name, of in names.items())


def _corner(scenario: Scenario, high: Mapping[str, str]) -> PolicyMix:
    """The baseline with some pillars from other mixes, day by day."""
    used = {scenario.baseline, *high.values()}
    days = sorted({day for mix in used for day, _ in _stretches(scenario, mix)})
    policies = [
        {pillar: _at(scenario, high.get(pillar, scenario.baseline), day, pillar) for pillar in PILLARS}
        for day in days
    ]
    first, *later = policies
    changes = [{"day": day, **policy} for day, policy in zip(days[1:], later, strict=True)]
    title = f"{', '.join(high)} as in {', '.join(dict.fromkeys(high.values()))}"
    return PolicyMix.model_validate({"title": title[:120], **first, "changes": changes})


def _at(scenario: Scenario, mix: str, day: float, pillar: str) -> dict[str, float | None]:
    policy = next(policy for start, policy in reversed(_stretches(scenario, mix)) if start <= day)
    found: dict[str, float | None] = getattr(policy, pillar).model_dump()
    return found


def _of_pillar(scenario: Scenario, mix: str, pillar: str) -> list[tuple[float, dict[str, float | None]]]:
    """The settings of one pillar, an entry for each day on which they change."""
    found: list[tuple[float, dict[str, float | None]]] = []
    for day, levers in settings(scenario, mix):
        if not found or found[-1][1] != levers[pillar]:
            found.append((day, levers[pillar]))
    return found


def _stretches(scenario: Scenario, mix: str) -> list[tuple[float, Policy]]:
    return [(day, policy) for day, policy in scenario.policies(mix) if day < scenario.horizon_days]
