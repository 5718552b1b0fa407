"""The background: traces of benign matters, which merely look like those of plots."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import count
from math import floor

from tabletop.engine.clock import Process
from tabletop.engine.frozen import Frozen, NonNegative, condition
from tabletop.engine.layers import Layers
from tabletop.subjects import Channel, Kind, Route, Routes, Subject, Trace, subject_numbers
from tabletop.world import SLAB_DAYS, World


class Conditions(Frozen):
    """Benign traces a day on each channel, Poisson."""

    intelligence: NonNegative = condition(12.0, "On the intelligence channel.", unit="per day", le=10_000)
    community: NonNegative = condition(5.0, "On the community channel.", unit="per day", le=10_000)
    border: NonNegative = condition(8.0, "On the border channel.", unit="per day", le=10_000)
    partner: NonNegative = condition(1.5, "On the partner channel.", unit="per day", le=10_000)


class Background:
    """Benign traces, each its own subject, on all channels."""

    def __init__(self, world: World, written: Conditions, routes: Routes) -> None:
        self._sources = {
            channel: _Source(world, channel, getattr(written, channel.key), routes[channel])
            for channel in Channel
        }

    def adopt(self, conditions: Conditions, reaches: Sequence[float]) -> None:
        """From now on traces arrive at these rates, and policy captures up to these reaches, by channel."""
        for channel, source in self._sources.items():
            source.adopt(getattr(conditions, channel.key), reaches[channel])


class _Source:
    """The benign traces of one channel."""

    def __init__(self, world: World, channel: Channel, written: float, route: Route) -> None:
        self._world = world
        self._channel = channel
        self._width = written or 1.0
        self._route = route
        self._multiplier = 0.0
        self._reach = 0.0
        self._round = 0
        self._layers = Layers(world.clock, self._walk)

    def adopt(self, rate: float, reach: float) -> None:
        """From now on `rate` traces arrive a day, and policy captures those whose uniform is below `reach`.

        The uniform is that of the route; where it has none, `reach` is infinite. A candidate beyond the reach
        has no effect, and is no event.
        """
        self._multiplier = rate / self._width
        if reach > self._reach:  # what has been passed over until now matters
            self._round += 1
            self._layers.restart()
        self._reach = reach
        self._layers.reach(self._multiplier)

    def _walk(self, layer: int) -> Process:
        """The candidates of one layer arrive, slab by slab; those below the multiplier become traces."""
        world, channel, own_round = self._world, self._channel, self._round
        for slab in count(floor(world.now() / SLAB_DAYS)):
            key = ("benign", channel.key, layer, slab)
            is_empty = True
            for stretch in world.luck.stretches("background.arrival", key, self._width * SLAB_DAYS):
                days = [slab * SLAB_DAYS + unit / self._width for unit in stretch.times]
                cohort = stretch.cohort
                marks = cohort.uniforms("background.mark")
                uniforms = cohort.uniforms(self._route.purpose) if self._route.purpose else marks
                numbers = subject_numbers(Kind(channel + 2), layer, slab, cohort)
                for ordinal in range(bisect_left(days, world.now()), len(days)):
                    if uniforms[ordinal] >= self._reach:
                        continue
                    is_empty = False
                    yield world.at(days[ordinal])
                    if own_round != self._round:  # another walk has taken its place
                        return
                    if layer + marks[ordinal] < self._multiplier:
                        subject = Subject(numbers[ordinal], genuine=False)
                        self._route.receive(Trace(subject, channel, cohort, ordinal))
                    elif self._layers.leave(layer):
                        return
            if is_empty:  # at a rate or a reach near 0 slab after slab is empty
                yield world.at((slab + 1) * SLAB_DAYS)
                if own_round != self._round:
                    return
