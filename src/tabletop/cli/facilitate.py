"""Facilitation at a projector: one controller runs an exercise, prompt by prompt."""

import shlex
from collections.abc import Callable
from time import time

import typer
from pydantic import ValidationError
from rich.console import Console

from tabletop.cli.evaluate import evaluate
from tabletop.cli.exercise_screen import Screen
from tabletop.cli.progress import shown_progress
from tabletop.exercise.acts import (
    ACTS,
    Act,
    BeginMove,
    End,
    HotWash,
    Lock,
    Resume,
    Reveal,
    Start,
)
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import REPORT
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.luck import drawn_secret
from tabletop.exercise.outcomes import outcomes_of
from tabletop.exercise.prefetch import Prefetch
from tabletop.exercise.refused import Refused
from tabletop.exercise.reveal import shown
from tabletop.exercise.rules import CONTROLLER
from tabletop.exercise.state import Phase
from tabletop.measures import MEASURES
from tabletop.plots.exercise import figures, save
from tabletop.report.exercise_files import write_exercise

HELP = """\
At any prompt: quit · help · status · cards · pause · resume · figures
  skip INJECT REASON · release INJECT · respond INJECT WHAT PLAYERS DID · note WHAT YOU SAW
  add ID "TITLE" "MESSAGE" REASON · rule "RULING" REASON (words beside the model's result)"""


class _Quit(Exception):
    """The controller leaves; the exercise waits."""


def facilitate(
    console: Console, exercise: Exercise, *, teams: tuple[str, ...], others: int, workers: int
) -> bool:
    """Run an exercise from where it stands; whether it came to its end."""
    room = Room(console, exercise, workers=workers)
    try:
        if exercise.state.phase is Phase.PLANNED:
            names = teams or exercise.state.teams
            room.exercise.do(CONTROLLER, Start(secret=drawn_secret(), teams=names, others=others))
        room.run()
    except (_Quit, KeyboardInterrupt, EOFError):
        return False
    finally:
        room.ahead.give_up()
    return True


