"""Sharing: international cooperation."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from tabletop.engine.clock import Process
from tabletop.engine.durations import Duration, exponential, lognormal
from tabletop.engine.frozen import Frozen, NonNegative, Positive, Share, Staff, condition, lever
from tabletop.engine.stocks import Lagged
from tabletop.subjects import Case, Direction, Stage, Subject, Trace
from tabletop.world import Step, World


class Levers(Frozen):
    """What a policy mix sets in sharing."""

    openness: Share = lever(
        0.4,
        "What we share with partners; they answer in kind, slowly.",
        unit="share",
        cost=2,
        expects="partner_items_in_time +",
    )
    liaison_officers: Staff = lever(
        1,
        "People who handle items to and from partners.",
        unit="people",
        cost=1,
        expects="wait_liaison_officers -",
    )
    joint_operations: Share = lever(
        0.3,
        "Chance that a case on a transnational plot is run jointly with partners.",
        unit="probability",
        cost=5,
        expects="days_to_disruption -",
    )
    capacity_building: Share = lever(
        0.2,
        "Joint training: slowly raises what partners see, and lowers formation abroad.",
        unit="share",
        cost=8,
        expects="plots_prevented +",
    )


class Partner(Frozen):
    """A partner abroad, as cooperation sees it."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")] = Field(
        description="Letters, digits, '-' and '_'; its draws are keyed by it."
    )
    visibility: Share = condition(
        0.5, "Chance that a trace abroad is seen and passed on, at full reciprocity.", unit="probability"
    )
    latency: Duration = condition(exponential(20), "From the trace to its arrival here.", unit="days")
    reciprocity_lag: Positive = condition(
        180.0, "Lag with which the partner's reciprocity follows our openness.", unit="days"
    )
    court_use: Share = condition(
        0.5, "Chance that the partner lets an item be used in court.", unit="probability"
    )
    suspended: bool = condition(False, "A suspended partner gets and gives nothing new.", unit="yes or no")


class Conditions(Frozen):
    """What no policy sets in sharing."""

    partners: tuple[Partner, ...] = condition(
        (Partner(name="north"), Partner(name="south")),
        "The partners abroad.",
        unit="list",
        strict=False,
        max_length=20,
    )
    handling: Duration = condition(
        lognormal(0.6), "A liaison officer's work on one item, in or out.", unit="days"
    )
    d_prime: NonNegative = condition(
        2.0, "How far a partner's look sets plots and look-alikes apart.", unit="standard deviations"
    )
    capacity_gain: NonNegative = condition(
        0.3, "What full capacity adds to what partners see, as a share.", unit="share"
    )
    joint_speed: NonNegative = condition(
        0.7, "A joint investigation takes this share of the time.", unit="share"
    )
    joint_success: Share = condition(
        0.06, "What a joint investigation adds to the chance of success.", unit="probability"
    )
    joint_court_use: Share = condition(
        0.7, "Chance that what a joint investigation found abroad may be used in court.", unit="probability"
    )


class PartnerItem:
    """What goes out to a partner about a subject."""

    __slots__ = ("subject",)

    def __init__(self, subject: Subject) -> None:
        self.subject = subject


