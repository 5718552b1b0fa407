"""A small exercise for tests: quick to simulate, with a card for everything that rules are about."""

from pathlib import Path

from tabletop import loads
from tabletop.exercise.acts import BeginMove, HotWash, Lock, Reveal, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import CONTROLLER

TEXT = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
SMALL = loads(TEXT, "small.yaml")


def opened(folder: Path, *, others: int = 3) -> Exercise:
    """The small exercise, in its first move."""
    exercise = begun(folder, others=others)
    exercise.do(CONTROLLER, BeginMove(move=1), at=60.0)
    return exercise


def begun(folder: Path, *, others: int = 3) -> Exercise:
    """The small exercise at StartEx."""
    exercise = Exercise.new(folder / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Start(secret="s", teams=("Alpha", "Bravo"), others=others), at=0.0)
    return exercise


def passed(exercise: Exercise) -> Exercise:
    """The present move locked and revealed, and the next one, or the hot wash, begun."""
    exercise.do(CONTROLLER, Lock(), at=0.0)
    exercise.do(CONTROLLER, Reveal(), at=0.0)
    state = exercise.state
    last = state.move + 1 == len(state.plan.moves)
    exercise.do(CONTROLLER, HotWash() if last else BeginMove(move=state.move + 2), at=0.0)
    return exercise
