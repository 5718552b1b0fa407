"""The threat: how plots form, leave traces and mature."""

from bisect import bisect_left
from collections.abc import Callable
from itertools import count
from math import exp, floor

from pydantic import Field

from tabletop.engine.chance import Cohort, Key
from tabletop.engine.clock import Process
from tabletop.engine.durations import Duration, exponential, gamma
from tabletop.engine.frozen import Frozen, NonNegative, Positive, Share, condition
from tabletop.engine.layers import Layers
from tabletop.subjects import Attempt, Channel, Ending, Kind, Plot, Routes, Trace, subject_number
from tabletop.world import SLAB_DAYS, Step, World

KAPLAN_2012 = "Kaplan (2012), Studies in Conflict & Terrorism: gamma of shape 2, mean 9 months, from 30 cases"


class TraceRates(Frozen):
    """Traces a month that a plot of visibility 1 leaves on each channel."""

    intelligence: NonNegative = condition(1.0, "On the intelligence channel.", unit="per month", le=10_000)
    community: NonNegative = condition(1.0, "On the community channel.", unit="per month", le=10_000)
    border: NonNegative = condition(
        0.5,
        "On the border channel, each a crossing; transnational plots only.",
        unit="per month",
        le=10_000,
    )
    partner: NonNegative = condition(
        1.2, "On the partner channel; transnational plots only.", unit="per month", le=10_000
    )


class Reform(Frozen):
    """What becomes of a plot whose people go free, or whose attempt was foiled or turned back."""

    probability: Share = condition(
        0.4, "Chance that the plot forms again; else it has dissolved.", unit="probability"
    )
    delay: Duration = condition(exponential(120), "Until it forms again.", unit="days")
    preparation_factor: NonNegative = condition(
        0.5, "The next preparation takes this share of the usual.", unit="share"
    )


class Severity(Duration):
    """Abstract harm, distributed as a duration is."""

    mean: NonNegative = Field(le=1_000_000, description="Mean.", json_schema_extra={"unit": "harm units"})


class Visibility(Duration):
    """How visible a plot is, distributed as a duration is."""

    mean: NonNegative = Field(le=100, description="Mean.", json_schema_extra={"unit": "ratio"})


class Conditions(Frozen):
    """What no policy sets about the threat."""

    formation_rate: NonNegative = condition(
        12.0, "Candidate plots, before prevention.", unit="per year", le=10_000
    )
    transnational_share: Share = condition(
        0.4, "Share of plots with a foreign side: only these leave border and partner traces.", unit="share"
    )
    preparation: Duration = condition(
        gamma(274, 0.707), "From formation to maturity.", unit="days", source=KAPLAN_2012
    )
    severity: Severity = condition(
        Severity(family="lognormal", mean=1, cv=1.3),
        "Abstract harm if the attempt succeeds. No casualties are modelled.",
        unit="harm units",
    )
    trace_rates: TraceRates = condition(
        TraceRates(), "How often a preparing plot leaves traces.", unit="per month"
    )
    visibility: Visibility = condition(
        Visibility(family="gamma", mean=1, cv=0.5),
        "How visible a plot is: multiplies its trace rates.",
        unit="ratio",
    )
    max_attempts: int = condition(
        3, "Attempts of one plot, the first formation included.", unit="attempts", ge=1, le=20
    )
    reform: Reform = condition(Reform(), "Whether and how a plot forms again.", unit="group")
    prevention: Share = condition(
        0.3, "Share of formation that full social programmes prevent, in the end.", unit="share"
    )
    prevention_lag: Positive = condition(1095.0, "First-order lag of that effect.", unit="days")
    backlash: Share = condition(
        0.02, "Share by which each wrongful intervention raises formation.", unit="share"
    )
    backlash_decay: Positive = condition(365.0, "Exponential decay of that effect.", unit="days")
    dismantling: NonNegative = condition(
        0.03, "Log-share by which each conviction of the guilty lowers formation.", unit="log-share"
    )
    dismantling_decay: Positive = condition(730.0, "Exponential decay of that effect.", unit="days")
    abroad: Share = condition(
        0.3,
        "Share of transnational formation that full capacity building prevents, in the end.",
        unit="share",
    )
    abroad_lag: Positive = condition(730.0, "First-order lag of capacity building.", unit="days")


