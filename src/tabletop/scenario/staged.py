"""Staged injects: those of the scenario and those of its exercise, each with its move and day."""

from dataclasses import dataclass

from tabletop.scenario.inject import Inject
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.staging import Staging


@dataclass(frozen=True)
class StagedInject:
    """An inject, and how it reaches the players."""

    inject: Inject
    """What it is and does; its day is the one that is planned, or the earliest one if it waits."""
    staging: Staging
    of_scenario: bool
    """Whether it also acts in `tabletop run`."""
    move: int
    """The move (0 for the first) in which it is planned, or from which on it can happen."""

    @property
    def waits(self) -> bool:
        """Whether it is a contingency: held back for the controller, or for a count."""
        return self.staging.contingency or self.inject.when is not None


def staged(scenario: Scenario) -> tuple[StagedInject, ...]:
    """All injects of a scenario with an exercise plan: by move, and in it as the move lists them.

    An inject that its move does not list comes after those listed, by day.
    """
    plan = scenario.exercise
    assert plan is not None, "the scenario has no exercise"
    stagings = {staging.id: staging for staging in plan.injects}
    listed = {name: place for place, move in enumerate(plan.moves) for name in move.injects}
    found = []
    for inject in scenario.injects:
        staging = stagings.pop(inject.id, Staging(id=inject.id))
        found.append(StagedInject(inject, staging, of_scenario=True, move=plan.move_of(inject.day)))
    for staging in stagings.values():
        move = listed.get(staging.id, 0 if staging.day is None else plan.move_of(staging.day))
        inject = Inject(
            id=staging.id,
            day=plan.moves[move].day if staging.day is None else staging.day,
            title=staging.title or staging.id,
            message=staging.message,
            when=staging.when,
            effects=staging.effects,
        )
        found.append(StagedInject(inject, staging, of_scenario=False, move=move))

    def order(one: StagedInject) -> tuple[int, bool, int, float]:
        names = plan.moves[one.move].injects
        name = one.inject.id
        return (one.move, name not in names, names.index(name) if name in names else 0, one.inject.day)

    return tuple(sorted(found, key=order))
