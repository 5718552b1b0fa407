"""Interdiction: security measures."""

from collections.abc import Callable, Mapping
from math import exp, inf

from tabletop.engine.clock import Process
from tabletop.engine.durations import Duration, constant, lognormal
from tabletop.engine.frozen import Frozen, NonNegative, Share, Staff, Unbounded, condition, lever
from tabletop.subjects import Attempt, Case, Closing, Ending, Stage, Trace
from tabletop.world import Step, World

REFERRAL = "interdiction.referral"
"""The uniform of a trace that decides whether it is referred to inspection."""


class Levers(Frozen):
    """What a policy mix sets in interdiction."""

    teams: Staff = lever(
        3, "Investigation teams; each works one case at a time.", unit="teams", cost=2, expects="wait_teams -"
    )
    care: Share = lever(
        0.5,
        "Diligence before intervening: slower, clears more of the innocent, makes better evidence.",
        unit="share",
        cost=0,
        expects="wrongful_interventions -",
    )
    border_inspection: Share = lever(
        0.4,
        "Share of border traces referred to inspection.",
        unit="share",
        cost=5,
        expects="border_referrals +",
    )
    border_officers: Staff = lever(
        1, "People who inspect at the border.", unit="people", cost=1, expects="traveller_wait_hours -"
    )
    protection: Share = lever(
        0.3,
        "Protective security of public places, the most exposed first: a mature attempt may be foiled.",
        unit="share",
        cost=40,
        expects="attempts_foiled +",
    )


class Conditions(Frozen):
    """What no policy sets in interdiction."""

    investigation: Duration = condition(
        lognormal(45), "A team's work on one case, without care.", unit="days"
    )
    care_slowdown: NonNegative = condition(
        0.4, "Full care lengthens an investigation by this share.", unit="share"
    )
    success: Share = condition(
        0.9, "Chance that an investigation finished in time disrupts its plot.", unit="probability"
    )
    containment: Share = condition(
        0.0,
        "Chance that a plot under investigation cannot mature before the investigation ends.",
        unit="probability",
    )
    clear_base: Share = condition(
        0.7, "Chance that a benign subject is cleared, without care.", unit="probability"
    )
    clear_gain: Share = condition(0.28, "What full care adds to that chance.", unit="probability")
    protection_ceiling: Share = condition(
        0.5, "Chance that protection without limit would foil a mature attempt.", unit="probability"
    )
    protection_curve: NonNegative = condition(
        3.0, "How soon protection comes near that ceiling: its returns fall.", unit="per full unit"
    )
    inspection: Duration = condition(lognormal(0.2), "A border officer's work on one referral.", unit="days")
    patience: Duration | None = condition(
        constant(1),
        "How long a referred traveller waits before passing without inspection; null: for ever.",
        unit="days",
    )
    d_prime: NonNegative = condition(
        2.0, "How far an inspection sets plots and look-alikes apart.", unit="standard deviations"
    )
    refuse_at: Unbounded = condition(
        2.0,
        "Log-likelihood ratio from which an inspected traveller is refused; .inf refuses nobody.",
        unit="log-likelihood ratio",
    )
    pass_at: Unbounded = condition(
        0.0,
        "Log-likelihood ratio from which an inspected trace goes on to the analysts; -.inf passes all.",
        unit="log-likelihood ratio",
    )