class Threat:
    """Forms plots, lets them prepare and leave traces, and carries out what nobody stopped."""

    def __init__(
        self,
        world: World,
        written: Conditions,
        *,
        last_day: float,
        routes: Routes,
        foils: Callable[[float], bool],
        incident: Callable[[], None],
    ) -> None:
        self._world = world
        self._written = written
        self._conditions = written
        self._last_day = last_day
        self._routes = routes
        self._foils = foils
        self._incident = incident
        # so written that a rate too small to be divided counts as none
        self._width = written.formation_rate / 365 or 1.0 / 365
        self._layers = Layers(world.clock, self._walk)
        self._cohorts: dict[Key, Cohort] = {}
        self.preparing: dict[Attempt, list[_Trail]] = {}
        """The attempts that have not ended, each with the trails that it leaves."""
        world.grievance.changed = self._reach

    def adopt(self, conditions: Conditions, *, social_programmes: float, capacity_building: float) -> None:
        """From now on these conditions hold, and the slow stocks tend to the settings of the two levers."""
        self._conditions = conditions
        world = self._world
        world.programmes.tend(social_programmes, conditions.prevention_lag)
        world.capacity.tend(capacity_building, conditions.abroad_lag)
        world.grievance.tend(0.0, conditions.backlash_decay)
        world.dismantled.tend(0.0, conditions.dismantling_decay)
        self._reach()
        for trails in self.preparing.values():
            for trail in trails:
                trail.adopt(conditions.trace_rates)

    def _without_policy(self) -> float:
        """The formation multiplier without policy: the formation rate in force over the written one."""
        return self._conditions.formation_rate / 365 / self._width

    def _multiplier(self, *, transnational: bool) -> float:
        """The formation multiplier now."""
        world, conditions = self._world, self._conditions
        multiplier = (
            self._without_policy()
            * (1 - conditions.prevention * world.programmes.value())
            * (1 + conditions.backlash * world.grievance.value())
            * exp(-conditions.dismantling * world.dismantled.value())
        )
        if transnational:
            multiplier *= 1 - conditions.abroad * world.capacity.value()
        return multiplier

    def _reach(self) -> None:
        """Walk every layer that the multiplier can reach before grievance jumps again."""
        grievance = self._world.grievance.value()
        self._layers.reach(self._without_policy() * (1 + self._conditions.backlash * grievance))

    def _walk(self, layer: int) -> Process:
        """The candidates of one layer arrive, slab by slab; those below the multiplier form."""
        world = self._world
        for slab in count(floor(world.now() / SLAB_DAYS)):
            key = ("plot", layer, slab)
            units = world.luck.arrivals("threat.formation", key, self._width * SLAB_DAYS)
            days = [slab * SLAB_DAYS + unit / self._width for unit in units]
            cohort = world.luck.cohort(key, len(days))
            marks = cohort.uniforms("threat.formation_mark")
            sides = cohort.uniforms("threat.transnational")
            for ordinal in range(bisect_left(days, world.now()), len(days)):
                yield world.at(days[ordinal])
                if self._layers.leave(layer):
                    return
                transnational = sides[ordinal] < self._conditions.transnational_share
                height = layer + marks[ordinal]
                if height < self._multiplier(transnational=transnational):
                    self._form(Plot(layer, slab, ordinal, cohort, transnational), 1)
                elif height < self._without_policy():
                    world.tally.prevented += 1
                    world.note(Step.PREVENTED, subject_number(Kind.PLOT, layer, slab, ordinal), height)
            if not days:  # at a rate near 0 slab after slab is empty
                yield world.at((slab + 1) * SLAB_DAYS)

    def _luck_of(self, plot: Plot, attempt: int) -> Cohort:
        """The draws of a plot's n-th attempt, made together with those of its slab."""
        key = ("attempt", plot.layer, plot.slab, attempt)
        cohort = self._cohorts.get(key)
        if cohort is None:
            cohort = self._cohorts[key] = self._world.luck.cohort(key, plot.luck.size)
        return cohort

    def _form(self, plot: Plot, ordinal: int) -> None:
        """A plot forms, for the first time or again."""
        world, conditions = self._world, self._conditions
        luck = self._luck_of(plot, ordinal)
        preparation = luck.one_days("threat.preparation", plot.ordinal, conditions.preparation)
        visibility = plot.luck.one_days("threat.visibility", plot.ordinal, conditions.visibility)
        if ordinal > 1:
            preparation *= conditions.reform.preparation_factor
            world.tally.reformed += 1
        now = world.now()
        attempt = Attempt(plot, ordinal, formed=now, matures=now + preparation, threat=self)
        world.tally.formed += 1
        world.undetected.add(1)
        world.note(Step.FORMED, attempt.number, ordinal)
        world.begin(self._mature(attempt))
        if attempt.ended is not None:
            return
        channels = Channel if plot.transnational else (Channel.INTELLIGENCE, Channel.COMMUNITY)
        until = min(attempt.matures, self._last_day + 1)  # no trace of a day that never comes
        trails = [
            _Trail(world, attempt, channel, self._written, visibility, until, self._routes[channel].receive)
            for channel in channels
        ]
        self.preparing[attempt] = trails
        for trail in trails:
            trail.adopt(conditions.trace_rates)

    def _mature(self, attempt: Attempt) -> Process:
        """An attempt prepares until it matures, unless it was disrupted by then or is contained."""
        if attempt.matures > self._world.now():
            yield self._world.at(attempt.matures)
        if attempt.ended is None and not attempt.contained:
            self.carry_out(attempt)

    def carry_out(self, attempt: Attempt) -> None:
        """A mature attempt is foiled by protection, or becomes an incident."""
        world, tally = self._world, self._world.tally
        luck = self._luck_of(attempt.plot, attempt.ordinal)
        case = attempt.case
        known = case is not None or attempt.contained
        if not known:
            world.undetected.add(-1)
        setattr(tally, attempt.stage.key, getattr(tally, attempt.stage.key) + 1)
        if self._foils(luck.one_uniform("threat.protection", attempt.plot.ordinal)):
            world.tally.foiled += 1
            world.note(Step.FOILED, attempt.number)
            attempt.end(Ending.FOILED)
            self.regroup(attempt)
            return
        severity = luck.one_days("threat.severity", attempt.plot.ordinal, self._conditions.severity)
        world.tally.incidents += 1
        world.tally.harm += severity
        world.note(Step.INCIDENT, attempt.number, severity)
        if known:
            world.tally.known_but_missed += 1
            world.note(Step.MISSED, attempt.number)
        attempt.end(Ending.INCIDENT)
        self._incident()

    def turn_back(self, attempt: Attempt) -> None:
        """Somebody of it is refused at the border: the attempt ends at once, whatever case is on it."""
        world = self._world
        if attempt.case is None:
            world.undetected.add(-1)
        world.tally.turned_back += 1
        world.note(Step.TURNED_BACK, attempt.number)
        attempt.end(Ending.TURNED_BACK)
        self.regroup(attempt)

    def forget(self, attempt: Attempt) -> None:
        """The attempt has ended: it prepares no longer."""
        self.preparing.pop(attempt, None)

    def regroup(self, attempt: Attempt) -> None:
        """Its people are free, or it was foiled or turned back: its plot forms again later, or dissolves."""
        world, reform = self._world, self._conditions.reform
        luck = self._luck_of(attempt.plot, attempt.ordinal)
        again = luck.one_uniform("threat.reform", attempt.plot.ordinal) < reform.probability
        if again and attempt.ordinal < self._conditions.max_attempts:
            world.begin(
                self._form_again(
                    attempt, luck.one_days("threat.reform_delay", attempt.plot.ordinal, reform.delay)
                )
            )
        else:
            world.note(Step.DISSOLVED, attempt.number)

    def _form_again(self, attempt: Attempt, delay: float) -> Process:
        """After a delay the plot's next attempt begins, without a file."""
        if delay:
            yield self._world.after(delay)
        self._form(attempt.plot, attempt.ordinal + 1)


