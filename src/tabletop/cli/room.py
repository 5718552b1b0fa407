"""A room: a controller at a prompt, a screen, and an exercise between them."""

import shlex

import typer
from pydantic import ValidationError
from rich.console import Console

from tabletop.cli.exercise_screen import Screen
from tabletop.cli.progress import shown_progress
from tabletop.exercise.acts import ACTS, Act, Resume, Show
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bench import Bench
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.jobs import Job
from tabletop.exercise.outcomes import outcomes_of
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER

HELP = """\
At any prompt: quit · help · status · cards · pause · resume · figures
  more: the next page of the room's screen · show status · show status names · show situation answer
  skip INJECT REASON · release INJECT · respond INJECT WHAT PLAYERS DID · note WHAT YOU SAW
  add ID "TITLE" "MESSAGE" REASON · rule "RULING" REASON (words beside the model's result)"""
CLOCK_DRIFT = 1.0
"""Seconds by which clocks are set right unnoticed."""


class Quit(Exception):
    """The controller leaves; the exercise waits."""


class Room:
    """A controller, a screen, and an exercise between them."""

    def __init__(self, console: Console, exercise: Exercise, *, workers: int) -> None:
        self._console = console
        self.exercise = exercise
        self.screen = Screen(console)
        self._clock_is_told = False
        path = exercise.folder / HISTORIES
        self.bench = Bench(path, workers=workers)
        self.adjudicator = Adjudicator(InterimCache(path))

    def do(self, act: Act, by: str = CONTROLLER) -> bool:
        """Do an act; a refusal is shown, and changes nothing."""
        behind = self.exercise.seconds_behind
        if behind > CLOCK_DRIFT and not self._clock_is_told:
            self._clock_is_told = True
            self.screen.say(
                f"The clock was set back by {behind:.0f} s: the log carries on from its last line."
            )
        try:
            self.exercise.do(by, act)
        except Refused as refused:
            self.screen.say(f"Refused: {refused}")
            return False
        return True

    def enter(self, act: str, **parts: object) -> bool:
        """Do an act of which parts were typed; what does not fit into the log is refused."""
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

    def wait(self, job: Job) -> None:
        """Have something simulated, as far as it is not, with a bar: here, if nobody else can do it."""
        with shown_progress() as progress:
            self.bench.ask(job)
            try:
                self.bench.wait(job.worth, progress)
            except RuntimeError:
                job.work(self.adjudicator, progress)

    def _aside(self, line: str) -> bool:
        """Do what can be asked at any prompt; whether it was that."""
        word, _, rest = line.partition(" ")
        state = self.exercise.state
        match word.lower():
            case "quit" | "exit":
                raise Quit
            case "help" | "?":
                self.screen.say(HELP)
            case "status":
                if state.move >= 0:
                    self.screen.clocks(state, state.minute(self.exercise.now()))
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
                return self._at_projector(word.lower(), rest.strip())
        return True

    def _at_projector(self, word: str, rest: str) -> bool:
        """Have the projector show something, or turn the page of its screen; whether it was that."""
        match word:
            case "show":
                self.enter("show", what=rest)
            case "more" if not rest:
                self._show_next_page()
            case _:
                return False
        return True

    def _show_next_page(self) -> None:
        """Have the projector turn the page of its screen."""
        from tabletop.report.room.showing import next_page

        if (what := next_page(self.exercise.state)) is None:
            self.screen.say("The room sees the last page of this screen.")
        else:
            self.do(Show(what=what))

    def _show_figures(self) -> None:
        """Write the figures of what has been revealed, and open them."""
        from tabletop.plots.exercise import figures, save

        drawings = figures(outcomes_of(self.exercise.state, self.adjudicator))
        if not drawings:
            self.screen.say("There is nothing to draw before the first reveal.")
        for path in save(drawings, self.exercise.folder / "figures", formats=("svg", "png")):
            if path.suffix == ".png":
                self.screen.say(str(path))
                typer.launch(str(path))

    def _controller_act(self, word: str, rest: str) -> None:
        """An act of the controller's from a line; what cannot be read is refused."""
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