class Sharing:
    """Gets items from partners and gives items to them."""

    def __init__(
        self,
        world: World,
        levers: Levers,
        conditions: Conditions,
        staff: Mapping[str, float],
        *,
        pass_on: Callable[[Trace], None],
    ) -> None:
        self._world = world
        self._levers = levers
        self._conditions = conditions
        self._pass_on = pass_on
        self.liaison = world.pool("liaison_officers", staff["liaison_officers"])
        self._reciprocity = {partner.name: Lagged(world.now) for partner in conditions.partners}
        for partner in conditions.partners:
            self._reciprocity[partner.name].settle(levers.openness, partner.reciprocity_lag)
        self.in_transit: dict[Trace, None] = {}
        """Items that partners have sent and that have not arrived."""

    def adopt(self, levers: Levers, conditions: Conditions, staff: Mapping[str, float]) -> None:
        """From now on these settings hold; partners answer our openness in kind, each with its lag."""
        self._levers = levers
        self._conditions = conditions
        self.liaison.resize(staff["liaison_officers"])
        for partner in conditions.partners:
            self._reciprocity[partner.name].tend(levers.openness, partner.reciprocity_lag)

    def receive(self, trace: Trace) -> None:
        """A trace abroad is offered to each partner; each may see it and pass it on."""
        conditions, number = self._conditions, trace.subject.number
        capacity = 1 + conditions.capacity_gain * self._world.capacity.value()
        passed = False
        trace.subject.reaches(Stage.UNCAPTURED)
        for partner in conditions.partners:
            if partner.suspended:
                continue
            chance = partner.visibility * capacity * self._reciprocity[partner.name].value()
            if trace.uniform(f"sharing.sighting/{partner.name}") < chance:
                passed = True
                self._world.tally.traces += 1
                self._world.note(Step.TRACE_LEFT, number, trace.channel)
                self._world.begin(self._get(trace, trace.copy_from(partner.name), partner))
        if not passed:
            self._world.tally.traces += 1
            self._world.tally.uncaptured += 1
            self._world.note(Step.TRACE_LEFT, number, trace.channel)
            self._world.note(Step.UNCAPTURED, number, trace.channel)

    def _get(self, original: Trace, item: Trace, partner: Partner) -> Process:
        """A partner's item travels here, and liaison handles it if it is still of use."""
        world = self._world
        if days := item.days(f"sharing.latency/{partner.name}", partner.latency):
            self.in_transit[item] = None
            yield world.after(days)
            del self.in_transit[item]
        if item.subject.ended is not None:
            world.tally.late += 1
            world.tally.partner_items_late += 1
            world.note(Step.LATE, item.subject.number, item.channel)
            return
        if item.subject.genuine:
            world.tally.partner_items_in_time += 1
            world.note(Step.IN_TIME, item.subject.number)
        yield self.liaison.seize(item, kind=Direction.IN)
        if days := item.days(f"sharing.handling/{partner.name}", self._conditions.handling):
            yield world.after(days)
        self.liaison.release(item)
        if original.handled:
            world.tally.duplicate += 1
            world.note(Step.DUPLICATE, item.subject.number, item.channel)
            return
        original.handled = True
        item.look(self._conditions.d_prime, f"sharing.look/{partner.name}")
        world.note(Step.LOOKED, item.subject.number, item.evidence)
        self._pass_on(item)

    def items(self) -> list[Trace]:
        """Partners' items on their way and with liaison."""
        return [*self.in_transit, *(item for item in self.liaison.items() if isinstance(item, Trace))]

    def announce(self, case: Case) -> None:
        """A case was opened: partners may be told."""
        for partner in self._conditions.partners:
            if (
                not partner.suspended
                and case.uniform(f"sharing.telling/{partner.name}") < self._levers.openness
            ):
                self._world.begin(self._give(PartnerItem(case.subject), case, partner))

    def _give(self, item: PartnerItem, case: Case, partner: Partner) -> Process:
        """Liaison handles an item that goes out to a partner."""
        yield self.liaison.seize(item, kind=Direction.OUT)
        if days := case.days(f"sharing.giving/{partner.name}", self._conditions.handling):
            yield self._world.after(days)
        self.liaison.release(item)

    def joins(self, case: Case) -> tuple[float, float] | None:
        """What a joint operation makes of a case's (time, chance of success); None if it is not joint."""
        if not case.subject.transnational or all(p.suspended for p in self._conditions.partners):
            return None
        if case.uniform("sharing.joint") < self._levers.joint_operations:
            return self._conditions.joint_speed, self._conditions.joint_success
        return None

    def usable_in_court(self, case: Case) -> bool:
        """Whether a case's evidence may be used in court.

        Only a partner can refuse: the trace that opened it, and what a joint investigation found abroad.
        """
        if case.joint and case.uniform("sharing.joint_court_use") >= self._conditions.joint_court_use:
            return False
        name = case.decisive.partner
        for partner in self._conditions.partners:
            if partner.name == name:
                return case.uniform(f"sharing.court_use/{name}") < partner.court_use
        return True
