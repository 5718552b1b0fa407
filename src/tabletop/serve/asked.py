"""What a page may ask for: each request's fields, with the act that comes of it."""

from abc import abstractmethod
from collections.abc import Callable
from time import time
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, TypeAdapter, field_validator
from pydantic_core import PydanticCustomError

from tabletop.engine.frozen import Frozen
from tabletop.exercise import acts
from tabletop.exercise.act_rules import RULES
from tabletop.exercise.acts import Act, CardChange, LeverChange
from tabletop.exercise.entry_line import parse
from tabletop.exercise.moments import offset_at
from tabletop.exercise.readers import Step
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.screens import RevealScreen
from tabletop.exercise.state import Phase, State
from tabletop.report.room.sequence import aside, sequence
from tabletop.safe_text import unsafe

Maker = Callable[[State], Act]
"""Makes the act of the state in which its turn comes."""
Key = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
End = Annotated[float, AfterValidator(lambda end: end + 0.0)]
"""Of a range; there is one nought, and it has no sign."""


class Asked(Frozen):
    """What every request has."""

    key: Key
    """Random; whoever asks again after a lost answer sends the same."""

    @field_validator("*")
    @classmethod
    def _shows_as_it_is_written(cls, value: object) -> object:
        """What is typed on one page stands on others: nothing in it may turn what stands beside it."""
        if isinstance(value, str) and (found := unsafe(value)) is not None:
            raise PydanticCustomError(
                "unsafe",
                "has a character that nobody sees, U+{code}; remove it",
                {"code": f"{ord(found):04X}"},
            )
        return value


class OfAPhone(Asked):
    """A request of a phone, with the part of the exercise and the table that its page was drawn for."""

    since: int = Field(ge=0)
    """The line of the log since which the part was on, and the phone at the table."""

    @abstractmethod
    def act(self, team: str, device: str) -> Act | Maker:
        """The act of a team's device, or what makes it of the state in which its turn comes."""


class DraftCard(OfAPhone):
    """A card is put into a team's draft, taken out of it, or to be taken back."""

    do: Literal["draft"]
    change: CardChange | LeverChange

    def act(self, team: str, device: str) -> Act:
        """The act of a team's device."""
        return acts.Draft(team=team, change=self.change, device=device)


class TakePen(OfAPhone):
    """A device takes its team's pen."""

    do: Literal["pen"]

    def act(self, team: str, device: str) -> Act:
        """The act of a team's device."""
        return acts.TakePen(team=team, device=device)


class SubmitDraft(OfAPhone):
    """A team decides what its draft says."""

    do: Literal["submit"]
    seen: int = Field(ge=0)
    """The line that had last changed the draft on this screen."""
    replaces: int = Field(ge=0)

    def act(self, team: str, device: str) -> Maker:
        """The act of a team's device: what is decided is the draft that it saw."""
        return lambda state: acts.Submit(
            team=team,
            entry=state.draft(team).line,
            seen=self.seen,
            replaces=self.replaces,
            device=device,
        )


class PredictRange(OfAPhone):
    """A team predicts a measure."""

    do: Literal["predict"]
    measure: str = Field(max_length=60)
    low: End
    high: End
    replaces: int = Field(ge=0)

    def act(self, team: str, device: str) -> Act:
        """The act of a team's device."""
        return acts.Predict(
            team=team,
            measure=self.measure,
            low=self.low,
            high=self.high,
            device=device,
            replaces=self.replaces,
        )


class Directed(Asked):
    """A request of a controller's button, with the moment of the exercise that it was drawn for."""

    phase: Phase = Field(strict=False)
    move: int = Field(ge=-1)
    line: int = Field(ge=0)
    """Of the log, up to which the page was."""
    in_any_part: ClassVar[bool] = False
    """Whether it means the same in whatever part of the exercise it arrives."""

    def is_for(self, state: State) -> bool:
        """Whether the exercise is still where it was when the button was drawn."""
        return self.in_any_part or (state.phase, state.move) == (self.phase, self.move)

    @abstractmethod
    def act(self) -> Act | Maker:
        """The act, or what makes it of the state in which its turn comes."""


class GoOn(Directed):
    """The controller goes on."""

    do: Literal["next"]
    step: str = Field(max_length=20)
    """How far the reveal had gone."""

    def is_for(self, state: State) -> bool:
        """Whether the reveal, too, has gone as far as when the button was drawn."""
        return super().is_for(state) and str(state.step) == self.step

    def act(self) -> Maker:
        """The act; raises Refused after EndEx."""
        return following


class Standstill(Directed):
    """The exercise is paused, or goes on again."""

    do: Literal["pause", "resume"]
    in_any_part = True

    def act(self) -> Act:
        """The act."""
        return acts.Pause() if self.do == "pause" else acts.Resume()


class OpenAgain(Directed):
    """Decisions are open again."""

    do: Literal["reopen"]

    def act(self) -> Act:
        """The act."""
        return acts.Reopen()


