"""The runner: one replication on the compiled loop, with the script and the measures of the model itself."""

from collections.abc import Callable, Iterable
from math import inf, nextafter
from typing import Any, Self

from tabletop.compiled import loop
from tabletop.compiled.records import settings
from tabletop.compiled.state import State
from tabletop.compiled.store import Shared, shared_by
from tabletop.engine.journal import Journal
from tabletop.engine.staff import Statistics
from tabletop.errors import known_name
from tabletop.interim import Interim
from tabletop.measures import Reading, readings
from tabletop.run import Run
from tabletop.scenario.scenario import Scenario
from tabletop.script import Script
from tabletop.series import OPEN, TALLIED, Series, days_of_series
from tabletop.subjects import Channel
from tabletop.world import SHOCKABLE, Step, Tally, Window


class _Stock:
    """A stock in a loop."""

    def __init__(self, of: loop.Loop, name: str) -> None:
        self._loop = of
        self._name = name

    def value(self) -> float:
        """The level now."""
        return self._loop.level(self._name)


class _Stage:
    """A loop, as its script sees it."""

    def __init__(self, of: loop.Loop, since: float) -> None:
        self._loop = of
        self._since = since
        self._acts: list[Callable[[], None]] = []
        self.is_planned = False
        """Whether all that is known beforehand is scheduled."""

    @property
    def tally(self) -> Tally:
        """The counts of the present window so far."""
        return Tally(**self._loop.tally)  # type: ignore[arg-type]  # counts are whole

    def now(self) -> float:
        """The day."""
        return self._loop.now

    def stock(self, name: str) -> _Stock:
        """The shockable stock of that name."""
        return _Stock(self._loop, name)

    def move(self, stock: str, level: float) -> None:
        """A shockable stock jumps to a level, or to the nearer end of its range."""
        bounds = SHOCKABLE[stock]
        level = min(bounds.high, max(bounds.low, level))
        self._loop.jump(stock, level)
        self.note(bounds.jumped, value=level)

    def call_at(self, day: float, act: Callable[[], None]) -> None:
        """Call a function on a day; what was planned for a day before the loop was taken up has been done."""
        if self.is_planned:
            self._loop.schedule_script(day, self._numbered(act))
        elif day >= self._since:
            self._loop.plan_script(day, self._numbered(act))

    def restore(self, day: float, order: int, act: Callable[[], None]) -> None:
        """Call a function on a day, in the place that it had among what is due then."""
        self._loop.restore_script(day, self._numbered(act), order)

    def note(self, step: Step, subject: int = 0, value: float = 0.0) -> None:
        """Write a row of the journal, if one is kept."""
        self._loop.note(step, subject, value)

    def act(self) -> None:
        """Do what is due."""
        self._acts[self._loop.script]()

    def _numbered(self, act: Callable[[], None]) -> int:
        self._acts.append(act)
        return len(self._acts) - 1


