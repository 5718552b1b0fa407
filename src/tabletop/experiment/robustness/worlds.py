"""Worlds of variants: the unit of work is one world of one variant, with all mixes, which share its luck."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from tabletop.experiment.robustness.kept import Development, packed
from tabletop.experiment.world import World
from tabletop.measures import Reading
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

Made = tuple[str, int, tuple[tuple[str, bytes, Development | None], ...]]
"""The label of a variant, a replication, and of each mix the packed readings, and how it developed."""

Lacking = Mapping[str, tuple[range, ...]]
"""The mixes of which replications are lacking, each with the stretches of these."""


def stretches(replications: Iterable[int]) -> tuple[range, ...]:
    """Replications as runs of consecutive numbers, so that many of them take few bytes."""
    found: list[range] = []
    for one in sorted(replications):
        if found and found[-1].stop == one:
            found[-1] = range(found[-1].start, one + 1)
        else:
            found.append(range(one, one + 1))
    return tuple(found)


def mixes_of(lacking: Lacking, replication: int) -> tuple[str, ...]:
    """The mixes that are lacking in one replication."""
    return tuple(mix for mix, of in lacking.items() if any(replication in one for one in of))


@dataclass(frozen=True)
class WorldMaker:
    """What a worker makes of a variant's label and a replication: all mixes that are lacking there.

    It goes to the worker with every batch: some hundred bytes a variant.
    """

    changes: Mapping[str, str]
    """What `vary` is given for each variant, as JSON."""
    lacking: Mapping[str, Lacking]
    base: str
    """The hash of all of the scenario that is varied, its mixes among it: what is built is kept by it."""
    series: bool = False
    """Whether the development of each run is asked for."""

    def __call__(self, scenario: Scenario, variant: str, replication: int) -> Made:
        """One world of a variant."""
        built = _Source(self.base, self.changes[variant], scenario).built()
        world = World(built, built.seed, replication)
        made: list[tuple[str, bytes, Development | None]] = []
        for mix in mixes_of(self.lacking[variant], replication):
            if self.series:
                run = world.run(built, mix, shares_warm_up=True)
                made.append((mix, packed(run.parts), Development.of(run)))
            else:
                made.append((mix, packed(world.readings(built, mix, shares_warm_up=True)), None))
        return variant, replication, tuple(made)


Asked = tuple[str, tuple[float, float] | None]
"""A measure, and the days from and to which it is counted, or None for the whole exercise."""
Wanted = Mapping[str, tuple[Asked, ...]]
"""What is asked for of each mix."""


@dataclass(frozen=True)
class Counted:
    """One world of a variant: what was asked for of each mix, and a digest of all that the mix came to."""

    readings: Mapping[tuple[str, Asked], Reading]
    everything: Mapping[str, bytes]


@dataclass(frozen=True)
class CountMaker:
    """What a worker makes of a variant's label and a replication: measures of mixes, over some days."""

    changes: Mapping[str, str]
    wanted: Mapping[str, Wanted]
    base: str

    @classmethod
    def of(cls, changes: Mapping[str, Any], wanted: Mapping[str, Wanted], base: str) -> "CountMaker":
        """For variants with these changes of the scenario that has this hash."""
        return cls({label: json.dumps(of) for label, of in changes.items()}, wanted, base)

    def __call__(self, scenario: Scenario, variant: str, replication: int) -> tuple[str, int, Counted]:
        """One world of a variant."""
        built = _Source(self.base, self.changes[variant], scenario).built()
        world = World(built, built.seed, replication)
        found: dict[tuple[str, Asked], Reading] = {}
        everything: dict[str, bytes] = {}
        for mix, asked in self.wanted[variant].items():
            days = sorted({day for _, span in asked for day in span or () if day > 0})
            if days:
                run = simulate(built, mix, replication, series_days=days)
                readings: Mapping[str, Reading] = run.parts
                found |= {
                    (mix, (name, span)): (run.series.between(name, *span), 1.0)
                    for name, span in asked
                    if span is not None
                }
            else:
                readings = world.readings(built, mix, shares_warm_up=True)
            found |= {(mix, (name, span)): readings[name] for name, span in asked if span is None}
            everything[mix] = blake2b(packed(readings), digest_size=8).digest()
        return variant, replication, Counted(found, everything)


class _Source:
    """What a variant is built from; equal for equal hash and changes, so that it is built once a worker."""

    def __init__(self, base: str, changes: str, scenario: Scenario) -> None:
        self._key = (base, changes)
        self._scenario = scenario

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and self._key == other._key

    def built(self) -> Scenario:
        """The variant."""
        return _varied(self)

    def vary(self) -> Scenario:
        """The variant, built now."""
        changes: dict[str, Any] = json.loads(self._key[1])
        return self._scenario.vary(changes) if changes else self._scenario


@lru_cache(maxsize=2)
def _varied(source: _Source) -> Scenario:
    return source.vary()
