"""Facilitation at a projector: one controller runs an exercise, prompt by prompt."""

from collections.abc import Callable

from rich.console import Console

from tabletop.cli.evaluate import evaluate
from tabletop.cli.room import HELP, Quit, Room
from tabletop.exercise import jobs
from tabletop.exercise.acts import BeginMove, End, HotWash, Lock, Open, Resume, Reveal, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import REPORT
from tabletop.exercise.last_year import last_year_played
from tabletop.exercise.luck import drawn_secret
from tabletop.exercise.moments import offset_at
from tabletop.exercise.reveal import shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import Phase
from tabletop.measures import MEASURES


def facilitate(
    console: Console, exercise: Exercise, *, teams: tuple[str, ...], others: int, workers: int
) -> bool:
    """Run an exercise from where it stands; whether it came to its end."""
    room = Room(console, exercise, workers=workers)
    try:
        if exercise.state.phase is Phase.PLANNED:
            names = teams or exercise.state.teams
            room.exercise.do(CONTROLLER, Open(secret=drawn_secret(), teams=names, others=others))
        if exercise.state.phase is Phase.LOBBY:
            offset = offset_at(room.exercise.now()).total_seconds()
            room.exercise.do(CONTROLLER, Start(utc_offset_seconds=offset))
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
        Phase.REVEALED: _go_on,
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
    room.ask(f"The exercise stands still at minute {minute:.0f}. Enter goes on:")
    if room.exercise.state.is_paused:
        room.do(Resume())


def _secret(room: Room) -> str:
    opened = room.exercise.state.opened
    assert opened is not None
    return opened.secret


def _brief(room: Room) -> None:
    room.screen.brief(room.exercise.state)
    state = room.exercise.state
    room.bench.ask(jobs.ahead(state))
    room.screen.say(HELP)
    room.ask("Enter begins move 1:")
    if state.plan.realised is not None:
        room.wait(jobs.worlds(state))
    room.screen.last_year(last_year_played(state, room.adjudicator.worlds(state)[0]))
    room.do(BeginMove(move=1))


def _decide(room: Room) -> None:
    state = room.exercise.state
    room.screen.situation(state, state.minute(room.exercise.now()))
    if state.plan.decision_form is not None:
        for team in state.teams:
            if (team, state.move) not in state.submissions:
                _ask_decision(room, team)
        while True:
            room.screen.standing(room.exercise.state)
            line = room.ask("Enter locks the decisions; a team's number changes its own:")
            if not line:
                break
            if line.isdecimal() and 1 <= int(line) <= len(state.teams):
                _ask_decision(room, state.teams[int(line) - 1])
            else:
                room.screen.say(f"{line}: write a team's number, 1 to {len(state.teams)}, or nothing")
    else:
        room.ask("Enter opens the predictions:")
    room.do(Lock())


def _ask_decision(room: Room, team: str) -> None:
    """Ask until a decision is accepted, or nothing is said: then the team keeps its mix."""
    while True:
        state = room.exercise.state
        line = room.ask(f"{team} [{' '.join(state.hand(team).codes) or 'baseline'}] plays:")
        if not line:
            return
        if room.enter("submit", team=team, entry=line, replaces=state.revision(team), device="projector"):
            return


def _predict(room: Room) -> None:
    state = room.exercise.state
    room.bench.ask(jobs.realised(state, state.move), jobs.spread(state, state.move))
    for team in state.teams:
        for measure in state.plan.predictions:
            if (team, state.move, measure) not in state.predictions:
                _ask_prediction(room, team, measure)
    room.ask("Enter reveals what came of it:")
    room.do(Reveal())


def _ask_prediction(room: Room, team: str, measure: str) -> None:
    asked, example = MEASURES[measure], "2 6"
    what = asked.title
    if asked.unit == "share":
        what, example = f"{asked.title} (0 to 1)", "0.4 0.6"
    while True:
        line = room.ask(f"{team}: {what} will lie (80 %) between, as {example}:")
        if not line:
            return
        try:
            low, high = (float(word) for word in line.replace(",", " ").split())
        except ValueError:
            room.screen.say(f"{line}: write two numbers, the lower first, as {example}")
            continue
        if room.enter("predict", team=team, measure=measure, low=low, high=high, device="projector"):
            return


def _go_on(room: Room) -> None:
    state = room.exercise.state
    room.wait(jobs.realised(state, state.move))
    room.screen.reveal(state, shown(state, room.adjudicator, state.move, spread=False))
    room.wait(jobs.spread(state, state.move))
    room.screen.scores(shown(state, room.adjudicator, state.move))
    if state.move + 1 < len(state.plan.moves):
        room.ask(f"Enter begins move {state.move + 2}:")
        room.do(BeginMove(move=state.move + 2))
    else:
        # everything is decided: the hot wash and the epilogue are simulated while people talk
        room.bench.ask(jobs.ahead(state))
        room.ask("Enter begins the hot wash, where what was hidden is shown:")
        room.do(HotWash())


def _hot_wash(room: Room) -> None:
    state = room.exercise.state
    last = len(state.plan.moves) - 1
    room.wait(jobs.ahead(state))
    room.screen.hot_wash(state, room.adjudicator.so_far(state, last), room.adjudicator.epilogue(state))
    while line := room.ask("Said in the hot wash (TEAM: WORDS, or words; nothing ends):"):
        team, colon, words = line.partition(":")
        known = team in state.teams and bool(colon)
        room.enter("remark", team=team if known else "", text=words.strip() if known else line)
    evaluate(room)
    room.do(End())
