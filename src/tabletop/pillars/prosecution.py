"""Prosecution: the legal framework."""

from collections.abc import Callable, Generator, Mapping
from math import exp, inf
from typing import Annotated, Any

from pydantic import Field
from simpy import Event

from tabletop.engine.clock import Process
from tabletop.engine.durations import Duration, lognormal
from tabletop.engine.evidence import logistic
from tabletop.engine.frozen import Frozen, NonNegative, Share, Staff, condition, lever
from tabletop.subjects import Attempt, Case, Subject
from tabletop.world import Step, World

CustodyLimit = Annotated[float, Field(ge=0, le=730)]


class Levers(Frozen):
    """What a policy mix sets in prosecution."""

    prosecutors: Staff = lever(
        4, "People who prepare proceedings.", unit="people", cost=1, expects="wait_prosecutors -"
    )
    courts: Staff = lever(
        2, "Courts; each tries one proceeding at a time.", unit="courts", cost=1, expects="wait_courts -"
    )
    training: Share = lever(
        0.5, "Training of judges and prosecutors.", unit="share", cost=5, expects="guilty_acquitted -"
    )
    coordination: Share = lever(
        0.4,
        "Fewer days lost between bodies: hand-over and transfer are shortened by this share.",
        unit="share",
        cost=5,
        expects="days_to_verdict -",
    )
    custody_limit_days: CustodyLimit | None = lever(
        270.0,
        "The law's limit on custody before trial; null: none.",
        unit="days",
        cost=0,
        expects="limit_releases -",
    )
    safeguards: Share = lever(
        0.5, "Defence and review.", unit="share", cost=5, expects="wrongful_convictions -"
    )


class Conditions(Frozen):
    """What no policy sets in prosecution."""

    handover: Duration = condition(
        lognormal(10), "From intervention to prosecutor, without coordination.", unit="days"
    )
    preparation: Duration = condition(lognormal(120), "A prosecutor's work on one proceeding.", unit="days")
    transfer: Duration = condition(
        lognormal(40), "From prosecutor to court, without coordination.", unit="days"
    )
    trial: Duration = condition(
        lognormal(60), "A court's work on one proceeding, without safeguards.", unit="days"
    )
    trial_slowdown: NonNegative = condition(
        0.3, "Full safeguards lengthen a trial by this share.", unit="share"
    )
    a: float = condition(
        1.0,
        "Log-odds of convicting the guilty at a quality of 0 and no wait.",
        unit="log-odds",
        ge=-100,
        le=100,
    )
    b: float = condition(2.0, "What full quality adds to those log-odds.", unit="log-odds", ge=-100, le=100)
    partner_penalty: NonNegative = condition(
        1.0, "Quality lost when what partners gave or found may not be used in court.", unit="quality"
    )
    evidence_decay: NonNegative = condition(
        0.001, "Rate at which the chance of conviction decays from intervention to trial.", unit="per day"
    )
    innocent_rate: Share = condition(
        0.1, "Chance that an innocent is convicted, without training and safeguards.", unit="probability"
    )
    sentence: Duration = condition(
        lognormal(1825), "Prison to which an innocent who is convicted is sentenced.", unit="days"
    )
    limit_max: CustodyLimit | None = condition(
        None,
        "A legal cap on the custody limit; the smaller of the two at the intervention holds.",
        unit="days",
    )


class Proceeding:
    """The justice process of one intervention."""

    __slots__ = ("_over", "began", "case", "in_trial", "limit")

    def __init__(self, case: Case, began: float, limit: float) -> None:
        self.case = case
        self.began = began
        self.limit = limit
        """Days of custody before trial that the law allowed at the intervention; inf: no limit."""
        self.in_trial = False
        self._over = False

    def end(self) -> None:
        """A verdict or the limit ends it."""
        self._over = True

    def is_over(self) -> bool:
        """Whether a verdict or the limit has ended it."""
        return self._over

    @property
    def subject(self) -> Subject:
        """Whom it is about."""
        return self.case.subject


