"""Sliders: levers that somebody may move to ask what if, each with its range, its step and its price."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from tabletop.errors import TabletopError, known_name
from tabletop.scenario.policy import LEVERS, Lever, Policy, PolicyMix
from tabletop.scenario.scenario import Scenario

MOST = 8
"""Levers that are offered where neither the user nor a decision form names any."""
LEAST_ROOM = 4.0
"""By how much staff can rise at least."""
WHAT_IF = "what if [levers set]"
"""The mix with levers at other settings; no mix of a file can have a bracket in its name."""


@dataclass(frozen=True)
class Slider:
    """A lever on a slider."""

    lever: Lever
    start: float
    """Its setting on day 0 of the mix that is started from, in the lever's unit."""
    high: float
    """The highest setting that is offered; the lowest is the lever's own."""
    price: float
    """Cost units a year per person or full unit."""
    cost: float
    """Cost units a year that it costs in the mix as written, on average from StartEx to EndEx."""

    @property
    def path(self) -> str:
        """As it is named on the command line: `detection.analysts`."""
        return path_of(self.lever)

    @property
    def step(self) -> float:
        """From one setting to the next."""
        return 0.01 if self.high <= 1 and not self.lever.is_staff else 1.0

    def checked(self, value: float) -> float:
        """A setting that is offered; raises TabletopError for another."""
        is_offered = isfinite(value) and self.lever.low <= value <= self.high
        if not is_offered or (self.lever.is_staff and value != int(value)):
            kind = "a whole number" if self.lever.is_staff else "a number"
            raise TabletopError(
                f"{self.path}: {value:g}: must be {kind} from {self.lever.low:g} to {self.high:g}"
            )
        return int(value) if self.lever.is_staff else value


def sliders(scenario: Scenario, *, mix: str | None = None, named: Sequence[str] = ()) -> tuple[Slider, ...]:
    """The levers that are named, as `detection.analysts`; else those of the decision form; else up to eight.

    The eight are levers that have a price and can be moved from the mix, by default the baseline: first
    those that most mixes of the file set otherwise, then those on which most is spent. All come in the order
    of the pillars. Raises UnknownName for a mix or lever that does not exist, TabletopError for a lever that
    is unlimited in the mix, and where there is no lever to offer.
    """
    start = scenario.baseline if mix is None else mix
    known_name("policy mix", start, scenario.policy_mixes)
    policy = scenario.policies(start)[0][1]
    chosen = [_named(name) for name in named]
    for lever in chosen:
        if lever.of(policy) is None:
            raise TabletopError(
                f"{path_of(lever)}: unlimited in '{start}', and a slider needs a number to start from; name "
                "another lever, or start from a mix that sets it"
            )
    if not chosen:
        listed = _of_the_form(scenario) or _with_a_price(scenario, start)
        chosen = [lever for lever in listed if lever.of(policy) is not None]
    if not chosen:
        raise TabletopError(
            f"no lever of '{start}' has both a price and a limit, so that none is offered; name some, as "
            f"--lever {path_of(next(iter(LEVERS.values())))}"
        )
    names = {lever.name for lever in chosen}
    return tuple(_slider(scenario, start, lever) for lever in LEVERS.values() if lever.name in names)


def path_of(lever: Lever) -> str:
    """A lever with its pillar, as it is named on the command line."""
    return f"{lever.pillar}.{lever.name}"


def what_if(scenario: Scenario, mix: str, settings: Mapping[str, float]) -> Scenario:
    """The scenario with one more mix, `WHAT_IF`: another with some levers set from day 0 to EndEx.

    The warm-up, and the baseline, are as written. Raises TabletopError for a value out of range.
    """
    written: dict[str, dict[str, float]] = {}
    for name, value in settings.items():
        lever = LEVERS[name]
        lever.set(Policy(), value)  # for its message, if the value is none
        written.setdefault(lever.pillar, {})[name] = value
    made = PolicyMix.model_validate({"base": mix, **written})
    return scenario.model_copy(update={"policy_mixes": {**scenario.policy_mixes, WHAT_IF: made}})


def _named(name: str) -> Lever:
    paths = {path_of(lever): lever for lever in LEVERS.values()}
    if name in LEVERS:
        raise TabletopError(
            f"'{name}': a lever is named with its pillar; did you mean '{path_of(LEVERS[name])}'?"
        )
    return paths[known_name("lever", name, paths)]


def _of_the_form(scenario: Scenario) -> list[Lever]:
    form = None if scenario.exercise is None else scenario.exercise.decision_form
    if form is None:
        return []
    names = {*form.levers, *(name for card in form.cards for name in card.changes)}
    return [lever for lever in LEVERS.values() if lever.name in names]


def _with_a_price(scenario: Scenario, start: str) -> Iterable[Lever]:
    policies = {name: scenario.policies(name)[0][1] for name in scenario.policy_mixes}
    base = policies[start]

    def worth(lever: Lever) -> tuple[int, float]:
        others = sum(lever.of(policy) != lever.of(base) for policy in policies.values())
        return others, lever.price(scenario.costs) * (lever.of(base) or 0.0)

    priced = [
        lever for lever in LEVERS.values() if lever.price(scenario.costs) > 0 and lever.of(base) is not None
    ]
    return sorted(priced, key=worth, reverse=True)[:MOST]


def _slider(scenario: Scenario, start: str, lever: Lever) -> Slider:
    setting = lever.of(scenario.policies(start)[0][1])
    assert setting is not None
    price = lever.price(scenario.costs)
    without = what_if(scenario, start, {lever.name: lever.low})
    cost = scenario.yearly_cost(start) - without.yearly_cost(WHAT_IF) + price * lever.low
    return Slider(lever, setting, _highest(scenario, lever), price, round(cost, 9))


def _highest(scenario: Scenario, lever: Lever) -> float:
    """The lever's own limit; of staff, which has none, twice the most that the file sets anywhere."""
    if lever.high is not None:
        return lever.high
    settings = [lever.of(policy) for mix in scenario.policy_mixes for _, policy in scenario.policies(mix)]
    form = None if scenario.exercise is None else scenario.exercise.decision_form
    settings += list(form.levers.get(lever.name, {}).values()) if form is not None else []
    most = max((one for one in settings if one is not None), default=0.0)
    return most + max(most, LEAST_ROOM)
