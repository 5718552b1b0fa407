"""Reporting: community engagement and cooperation."""

from collections.abc import Callable, Mapping
from math import inf

from tabletop.engine.clock import Process
from tabletop.engine.durations import Duration, constant, lognormal
from tabletop.engine.evidence import logistic
from tabletop.engine.frozen import Frozen, NonNegative, Share, Staff, Unbounded, condition, lever
from tabletop.subjects import Stage, Trace
from tabletop.world import Step, World

REPORT = "reporting.report"
"""The uniform of a trace that decides whether it is reported."""


class Levers(Frozen):
    """What a policy mix sets in reporting."""

    outreach: Share = lever(
        0.5,
        "Chance that what somebody noticed could reach the tip line.",
        unit="probability",
        cost=8,
        expects="reports_genuine +",
    )
    tip_line_staff: Staff = lever(
        2,
        "People who screen what is reported.",
        unit="people",
        cost=1,
        expects="wait_tip_line_staff -",
    )
    engagement: Share = lever(
        0.3,
        "Partnerships with communities and civil society: raises the level that trust tends to.",
        unit="share",
        cost=5,
        expects="trust_mean +",
    )
    social_programmes: Share = lever(
        0.2,
        "Education, work and support: prevents plots, slowly.",
        unit="share",
        cost=15,
        expects="plots_prevented +",
    )


class Conditions(Frozen):
    """What no policy sets in reporting."""

    b0: float = condition(
        0.0,
        "Log-odds that a genuine observation is reported at a trust of one half.",
        unit="log-odds",
        ge=-100,
        le=100,
    )
    b1: float = condition(
        6.0, "How strongly trust moves those log-odds.", unit="log-odds per unit of trust", ge=-100, le=100
    )
    rumour: Share = condition(
        0.8,
        "Chance that a benign observation is reported, whatever the trust; engagement raises it towards 1.",
        unit="probability",
    )
    screening: Duration = condition(lognormal(0.4), "The tip line's work on one report.", unit="days")
    d_prime: NonNegative = condition(
        0.9, "How far screening sets plots and look-alikes apart.", unit="standard deviations"
    )
    pass_at: Unbounded = condition(
        0.0,
        "Log-likelihood ratio from which a report goes on to the analysts; -.inf passes all.",
        unit="log-likelihood ratio",
    )
    shelf_life: Duration | None = condition(
        constant(14), "How long a report waits to be screened before it lapses; null: for ever.", unit="days"
    )


class Reporting:
    """Turns what people noticed into reports, and screens them."""

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
        self.tip_line = world.pool("tip_line_staff", staff["tip_line_staff"])

    def adopt(self, levers: Levers, conditions: Conditions, staff: Mapping[str, float]) -> None:
        """From now on these settings hold."""
        self._levers = levers
        self._conditions = conditions
        self.tip_line.resize(staff["tip_line_staff"])

    def receive(self, trace: Trace) -> None:
        """Somebody noticed something, and reports it or does not: trust governs the useful tips."""
        world, subject, genuine = self._world, trace.subject, trace.subject.genuine
        tally = world.tally
        tally.traces += 1
        world.note(Step.TRACE_LEFT, subject.number, trace.channel)
        if trace.uniform(REPORT) < self._levers.outreach * self._willingness(genuine=genuine):
            if genuine:
                tally.reports_genuine += 1
            else:
                tally.reports_benign += 1
            world.note(Step.REPORTED, subject.number, genuine)
            world.begin(self._screen(trace))
        else:
            tally.uncaptured += 1
            subject.reaches(Stage.UNCAPTURED)
            world.note(Step.UNCAPTURED, subject.number, trace.channel)

    def _willingness(self, *, genuine: bool) -> float:
        """Chance that what could reach the tip line does."""
        conditions = self._conditions
        if not genuine:  # people who are asked to look report more of what is harmless, too
            return conditions.rumour + (1 - conditions.rumour) * self._levers.engagement
        return logistic(conditions.b0 + conditions.b1 * (self._world.trust.value() - 0.5))

    def _screen(self, trace: Trace) -> Process:
        """The tip line looks at a report in the order of arrival, and passes on what is worth it."""
        world, subject = self._world, trace.subject
        shelf_life = self._conditions.shelf_life
        served = yield self.tip_line.seize(
            trace, shelf_life=inf if shelf_life is None else trace.days("reporting.shelf_life", shelf_life)
        )
        if not served:
            world.tally.lapsed += 1
            subject.reaches(Stage.LAPSED)
            world.note(Step.LAPSED, subject.number, trace.channel)
            return
        if days := trace.days("reporting.screening", self._conditions.screening):
            yield world.after(days)
        self.tip_line.release(trace)
        trace.look(self._conditions.d_prime, "reporting.look")
        world.note(Step.LOOKED, subject.number, trace.evidence)
        if trace.evidence >= self._conditions.pass_at:
            self._pass_on(trace)
        else:
            world.tally.screened_out += 1
            subject.reaches(Stage.SCREENED_OUT)
            world.note(Step.SCREENED_OUT, subject.number, trace.channel)