class Prosecution:
    """Custody, preparation, trial and verdict."""

    def __init__(
        self,
        world: World,
        levers: Levers,
        conditions: Conditions,
        staff: Mapping[str, float],
        *,
        usable: Callable[[Case], bool],
        vindicated: Callable[[float], None],
    ) -> None:
        self._world = world
        self._levers = levers
        self._conditions = conditions
        self._usable = usable
        self._vindicated = vindicated
        self.prosecutors = world.pool("prosecutors", staff["prosecutors"])
        self.courts = world.pool("courts", staff["courts"])
        self.on_the_way: dict[Proceeding, None] = {}
        """Proceedings in hand-over or transfer."""

    def adopt(self, levers: Levers, conditions: Conditions, staff: Mapping[str, float]) -> None:
        """From now on these settings hold."""
        self._levers = levers
        self._conditions = conditions
        self.prosecutors.resize(staff["prosecutors"])
        self.courts.resize(staff["courts"])

    def open_proceedings(self) -> int:
        """How many have no end yet, counted by walking."""
        places = (self.on_the_way, self.prosecutors.items(), self.courts.items())
        return len([proceeding for place in places for proceeding in place if not proceeding.is_over()])

    def charge(self, case: Case) -> None:
        """An intervention: custody begins, under the law's limit of that day."""
        limits = (self._levers.custody_limit_days, self._conditions.limit_max)
        limit = min((days for days in limits if days is not None), default=inf)
        proceeding = Proceeding(case, self._world.now(), limit)
        self._world.tally.proceedings += 1
        self._world.note(Step.CHARGED, case.subject.number, limit)
        self._world.begin(self._proceed(proceeding))
        if limit < inf:
            self._world.begin(self._watch_limit(proceeding))

    def _watch_limit(self, proceeding: Proceeding) -> Process:
        """The law releases whoever is not in trial when the limit has passed."""
        if proceeding.limit:
            yield self._world.after(proceeding.limit)
        if proceeding.in_trial or proceeding.is_over():
            return
        proceeding.end()
        self.on_the_way.pop(proceeding, None)
        world, subject = self._world, proceeding.subject
        world.tally.limit_releases += 1
        world.note(Step.RELEASED, subject.number, self._end_custody(proceeding))
        if not self.prosecutors.withdraw(proceeding):
            self.courts.withdraw(proceeding)
        if isinstance(subject, Attempt):
            world.tally.guilty_released += 1
            world.tally.guilty_freed += 1
            subject.go_free()

    def _proceed(self, proceeding: Proceeding) -> Process:
        """Hand-over, preparation by a prosecutor, transfer, and trial; the limit may end it before."""
        world, case = self._world, proceeding.case
        if not (yield from self._travel(proceeding, "prosecution.handover", self._conditions.handover)):
            return
        if not (yield self.prosecutors.seize(proceeding)):
            return
        if days := case.days("prosecution.preparation", self._conditions.preparation):
            yield world.after(days)
        self.prosecutors.release(proceeding)
        if proceeding.is_over():
            return
        if not (yield from self._travel(proceeding, "prosecution.transfer", self._conditions.transfer)):
            return
        if not (yield self.courts.seize(proceeding)):
            return
        if proceeding.is_over():  # the limit passed at the very moment when a court was free
            self.courts.release(proceeding)
            return
        proceeding.in_trial = True
        waited = world.now() - proceeding.began
        world.note(Step.TRIAL_BEGAN, case.subject.number, waited)
        slowdown = 1 + self._conditions.trial_slowdown * self._levers.safeguards
        if days := case.days("prosecution.trial", self._conditions.trial) * slowdown:
            yield world.after(days)
        self.courts.release(proceeding)
        self._reach_verdict(proceeding, waited)

    def _travel(
        self, proceeding: Proceeding, purpose: str, duration: Duration
    ) -> Generator[Event, Any, bool]:
        """A proceeding passes between bodies; False if it ended on the way."""
        if days := proceeding.case.days(purpose, duration) * (1 - self._levers.coordination):
            self.on_the_way[proceeding] = None
            yield self._world.after(days)
            if proceeding.is_over():
                return False
            del self.on_the_way[proceeding]
        return True

    def _reach_verdict(self, proceeding: Proceeding, waited: float) -> None:
        world, subject, levers = self._world, proceeding.subject, self._levers
        proceeding.end()
        days = self._end_custody(proceeding)
        world.tally.verdicts += 1
        world.tally.days_to_verdict += days
        convicted = proceeding.case.uniform("prosecution.verdict") < self._conviction(proceeding, waited)
        world.note(Step.CONVICTED if convicted else Step.ACQUITTED, subject.number, days)
        if convicted:
            world.tally.convictions += 1
        else:
            world.tally.acquittals += 1
        if isinstance(subject, Attempt):
            if convicted:
                world.dismantled.jump(world.dismantled.value() + 1)
            else:
                world.tally.guilty_acquitted += 1
                world.tally.guilty_freed += 1
                subject.go_free()
        elif convicted:
            world.tally.wrongful_convictions += 1
            sentence = proceeding.case.days("prosecution.sentence", self._conditions.sentence)
            world.tally.wrongful_prison_days += sentence
            world.note(Step.SENTENCED, subject.number, sentence)
        else:
            self._vindicated(levers.safeguards)

    def _conviction(self, proceeding: Proceeding, waited: float) -> float:
        """The chance of a conviction."""
        conditions, levers = self._conditions, self._levers
        if not proceeding.subject.genuine:
            return conditions.innocent_rate * (1 - levers.training / 2) * (1 - levers.safeguards / 2)
        quality = (levers.training + proceeding.case.care) / 2
        if not self._usable(proceeding.case):
            quality -= conditions.partner_penalty
        return logistic(conditions.a + conditions.b * quality) * exp(-conditions.evidence_decay * waited)

    def _end_custody(self, proceeding: Proceeding) -> float:
        """Custody ends after so many days."""
        tally = self._world.tally
        days = self._world.now() - proceeding.began
        tally.custody_ended += 1
        tally.custody_days += days
        if not proceeding.subject.genuine:
            tally.wrongful_custody_days += days
        return days
