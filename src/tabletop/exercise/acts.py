"""Acts: everything that can happen in an exercise, one class each; a line of the log holds one."""

from collections.abc import Collection
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, TypeAdapter, model_serializer, model_validator

from tabletop.engine.frozen import Frozen, NonNegative
from tabletop.exercise.roles import Role
from tabletop.scenario.inject import Effect
from tabletop.scenario.planning import Participants

Rating = Literal["P", "S", "M", "U"]
"""Performed without challenges, with some, with major challenges, unable to be performed."""
CapabilityElement = Literal["Planning", "Organization", "Equipment", "Training", "Exercise"]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Short = Annotated[str, Field(max_length=120)]
EntryLine = Annotated[str, Field(max_length=4000)]
"""Room for every lever of an expert form, each with its step."""
LATEST = 250_000_000_000.0
"""Seconds since 1970: beyond it a calendar knows no date."""


def without_what_is_none(written: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """What is written, without those of some fields that are None: format 1 had not got them."""
    return {name: value for name, value in written.items() if value is not None or name not in names}


class Open(Frozen):
    """The lobby opens: the world's luck is drawn, and devices can join."""

    act: Literal["open"] = "open"
    secret: str = Field(min_length=1, max_length=200)
    """Decides, with the scenario's seed, which world is played; disclosed at EndEx."""
    teams: tuple[str, ...] = Field(min_length=1, max_length=30)
    others: int = Field(ge=2, le=10_000)
    """Number of other replications, which show what else could have happened."""
    pen: bool = True
    """Whether of a team's devices only the one that holds its pen decides."""


class Start(Frozen):
    """StartEx, after the lobby; without one, as in format 1, with what opens an exercise."""

    act: Literal["start"] = "start"
    secret: str | None = Field(default=None, min_length=1, max_length=200)
    teams: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=30)
    others: int | None = Field(default=None, ge=2, le=10_000)
    utc_offset_seconds: float | None = Field(default=None, gt=-86_400, lt=86_400)
    """What the clocks of the room are ahead of UTC; None if nobody wrote it."""

    @model_validator(mode="after")
    def _opens_whole_or_not_at_all(self) -> Self:
        if len({value is None for value in (self.secret, self.teams, self.others)}) > 1:
            raise ValueError("write secret, teams and others, or none of them")
        return self

    @property
    def opening(self) -> Open | None:
        """What opens the exercise, where there was no lobby; then no device needs a pen."""
        if self.secret is None or self.teams is None or self.others is None:
            return None
        return Open(secret=self.secret, teams=self.teams, others=self.others, pen=False)

    @model_serializer(mode="wrap")
    def _as_it_was_written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_what_is_none(write(self), ("secret", "teams", "others", "utc_offset_seconds"))


class Join(Frozen):
    """A device joins a team."""

    act: Literal["join"] = "join"
    team: str
    device: Short
    role: str = ""


class Leave(Frozen):
    """A device leaves its team."""

    act: Literal["leave"] = "leave"
    team: str
    device: Short


class Remove(Frozen):
    """The controller takes a device out; it may join again."""

    act: Literal["remove"] = "remove"
    device: Short
    reason: Text


class MoveSeat(Frozen):
    """The controller seats a device with another team."""

    act: Literal["move_seat"] = "move_seat"
    device: Short
    team: str


class TakePen(Frozen):
    """A device takes its team's pen: its decisions count from now on."""

    act: Literal["take_pen"] = "take_pen"
    team: str
    device: Short


class BeginMove(Frozen):
    """The controller begins the next move, and releases its injects."""

    act: Literal["begin_move"] = "begin_move"
    move: int = Field(ge=1)
    """1 for the first."""


class CardChange(Frozen):
    """A card in a draft: how often it is to be played, or whether it is to be taken back."""

    card: Short
    times: int = Field(default=1, ge=0, le=100)
    """0 takes it out of the draft."""
    back: bool = False
    """Whether the card is in play, and is to be taken back."""


class LeverChange(Frozen):
    """A lever in a draft of the expert form."""

    lever: Short
    step: Short = ""
    """Empty takes it out of the draft."""


class Draft(Frozen):
    """A role of a team changes what it proposes, or proposes it anew; it is not binding."""

    act: Literal["draft"] = "draft"
    team: str
    entry: EntryLine | None = None
    """The whole draft, as it is typed."""
    role: str = ""
    change: CardChange | LeverChange | None = None
    """The change, if it is not written anew."""
    device: Short | None = None

    @model_validator(mode="after")
    def _is_a_change_or_a_whole(self) -> Self:
        if (self.entry is None) is (self.change is None):
            raise ValueError("write `entry` or `change`, one of the two")
        return self

    @model_serializer(mode="wrap")
    def _as_it_was_written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_what_is_none(write(self), ("entry", "change", "device"))


class Submit(Frozen):
    """A team decides, or replaces what it decided in this move."""

    act: Literal["submit"] = "submit"
    team: str
    entry: EntryLine
    """The line as it is typed: `D3 -R1 S2`."""
    replaces: int = Field(default=0, ge=0)
    """The revision that the team had seen when it submitted; 0 if none."""
    device: Short = ""
    seen: int | None = Field(default=None, ge=0)
    """The line that had last changed the draft on the device's screen; 0 if none, None without a draft."""

    @model_serializer(mode="wrap")
    def _as_it_was_written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_what_is_none(write(self), ("seen",))


class Lock(Frozen):
    """Decisions are closed; predictions are open."""

    act: Literal["lock"] = "lock"


class Reopen(Frozen):
    """Decisions are open again until the reveal: they stand, and predictions are dropped."""

    act: Literal["reopen"] = "reopen"


