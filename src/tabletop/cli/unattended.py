"""Unattended play and rehearsal on the screen: what the controller would see, act by act."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from rich.console import Console

from tabletop.cli import hot_wash_screen, reveal_screen
from tabletop.cli.exercise_screen import Screen
from tabletop.cli.missing import tell_unprintable
from tabletop.cli.notes import note_exercise
from tabletop.exercise.acts import BeginMove, HotWash, Lock, Reveal, Start
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.decisions_file import Written
from tabletop.exercise.exercise import Exercise, playable
from tabletop.exercise.folder import REPORT, folder_of, is_exercise
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.last_year import last_year_played
from tabletop.exercise.reveal import shown
from tabletop.exercise.screen_order import hot_wash_screens, reveal_screens
from tabletop.exercise.screens import RevealScreen
from tabletop.exercise.state import State
from tabletop.exercise.unattended import ScheduledAct, perform, planned_course
from tabletop.experiment.execution import Progress
from tabletop.scenario.load import loads

Bar = Callable[[], AbstractContextManager[Progress]]


def play_unattended(
    console: Console, text: str, name: str, decisions: Path, out: Path, *, workers: int, shown: Bar
) -> None:
    """Play an exercise from a decisions file; what was played already is not played again."""
    written = Written.load(decisions)
    tell_unprintable(playable(loads(text, name), name))
    folder = folder_of(out, Path(name).stem, text, decisions.read_text(encoding="utf-8"))
    screen = Screen(console)
    exercise, adjudicator = perform_on_screen(screen, text, name, written, folder, workers=workers, bar=shown)
    from tabletop.report.exercise_files import write_exercise

    write_exercise(exercise, adjudicator, folder / REPORT)
    exercise.close()
    screen.say(f"Written to {folder / REPORT}")


def perform_on_screen(
    screen: Screen, text: str, name: str, written: Written, folder: Path, *, workers: int, bar: Bar
) -> tuple[Exercise, Adjudicator]:
    """Play a written exercise into a folder, and show what the controller would see."""
    course, end = planned_course(loads(text, name), written)
    assert end.opened is not None
    note_exercise(end.scenario, len(end.teams), end.opened.others)
    there = is_exercise(folder)
    exercise = Exercise.open(folder) if there else Exercise.new(folder, text=text, name=name)
    adjudicator = Adjudicator(InterimCache(folder / HISTORIES, workers=workers))

    def report(state: State, scheduled: ScheduledAct) -> None:
        if isinstance(scheduled.act, Reveal) and state.move == 0:
            # all that is decided is known: one run serves every move
            with adjudicator.histories.at_work(), bar() as progress:
                adjudicator.prepare(end, progress)
        show(screen, adjudicator, state, scheduled)

    perform(exercise, course, report)
    return exercise, adjudicator


def show(screen: Screen, adjudicator: Adjudicator, state: State, scheduled: ScheduledAct) -> None:
    """What the controller sees after an act."""
    match scheduled.act:
        case Start():
            screen.brief(state)
            screen.last_year(last_year_played(state, adjudicator.worlds(state)[0]))
        case BeginMove():
            screen.situation(state, state.minute(scheduled.at))
        case Lock():
            screen.standing(state)
        case Reveal():
            seen = shown(state, adjudicator, state.move)
            for step in reveal_screens(state):
                if step not in (RevealScreen.RANGES, RevealScreen.BUSIEST):  # nobody waits for an answer
                    reveal_screen.show(screen, state, seen, step)
                if step is RevealScreen.HELD:
                    reveal_screen.values(screen, state, seen)
        case HotWash():
            for page in hot_wash_screens(state):
                hot_wash_screen.show(screen, state, adjudicator, page)
        case _:
            pass