class Interdiction:
    """Investigates cases, and intervenes or clears."""

    def __init__(
        self,
        world: World,
        levers: Levers,
        conditions: Conditions,
        staff: Mapping[str, float],
        *,
        charge: Callable[[Case], None],
        jointly: Callable[[Case], tuple[float, float] | None],
        wronged: Callable[[], None],
        troubled: Callable[[float], None],
    ) -> None:
        self._world = world
        self._levers = levers
        self._conditions = conditions
        self._charge = charge
        self._jointly = jointly
        self._wronged = wronged
        self._troubled = troubled
        self.teams = world.pool("teams", staff["teams"])

    def adopt(self, levers: Levers, conditions: Conditions, staff: Mapping[str, float]) -> None:
        """From now on these settings hold."""
        self._levers = levers
        self._conditions = conditions
        self.teams.resize(staff["teams"])

    def foils(self, uniform: float) -> bool:
        """Whether protection foils a mature attempt of this luck: the first guarded places matter most."""
        conditions = self._conditions
        guarded = 1 - exp(-conditions.protection_curve * self._levers.protection)
        return uniform < conditions.protection_ceiling * guarded

    def take(self, case: Case) -> None:
        """A case arrives at the teams."""
        case.subject_ended = self._subject_ended
        case.subject.stage = Stage.WAITING
        self._world.begin(self._investigate(case))

    def move_up(self, case: Case, posterior: float) -> bool:
        """A case that waits for a team is queued by a higher posterior; False if it does not wait."""
        if not self.teams.waits(case):
            return False
        case.posterior = posterior
        self.teams.move_up(case, priority=-posterior)
        return True

    def _subject_ended(self, case: Case) -> None:
        """The plot is over: a waiting case is withdrawn; a team at work stays on it to the planned end."""
        self.teams.withdraw(case)

    def _investigate(self, case: Case) -> Process:
        """A team works one case until it can intervene, clears it, or is too late."""
        if not (yield self.teams.seize(case, priority=-case.posterior)):
            self._close(case, Closing.WITHDRAWN)
            return
        case.subject.stage = Stage.INVESTIGATED
        case.care = self._levers.care
        self._world.note(Step.CARE_TAKEN, case.subject.number, case.care)
        joint = self._jointly(case)
        case.joint = joint is not None
        speed, added = joint or (1.0, 0.0)
        subject = case.subject
        if isinstance(subject, Attempt) and subject.ended is None:
            subject.contained = case.uniform("interdiction.containment") < self._conditions.containment
        slowdown = 1 + self._conditions.care_slowdown * case.care
        if days := case.days("interdiction.investigation", self._conditions.investigation) * slowdown * speed:
            yield self._world.after(days)
        self.teams.release(case)
        if not isinstance(subject, Attempt):
            self._conclude_benign(case)
        elif subject.ended is not None:
            self._close(case, Closing.TOO_LATE)
        elif case.uniform("interdiction.success") < self._conditions.success + added:
            self._disrupt(case, subject)
        else:
            self._lose_sight(case, subject)

    def _disrupt(self, case: Case, attempt: Attempt) -> None:
        """The plot is disrupted, and justice takes over."""
        days = self._world.now() - attempt.formed
        attempt.case = None
        attempt.end(Ending.DISRUPTED)
        self._world.tally.disrupted += 1
        self._world.tally.days_to_disruption += days
        self._world.note(Step.DISRUPTED, attempt.number, days)
        self._close(case, Closing.DISRUPTED)
        self._charge(case)

    def _lose_sight(self, case: Case, attempt: Attempt) -> None:
        """The same attempt goes on, its file deleted; it is carried out at once if it was only contained."""
        attempt.case = None
        attempt.file = None
        attempt.stage = Stage.LOST
        self._world.tally.cases_lost += 1
        self._close(case, Closing.LOST)
        if not attempt.let_go(self._world.now()):
            self._world.undetected.add(1)

    def _conclude_benign(self, case: Case) -> None:
        """A benign subject is cleared, or suffers a wrongful intervention."""
        world = self._world
        case.subject.case = None
        if (
            case.uniform("interdiction.clearing")
            < self._conditions.clear_base + self._conditions.clear_gain * case.care
        ):
            world.tally.cleared += 1
            self._close(case, Closing.CLEARED)
            self._troubled(case.care)
            return
        world.tally.wrongful += 1
        self._close(case, Closing.WRONGFUL)
        world.grievance.jump(world.grievance.value() + 1)
        self._wronged()
        self._charge(case)

    def _close(self, case: Case, closing: Closing) -> None:
        tally = self._world.tally
        if closing is Closing.WITHDRAWN:
            tally.cases_withdrawn += 1
        elif closing is Closing.TOO_LATE:
            tally.cases_too_late += 1
        self._world.note(Step.CASE_CLOSED, case.subject.number, closing)


class Border:
    """Refers border traces to inspection, refuses whom it must, and passes on what is worth it."""

    def __init__(
        self,
        world: World,
        levers: Levers,
        conditions: Conditions,
        staff: Mapping[str, float],
        *,
        pass_on: Callable[[Trace], None],
        refused: Callable[[], None],
    ) -> None:
        self._world = world
        self._levers = levers
        self._conditions = conditions
        self._pass_on = pass_on
        self._refused = refused
        self.officers = world.pool("border_officers", staff["border_officers"])

    def adopt(self, levers: Levers, conditions: Conditions, staff: Mapping[str, float]) -> None:
        """From now on these settings hold."""
        self._levers = levers
        self._conditions = conditions
        self.officers.resize(staff["border_officers"])

    def receive(self, trace: Trace) -> None:
        """A trace at the border is referred to inspection, or passes."""
        world, subject = self._world, trace.subject
        world.tally.traces += 1
        world.note(Step.TRACE_LEFT, subject.number, trace.channel)
        if trace.uniform(REFERRAL) < self._levers.border_inspection:
            world.begin(self._inspect(trace))
        else:
            world.tally.uncaptured += 1
            subject.reaches(Stage.UNCAPTURED)
            world.note(Step.UNCAPTURED, subject.number, trace.channel)

    def _inspect(self, trace: Trace) -> Process:
        """A traveller waits for an officer, is inspected, and is refused, noted or let go."""
        world, subject, patience = self._world, trace.subject, self._conditions.patience
        served = yield self.officers.seize(
            trace, shelf_life=inf if patience is None else trace.days("interdiction.patience", patience)
        )
        if not served:
            world.tally.let_through += 1
            subject.reaches(Stage.UNCAPTURED)
            world.note(Step.LET_THROUGH, subject.number, trace.channel)
            return
        if days := trace.days("interdiction.inspection", self._conditions.inspection):
            yield world.after(days)
        self.officers.release(trace)
        trace.look(self._conditions.d_prime, "interdiction.look")
        world.note(Step.LOOKED, subject.number, trace.evidence)
        if trace.evidence >= self._conditions.refuse_at:
            self._refuse(trace)
        elif trace.evidence >= self._conditions.pass_at:
            world.tally.border_referrals += 1
            world.note(Step.PASSED_ON, subject.number, trace.channel)
            self._pass_on(trace)
        else:
            world.tally.screened_out += 1
            subject.reaches(Stage.SCREENED_OUT)
            world.note(Step.SCREENED_OUT, subject.number, trace.channel)

    def _refuse(self, trace: Trace) -> None:
        """A traveller is turned away: with a plot's people their attempt ends; an innocent is wronged."""
        world, subject = self._world, trace.subject
        world.tally.border_refusals += 1
        world.note(Step.REFUSED, subject.number, trace.channel)
        if not isinstance(subject, Attempt):
            world.tally.wrongful_refusals += 1
            self._refused()
        elif subject.ended is None:
            subject.turn_back()
