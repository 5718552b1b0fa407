"""Prompts: somebody at a terminal who does acts of an exercise, line by line."""

from collections.abc import Collection

from pydantic import ValidationError
from rich.console import Console

from tabletop.cli.exercise_screen import Screen
from tabletop.exercise.act_objections import objections
from tabletop.exercise.acts import ACTS, Act, LogEntry
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.log_words import in_words
from tabletop.exercise.refused import Refused
from tabletop.scenario.planning import Participants
from tabletop.scenario.prompt_words import EVERYWHERE
from tabletop.scenario.words import nearest, spelled

COUNTED = "24 players, 2 observers, 1 facilitator, 2 evaluators"
"""How many came, as it is typed."""
CLOCK_DRIFT = 1.0
"""Seconds by which clocks are set right unnoticed."""


class Quit(Exception):
    """Whoever types leaves; the exercise waits."""


class Prompts:
    """Somebody at a terminal, under a name of the log."""

    words: tuple[str, ...] = EVERYWHERE
    """What a line can begin with that is no answer."""

    def __init__(self, console: Console, exercise: Exercise, *, by: str) -> None:
        self._console = console
        self.exercise = exercise
        self.screen = Screen(console)
        self.by = by
        self._clock_is_told = False

    def do(self, act: Act) -> bool:
        """Do an act; a refusal is shown, and changes nothing."""
        behind = self.exercise.seconds_behind
        if behind > CLOCK_DRIFT and not self._clock_is_told:
            self._clock_is_told = True
            self.screen.say(
                f"The clock was set back by {behind:.0f} s: the log carries on from its last line."
            )
        try:
            self.exercise.do(self.by, act)
        except Refused as refused:
            self.screen.say(f"Refused: {refused}")
            return False
        return True

    def enter(self, act: str, **parts: object) -> bool:
        """Do an act of which parts were typed; what does not fit into the log is refused."""
        try:
            entered = ACTS.validate_python({"act": act, **parts})
        except ValidationError as error:
            for where, wrong in objections(error):
                self.screen.say(f"{spelled(where) or act}: {wrong}")
            return False
        return self.do(entered)

    def ask(self, prompt: str, *, names: Collection[str] = ()) -> str:
        """A line; what is asked at any prompt is done on the way, unless it is one of the names."""
        while True:
            typed = self._console.input(f"{prompt} ", markup=False)
            line = typed.strip()
            if not line and typed.strip("\r\n"):
                self.screen.say("A line of blanks is no empty line, and is not taken for Enter alone.")
            elif line.casefold() in names or not self.aside(line):
                return line

    def go_on(self, prompt: str, *others: str) -> str:
        """Wait for an empty line, or for one of the other words; whatever else is typed is asked about."""
        while True:
            line = self.ask(prompt)
            if not line or line.lower() in others:
                return line.lower()
            self.mistaken(line, ", ".join(("Enter alone goes on", *(f"`{word}`" for word in others))))

    def mistaken(self, line: str, wanted: str) -> None:
        """Ask what a line meant that is no answer, and say what would be one."""
        word = line.partition(" ")[0].lower()
        guess = "" if word in self.words else nearest(word, self.words)
        if "did you mean" in guess:
            self.screen.say(f"“{line}” is no answer here{guess} {wanted}; `help` lists the rest")
        else:
            self.screen.say(f"“{line}”: what was meant? {wanted}; `help` lists the rest")

    def aside(self, line: str) -> bool:
        """Do what can be asked at any prompt; whether it was that."""
        word, _, rest = line.partition(" ")
        if line.lower() in ("quit", "exit"):
            raise Quit
        if word.lower() == "count":
            self.count(rest)
            return True
        return False

    def count(self, line: str) -> bool:
        """Write down how many came by a line, as `24 players, 2 observers`; whether it was taken."""
        came: dict[str, int] = {}
        for part in filter(None, (part.strip() for part in line.replace(" and ", ",").split(","))):
            number, _, who = part.partition(" ")
            kind = f"{who.strip().lower().removesuffix('s')}s"
            if not (number.isdecimal() and number.isascii()) or kind not in Participants.model_fields:
                self.screen.say(f"{part}: write numbers and no names, as {COUNTED}")
                return False
            if kind in came:
                self.screen.say(f"{part}: {kind} are counted twice in this line; write each once")
                return False
            came[kind] = int(number)
        if not self.enter("count", came=came):
            return False
        self.tell_last()
        return True

    def tell_last(self) -> None:
        """The line of the log that was written last, as it stands there."""
        self.tell(self.exercise.entries[-1])

    def tell(self, entry: LogEntry) -> None:
        """A line of the log, as it stands there."""
        self.screen.say(f"Line {entry.number} of the log: {in_words(entry.act)}")
