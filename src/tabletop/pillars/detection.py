"""Detection: intelligence gathering and analysis."""

from collections.abc import Callable, Mapping, Sequence
from math import inf

from tabletop.engine.clock import Process
from tabletop.engine.durations import Duration, constant, lognormal
from tabletop.engine.evidence import logistic
from tabletop.engine.frozen import Frozen, NonNegative, Share, Staff, condition, lever
from tabletop.subjects import Case, Closing, File, Stage, Trace
from tabletop.world import Step, World

CAPTURE = "detection.collection"
"""The uniform of a trace that decides whether it is captured."""


class Levers(Frozen):
    """What a policy mix sets in detection."""

    collection: Share = lever(
        0.5,
        "Share of intelligence traces captured, of plots and of benign matters alike.",
        unit="share",
        cost=10,
        expects="trust_mean -",
    )
    analysts: Staff = lever(
        6,
        "People who assess the traces of all channels.",
        unit="people",
        cost=1,
        expects="wait_analysts -",
    )
    tradecraft: Share = lever(
        0.5,
        "Training and analysis tools: how well an assessment tells plots from look-alikes.",
        unit="share",
        cost=14,
        expects="plots_disrupted +",
    )
    linkage: Share = lever(
        0.6,
        "Chance that a trace is connected with what is already on file about its subject.",
        unit="probability",
        cost=8,
        expects="plots_disrupted +",
    )
    open_case_at: Share = lever(
        0.3,
        "Posterior probability from which a case is opened: missing a plot against troubling the innocent.",
        unit="probability",
        cost=0,
        expects="cases_opened -",
    )
    real_time_link: Share = lever(
        0.3,
        "Agencies linked in real time: the hand-over of a case is shortened by this share.",
        unit="share",
        cost=3,
        expects="days_to_disruption -",
    )


class Conditions(Frozen):
    """What no policy sets in detection."""

    assessment: Duration = condition(lognormal(0.6), "An analyst's work on one trace.", unit="days")
    shelf_life: Duration | None = condition(
        constant(14), "How long a trace waits for an analyst before it lapses; null: for ever.", unit="days"
    )
    handover: Duration = condition(
        lognormal(5),
        "From the opening of a case to its arrival at the teams, without a real-time link.",
        unit="days",
    )
    d_prime: NonNegative = condition(
        1.2,
        "How far an assessment sets plots and look-alikes apart, without tradecraft.",
        unit="standard deviations",
    )
    tradecraft_gain: NonNegative = condition(
        1.0, "What full tradecraft adds to that.", unit="standard deviations"
    )
    active_share: Share = condition(
        0.4,
        "Share of plots that analysts believe to be undetected and active when they set their priors.",
        unit="share",
    )
    collected_by_teams: bool = condition(
        False,
        "Investigation teams collect: only idle teams capture intelligence traces (a validation case).",
        unit="yes or no",
    )