class Runner:
    """One replication in the making, on the compiled loop."""

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
        shared: Shared | None = None,
        state: State | None = None,
    ) -> None:
        """A run from the beginning, or from a `state` of a run that was alike until then.

        `shared` is what the replication's runs share; by default that of the latest replication.
        """
        self._scenario = scenario
        self._mix = known_name("policy mix", mix, scenario.policy_mixes)
        self._replication = replication
        self._seed = scenario.seed if seed is None else seed
        self._keeps_journal = journal
        self._interim_days = sorted(set(interim_days))
        self._captured = 0
        self._shared = shared_by(scenario, self._seed, replication) if shared is None else shared
        if state is None and not journal:
            state = self._shared.start
        self._begin(state, days_of_series(scenario.horizon_days, series_days))

    def _begin(self, state: State | None, series_days: Iterable[float]) -> None:
        scenario = self._scenario
        priors = scenario.priors()
        self._since = -scenario.warm_up_days if state is None else state.day
        self._loop = loop.Loop(
            self._shared.luck,
            settings(scenario.policies(scenario.baseline)[0][1], scenario.conditions),
            [priors[channel.key] for channel in Channel],
            -scenario.warm_up_days,
            self._keeps_journal,
            None if state is None else state.world,
        )
        self._stage = _Stage(self._loop, self._since)
        self._script = Script(scenario, self._mix, self._stage)
        if state is not None:
            self._script.resume(state.day, dict(state.fired))
        self._loop.schedule_series([day for day in series_days if day >= self._since])
        self._script.schedule(start=self._start, adopt=self._adopt)
        self._stage.is_planned = True
        if state is None:
            self._adopt()
        else:
            for day, order in state.ends:
                self._stage.restore(day, order, self._script.revise)
        self._watch()

    @classmethod
    def from_warm_up(cls, scenario: Scenario, replication: int) -> Self:
        """A run of the baseline that begins with its warm-up, even where it is known how that ends."""
        shared = Shared.of(scenario, scenario.seed, replication)
        return cls(scenario, scenario.baseline, replication, shared=shared)

    def warm_up(self, days: Iterable[float]) -> tuple[Interim, ...]:
        """The readings just before some days of the warm-up, since its beginning, in order; no costs."""
        found = []
        for day in days:
            self._pass(nextafter(day, -inf))
            found.append(Interim.of(self._counted(self._loop.window(day), day, cost=0.0), self._script.fired))
        return tuple(found)

    def run(self) -> Run:
        """Let time pass until EndEx, and read the measures."""
        interims = self.interims(self._interim_days)
        horizon = self._scenario.horizon_days
        self._pass(horizon)
        window = self._window(self._loop.close_window(horizon), horizon)
        return Run.of(
            window,
            scenario=self._scenario,
            mix=self._mix,
            replication=self._replication,
            seed=self._seed,
            series=self._series(),
            interims=interims,
            events=self._loop.events,
            traces=self._captured + window.tally.traces - window.tally.uncaptured,
            journal=self._journal() if self._keeps_journal else None,
            engine="compiled",
        )

    def readings(self) -> dict[str, Reading]:
        """Numerator and denominator of every measure, as `run` has them; time passes until EndEx."""
        self.interims(())
        horizon = self._scenario.horizon_days
        self._pass(horizon)
        return readings(self._window(self._loop.close_window(horizon), horizon))

    def interims(self, days: Iterable[float]) -> tuple[Interim, ...]:
        """The readings just before each of some days, in their order; time passes until the last of them."""
        if self._loop.now < 0 and not self._keeps_journal:
            self._shared.start = self.state(0.0)
        found = []
        for day in days:
            self._pass(nextafter(day, -inf))
            found.append(Interim.of(self._window(self._loop.window(day), day), self._script.fired))
        return tuple(found)

    def state(self, day: float) -> State:
        """How things stand just before a day, from 0 on; time passes until then."""
        self._pass(nextafter(day, -inf))
        ends, fired = self._loop.scheduled_script(), self._script.fired
        return State(day, self._loop.state(with_waits=day > 0), tuple(ends), tuple(fired.items()))

    def _pass(self, day: float) -> None:
        """Let time pass until the last event of a day; what is the script's is done in between."""
        while (left := self._loop.run(day)) != loop.Exit.EXIT_DAY:
            if left == loop.Exit.EXIT_SCRIPT:
                self._stage.act()
            if self._script.pending and self._loop.now >= 0:
                self._script.check_triggers()
                self._watch()

    def _watch(self) -> None:
        """Have the loop look out for the counts that injects wait for."""
        injects = [self._scenario.injects[place] for place in self._script.pending]
        self._loop.watch(
            [
                (inject.day, TALLIED[inject.when.measure], inject.when.reaches)
                for inject in injects
                if inject.when is not None
            ]
        )

    def _adopt(self) -> None:
        """Pass the settings in force now to the loop."""
        self._loop.adopt(settings(self._script.policy, self._script.conditions))

    def _start(self) -> None:
        """StartEx: what the measures count begins."""
        tally = self._loop.close_window(0.0)["tally"]
        self._captured = tally["traces"] - tally["uncaptured"]

    def _window(self, read: dict[str, Any], end: float) -> Window:
        """A window that ends on a day, from what the loop reads of it, and what it cost."""
        return self._counted(read, end, cost=self._scenario.cost(self._mix, until=end))

    def _counted(self, read: dict[str, Any], end: float, *, cost: float) -> Window:
        pools = {name: Statistics(**pool) for name, pool in read.pop("pools").items()}
        tally = Tally(**read.pop("tally"))
        return Window(end=end, tally=tally, pools=pools, cost=cost, **read)

    def _series(self) -> Series:
        names = {**TALLIED, **{name: name for name in OPEN}}
        return Series(
            self._loop.series("day"), {name: self._loop.series(place) for name, place in names.items()}
        )

    def _journal(self) -> Journal:
        journal = Journal()
        journal.days, journal.steps, journal.subjects, journal.values = self._loop.journal()
        return journal
