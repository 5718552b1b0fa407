"""A room: a controller at a prompt, a screen, and an exercise between them."""

import typer
from rich.console import Console

from tabletop.cli import reveal_screen
from tabletop.cli.controller_line import EFFECT, SHAPES, NotAnAct, act_in
from tabletop.cli.progress import shown_progress
from tabletop.cli.prompts import COUNTED, Prompts
from tabletop.cli.typed_ahead import discard_typed_ahead
from tabletop.exercise.acts import Add, LogEntry, Override, Release, Resume, Show
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bench import Bench
from tabletop.exercise.bench_process import MILD
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.jobs import Job
from tabletop.exercise.outcomes import outcomes_of
from tabletop.exercise.reveal import is_revealed, shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import Phase
from tabletop.experiment.folder import PICTURES, USUAL_FORMATS
from tabletop.scenario.prompt_words import CONTROLLERS, EVERYWHERE
from tabletop.scenario.words import clipped, number

HELP = "\n".join(
    (
        "At any prompt: quit · help · status · cards · measures · pause [REASON] · resume · figures",
        "  more: the room's next page; from the situation also its injects, and how many have decided",
        "  back: the step before; until the reveal it undoes a lock, after it no result",
        *(f"  {shape}" for shape in SHAPES.values()),
        f"  count {COUNTED}: how many came, numbers alone",
        f"  An EFFECT is written as in a scenario file: {EFFECT}",
    )
)


class Room(Prompts):
    """A controller, a screen, and an exercise between them."""

    words = (*EVERYWHERE, *CONTROLLERS)

    def __init__(self, console: Console, exercise: Exercise, *, workers: int) -> None:
        super().__init__(console, exercise, by=CONTROLLER)
        path = exercise.folder / HISTORIES
        # no phone taps here: what the bench simulates is all that anybody waits for
        self.bench = Bench(path, workers=workers, niceness=MILD)
        self.adjudicator = Adjudicator(InterimCache(path))

    def show(self, what: str) -> None:
        """Have the projector show something, if it does not yet."""
        if self.exercise.state.showing != what:
            self.do(Show(what=what))

    def wait(self, job: Job) -> None:
        """Have something simulated, as far as it is not, with a bar: here, if nobody else can do it.

        What is typed while the bar is there is thrown away.
        """
        was_shown = False
        with shown_progress() as progress:

            def shown_once(done: int, total: int, /) -> None:
                nonlocal was_shown
                was_shown = True
                progress(done, total)

            self.bench.ask(job)
            try:
                self.bench.wait(job.worth, shown_once)
            except RuntimeError:
                job.work(self.adjudicator, shown_once)
        if was_shown:
            discard_typed_ahead()

    def aside(self, line: str) -> bool:
        """Do what can be asked at any prompt; whether it was that."""
        word, _, rest = line.partition(" ")
        match word.lower():
            case "pause":
                self.enter("pause", reason=rest.strip())
            case shape if shape in SHAPES:
                self._controller_act(shape, rest.strip())
            case _ if rest.strip():
                return super().aside(line)  # or a sentence that begins with such a word
            case "help" | "?":
                self.screen.say(HELP)
            case "status":
                self._status()
            case "cards":
                self.screen.cards(self.exercise.state)
            case "measures":
                self._measures()
            case "figures":
                self._show_figures()
            case "resume":
                self.do(Resume())
            case "more":
                self._show_next_page()
            case _:
                return super().aside(line)
        return True

    def _status(self) -> None:
        state = self.exercise.state
        if state.move >= 0:
            self.screen.clocks(state, state.minute(self.exercise.now()))
        self.screen.standing(state)

    def _measures(self) -> None:
        state = self.exercise.state
        move = state.move if is_revealed(state, state.move) else state.move - 1
        if move < 0:
            self.screen.say("No move has been revealed yet.")
            return
        reveal_screen.values(self.screen, state, shown(state, self.adjudicator, move, spread=False))

    def _show_next_page(self) -> None:
        """Have the projector turn the page of its screen, or go on from the situation to its injects."""
        from tabletop.report.room.sequence import neighbours
        from tabletop.report.room.showing import next_page

        state = self.exercise.state
        what = next_page(state)
        if what is None and state.phase in (Phase.OPEN, Phase.LOCKED):
            what = neighbours(state)[1]
        if what is None:
            self.screen.say("The room sees the last page of this screen.")
        else:
            self.do(Show(what=what))
            self.screen.say(f"The room sees: {what}.")

    def _show_figures(self) -> None:
        """Write the figures of what has been revealed, and open them."""
        from tabletop.plots.exercise import figures, save

        drawings = figures(outcomes_of(self.exercise.state, self.adjudicator))
        if not drawings:
            self.screen.say("There is nothing to draw before the first reveal.")
        for path in save(drawings, self.exercise.folder / PICTURES, formats=USUAL_FORMATS):
            if path.suffix == ".png":
                self.screen.say(str(path))
                typer.launch(str(path))

    def _controller_act(self, word: str, rest: str) -> None:
        """An act of the controller's from a line; what cannot be read is refused."""
        try:
            act, parts = act_in(word, rest, self.exercise.state.teams)
        except NotAnAct as wrong:
            self.screen.say(str(wrong))
            return
        if act == "show" and rest not in (offered := self._offered()):
            what = clipped(rest) or "nothing"
            self.screen.say(f"show: {what}: not to be shown now; what can be shown: {', '.join(offered)}")
        elif self.enter(act, **parts):
            self._tell_act()

    def _tell_act(self) -> None:
        """What the act just done is in the record; what concerns all appears at once, in large type."""
        entry, state = self.exercise.entries[-1], self.exercise.state
        match entry.act:
            case Release(inject=name) | Add(inject=name):
                one = next(one for one in state.injects if one.inject.id == name)
                day = state.inject_status[name].day
                self.screen.inject(one, day)
                self._show_when_it_comes(entry, day)
            case Override() as act:
                self.screen.ruling(act)
                self._show_when_it_comes(entry, act.day or 0.0)
            case _:
                pass
        self.tell(entry)

    def _show_when_it_comes(self, entry: LogEntry, day: float) -> None:
        """Have the projector show what is for all, if its day has come; else the room may not know yet."""
        from tabletop.report.room.showing import announced, has_come

        what = announced(self.exercise.state, entry)
        if what is None:
            return
        if has_come(self.exercise.state, what):
            self.show(what)
        else:
            self.screen.say(f"The room's screen can show it from day {number(day)} on: show {what}")

    def _offered(self) -> tuple[str, ...]:
        """What the room's screen can show now, as `show` names it."""
        from tabletop.report.room.sequence import aside, named, sequence
        from tabletop.report.room.showing import showing

        state = self.exercise.state
        return tuple(dict.fromkeys((*sequence(state), *aside(state), named(showing(state)))))
