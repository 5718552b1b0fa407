"""One replication: the world is built, the pillars are connected, time passes, measures are read."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import floor, inf, nextafter

from tabletop import arguments
from tabletop.background import Background
from tabletop.engine.journal import Journal
from tabletop.engine.staff import present
from tabletop.errors import known_name
from tabletop.interim import Interim
from tabletop.luck import luck_of
from tabletop.measures import MEASURES, PoolReport, Reading, value
from tabletop.notebook import html_table
from tabletop.pillars import detection, interdiction, reporting
from tabletop.pillars.detection import Detection
from tabletop.pillars.interdiction import Border, Interdiction
from tabletop.pillars.prosecution import Prosecution
from tabletop.pillars.reporting import Reporting
from tabletop.pillars.sharing import Sharing
from tabletop.pools import POOLS
from tabletop.scenario.policy import LEVERS, Policy
from tabletop.scenario.scenario import Scenario
from tabletop.script import Script
from tabletop.series import MONTH_DAYS, Recorder, Series
from tabletop.subjects import Channel, Route, Routes
from tabletop.threat import Threat
from tabletop.trust import Presence, Trust
from tabletop.world import Tally, Window, World


@dataclass(frozen=True, repr=False)
class Run:
    """The outcome of a `replication` of a `mix`, of the scenario with `scenario_title`, under a `seed`."""

    scenario_title: str
    mix: str
    replication: int
    seed: int
    measures: Mapping[str, float | None]
    """Every measure by its name; None where its denominator is 0."""
    parts: Mapping[str, Reading]
    """Numerator and denominator of every measure; the denominator of what is no ratio is 1."""
    pools: Mapping[str, PoolReport]
    """Every pool of staff by its name."""
    tally: Mapping[str, float]
    """All counts of the run: the fields of `world.Tally`, except the traces left and those not captured,
    because only those that some policy could capture are counted."""
    series: Series
    """How the run developed, month by month, and on the `series_days` asked for."""
    interims: tuple[Interim, ...]
    """The readings just before each of the `interim_days` asked for; a results folder does not keep them."""
    events: int
    """Number of events processed, the warm-up's included; with a journal there are some more."""
    traces: int
    """Number of traces captured, the warm-up's included."""
    journal: Journal | None
    """Every step of the run, the warm-up included; None unless it was asked for."""

    def __repr__(self) -> str:
        place = f"replication {self.replication}, seed {self.seed}"
        return f"<Run of {self.mix} in {self.scenario_title!r}: {place}, {self.events:,} events>"

    def _repr_html_(self) -> str:
        """Every measure, as a notebook shows it."""
        return html_table(
            f"{self.scenario_title}, {self.mix}: replication {self.replication}, one world of many",
            ("measure", "value", "unit"),
            (
                (MEASURES[name].title, ("missing" if value is None else f"{value:.4g}", MEASURES[name].unit))
                for name, value in self.measures.items()
            ),
        )


