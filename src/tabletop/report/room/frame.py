"""The frame of every screen: that it is an exercise, where in it we are, and the minutes left."""

from dataclasses import dataclass

from tabletop.exercise.moments import seconds_left
from tabletop.exercise.state import Phase, State
from tabletop.scenario.words import number


@dataclass(frozen=True)
class Clock:
    """What is left of the present part, counted down by whoever shows it."""

    seconds: int
    """Left at `at`; below 0 once the time is over, which closes nothing."""
    at: float
    """Seconds since 1970."""
    stands: bool
    """Whether the exercise is paused."""

    @property
    def text(self) -> str:
        """As it is written where no script counts."""
        minutes, seconds = divmod(abs(self.seconds), 60)
        return f"{'+' if self.seconds < 0 else ''}{minutes:02}:{seconds:02}"


@dataclass(frozen=True)
class Frame:
    """The head of a screen."""

    title: str
    where: str
    about: str
    clock: Clock | None
    """None where nothing runs."""


def frame(state: State, at: float) -> Frame:
    """The head of a screen at a moment."""
    left = None if state.is_paused and state.phase is Phase.ENDED else seconds_left(state, at)
    clock = None if left is None else Clock(round(left), at, state.is_paused)
    where, about = _place(state)
    title = state.plan.title or state.scenario.title
    return Frame(title, where, about, clock)


def _place(state: State) -> tuple[str, str]:
    match state.phase:
        case Phase.PLANNED | Phase.LOBBY:
            return "Welcome", ""
        case Phase.BRIEF:
            return "Brief", "before day 0"
        case Phase.OPEN | Phase.LOCKED:
            told = "decisions are open again; ranges are asked for anew"
            now = f"{state.present.name} · day {number(state.present.day)}"
            return _move(state), told if state.is_reopened else now
        case Phase.REVEALED:
            days = f"days {number(state.present.day)} to {number(state.ends(state.move))}"
            return _move(state), f"what came of it · {days}"
        case Phase.HOT_WASH:
            return "Hot wash", "all days"
        case Phase.ENDED:
            return "EndEx", ""


def _move(state: State) -> str:
    return f"Move {state.move + 1} of {len(state.plan.moves)}"
