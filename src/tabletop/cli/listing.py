"""`tabletop list`: the scenarios that can be named, and the results and exercises that are here."""

from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import Console

from tabletop.analysis.words import plural
from tabletop.cli.layout import heading, print_fitting
from tabletop.cli.output import console
from tabletop.errors import TabletopError, in_words
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import is_exercise
from tabletop.experiment.database import NAME as RUNS
from tabletop.experiment.store import open_results
from tabletop.safe_text import safe_line
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.source import shipped

LESSON = "lesson-"
"""How the names of lessons begin."""
DEFAULTS = ("results", "exercises")
"""Where `run` and `play` put their folders unless another place is named."""


def listing() -> None:
    """List scenarios and lessons, results and exercises: all that can be named here."""
    out = console()
    scenarios = {name: load(name) for name in shipped()}
    lessons = {name: scenario for name, scenario in scenarios.items() if name.startswith(LESSON)}
    others = {name: scenario for name, scenario in scenarios.items() if name not in lessons}
    heading(out, "Scenarios")
    _print_scenarios(out, others)
    heading(out, "Lessons")
    _print_scenarios(out, lessons)
    folders = list(_folders())
    results = [(folder, _of_results(folder)) for folder in folders if (folder / RUNS).is_file()]
    exercises = [(folder, _of_exercise(folder)) for folder in folders if is_exercise(folder)]
    _print_folders(out, "Results here", results, "none; `tabletop run SCENARIO` makes some")
    _print_folders(out, "Exercises here", exercises, "none; `tabletop play SCENARIO` begins one")


def _print_scenarios(out: Console, scenarios: dict[str, Scenario]) -> None:
    rows = [
        (name, _line(scenario), str(len(scenario.policy_mixes)), str(_teams(scenario)))
        for name, scenario in scenarios.items()
    ]
    print_fitting(out, ("name", "what it is", "mixes", "teams"), rows, right=(2, 3))


def _teams(scenario: Scenario) -> int:
    return 0 if scenario.exercise is None else len(scenario.exercise.teams)


def _line(scenario: Scenario) -> str:
    """What a scenario is, in a line: its title, and the first sentence of its summary."""
    first = " ".join(scenario.summary.split()).partition(". ")[0].rstrip(".")
    return f"{scenario.title}: {first}." if first else scenario.title


def _print_folders(out: Console, title: str, folders: list[tuple[Path, str]], none: str) -> None:
    heading(out, title)
    for folder, line in folders:
        out.print(f"{folder}: {line}", soft_wrap=True)
    if not folders:
        out.print(none)


def _folders() -> Iterator[Path]:
    """This folder, those in it, and those where commands put theirs; what cannot be read is passed over."""
    here = Path()
    yield here
    for parent in (here, *map(Path, DEFAULTS)):
        if parent.is_dir():
            yield from filter(_can_be_read, sorted(path for path in parent.iterdir() if path.is_dir()))


def _can_be_read(folder: Path) -> bool:
    """Whether one can look into a folder; that it is passed over is said."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        typer.echo(f"{safe_line(str(folder))}: passed over: {in_words(error)}", err=True)
        return False
    return True


def _of_results(folder: Path) -> str:
    try:
        results = open_results(folder)
    except TabletopError as mistake:
        return str(mistake)
    design = results.design
    unfinished = len(design) - len(results.runs) - len(results.failures)
    rest = f", {plural(unfinished, 'run')} missing" if unfinished else ""
    failed = f", {plural(len(results.failures), 'run')} failed" if results.failures else ""
    mixes = f"{len(design.mixes)} mixes × {plural(design.replications, 'replication')}"
    return f"{design.scenario.title}, {mixes}{rest}{failed}"


def _of_exercise(folder: Path) -> str:
    try:
        state = Exercise.open(folder).state
    except TabletopError as mistake:
        return str(mistake)
    return f"{state.scenario.title}, {plural(len(state.teams), 'team')}, {state.phase}"
