"""What a controller may write: injects, rulings, responses, notes and remarks; and what is done already."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from tabletop.engine.frozen import NonNegative
from tabletop.exercise import acts
from tabletop.exercise.act_rules import RULES
from tabletop.exercise.acts import Act, LogEntry
from tabletop.exercise.readers import Step
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.screens import step_of
from tabletop.exercise.state import State
from tabletop.scenario.inject import Effect
from tabletop.serve.asked import Directed, GoOn, Maker, OfTheController

Written = Annotated[str, Field(min_length=1, max_length=2000)]
"""What is typed on a page: short enough for the body of one request in any script."""
Name = Annotated[str, Field(max_length=120)]


class AddInject(Directed):
    """An inject that nobody planned."""

    do: Literal["add"]
    title: str = Field(min_length=1, max_length=120)
    message: str = Field(default="", max_length=2000)
    day: NonNegative | None = None
    effects: tuple[Effect, ...] = Field(default=(), max_length=acts.MOST_EFFECTS)
    reason: Written

    def act(self) -> Maker:
        """The act; its inject is named by the order in which injects were added."""
        return lambda state: acts.Add(
            inject=_new_name(state),
            title=self.title,
            message=self.message,
            day=self.day,
            effects=self.effects,
            reason=self.reason,
        )


class Rule(Directed):
    """A ruling, which is a statement beside the model's result; or effects from a day on."""

    do: Literal["override"]
    in_any_part = True
    reason: Written
    ruling: str = Field(default="", max_length=2000)
    day: NonNegative | None = None
    effects: tuple[Effect, ...] = Field(default=(), max_length=acts.MOST_EFFECTS)
    team: Name = ""

    def act(self) -> Act:
        """The act."""
        return acts.Override(
            reason=self.reason, ruling=self.ruling, day=self.day, effects=self.effects, team=self.team
        )


class Respond(Directed):
    """What players did about an inject."""

    do: Literal["respond"]
    in_any_part = True
    inject: Annotated[str, Field(max_length=60)]
    response: Written
    team: Name = ""

    def act(self) -> Act:
        """The act."""
        return acts.Respond(inject=self.inject, response=self.response, team=self.team)


class WriteDown(Directed):
    """A note, or in the hot wash a remark that somebody made."""

    do: Literal["note", "remark"]
    in_any_part = True
    text: Written
    team: Name = ""

    def act(self) -> Act:
        """The act."""
        kind = acts.Note if self.do == "note" else acts.Remark
        return kind(text=self.text, team=self.team)


class MovePhone(Directed):
    """A phone is seated at another table."""

    do: Literal["move_seat"]
    in_any_part = True
    device: Name
    team: Name

    def act(self) -> Act:
        """The act."""
        return acts.MoveSeat(device=self.device, team=self.team)


OfADesk = Annotated[
    OfTheController
    | Annotated[AddInject | Rule | Respond | WriteDown | MovePhone, Field(discriminator="do")],
    Field(discriminator="do"),
]
CONTROLLERS: TypeAdapter[OfADesk] = TypeAdapter(OfADesk)


class Overtaken(Refused):
    """Somebody else has done it, or something by which it means another thing now."""

    def __init__(self, by: LogEntry, *, is_the_same: bool) -> None:
        super().__init__("somebody has gone on already", Code.DONE if is_the_same else Code.STALE)
        self.by = by
        """The line that came before it."""


def unless_overtaken(asked: Directed, since: Sequence[LogEntry]) -> Maker:
    """Makes the act of a controller's request, if nothing on the lines since its page has overtaken it.

    The maker raises Overtaken for what another controller, or the same one, has done since then.
    """

    def made(state: State) -> Act:
        controllers = [entry for entry in since if entry.by == CONTROLLER]
        turns = [entry for entry in controllers if _goes_on(entry.act)]
        if not asked.is_for(state):
            if not turns:
                raise Refused("the exercise is elsewhere by now", Code.DONE)
            reopened = isinstance(turns[0].act, acts.Reopen)
            raise Overtaken(turns[0], is_the_same=isinstance(asked, GoOn) and not reopened)
        found = asked.act()
        act = found(state) if callable(found) else found
        for entry in controllers:
            if _subject(entry.act) == _subject(act):
                raise Overtaken(entry, is_the_same=True)
        return act

    return made


def _goes_on(act: Act) -> bool:
    """Whether an act leads on, in the exercise or in a reveal."""
    return RULES[type(act)].leads_to is not None or (
        isinstance(act, acts.Show) and step_of(act.what) is not Step.OWN
    )


def _subject(act: Act) -> tuple[object, ...]:
    """What an act is about: two that differ in the reason alone are the same thing."""
    aside = {"reason", "utc_offset_seconds"} | ({"inject"} if isinstance(act, acts.Add) else set())
    return (type(act), *((name, value) for name, value in vars(act).items() if name not in aside))


def _new_name(state: State) -> str:
    taken = state.inject_status
    return next(name for number in range(1, len(taken) + 2) if (name := f"added-{number}") not in taken)