class Predict(Frozen):
    """A team predicts a measure in the coming period by an 80 % range."""

    act: Literal["predict"] = "predict"
    team: str
    measure: str
    low: float
    high: float
    device: Short = ""
    replaces: int | None = Field(default=None, ge=0)
    """The revision that the team had seen, 0 if none; None replaces whatever there is."""

    @model_serializer(mode="wrap")
    def _as_it_was_written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_what_is_none(write(self), ("replaces",))


class Reveal(Frozen):
    """The outcomes of the move are shown to everybody."""

    act: Literal["reveal"] = "reveal"


class Release(Frozen):
    """The controller releases an inject that waited."""

    act: Literal["release"] = "release"
    inject: str
    reason: Short = ""


class Skip(Frozen):
    """The controller leaves an inject out, for all."""

    act: Literal["skip"] = "skip"
    inject: str
    reason: Text


MOST_EFFECTS = 20
"""Of one inject or override."""


class Add(Frozen):
    """The controller adds an inject that nobody planned, for all."""

    act: Literal["add"] = "add"
    inject: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")
    title: str = Field(min_length=1, max_length=120)
    message: str = Field(default="", max_length=4000)
    day: NonNegative | None = None
    """Day on which it happens; by default that of the present move."""
    effects: tuple[Effect, ...] = Field(default=(), strict=False, max_length=MOST_EFFECTS)
    reason: Text


class Override(Frozen):
    """The controller's ruling: an effect from a day on, for all, or a statement beside the model's result."""

    act: Literal["override"] = "override"
    reason: Text
    ruling: str = Field(default="", max_length=2000)
    day: NonNegative | None = None
    effects: tuple[Effect, ...] = Field(default=(), strict=False, max_length=MOST_EFFECTS)
    team: str = ""
    """The team that a ruling is about; empty for all."""


class Respond(Frozen):
    """The players' response to an inject, as a controller saw it."""

    act: Literal["respond"] = "respond"
    inject: str
    response: Text
    team: str = ""


class Pause(Frozen):
    """The exercise is paused."""

    act: Literal["pause"] = "pause"
    reason: Short = ""


class Resume(Frozen):
    """The exercise is resumed."""

    act: Literal["resume"] = "resume"


class Extend(Frozen):
    """The present part of the exercise gets more time than was planned."""

    act: Literal["extend"] = "extend"
    minutes: float = Field(gt=0, le=600)


class Show(Frozen):
    """The controller shows something at the projector, until the next part begins."""

    act: Literal["show"] = "show"
    what: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}( [^\s]{1,60})?$")
    """A screen by its name, with what it is about behind it if need be: `status`, `inject alarm`."""


class Note(Frozen):
    """An evaluator's note."""

    act: Literal["note"] = "note"
    text: Text
    objective: str = ""
    team: str = ""


class HotWash(Frozen):
    """The hot wash begins, and hidden measures are shown."""

    act: Literal["hot_wash"] = "hot_wash"


class Remark(Frozen):
    """Something said in the hot wash."""

    act: Literal["remark"] = "remark"
    text: Text
    team: str = ""


class Rate(Frozen):
    """An evaluator's rating of an objective."""

    act: Literal["rate"] = "rate"
    objective: str
    rating: Rating
    text: str = Field(default="", max_length=2000)


class Observe(Frozen):
    """A strength or an area for improvement, for the after-action report."""

    act: Literal["observe"] = "observe"
    objective: str
    kind: Literal["strength", "area for improvement"]
    observation: Text
    analysis: str = Field(default="", max_length=4000)
    reference: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(), strict=False, max_length=20)
    """The lines of the log that support it."""


class Improve(Frozen):
    """A line of the improvement plan."""

    act: Literal["improve"] = "improve"
    issue: Text
    corrective_action: Text
    capability_element: CapabilityElement
    primary_responsible: Short = ""
    start: Short = ""
    completion: Short = ""
    capability: Short = ""
    """The core capability that it is about."""
    contact: Short = ""
    """Whom to ask: an office, not a person's name."""

    @model_serializer(mode="wrap")
    def _as_a_log_keeps_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # a line without them reads as it did before there were any
        later = ("capability", "contact")
        return {key: value for key, value in dump(self).items() if value or key not in later}


class Count(Frozen):
    """How many people came, by what they did there: numbers alone; a later count replaces an earlier one."""

    act: Literal["count"] = "count"
    came: Participants

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.came.stated:
            raise ValueError("write at least one number, as 12 players")
        return self


class End(Frozen):
    """EndEx: the secret is disclosed, and the epilogue is simulated."""

    act: Literal["end"] = "end"


Act = Annotated[
    Open
    | Start
    | Join
    | Leave
    | Remove
    | MoveSeat
    | TakePen
    | BeginMove
    | Draft
    | Submit
    | Lock
    | Reopen
    | Predict
    | Reveal
    | Release
    | Skip
    | Add
    | Override
    | Respond
    | Pause
    | Resume
    | Extend
    | Show
    | Note
    | HotWash
    | Remark
    | Rate
    | Observe
    | Improve
    | Count
    | End,
    Field(discriminator="act"),
]
"""Any act."""

ACTS: TypeAdapter[Act] = TypeAdapter(Act)


class LogEntry(Frozen):
    """One line of the log."""

    number: int = Field(ge=1)
    """1 for the first."""
    at: Annotated[float, Field(ge=0, le=LATEST)]
    """Seconds since 1970-01-01 UTC; in unattended play, since StartEx on a logical clock."""
    by: Short
    """`controller`, a team, or an evaluator by function: never a person's name."""
    role: Role | None = None
    """None in a log of format 1, where it follows from `by`."""
    act: Act

    @model_serializer(mode="wrap")
    def _as_it_was_written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A line of format 1 without what that had not."""
        return without_what_is_none(write(self), ("role",))