class _Trail:
    """The traces that one attempt leaves on one channel."""

    __slots__ = (
        "_attempt",
        "_channel",
        "_layers",
        "_leave",
        "_multiplier",
        "_rate",
        "_until",
        "_width",
        "_world",
    )

    def __init__(
        self,
        world: World,
        attempt: Attempt,
        channel: Channel,
        written: Conditions,
        visibility: float,
        until: float,
        leave: Callable[[Trace], None],
    ) -> None:
        self._world = world
        self._attempt = attempt
        self._channel = channel
        self._until = until
        self._leave = leave
        self._width: float = getattr(written.trace_rates, channel.key) or 1.0
        self._rate = self._width * visibility * 12 / 365
        self._multiplier = 0.0
        self._layers = Layers(world.clock, self._walk)

    def adopt(self, rates: TraceRates) -> None:
        """From now on the plot leaves so many traces a month."""
        self._multiplier = getattr(rates, self._channel.key) / self._width
        self._layers.reach(self._multiplier)

    def _walk(self, layer: int) -> Process:
        """The candidates of one layer arrive while the attempt prepares."""
        world, attempt, rate = self._world, self._attempt, self._rate
        key = ("trace", *attempt.key, self._channel.key, layer)
        units = world.luck.arrivals("threat.trace", key, rate * (self._until - attempt.formed))
        days = [attempt.formed + unit / rate for unit in units]
        cohort = world.luck.cohort(key, len(days))
        marks = cohort.uniforms("threat.trace_mark")
        for ordinal in range(bisect_left(days, world.now()), len(days)):
            yield world.at(days[ordinal])
            if attempt.ended is not None or self._layers.leave(layer):
                return
            if layer + marks[ordinal] < self._multiplier:
                self._leave(Trace(attempt, self._channel, cohort, ordinal))
