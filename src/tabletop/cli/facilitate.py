"""Facilitation at a projector: one controller runs an exercise, prompt by prompt."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Console

from tabletop.cli import hot_wash_screen, reveal_screen
from tabletop.cli.entries import BACK, correct_decisions, enter_decisions, enter_predictions
from tabletop.cli.evaluation_prompts import ask_evaluators
from tabletop.cli.prompts import Quit
from tabletop.cli.room import HELP, Room
from tabletop.cli.team_names import addressed
from tabletop.exercise import jobs
from tabletop.exercise.acts import BeginMove, End, HotWash, Lock, Open, Resume, Reveal, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import REPORT
from tabletop.exercise.last_year import last_year_played
from tabletop.exercise.luck import drawn_secret
from tabletop.exercise.moments import offset_at
from tabletop.exercise.reveal import shown
from tabletop.exercise.screen_order import hot_wash_screens, reveal_screens
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import Phase

Page = TypeVar("Page", HotWashScreen, RevealScreen)


def facilitate(
    console: Console, exercise: Exercise, *, teams: tuple[str, ...], others: int, workers: int
) -> bool:
    """Run an exercise from where it stands; whether it came to its end."""
    room = Room(console, exercise, workers=workers)
    try:
        if exercise.state.phase is Phase.PLANNED:
            names = teams or exercise.state.teams
            room.do(Open(secret=drawn_secret(), teams=names, others=others))
        if exercise.state.phase is Phase.LOBBY:
            offset = offset_at(room.exercise.now()).total_seconds()
            room.do(Start(utc_offset_seconds=offset))
        _run(room)
    except (Quit, KeyboardInterrupt, EOFError):
        return False
    finally:
        room.bench.close()
    return True


def _run(room: Room) -> None:
    """Phase after phase, until EndEx."""
    from tabletop.report.exercise_files import write_exercise

    steps: dict[Phase, Callable[[Room], None]] = {
        Phase.BRIEF: _brief,
        Phase.OPEN: _decide,
        Phase.LOCKED: _predict,
        Phase.REVEALED: _reveal,
        Phase.HOT_WASH: _hot_wash,
    }
    if room.exercise.state.is_paused:
        _resume(room)
    while (phase := room.exercise.state.phase) is not Phase.ENDED:
        steps[phase](room)
    room.screen.say(f"EndEx. The secret was {_secret(room)}.")
    write_exercise(room.exercise, room.adjudicator, room.exercise.folder / REPORT)
    room.screen.say(f"Written to {room.exercise.folder / REPORT}")


def _resume(room: Room) -> None:
    """What was left while it stood still, or stopped on its own, goes on when the controller says so."""
    minute = room.exercise.state.minute(room.exercise.now())
    room.go_on(f"The exercise is paused at minute {minute:.0f}. Enter goes on:")
    if room.exercise.state.is_paused:
        room.do(Resume())


def _secret(room: Room) -> str:
    opened = room.exercise.state.opened
    assert opened is not None
    return opened.secret


def _brief(room: Room) -> None:
    state = room.exercise.state
    room.screen.brief(state)
    room.bench.ask(jobs.ahead(state))
    room.screen.say(HELP)
    room.go_on("Enter begins move 1:")
    if state.plan.realised is not None:
        room.wait(jobs.worlds(state))
    room.screen.last_year(last_year_played(state, room.adjudicator.worlds(state)[0]))
    room.do(BeginMove(move=1))


def _decide(room: Room) -> None:
    state = room.exercise.state
    room.screen.situation(state, state.minute(room.exercise.now()))
    enter_decisions(room)
    room.do(Lock())


def _predict(room: Room) -> None:
    _simulate_ahead(room)
    while not enter_predictions(room):
        correct_decisions(room)
        while not room.do(Lock()):
            correct_decisions(room)
        _simulate_ahead(room)
    room.do(Reveal())


def _simulate_ahead(room: Room) -> None:
    """The other worlds, with the decisions as they are locked, while people predict."""
    state = room.exercise.state
    room.bench.ask(jobs.realised(state, state.move), jobs.spread(state, state.move))


def _reveal(room: Room) -> None:
    """The steps of a reveal, one Enter each; the other worlds are simulated when they are needed."""
    state = room.exercise.state
    last = state.move + 1 == len(state.plan.moves)
    is_spread = False
    room.wait(jobs.realised(state, state.move))

    def draw(step: RevealScreen) -> None:
        nonlocal is_spread
        if step in reveal_screen.NEED_OTHER_WORLDS and not is_spread:
            room.wait(jobs.spread(state, state.move))
            is_spread = True
            if last:
                # everything is decided: the hot wash and the epilogue are simulated while people talk
                room.bench.ask(jobs.ahead(state))
        seen = shown(state, room.adjudicator, state.move, spread=is_spread)
        reveal_screen.show(room.screen, state, seen, step)

    end = "begins the hot wash, where what was hidden is shown" if last else f"begins move {state.move + 2}"
    _leaf(room, reveal_screens(state), reveal_screen.TITLES, draw, end)
    room.do(HotWash() if last else BeginMove(move=state.move + 2))


def _hot_wash(room: Room) -> None:
    state = room.exercise.state
    room.wait(jobs.ahead(state))

    def draw(page: HotWashScreen) -> None:
        hot_wash_screen.show(room.screen, state, room.adjudicator, page)

    _leaf(room, hot_wash_screens(state), hot_wash_screen.TITLES, draw, "takes down what is said")
    while line := room.ask("Said in the hot wash (TEAM: WORDS, or words; nothing ends):"):
        team, words = addressed(line, state.teams)
        if room.enter("remark", team=team, text=words):
            room.tell_last()
    ask_evaluators(room)
    room.do(End())


def _leaf(
    room: Room, pages: Sequence[Page], titles: dict[Page, str], draw: Callable[[Page], None], end: str
) -> None:
    """Page after page, on the projector too, from the one that it shows; `back` goes back one."""
    showing = room.exercise.state.showing.partition("/")[0]  # a page may be turned over on the projector
    place = next((n for n, page in enumerate(pages) if page.act == showing), 0)
    while place < len(pages):
        page = pages[place]
        room.show(page.act)
        draw(page)
        coming = f"shows {titles[pages[place + 1]]}" if place + 1 < len(pages) else end
        answer = room.go_on(f"{place + 1} of {len(pages)}, {titles[page]}. Enter {coming}:", BACK)
        place = max(place - 1, 0) if answer == BACK else place + 1