def simulate(
    scenario: Scenario,
    mix: str,
    replication: int,
    *,
    seed: int | None = None,
    journal: bool = False,
    series_days: Iterable[float] = (),
    interim_days: Iterable[float] = (),
) -> Run:
    """Simulate one replication of one policy mix.

    The same scenario, mix, seed and replication give the same bits, whatever else is simulated,
    where or in which order. `replication` counts from 0; `seed` is by default the scenario's. `journal`
    keeps every step of the run. `series_days` are days, beside the ends of months, at which the series
    are recorded. `interim_days` are days for which all measures are read just before their first event.
    Both are above 0 and at most the horizon.

    Raises UnknownName if there is no such mix, and TabletopError if an argument has the wrong type or is
    out of range.
    """
    scenario = arguments.scenario(scenario)
    replication = arguments.whole_number("replication", replication, 0, arguments.MOST_REPLICATIONS - 1)
    if seed is not None:
        seed = arguments.seed(seed)
    series_days = arguments.days("series_days", series_days, scenario.horizon_days)
    interim_days = arguments.days("interim_days", interim_days, scenario.horizon_days)
    return Simulation(
        scenario,
        mix,
        replication,
        seed=seed,
        journal=journal,
        series_days=series_days,
        interim_days=interim_days,
    ).run()


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
        self.warm_up: Window | None = None
        """What happened before StartEx, once it is over."""
        self.world = World(
            -scenario.warm_up_days, luck_of(scenario, self.seed, replication), Journal() if journal else None
        )
        self._policies = scenario.policies(mix)
        self._script = Script(scenario, mix, self.world)
        self._connect()
        self._settle()
        self._series = Recorder(self.world, self._series_ends(series_days), self._open_counts)
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
        self.warm_up = self.world.close_window(0.0)

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
        """By channel: where its traces go, and the largest share that a policy of this run captures."""
        policies = [self._script.policy, *(policy for _, policy in self._policies)]

        def reach(largest: float) -> float:
            return largest if self.world.journal is None else inf  # a journal tells of every trace

        return (
            Route(
                self.detection.collect,
                detection.CAPTURE,
                reach(max(policy.detection.collection for policy in policies)),
            ),
            Route(
                self.reporting.receive,
                reporting.REPORT,
                reach(max(policy.reporting.outreach for policy in policies)),
            ),
            Route(
                self.border.receive,
                interdiction.REFERRAL,
                reach(max(policy.interdiction.border_inspection for policy in policies)),
            ),
            Route(self.sharing.receive),
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
        self.background.adopt(conditions.background)
        self.threat.adopt(
            conditions.threat,
            social_programmes=policy.reporting.social_programmes,
            capacity_building=policy.sharing.capacity_building,
        )

    def _series_ends(self, asked: Iterable[float]) -> list[float]:
        """The ends of months, EndEx, and the days asked for, sorted."""
        horizon = self.scenario.horizon_days
        months = [month * MONTH_DAYS for month in range(1, floor(horizon / MONTH_DAYS) + 1)]
        return sorted({*months, *asked, horizon})

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
        policy, staff = self._script.policy, self._script.conditions.staff
        return {
            pool: present(LEVERS[pool].people(policy), getattr(staff, pool).availability) for pool in POOLS
        }

    def _captured(self, window: Window) -> int:
        """Traces captured, in the warm-up and in a window."""
        windows = [window] if self.warm_up is None else [self.warm_up, window]
        return sum(w.tally.traces - w.tally.uncaptured for w in windows)

    def _read(self, window: Window) -> dict[str, Reading]:
        """Numerator and denominator of every measure of a window that ends now."""
        window.preparing_at_end = len(self.threat.preparing)
        window.proceedings_at_end = self.prosecution.open_proceedings()
        window.cost = self.scenario.cost(self.mix, until=window.end)
        return {name: measure.read(window) for name, measure in MEASURES.items()}

    def _interim(self, day: float) -> Interim:
        """The readings just before a day."""
        window = self.world.window_until(day)
        return Interim(
            window.start, day, self._read(window), _complete_counts(window.tally), self._script.fired
        )

    def _report(self, interims: tuple[Interim, ...]) -> Run:
        """Read the measures of the exercise."""
        window = self.world.close_window(self.scenario.horizon_days)
        parts = self._read(window)
        return Run(
            scenario_title=self.scenario.title,
            mix=self.mix,
            replication=self.replication,
            seed=self.seed,
            measures={name: value(reading) for name, reading in parts.items()},
            parts=parts,
            tally=_complete_counts(window.tally),
            series=self._series.read(),
            interims=interims,
            pools={name: PoolReport.of(pool, window.days) for name, pool in window.pools.items()},
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


def _complete_counts(tally: Tally) -> dict[str, float]:
    """The counts of a tally that are complete: traces that no policy could capture are not all counted."""
    return {k: v for k, v in asdict(tally).items() if k not in ("traces", "uncaptured")}
