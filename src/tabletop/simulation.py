"""One replication: the world is built, the pillars are connected, time passes, measures are read."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf, nextafter

from tabletop import arguments
from tabletop.background import Background
from tabletop.compiled.choice import takes_compiled
from tabletop.compiled.state import State
from tabletop.engine.journal import Journal
from tabletop.errors import known_name
from tabletop.interim import Interim
from tabletop.luck import luck_of
from tabletop.pillars import detection, interdiction, reporting
from tabletop.pillars.detection import Detection
from tabletop.pillars.interdiction import Border, Interdiction
from tabletop.pillars.prosecution import Prosecution
from tabletop.pillars.reporting import Reporting
from tabletop.pillars.sharing import Sharing
from tabletop.run import Run
from tabletop.scenario.policy import Policy
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.staff import staff_present
from tabletop.script import Script
from tabletop.series import Recorder, days_of_series
from tabletop.subjects import Channel, Route, Routes
from tabletop.threat import Threat
from tabletop.trust import Presence, Trust
from tabletop.world import Tally, Window, World

__all__ = ["Census", "Run", "Simulation", "simulate"]


def simulate(
    scenario: Scenario,
    mix: str,
    replication: int,
    *,
    seed: int | None = None,
    journal: bool = False,
    series_days: Iterable[float] = (),
    interim_days: Iterable[float] = (),
    engine: str = "auto",
) -> Run:
    """Simulate one replication of one policy mix.

    The same scenario, mix, seed and replication give the same bits, whatever else is simulated,
    where or in which order. `replication` counts from 0; `seed` is by default the scenario's. `journal`
    keeps every step of the run. `series_days` are days, beside the ends of months, at which the series
    are recorded. `interim_days` are days for which all measures are read just before their first event.
    Both are above 0 and at most the horizon. `engine` is "simpy", "compiled", or "auto": the compiled engine
    where it is installed, else SimPy. It changes no bit.

    Raises UnknownName if there is no such mix or engine, and TabletopError if an argument has the wrong type
    or is out of range.
    """
    scenario = arguments.scenario(scenario)
    replication = arguments.whole_number("replication", replication, 0, arguments.MOST_REPLICATIONS - 1)
    if seed is not None:
        seed = arguments.seed(seed)
    series_days = arguments.days("series_days", series_days, scenario.horizon_days)
    interim_days = arguments.days("interim_days", interim_days, scenario.horizon_days)
    if takes_compiled(engine, Simulation):
        from tabletop.compiled.runner import Runner  # noqa: PLC0415 (not everywhere)

        maker: type[Runner | Simulation] = Runner
    else:
        maker = Simulation
    return maker(
        scenario,
        mix,
        replication,
        seed=seed,
        journal=journal,
        series_days=series_days,
        interim_days=interim_days,
    ).run()


def read_on(
    scenario: Scenario,
    mix: str,
    replication: int,
    days: Sequence[float],
    *,
    state: State | None = None,
    state_days: Collection[float] = (),
) -> tuple[tuple[Interim, ...], tuple[State, ...]]:
    """The readings just before each of some `days`, in their order, and the states on those of `state_days`.

    It begins anew, or from a `state` not after the first of the days, of a run that was alike until then. The
    readings are the same. Only the compiled engine keeps states; SimPy's always begins anew.
    """
    if not takes_compiled("auto", Simulation):
        return simulate(scenario, mix, replication, interim_days=days, engine="simpy").interims, ()
    from tabletop.compiled.runner import Runner  # noqa: PLC0415 (not everywhere)

    runner = Runner(scenario, mix, replication, state=state)
    interims: list[Interim] = []
    states = []
    for day in days:
        interims += runner.interims([day])
        if day in state_days:
            states.append(runner.state(day))
    return tuple(interims), tuple(states)


def read_warm_up(
    scenario: Scenario, replication: int, since: float, *, engine: str = "auto"
) -> Interim | None:
    """The readings of the end of the warm-up, from day `since` (below 0) to StartEx; without costs.

    Until StartEx every mix is the baseline. Of a shorter warm-up it is all; None if there is none.
    """
    begins = -scenario.warm_up_days
    days = [day for day in (since, 0.0) if day > begins]
    if not days:
        return None
    if takes_compiled(engine, Simulation):
        from tabletop.compiled.runner import Runner  # noqa: PLC0415 (not everywhere)

        read = Runner.from_warm_up(scenario, replication).warm_up(days)
    else:
        read = Simulation(scenario, scenario.baseline, replication).warm_up_readings(days)
    return read[-1] if len(days) == 1 else read[-1].since(read[0])


@dataclass(frozen=True)
class Census:
    """How many attempts, traces, cases and proceedings are in the system at a moment."""

    attempts: int
    traces: int
    cases: int
    proceedings: int


class Simulation:
    """One replication in the making: the world, the pillars, and the timeline that changes them."""

    def __init__(
        self,
        scenario: Scenario,
        mix: str,
        replication: int,
        *,
        seed: int | None = None,
        journal: bool = False,
        series_days: Iterable[float] = (),
        interim_days: Iterable[float] = (),
    ) -> None:
        self.scenario = scenario
        self.mix = known_name("policy mix", mix, scenario.policy_mixes)
        self.replication = replication
        self.seed = scenario.seed if seed is None else seed
        self.events = 0
        self.warm_up: Tally | None = None
        """The counts of the warm-up, once it is over."""
        self.world = World(
            -scenario.warm_up_days, luck_of(scenario, self.seed, replication), Journal() if journal else None
        )
        self._script = Script(scenario, mix, self.world)
        self._connect()
        self._settle()
        days = days_of_series(scenario.horizon_days, series_days)
        self._series = Recorder(self.world, days, self._open_counts)
        self._interim_days = sorted(set(interim_days))
        self._script.schedule(start=self._start, adopt=self._adopt)
        self._adopt()

    def step(self) -> bool:
        """Process the next event and fire what it triggers; False if no event is left up to EndEx."""
        clock = self.world.clock
        if clock.peek() > self.scenario.horizon_days:
            return False
        clock.step()
        self.events += 1
        if self._script.pending and clock.now >= 0:
            self._script.check_triggers()
        return True

    def run(self) -> Run:
        """Simulate until EndEx, and read the measures."""
        interims = []
        for day in self._interim_days:
            self._pass(nextafter(day, -inf))
            interims.append(self._interim(day))
        self._pass(self.scenario.horizon_days)
        return self._report(tuple(interims))

    def warm_up_readings(self, days: Sequence[float]) -> tuple[Interim, ...]:
        """The readings just before some days of the warm-up, since its beginning, in order; no costs."""
        found = []
        for day in days:
            self._pass(nextafter(day, -inf))
            window = self._counted(self.world.window_until(day))
            found.append(Interim.of(window, self._script.fired))
        return tuple(found)

    def _pass(self, day: float) -> None:
        """Simulate up to and including the last event of a day."""
        while self._script.pending and self.world.clock.peek() <= day and self.step():
            pass
        self.events += self.world.clock.advance(day)

    def census(self) -> Census:
        """What is in the system now, counted by walking all queues and all items in service."""
        places = (
            self.reporting.tip_line.items(),
            self.border.officers.items(),
            self.sharing.items(),
            self.detection.analysts.items(),
        )
        return Census(
            attempts=len(self.threat.preparing),
            traces=sum(len(place) for place in places),
            cases=len(self.detection.in_handover) + len(self.interdiction.teams.items()),
            proceedings=self.prosecution.open_proceedings(),
        )

    def _start(self) -> None:
        """StartEx: the measures begin to count."""
        self.warm_up = self.world.close_window(0.0).tally

    def _connect(self) -> None:
        """Build the pillars and connect each with the next: the flow of the model, from its end on."""
        world, policy, conditions = self.world, self._script.policy, self._script.conditions
        staff = self._staff()
        self.trust = Trust(world, conditions.trust)
        self.prosecution = Prosecution(
            world,
            policy.prosecution,
            conditions.prosecution,
            staff,
            usable=lambda case: self.sharing.usable_in_court(case),
            vindicated=self.trust.vindicated,
        )
        self.interdiction = Interdiction(
            world,
            policy.interdiction,
            conditions.interdiction,
            staff,
            charge=self.prosecution.charge,
            jointly=lambda case: self.sharing.joins(case),
            wronged=self.trust.wronged,
            troubled=self.trust.troubled,
        )
        self.detection = Detection(
            world,
            policy.detection,
            conditions.detection,
            staff,
            priors=[self.scenario.priors()[channel.key] for channel in Channel],
            open_case=self.interdiction.take,
            move_up=self.interdiction.move_up,
            announce=lambda case: self.sharing.announce(case),
            teams_idle=lambda: self.interdiction.teams.idle_share,
        )
        self.border = Border(
            world,
            policy.interdiction,
            conditions.interdiction,
            staff,
            pass_on=self.detection.receive,
            refused=self.trust.refused,
        )
        self.reporting = Reporting(
            world, policy.reporting, conditions.reporting, staff, pass_on=self.detection.receive
        )
        self.sharing = Sharing(
            world, policy.sharing, conditions.sharing, staff, pass_on=self.detection.receive
        )
        routes = self._routes()
        self.background = Background(world, conditions.background, routes)
        self.threat = Threat(
            world,
            conditions.threat,
            last_day=self.scenario.horizon_days,
            routes=routes,
            foils=self.interdiction.foils,
            incident=self.trust.shaken,
        )

    def _routes(self) -> Routes:
        """By channel: where its traces go."""
        return (
            Route(self.detection.collect, detection.CAPTURE),
            Route(self.reporting.receive, reporting.REPORT),
            Route(self.border.receive, interdiction.REFERRAL),
            Route(self.sharing.receive),
        )

    def _reaches(self) -> tuple[float, ...]:
        """By channel: what the policy in force gets hold of, at most; a journal tells of every trace."""
        policy = self._script.policy
        if self.world.journal is not None:
            return (inf, inf, inf, inf)
        return (
            policy.detection.collection,
            policy.reporting.outreach,
            policy.interdiction.border_inspection,
            inf,
        )

    def _settle(self) -> None:
        """Set every stock to its start: the slow ones to the baseline's targets, the others to 0."""
        world, policy, conditions = self.world, self._script.policy, self._script.conditions
        level = Trust.level(conditions.trust, _presence(policy))
        world.trust.settle(level, conditions.trust.relaxation)
        world.programmes.settle(policy.reporting.social_programmes, conditions.threat.prevention_lag)
        world.capacity.settle(policy.sharing.capacity_building, conditions.threat.abroad_lag)
        world.grievance.settle(0.0, conditions.threat.backlash_decay)
        world.dismantled.settle(0.0, conditions.threat.dismantling_decay)

    def _adopt(self) -> None:
        """Pass the settings in force now to every pillar and stock."""
        policy, conditions, staff = self._script.policy, self._script.conditions, self._staff()
        self.trust.adopt(conditions.trust, _presence(policy))
        self.prosecution.adopt(policy.prosecution, conditions.prosecution, staff)
        self.interdiction.adopt(policy.interdiction, conditions.interdiction, staff)
        self.border.adopt(policy.interdiction, conditions.interdiction, staff)
        self.detection.adopt(policy.detection, conditions.detection, staff)
        self.reporting.adopt(policy.reporting, conditions.reporting, staff)
        self.sharing.adopt(policy.sharing, conditions.sharing, staff)
        self.background.adopt(conditions.background, self._reaches())
        self.threat.adopt(
            conditions.threat,
            social_programmes=policy.reporting.social_programmes,
            capacity_building=policy.sharing.capacity_building,
        )

    def _open_counts(self) -> dict[str, float]:
        """Trust, and the cases and proceedings open now."""
        census = self.census()
        return {
            "trust": self.world.trust.value(),
            "open_cases": float(census.cases),
            "open_proceedings": float(census.proceedings),
        }

    def _staff(self) -> dict[str, float]:
        """People present in each pool."""
        return staff_present(self._script.policy, self._script.conditions)

    def _captured(self, window: Window) -> int:
        """Traces captured, in the warm-up and in a window."""
        tallies = [window.tally] if self.warm_up is None else [self.warm_up, window.tally]
        return sum(tally.traces - tally.uncaptured for tally in tallies)

    def _complete(self, window: Window) -> Window:
        """A window that ends now, with what stands open at its end and what it cost."""
        window.cost = self.scenario.cost(self.mix, until=window.end)
        return self._counted(window)

    def _counted(self, window: Window) -> Window:
        """A window that ends now, with what stands open at its end."""
        window.preparing_at_end = len(self.threat.preparing)
        window.proceedings_at_end = self.prosecution.open_proceedings()
        return window

    def _interim(self, day: float) -> Interim:
        """The readings just before a day."""
        return Interim.of(self._complete(self.world.window_until(day)), self._script.fired)

    def _report(self, interims: tuple[Interim, ...]) -> Run:
        """Read the measures of the exercise."""
        window = self._complete(self.world.close_window(self.scenario.horizon_days))
        return Run.of(
            window,
            scenario=self.scenario,
            mix=self.mix,
            replication=self.replication,
            seed=self.seed,
            series=self._series.read(),
            interims=interims,
            events=self.events,
            traces=self._captured(window),
            journal=self.world.journal,
        )


def _presence(policy: Policy) -> Presence:
    """What the public lives with under a policy."""
    detection, sharing = policy.detection, policy.sharing
    return Presence(
        engagement=policy.reporting.engagement,
        collection=detection.collection,
        protection=policy.interdiction.protection,
        data=(detection.linkage + detection.real_time_link + sharing.openness) / 3,
    )
