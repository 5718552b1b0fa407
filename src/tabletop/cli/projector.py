"""The projector: the room's screen as one file that reloads itself, beside the controller's terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import typer

from tabletop.cli.checklist import Standing, viewer
from tabletop.errors import TabletopError
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.state import Phase, State
from tabletop.outputs import put_files
from tabletop.safe_text import safe_line

if TYPE_CHECKING:
    from tabletop.report.room.page import RoomPage

FOLDER, PAGE = "room", "room.html"
LOOK = 0.2
"""Seconds between two looks at the exercise."""

PageOf = Callable[[State, Adjudicator, float], "RoomPage"]


@contextmanager
def projector(exercise: Exercise) -> Iterator[None]:
    """Within it, the file in the exercise's folder shows what the room may see, act by act.

    It is opened in a browser once it is there. Whatever goes wrong with it is one sentence: the exercise
    goes on without.
    """
    # here, since two threads that import what knows each other may each find the half of it
    from tabletop.report.room.page import room_page

    path = exercise.folder / FOLDER / PAGE
    row = viewer()
    opens = row.standing is Standing.WELL
    by_hand = "" if opens else f"; open it by hand, as {row.found.partition(':')[0]}"
    _tell(f"The room's screen is {path}{by_hand}")
    over = Event()
    drawing = Thread(
        target=_draw_until, args=(over, exercise, path, room_page), kwargs={"opens": opens}, daemon=True
    )
    drawing.start()
    try:
        yield
    finally:
        over.set()
        drawing.join()


def _draw_until(over: Event, exercise: Exercise, path: Path, page_of: PageOf, *, opens: bool) -> None:
    """Draw every state anew, the last one too; what is not simulated yet is looked for again."""
    try:
        adjudicator = Adjudicator(InterimCache(exercise.folder / HISTORIES, only_known=True))
        drawn: State | None = None
        while True:
            is_over, state = over.is_set(), exercise.state
            if state is not drawn:
                page = page_of(state, adjudicator, exercise.now())
                put_files(
                    path.parent,
                    {path.name: [page.html(reloads=not (is_over and state.phase is Phase.ENDED))]},
                )
                if opens:
                    typer.launch(str(path))
                    opens = False
                drawn = None if page.waits else state
            if is_over:
                return
            over.wait(LOOK)
    except TabletopError as error:
        _tell(f"The room's screen stands still: {error}")
    except Exception as fault:  # noqa: BLE001 (a class is not stopped by its screen)
        _tell(f"The room's screen stands still, because of a fault in it: {type(fault).__name__}: {fault}")


def _tell(sentence: str) -> None:
    typer.echo(safe_line(sentence), err=True)