class Detection:
    """Collects, assesses and files traces, and opens cases."""

    def __init__(
        self,
        world: World,
        levers: Levers,
        conditions: Conditions,
        staff: Mapping[str, float],
        *,
        priors: Sequence[float],
        open_case: Callable[[Case], None],
        move_up: Callable[[Case, float], bool],
        announce: Callable[[Case], None],
        teams_idle: Callable[[], float],
    ) -> None:
        self._world = world
        self._levers = levers
        self._conditions = conditions
        self._priors = priors
        self._open_case = open_case
        self._move_up = move_up
        self._announce = announce
        self._teams_idle = teams_idle
        self.analysts = world.pool("analysts", staff["analysts"])
        self.in_handover: dict[Case, None] = {}
        """Cases on their way to the teams."""

    def adopt(self, levers: Levers, conditions: Conditions, staff: Mapping[str, float]) -> None:
        """From now on these settings hold."""
        self._levers = levers
        self._conditions = conditions
        self.analysts.resize(staff["analysts"])

    def collect(self, trace: Trace) -> None:
        """A trace on the intelligence channel is captured, or passes unseen."""
        world, subject = self._world, trace.subject
        chance = self._levers.collection
        if self._conditions.collected_by_teams:
            chance *= self._teams_idle()
        world.tally.traces += 1
        world.note(Step.TRACE_LEFT, subject.number, trace.channel)
        if trace.uniform(CAPTURE) < chance:
            self.receive(trace)
        else:
            world.tally.uncaptured += 1
            subject.reaches(Stage.UNCAPTURED)
            world.note(Step.UNCAPTURED, subject.number, trace.channel)

    def receive(self, trace: Trace) -> None:
        """A trace of any channel comes to the analysts."""
        self._world.begin(self._assess(trace))

    def _assess(self, trace: Trace) -> Process:
        """An analyst takes up a trace, most promising first, unless it lapses; and judges it."""
        world, channel = self._world, trace.channel
        shelf_life = self._conditions.shelf_life
        served = yield self.analysts.seize(
            trace,
            priority=-(self._priors[channel] + trace.evidence),
            kind=channel,
            shelf_life=inf if shelf_life is None else trace.days("detection.shelf_life", shelf_life),
        )
        if not served:
            world.tally.lapsed += 1
            trace.subject.reaches(Stage.LAPSED)
            world.note(Step.LAPSED, trace.subject.number, channel)
            return
        if days := trace.days("detection.assessment", self._conditions.assessment):
            yield world.after(days)
        self.analysts.release(trace)
        conditions = self._conditions
        d_prime = conditions.d_prime + conditions.tradecraft_gain * self._levers.tradecraft
        trace.look(d_prime, "detection.look")
        world.note(Step.LOOKED, trace.subject.number, trace.evidence)
        self._judge(trace)

    def _judge(self, trace: Trace) -> None:
        """An assessed trace is linked or judged alone, and then filed or opened as a case."""
        world, subject, case = self._world, trace.subject, trace.subject.case
        if subject.ended is not None:
            world.tally.moot += 1
            world.note(Step.MOOT, subject.number, trace.channel)
            return
        posterior = logistic(self._weigh(trace))
        if case is None and posterior >= self._levers.open_case_at:
            world.tally.opened += 1
            world.note(Step.OPENED, subject.number, trace.evidence)
            self._open(trace, posterior)
        else:
            world.tally.filed += 1
            subject.reaches(Stage.FILED)
            world.note(Step.FILED, subject.number, trace.evidence)
            if case is not None and posterior > case.posterior:
                self._strengthen(case, posterior)

    def _strengthen(self, case: Case, posterior: float) -> None:
        """More is known of a case: on its way to the teams or in their queue it moves up, and never down."""
        if case in self.in_handover:
            case.posterior = posterior
        elif not self._move_up(case, posterior):
            return
        self._world.note(Step.CASE_RAISED, case.subject.number, posterior)

    def _weigh(self, trace: Trace) -> float:
        """The log-odds by which a trace is judged, having been put on file if it counts there."""
        subject, file = trace.subject, trace.subject.file
        alone = self._priors[trace.channel] + trace.evidence
        if file is None:
            subject.file = File(trace.channel, trace.evidence)
            return alone
        if trace.uniform("detection.linkage") < self._levers.linkage:
            file.evidence += trace.evidence
            return self._priors[file.channel] + file.evidence
        if alone > self._priors[file.channel] + file.evidence:
            subject.file = File(trace.channel, trace.evidence)
        return alone

    def _open(self, trace: Trace, posterior: float) -> None:
        """A case is opened and handed over to the teams."""
        world, subject = self._world, trace.subject
        case = Case(subject, *subject.case_luck(world.luck, trace), posterior, trace, self._withdraw)
        subject.case = case
        subject.stage = Stage.HANDOVER
        world.tally.cases += 1
        if subject.genuine:
            world.undetected.add(-1)
        else:
            world.tally.false_cases += 1
        world.note(Step.CASE_OPENED, subject.number, posterior)
        self._announce(case)
        world.begin(self._hand_over(case))

    def _hand_over(self, case: Case) -> Process:
        """A case travels to the teams, the faster the better agencies are linked."""
        days = case.days("detection.handover", self._conditions.handover) * (1 - self._levers.real_time_link)
        if days:
            self.in_handover[case] = None
            yield self._world.after(days)
            if case not in self.in_handover:
                return
            del self.in_handover[case]
        self._open_case(case)

    def _withdraw(self, case: Case) -> None:
        """Its subject has ended while the case was on its way."""
        del self.in_handover[case]
        self._world.tally.cases_withdrawn += 1
        self._world.note(Step.CASE_CLOSED, case.subject.number, Closing.WITHDRAWN)
