"""The background: traces of benign matters, which merely look like those of plots."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import count
from math import floor

from tabletop.engine.chance import Cohort
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

    def adopt(self, conditions: Conditions) -> None:
        """From now on traces arrive at these rates."""
        for channel, source in self._sources.items():
            source.adopt(getattr(conditions, channel.key))


class _Source:
    """The benign traces of one channel."""

    def __init__(self, world: World, channel: Channel, written: float, route: Route) -> None:
        self._world = world
        self._channel = channel
        self._width = written or 1.0
        self._route = route
        self._multiplier = 0.0
        self._layers = Layers(world.clock, self._walk)

    def adopt(self, rate: float) -> None:
        """From now on `rate` traces arrive a day."""
        self._multiplier = rate / self._width
        self._layers.reach(self._multiplier)

    def _walk(self, layer: int) -> Process:
        """The candidates of one layer arrive, slab by slab; those below the multiplier become traces."""
        world, channel = self._world, self._channel
        for slab in count(floor(world.now() / SLAB_DAYS)):
            key = ("benign", channel.key, layer, slab)
            is_empty = True
            crowd = world.luck.crowd("background.arrival", key, self._width * SLAB_DAYS)
            for first, units, cohort in crowd:
                days = [slab * SLAB_DAYS + unit / self._width for unit in units]
                coming = range(bisect_left(days, world.now()), len(days))
                if not coming:
                    continue
                marks = cohort.uniforms("background.mark")
                numbers = subject_numbers(Kind(channel + 2), layer, slab, first + len(days))[first:]
                for ordinal in self._within_reach(cohort, coming):
                    is_empty = False
                    yield world.at(days[ordinal])
                    if layer + marks[ordinal] < self._multiplier:
                        subject = Subject(numbers[ordinal], genuine=False)
                        self._route.receive(Trace(subject, channel, cohort, ordinal))
                    elif self._layers.leave(layer):
                        return
            if is_empty:  # at a rate or a reach near 0 slab after slab is empty
                yield world.at((slab + 1) * SLAB_DAYS)

    def _within_reach(self, cohort: Cohort, ordinals: range) -> Sequence[int]:
        """The candidates that some policy of the run can capture; the others need not become events."""
        if self._route.reach >= 1:
            return ordinals
        uniforms = cohort.uniforms(self._route.purpose)
        return [ordinal for ordinal in ordinals if uniforms[ordinal] < self._route.reach]