class MoreTime(Directed):
    """The present part gets more time."""

    do: Literal["extend"]
    minutes: float = Field(gt=0, le=60, strict=False)

    def act(self) -> Act:
        """The act."""
        return acts.Extend(minutes=self.minutes)


class TakeOut(Directed):
    """A phone is taken out of the exercise."""

    do: Literal["remove"]
    in_any_part = True
    device: str = Field(max_length=120)

    def act(self) -> Act:
        """The act."""
        return acts.Remove(device=self.device, reason="decided at the monitor")


class EnterFor(Directed):
    """The controller enters what a team has decided on paper."""

    do: Literal["enter"]
    team: str = Field(max_length=120)
    entry: acts.EntryLine
    replaces: int = Field(ge=0)

    def act(self) -> Maker:
        """The act, with the entry as the form writes it."""
        return self._submitted

    def _submitted(self, state: State) -> Act:
        if not self.entry.strip():
            raise Refused(f"nothing is entered for {self.team}; write keep if it keeps its mix")
        form = state.plan.decision_form
        entry = self.entry if form is None else parse(self.entry, form).line
        return acts.Submit(team=self.team, entry=entry, replaces=self.replaces)


class EnterRange(Directed):
    """The controller enters what a team has predicted on paper."""

    do: Literal["enter_range"]
    team: str = Field(max_length=120)
    measure: str = Field(max_length=60)
    low: End
    high: End
    replaces: int = Field(ge=0)

    def act(self) -> Act:
        """The act."""
        return acts.Predict(
            team=self.team, measure=self.measure, low=self.low, high=self.high, replaces=self.replaces
        )


class Held(Directed):
    """The controller releases an inject that waited, or leaves one out."""

    do: Literal["release", "skip"]
    inject: str = Field(max_length=60)
    reason: str = Field(default="", max_length=120)
    """Why it is left out has to be said."""

    def act(self) -> Act:
        """The act; raises Refused where it is left out and nobody says why."""
        if self.do == "release":
            return acts.Release(inject=self.inject, reason=self.reason)
        if not self.reason.strip():
            raise Refused(f"{self.inject}: say why it is left out")
        return acts.Skip(inject=self.inject, reason=self.reason)


class ShowScreen(Directed):
    """The projector shows another screen, of those that can be shown now."""

    do: Literal["show"]
    what: str = Field(max_length=80)

    def act(self) -> Maker:
        """The act; raises Refused for what cannot be shown now."""

        def made(state: State) -> Act:
            if self.what not in (*sequence(state), *aside(state)):
                raise Refused(f"{self.what}: not to be shown now", Code.PHASE)
            return acts.Show(what=self.what)

        return made


class Door(Asked):
    """The door is opened or closed; no line of the log."""

    do: Literal["door"]
    is_open: bool


OfAPlayer = Annotated[DraftCard | TakePen | SubmitDraft | PredictRange, Field(discriminator="do")]
OfTheController = Annotated[
    GoOn | Standstill | OpenAgain | MoreTime | TakeOut | EnterFor | EnterRange | Held | ShowScreen | Door,
    Field(discriminator="do"),
]
PLAYERS: TypeAdapter[OfAPlayer] = TypeAdapter(OfAPlayer)


def unless_elsewhere(asked: OfAPlayer, team: str, device: str) -> Maker:
    """Makes the act of a phone's request, where the part and the table are those that its page was drawn for.

    What was kept on a phone while it was out of reach may arrive in another move. The maker raises Refused
    then, unless the act cannot be done at all, for which the rules have better words.
    """

    def made(state: State) -> Act:
        found = asked.act(team, device)
        act = found(state) if callable(found) else found
        if state.phase in RULES[type(act)].when and asked.since != state.since(device):
            raise Refused(
                "this was meant for an earlier part of the exercise, or for another table; look again",
                Code.STALE,
            )
        return act

    return made


def following(state: State) -> Act:
    """The act by which the controller goes on; raises Refused after EndEx."""
    match state.phase:
        case Phase.LOBBY:
            return acts.Start(utc_offset_seconds=offset_at(time()).total_seconds())
        case Phase.BRIEF:
            return acts.BeginMove(move=1)
        case Phase.OPEN:
            return acts.Lock()
        case Phase.LOCKED:
            return acts.Reveal()
        case Phase.REVEALED:
            return _after_reveal(state)
        case Phase.HOT_WASH:
            return acts.End()
        case _:
            raise Refused("nothing follows EndEx", Code.CLOSED)


def _after_reveal(state: State) -> Act:
    """A reveal goes on by steps: each team's own outcome, the baseline's, all; then the next part begins.

    Once all is revealed, the projector goes on from the ranges to what happened.
    """
    if state.step is Step.OWN:
        return acts.Show(what=f"reveal {Step.BASELINE}")
    if state.step is Step.BASELINE:
        return acts.Show(what=RevealScreen.HELD.act)
    if state.move + 1 < len(state.plan.moves):
        return acts.BeginMove(move=state.move + 2)
    return acts.HotWash()
