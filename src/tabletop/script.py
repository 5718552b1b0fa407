"""The script of a run: which levers and conditions are in force when, with the effects of injects."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from tabletop.measures import MEASURES
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.policy import Policy
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.timeline import conditions_under
from tabletop.world import SHOCKABLE, Step, Tally


class Stock(Protocol):
    """A level that an inject may shock."""

    def value(self) -> float:
        """The level now."""


class Stage(Protocol):
    """What a script needs of a world, whichever engine runs it."""

    @property
    def tally(self) -> Tally:
        """The counts of the present window so far."""

    def now(self) -> float:
        """The day."""

    def call_at(self, day: float, act: Callable[[], None]) -> None:
        """Call a function on a day."""

    def stock(self, name: str) -> Stock:
        """The shockable stock of that name."""

    def move(self, stock: str, level: float) -> None:
        """A shockable stock jumps to a level, or to the nearer end of its range."""

    def note(self, step: Step, subject: int = 0, value: float = 0.0) -> None:
        """Write a row of the journal, if one is kept."""


class Script:
    """The settings in force, and the scripted changes that are to come."""

    def __init__(self, scenario: Scenario, mix: str, world: Stage) -> None:
        self._scenario = scenario
        self._world = world
        self._policies = scenario.policies(mix)
        self._fired: dict[int, float] = {}
        self.policy: Policy = scenario.policies(scenario.baseline)[0][1]
        """The policy in force: the baseline's during the warm-up."""
        self.conditions = scenario.conditions
        """The conditions in force: as written, with the active effects applied."""
        self.pending: list[int] = []
        """Places in the file of the injects that still wait for a count."""

    def schedule(self, *, start: Callable[[], None], adopt: Callable[[], None]) -> None:
        """Schedule all changes of known day, before any other event, so that they come first on their day.

        `start` is called at StartEx, and `adopt` after each change of settings.
        """
        self._adopt = adopt
        self._world.call_at(0.0, start)
        for day, policy in self._policies:
            self._world.call_at(day, partial(self._change_policy, policy))
        for place, inject in enumerate(self._scenario.injects):
            if inject.when is not None:
                if place not in self._fired:
                    self.pending.append(place)
                self._world.call_at(inject.day, self.check_triggers)
                continue
            self._world.call_at(inject.day, partial(self._fire, place))
            self._schedule_ends(inject, inject.day)

    def resume(self, day: float, fired: Mapping[str, float]) -> None:
        """Stand as it stood just before a day, by which these injects had happened; before `schedule`."""
        places = {inject.id: place for place, inject in enumerate(self._scenario.injects)}
        self._fired = {places[name]: when for name, when in fired.items()}
        for start, policy in self._policies:
            if start < day:
                self.policy = policy
        self.conditions = conditions_under(self._scenario.conditions, self._active())

    def check_triggers(self) -> None:
        """Fire the pending injects whose count is reached."""
        now = self._world.now()
        for place in [p for p in self.pending if self._scenario.injects[p].day <= now]:
            when = self._scenario.injects[place].when
            assert when is not None
            if MEASURES[when.measure].so_far(self._world.tally) >= when.reaches:
                self.pending.remove(place)
                self._fire(place)
                self._schedule_ends(self._scenario.injects[place], now)

    @property
    def fired(self) -> dict[str, float]:
        """The injects that happened, by their ids, and the day on which each did."""
        return {self._scenario.injects[place].id: day for place, day in self._fired.items()}

    def _schedule_ends(self, inject: Inject, fired: float) -> None:
        for effect in inject.effects:
            if effect.for_days is not None:
                self._world.call_at(fired + effect.for_days, self.revise)

    def _change_policy(self, policy: Policy) -> None:
        if policy != self.policy:
            self._world.note(Step.POLICY_CHANGED)
        self.policy = policy
        self._adopt()

    def _fire(self, place: int) -> None:
        """An inject happens."""
        self._fired[place] = self._world.now()
        self._world.note(Step.INJECTED, value=place)
        for effect in self._scenario.injects[place].effects:
            if effect.on in SHOCKABLE:
                self._world.move(effect.on, effect.applied_to(self._world.stock(effect.on).value()))
        self.revise()

    def revise(self) -> None:
        """Recompute the conditions from the written ones and the active effects; nothing is undone."""
        self.conditions = conditions_under(self._scenario.conditions, self._active())
        self._adopt()

    def _active(self) -> list[Effect]:
        """The effects in force now, in file order."""
        now = self._world.now()
        return [
            effect
            for place, inject in enumerate(self._scenario.injects)
            if place in self._fired
            for effect in inject.effects
            if effect.for_days is None or now < self._fired[place] + effect.for_days
        ]
