"""The parts of an exercise fitted to a time, typing included."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.moves import Minutes
from tabletop.scenario.words import number

TYPED = ((3, 60.0), (6, 115.0))
"""Teams, and the seconds that a controller needs to type their decisions and predictions of a move at a
terminal. Assumption: from exercises played by hand; other numbers of teams lie on the line through both."""
STEP = 0.5
"""Minutes to which parts are rounded."""
LEAST = 1.0
"""Minutes that every part of a plan keeps."""


class TooFewMinutes(ValueError):
    """The parts do not fit; says how many minutes they need."""


def typing_seconds(teams: int) -> float:
    """Seconds of typing a move for so many teams."""
    (few, short), (many, long) = TYPED
    return max(0.0, short + (teams - few) * (long - short) / (many - few))


def typing_in_words(teams: int) -> str:
    """The typing of a move, as '60 s of typing a move for 3 teams (assumed)'."""
    named = "1 team" if teams == 1 else f"{teams} teams"
    return f"{typing_seconds(teams):.0f} s of typing a move for {named} (assumed)"


@dataclass(frozen=True)
class FittedMinutes:
    """The parts of an exercise in a given time."""

    duration: float
    brief: float
    moves: tuple[Minutes, ...]
    hot_wash: float
    feedback: float
    teams: int
    fits: bool
    """Whether the plan as it is written fits already."""
    spare: float
    """Minutes that it leaves then."""

    def outer_lines(self) -> tuple[str, ...]:
        """The parts that are not of a move, as a scenario file has them."""
        return (
            f"duration_minutes: {number(self.duration)}",
            f"brief_minutes: {number(self.brief)}",
            f"hot_wash_minutes: {number(self.hot_wash)}",
            f"feedback_minutes: {number(self.feedback)}",
        )

    def move_line(self, move: int) -> str:
        """The parts of a move (0 for the first), as a scenario file has them."""
        parts = ", ".join(f"{name}: {number(value)}" for name, value in self.moves[move].model_dump().items())
        return f"minutes: {{{parts}}}"

    def as_data(self) -> dict[str, Any]:
        """Everything, as data, with the lines to write into a scenario file."""
        moves = (f"move {place + 1}: {self.move_line(place)}" for place in range(len(self.moves)))
        return {
            "duration_minutes": self.duration,
            "fits": self.fits,
            "spare_minutes": self.spare,
            "typing": typing_in_words(self.teams),
            "brief_minutes": self.brief,
            "moves": [move.model_dump() for move in self.moves],
            "hot_wash_minutes": self.hot_wash,
            "feedback_minutes": self.feedback,
            "lines": [*self.outer_lines(), *moves],
        }


def fitted(plan: ExercisePlan, minutes: float) -> FittedMinutes:
    """The parts of a plan in so many minutes, in the proportions of the plan.

    Every part that the plan has keeps a minute, and the decision of each move the time in which it is typed.
    Raises TooFewMinutes if that is more than there is. A plan that takes just the time stays as it is.
    """
    teams = len(plan.teams)
    typing = ceil(typing_seconds(teams) / 60 / STEP) * STEP
    written = [plan.brief_minutes, plan.hot_wash_minutes, plan.feedback_minutes]
    least = [LEAST if part else 0.0 for part in written]
    for move in plan.moves:
        for name, part in move.minutes.model_dump().items():
            written.append(part)
            least.append(max(LEAST, typing) if name == "decision" else LEAST if part else 0.0)
    spare = round(minutes - plan.planned_minutes, 9)
    fits = spare >= 0 and all(move.minutes.decision * 60 >= typing_seconds(teams) for move in plan.moves)
    needed = sum(least)  # halves of minutes: exact
    if not fits and needed > minutes:
        moves = "1 move" if len(plan.moves) == 1 else f"{len(plan.moves)} moves"
        raise TooFewMinutes(
            f"too few for {moves}: every part keeps {number(LEAST)} minute, and there are "
            f"{typing_in_words(teams)}, which needs {number(needed)} minutes; leave out a move, or have "
            "fewer teams"
        )
    parts = written if fits and not spare else _shared(written, least, minutes)
    names = tuple(Minutes.model_fields)
    inner = [parts[3:][place : place + len(names)] for place in range(0, len(parts) - 3, len(names))]
    return FittedMinutes(
        duration=minutes,
        brief=parts[0],
        moves=tuple(Minutes(**dict(zip(names, each, strict=True))) for each in inner),
        hot_wash=parts[1],
        feedback=parts[2],
        teams=teams,
        fits=fits,
        spare=spare if fits else 0.0,
    )


def _shared(written: list[float], least: list[float], minutes: float) -> list[float]:
    """Minutes in proportion to those written, each at least its least, in steps, adding up."""
    kept: set[int] = set()
    while True:
        free = [place for place in range(len(written)) if place not in kept]
        room = minutes - sum(least[place] for place in kept)
        total = sum(written[place] for place in free)
        short = {place for place in free if total and written[place] * room / total < least[place]}
        if not short:
            break
        kept |= short
    exact = [
        least[place] if place in kept else written[place] * room / total for place in range(len(written))
    ]
    parts = [floor(part / STEP + 1e-9) * STEP for part in exact]
    # the steps that rounding left go to whatever lost most
    left = round((minutes - sum(parts)) / STEP)
    for place in sorted(free, key=lambda place: parts[place] - exact[place])[:left]:
        parts[place] += STEP
    return parts
