"""`tabletop evaluate`: what evaluators note, rate, observe and would improve, beside a class or after it."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.evaluation_prompts import (
    IMPROVED,
    IMPROVED_NOTE,
    OBSERVED,
    improve,
    observe,
    rate,
    rating_of,
    tell_ratings,
)
from tabletop.cli.missing import tell_unprintable
from tabletop.cli.output import console
from tabletop.cli.paper_sheets import take_in_sheets
from tabletop.cli.prompts import COUNTED, Prompts, Quit
from tabletop.cli.streams import asks_nobody
from tabletop.cli.team_names import addressed
from tabletop.errors import TabletopError
from tabletop.exercise.disclosure import disclosed
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.log import is_served
from tabletop.exercise.log_words import in_words
from tabletop.exercise.readers import Reader
from tabletop.exercise.roles import Role, role_of
from tabletop.exercise.state import Phase
from tabletop.safe_text import safe_line
from tabletop.scenario.names import objection
from tabletop.scenario.prompt_words import EVALUATORS, EVERYWHERE
from tabletop.scenario.words import shown

HELP = f"""\
note WHAT YOU SAW · note TEAM: WHAT YOU SAW
rate OBJECTIVE P|S|M|U WHY · observe OBJECTIVE {OBSERVED}
improve {IMPROVED}
  {IMPROVED_NOTE} An objective is named by its number.
count {COUNTED}: how many came, numbers alone
objectives · lines (the log, with the numbers that an observation refers to) · help · quit"""


def evaluate(
    exercise: Annotated[
        Path, typer.Argument(metavar="EXERCISE", help="The folder of an exercise, as `play` names it.")
    ],
    name: Annotated[
        str,
        typer.Option(
            "--as", metavar="NAME", help="Who evaluates, by function and not by name, as 'evaluator 2'."
        ),
    ] = "evaluator",
    sheets: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Take in the sheets that came back on paper (CSV), and ask nothing."
        ),
    ] = None,
) -> None:
    """Write down what evaluators saw, beside a class or after it: notes, ratings, observations, improvements.

    Every line is on disk before it is acknowledged. The exercise goes on in its own terminal.
    """
    if sheets is not None:
        take_in_sheets(exercise, sheets)
        return
    if asks_nobody():
        raise TabletopError("standard input is closed, so that nobody can be asked: evaluate at a terminal")
    if is_served(exercise):
        raise TabletopError(
            f"{exercise}: this class is served to phones, where evaluators write on a page: open the link "
            "for evaluators, which the controller's monitor gives out, or wait until `tabletop serve` ends"
        )
    if (wrong := objection(name)) is not None:
        raise TabletopError(f"--as: {shown(name)} {wrong}, as 'evaluator 2'")
    opened = Exercise.open(exercise)
    if role_of(name, opened.state.teams) is not Role.EVALUATOR:
        raise TabletopError(f"--as: {shown(name)} is no evaluator; write a function, as 'evaluator 2'")
    if opened.state.phase in (Phase.PLANNED, Phase.LOBBY):
        raise TabletopError(f"{exercise}: it is {opened.state.phase}; evaluators begin at StartEx")
    tell_unprintable(opened.scenario)
    desk = Desk(console(), opened, by=name)
    try:
        desk.work()
    except (Quit, KeyboardInterrupt, EOFError):
        pass
    finally:
        opened.close()
    if opened.state.phase is Phase.ENDED:
        folder = safe_line(str(exercise))
        desk.screen.say(f"To write the report with it: tabletop report {folder} --overwrite")


class Desk(Prompts):
    """An evaluator at a terminal."""

    words = (*EVERYWHERE, *EVALUATORS)

    def work(self) -> None:
        """Take lines until somebody quits."""
        plan = self.exercise.state.plan
        self.screen.heading(f"{plan.title or self.exercise.scenario.title}: {self.by}")
        tell_ratings(self)
        self._objectives()
        self.screen.say(HELP)
        while True:
            line = self.ask("Evaluate:")
            if line:
                self.mistaken(line, "It begins with note, rate, observe, improve or count")

    def aside(self, line: str) -> bool:
        """Do what a line says; whether it was one of these."""
        self.exercise.catch_up()
        word, _, rest = line.partition(" ")
        before = len(self.exercise.entries)
        match word.lower():
            case "note":
                self._note(rest.strip())
            case "rate" | "observe":
                self._about_objective(word.lower(), rest.strip())
            case "improve":
                improve(self, rest.strip())
            case "objectives":
                self._objectives()
            case "lines":
                self._lines()
            case "help" | "?":
                self.screen.say(HELP)
            case _:
                return super().aside(line)
        if len(self.exercise.entries) > before:
            self.tell_last()
        return True

    def _note(self, words: str) -> None:
        team, text = addressed(words, self.exercise.state.teams)
        self.enter("note", team=team, text=text)

    def _about_objective(self, word: str, rest: str) -> None:
        number, _, line = rest.partition(" ")
        objectives = self.exercise.state.plan.objectives
        named = {str(place): one.id for place, one in enumerate(objectives, start=1)}
        objective = named.get(number, number if number in named.values() else None)
        if objective is None:
            known = ", ".join(f"{place} {name}" for place, name in named.items()) or "none in this exercise"
            self.screen.say(f"{word}: {number or 'nothing'}: no such objective; known: {known}")
        elif word == "rate":
            rate(self, objective, line.strip())
        else:
            observe(self, objective, line.strip())

    def _objectives(self) -> None:
        """Every objective with its number, what it aims at, and how it is rated so far."""
        for place, one in enumerate(self.exercise.state.plan.objectives, start=1):
            rating = rating_of(self, one.id)
            self.screen.say(f"{place} {one.id}: {one.text}" + (f" (rated {rating})" if rating else ""))
            if one.capability_target:
                self.screen.say(f"    Target: {one.capability_target}")
            for task in one.critical_tasks:
                self.screen.say(f"    - {task}")

    def _lines(self) -> None:
        """The lines of the log that an evaluator may read."""
        reader = Reader(Role.EVALUATOR)
        for entry in disclosed(self.exercise.scenario, self.exercise.entries, reader).entries:
            self.screen.say(f"{entry.number:>4}  {in_words(entry.act)}")
