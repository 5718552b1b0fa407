"""A preview: what other settings of some levers would change, while whoever asks waits."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from time import perf_counter

from tabletop import arguments
from tabletop.analysis.compare import Comparison, compare
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.errors import TabletopError, UnknownName
from tabletop.experiment.machine import cores
from tabletop.experiment.world import World
from tabletop.measures import MEASURES, Reading
from tabletop.scenario.policy import LEVERS, PolicyMix
from tabletop.scenario.scenario import Scenario

LEAST_WORLDS = 20
"""So many replications are simulated however long they take: fewer tell little of what differs."""
BASELINE = "baseline, as written"
"""What a changed mix is compared with; no mix of a file can have this name."""

Readings = Mapping[str, Reading]
Value = float | bool | None


@dataclass(frozen=True)
class Previewed:
    """What a changed `mix` comes to, beside the baseline in the same worlds."""

    mix: str
    worlds: int
    """How many replications it rests on: the first so many."""
    comparison: Comparison
    """Of the scenario's measures; its intervals hold for this mix alone, and not for all that were tried."""

    def difference(self, measure: str) -> Contrast:
        """How the mix differs from the baseline in a measure of the scenario; else raises UnknownName."""
        if measure not in self.comparison.estimates:
            raise UnknownName.among("measure of the scenario", measure, self.comparison.estimates)
        return self.comparison.contrast(measure, self.mix)


class Preview:
    """The luck of some replications of a scenario, and how they go under other settings of its levers.

        >>> preview = Preview(load("first-steps"))
        >>> preview.outcome({"craft/detection.analysts": 3}).difference("incidents")

    A preview is for looking around. Whoever has found something tries it by an experiment, under another
    seed and with as many replications as it takes: the best of many looks is partly luck.
    """

    def __init__(self, scenario: Scenario, *, worlds: int = 100, seed: int | None = None) -> None:
        """Draw the luck of so many `worlds`, and simulate the baseline in each.

        Raises TabletopError if an argument has the wrong type or is out of range.
        """
        self._scenario = arguments.scenario(scenario)
        worlds = arguments.whole_number("worlds", worlds, LEAST_WORLDS, arguments.MOST_REPLICATIONS)
        seed = scenario.seed if seed is None else arguments.seed(seed)
        self._worlds = [World(scenario, seed, replication) for replication in range(worlds)]
        self._threads = ThreadPoolExecutor(cores())
        self._at_work = Lock()
        self._asked = 0
        self._baseline = self._simulated(scenario, scenario.baseline, until=float("inf"))

    def outcome(
        self, changes: Mapping[str, Value], *, mix: str | None = None, within: float = 0.2
    ) -> Previewed | None:
        """How a mix goes with other settings, in as many worlds as fit into so many seconds.

        A path of `changes` names a lever of a mix, as `"craft/detection.analysts"`; it is set from day 0
        until the mix changes it, also in mixes that inherit it. `mix` is the mix that is looked at, by
        default that of the first path. It is compared with the baseline as the file has it. There are never
        fewer worlds than 20, and always the first so many. A budget does not bind: one may look beyond it.

        Of several threads that ask at once, one is served after the other, and of those that wait only the
        one that asked last: the others get None. Raises UnknownName for what does not exist, and
        TabletopError for a value that a lever cannot have.
        """
        until = perf_counter() + arguments.seconds("within", within)
        changed = with_levers(self._scenario, changes)
        name = self._mix_of(changes) if mix is None else mix
        if name not in changed.policy_mixes:
            raise UnknownName.among("policy mix", name, changed.policy_mixes)
        self._asked = asked = self._asked + 1
        with self._at_work:
            if asked != self._asked:
                return None
            found = self._simulated(changed, name, until=until)
        columns = {BASELINE: columns_of(self._baseline[: len(found)], self._scenario)}
        columns[name] = columns_of(found, self._scenario)
        outcomes = Outcomes(tuple(range(len(found))), columns)
        return Previewed(
            name, len(found), compare(outcomes, baseline=BASELINE, interests=self._scenario.measures)
        )

    def _mix_of(self, changes: Mapping[str, Value]) -> str:
        if not changes:
            raise TabletopError("mix: name the mix to look at, where no lever is changed")
        return next(iter(changes)).partition("/")[0]

    def _simulated(self, scenario: Scenario, mix: str, *, until: float) -> list[Readings]:
        """The first worlds, as many as can be expected to be simulated by a time, but not fewer than 20."""
        is_warm = (
            scenario.policies(scenario.baseline)[0][1]
            == (self._scenario.policies(self._scenario.baseline)[0][1])
        )
        coming = _InTime(self._worlds, until)
        work = partial(_all, coming, scenario, mix, shares_warm_up=is_warm)
        made = [pair for part in self._threads.map(work, range(cores())) for pair in part]
        return [readings for _, readings in sorted(made, key=lambda pair: pair[0])]


class _InTime:
    """Worlds one after the other, for several threads, as long as another can be expected to be in time."""

    def __init__(self, worlds: Sequence[World], until: float) -> None:
        self._worlds = worlds
        self._until = until
        self._next = 0
        self._lock = Lock()

    def __iter__(self) -> Iterator[tuple[int, World]]:
        took = 0.0
        while True:
            began = perf_counter()
            with self._lock:
                place = self._next
                if place == len(self._worlds) or (place >= LEAST_WORLDS and began + took > self._until):
                    return
                self._next += 1
            yield place, self._worlds[place]
            took = perf_counter() - began


def _all(
    coming: _InTime, scenario: Scenario, mix: str, _thread: int, *, shares_warm_up: bool
) -> list[tuple[int, Readings]]:
    return [(place, world.readings(scenario, mix, shares_warm_up=shares_warm_up)) for place, world in coming]


def with_levers(scenario: Scenario, changes: Mapping[str, Value]) -> Scenario:
    """The scenario with some levers of its mixes at other settings from day 0 on.

    Raises UnknownName for a mix or lever that does not exist, TabletopError for a value out of range.
    """
    mixes = dict(scenario.policy_mixes)
    for path, value in changes.items():
        mix, slash, place = path.partition("/")
        pillar, dot, name = place.partition(".")
        if not (slash and dot):
            raise TabletopError(f"{path!r}: a path is a mix and its lever, as 'MIX/detection.analysts'")
        if mix not in mixes:
            raise UnknownName.among("policy mix", mix, mixes)
        if name not in LEVERS or LEVERS[name].pillar != pillar:
            raise UnknownName.among(
                "lever", place, [f"{lever.pillar}.{lever.name}" for lever in LEVERS.values()]
            )
        LEVERS[name].set(scenario.policies(mix)[0][1], value)  # for its message, if the value is none
        written = mixes[mix].model_dump(exclude_unset=True)
        written.setdefault(pillar, {})[name] = value
        mixes[mix] = PolicyMix.model_validate(written)
    return scenario.model_copy(update={"policy_mixes": mixes})


def columns_of(readings: Sequence[Readings], scenario: Scenario) -> dict[str, Column]:
    """The scenario's measures, over the worlds."""
    return {
        name: Column(
            tuple(world[name][0] for world in readings),
            tuple(world[name][1] for world in readings),
            is_ratio=measure.kind == "ratio",
        )
        for name, measure in MEASURES.items()
        if name in scenario.measures
    }