class Room:
    """A controller, a screen, and an exercise between them."""

    def __init__(self, console: Console, exercise: Exercise, *, workers: int) -> None:
        self._console = console
        self.exercise = exercise
        self.screen = Screen(console)
        path = exercise.folder / HISTORIES
        self.ahead = Prefetch(path, workers=workers)
        self.adjudicator = Adjudicator(InterimCache(path))

    def run(self) -> None:
        """Phase after phase, until EndEx."""
        steps: dict[Phase, Callable[[], None]] = {
            Phase.BRIEF: self._brief,
            Phase.OPEN: self._decide,
            Phase.LOCKED: self._predict,
            Phase.REVEALED: self._go_on,
            Phase.HOT_WASH: self._hot_wash,
        }
        while (phase := self.exercise.state.phase) is not Phase.ENDED:
            steps[phase]()
        self.screen.say(f"EndEx. The secret was {self._secret()}.")
        write_exercise(self.exercise, self.adjudicator, self.exercise.folder / REPORT)
        self.screen.say(f"Written to {self.exercise.folder / REPORT}")

    def do(self, act: Act, by: str = CONTROLLER) -> bool:
        """Do an act; a refusal is told, and changes nothing."""
        try:
            self.exercise.do(by, act)
        except Refused as refused:
            self.screen.say(f"Refused: {refused}")
            return False
        return True

    def enter(self, act: str, **parts: object) -> bool:
        """Do an act of which parts were typed; what does not fit into the log is told."""
        try:
            entered = ACTS.validate_python({"act": act, **parts})
        except ValidationError as error:
            for detail in error.errors():
                told = "missing; see `help`" if detail["type"] == "string_too_short" else detail["msg"]
                self.screen.say(f"{detail['loc'][-1]}: {told}")
            return False
        return self.do(entered)

    def ask(self, prompt: str) -> str:
        """A line from the controller; what is asked at any prompt is done on the way."""
        while True:
            line = self._console.input(f"{prompt} ", markup=False).strip()
            if not self._aside(line):
                return line

    def _secret(self) -> str:
        start = self.exercise.state.start
        assert start is not None
        return start.secret

    def _brief(self) -> None:
        self.screen.brief(self.exercise.state)
        state = self.exercise.state
        self.ahead.begin(lambda adjudicator, progress: adjudicator.prepare(state, progress))
        self.screen.say(HELP)
        self.ask("Enter begins move 1:")
        self.do(BeginMove(move=1))

    def _decide(self) -> None:
        state = self.exercise.state
        self.screen.situation(state, state.minute(time()))
        if state.plan.decision_form is not None:
            for team in state.teams:
                if (team, state.move) not in state.submissions:
                    self._ask_decision(team)
            while True:
                self.screen.standing(self.exercise.state)
                line = self.ask("Enter locks the decisions; a team's number changes its own:")
                if not line:
                    break
                if line.isdecimal() and 1 <= int(line) <= len(state.teams):
                    self._ask_decision(state.teams[int(line) - 1])
                else:
                    self.screen.say(f"{line}: write a team's number, 1 to {len(state.teams)}, or nothing")
        else:
            self.ask("Enter opens the predictions:")
        self.do(Lock())

    def _ask_decision(self, team: str) -> None:
        """Ask until a decision is accepted, or nothing is said: then the team keeps its mix."""
        while True:
            state = self.exercise.state
            line = self.ask(f"{team} [{' '.join(state.hand(team).codes) or 'baseline'}] plays:")
            if not line:
                return
            if self.enter("submit", team=team, entry=line, replaces=state.revision(team), device="projector"):
                return

    def _predict(self) -> None:
        state = self.exercise.state
        locked, move = state, state.move
        self.ahead.begin(
            lambda adjudicator, progress: adjudicator.adjudicate(locked, move, progress=progress)
        )
        for team in state.teams:
            for measure in state.plan.predictions:
                if (team, state.move, measure) not in state.predictions:
                    self._ask_prediction(team, measure)
        self.ask("Enter reveals what came of it:")
        self.do(Reveal())

    def _ask_prediction(self, team: str, measure: str) -> None:
        told, example = MEASURES[measure], "2 6"
        what = told.title
        if told.unit == "share":
            what, example = f"{told.title} (0 to 1)", "0.4 0.6"
        while True:
            line = self.ask(f"{team}: {what} will lie (80 %) between, as {example}:")
            if not line:
                return
            try:
                low, high = (float(word) for word in line.replace(",", " ").split())
            except ValueError:
                self.screen.say(f"{line}: write two numbers, the lower first, as {example}")
                continue
            if self.enter("predict", team=team, measure=measure, low=low, high=high, device="projector"):
                return

    def _go_on(self) -> None:
        state = self.exercise.state
        seen = shown(state, self.adjudicator, state.move, spread=False)
        self.screen.reveal(state, seen)
        self._wait(lambda adjudicator, progress: adjudicator.adjudicate(state, state.move, progress=progress))
        self.screen.scores(shown(state, self.adjudicator, state.move))
        if state.move + 1 < len(state.plan.moves):
            self.ask(f"Enter begins move {state.move + 2}:")
            self.do(BeginMove(move=state.move + 2))
        else:
            self.ask("Enter begins the hot wash, where what was hidden is shown:")
            self.do(HotWash())

    def _hot_wash(self) -> None:
        state = self.exercise.state
        last = len(state.plan.moves) - 1
        self._wait(lambda adjudicator, progress: adjudicator.prepare(state, progress))
        self.screen.hot_wash(state, self.adjudicator.so_far(state, last), self.adjudicator.epilogue(state))
        while line := self.ask("Said in the hot wash (TEAM: WORDS, or words; nothing ends):"):
            team, colon, words = line.partition(":")
            known = team in state.teams and bool(colon)
            self.enter("remark", team=team if known else "", text=words.strip() if known else line)
        evaluate(self)
        self.do(End())

    def _wait(self, work: Callable[..., object]) -> None:
        """Have the other worlds simulated, as far as they are not, with a bar."""
        with shown_progress() as progress:
            self.ahead.finish(progress)
            self.ahead.begin(work)
            self.ahead.finish(progress)

    def _aside(self, line: str) -> bool:
        """Do what can be asked at any prompt; whether it was that."""
        word, _, rest = line.partition(" ")
        state = self.exercise.state
        match word.lower():
            case "quit" | "exit":
                raise _Quit
            case "help" | "?":
                self.screen.say(HELP)
            case "status":
                if state.move >= 0:
                    self.screen.clocks(state, state.minute(time()))
                self.screen.standing(state)
            case "cards":
                self.screen.cards(state)
            case "figures":
                self._show_figures()
            case "pause":
                self.enter("pause", reason=rest)
            case "resume":
                self.do(Resume())
            case "skip" | "release" | "respond" | "note" | "add" | "rule":
                before = len(self.exercise.entries)
                self._controller_act(word.lower(), rest)
                if (lines := len(self.exercise.entries)) > before:
                    self.screen.say(f"Line {lines} of the log.")
            case _:
                return False
        return True

    def _show_figures(self) -> None:
        """Write the figures of what has been revealed, and open them."""
        drawings = figures(outcomes_of(self.exercise.state, self.adjudicator))
        if not drawings:
            self.screen.say("There is nothing to draw before the first reveal.")
        for path in save(drawings, self.exercise.folder / "figures", formats=("png",)):
            if path.suffix == ".png":
                self.screen.say(str(path))
                typer.launch(str(path))

    def _controller_act(self, word: str, rest: str) -> None:
        """An act of the controller's from a line; what cannot be read is told."""
        name, _, words = rest.partition(" ")
        try:
            match word:
                case "skip":
                    self.enter("skip", inject=name, reason=words)
                case "release":
                    self.enter("release", inject=name, reason=words)
                case "respond":
                    self.enter("respond", inject=name, response=words)
                case "note":
                    self.enter("note", text=rest)
                case "add":
                    name, title, message, *reason = _quoted(rest)
                    self.enter("add", inject=name, title=title, message=message, reason=" ".join(reason))
                case _:
                    ruling, *reason = _quoted(rest)
                    self.enter("override", ruling=ruling, reason=" ".join(reason))
        except ValueError:
            self.screen.say(f"{word}: write it as in `help`, with every part")


def _quoted(line: str) -> list[str]:
    """The words of a line; what stands in double quotes is one, and an apostrophe is no quote."""
    words = shlex.shlex(line, posix=True)
    words.whitespace_split, words.quotes, words.escape, words.commenters = True, '"', "", ""
    return list(words)
