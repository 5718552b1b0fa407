"""Courses of action: the policy mixes that an exercise simulates, and the keys of what becomes of them."""

from collections.abc import Iterable, Mapping
from functools import partial

from tabletop.exercise.leg import Key
from tabletop.experiment.identity import digest, experiment_hash, mix_digest, run_key
from tabletop.scenario.policy import PolicyMix
from tabletop.scenario.scenario import Scenario


def before(scenario: Scenario, day: float) -> Scenario:
    """A scenario without everything that can have no effect before a day."""
    injects = tuple(inject for inject in scenario.injects if inject.day < day)
    return scenario.model_copy(update={"horizon_days": day, "injects": injects})


class Courses:
    """Courses of action: the policy mixes that are simulated, whichever teams decided on them."""

    def __init__(
        self, scenario: Scenario, mixes: Mapping[str, PolicyMix], decision_days: Iterable[float] = ()
    ) -> None:
        """`scenario` has the seed and the injects in force; its baseline is among the courses.

        `decision_days` are those on which a course can part from what it was until then.
        """
        baseline = scenario.baseline
        self.decision_days = sorted(day for day in decision_days if day > 0)
        self.scenario = scenario.model_copy(
            update={"policy_mixes": {baseline: scenario.policy_mixes[baseline], **mixes}}
        )
        self._keys: dict[tuple[str, float], Key] = {}

    @property
    def baseline(self) -> str:
        """The course of a team that decides nothing."""
        return self.scenario.baseline

    @property
    def names(self) -> tuple[str, ...]:
        """Every course, the baseline first."""
        return tuple(self.scenario.policy_mixes)

    def key(self, name: str, day: float) -> Key:
        """The keys of a course's readings before a day, by replication; equal for courses equal so far."""
        if (name, day) not in self._keys:
            so_far = before(self.scenario, day)
            self._keys[name, day] = partial(run_key, experiment_hash(so_far), mix_digest(so_far, name))
        return self._keys[name, day]

    def state_key(self, name: str, day: float) -> Key:
        """The keys of a course's states on a day, by replication: states know injects by their ids."""
        ids = [inject.id for inject in before(self.scenario, day).injects]
        return partial(_state_key, self.key(name, day), digest(ids))


def _state_key(reading: Key, injects: str, replication: int) -> str:
    return run_key(reading(replication), injects, replication)
