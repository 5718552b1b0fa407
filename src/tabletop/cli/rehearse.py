"""`tabletop rehearse`: a scenario played from start to end by computer-made teams."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from tabletop.cli.exercise_screen import Screen
from tabletop.cli.missing import tell_missing, tell_unprintable
from tabletop.cli.notes import noted_workers
from tabletop.cli.options import ScenarioFile, Workers
from tabletop.cli.output import console
from tabletop.cli.progress import shown_progress
from tabletop.cli.unattended import perform_on_screen
from tabletop.exercise.acts import LogEntry, Start
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.decisions_file import Written
from tabletop.exercise.exercise import playable
from tabletop.exercise.folder import REPORT, folder_of
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.rules import check
from tabletop.exercise.sample_teams import sample_decisions
from tabletop.exercise.state import State
from tabletop.exercise.teaching.alone import card_effects
from tabletop.exercise.teaching.verdict import Verdict
from tabletop.exercise.unattended import OTHERS as IN_CLASS
from tabletop.outputs import put_files
from tabletop.report.document.terminal import show_blocks
from tabletop.report.pack import pack_files, printable
from tabletop.scenario.load import loads
from tabletop.scenario.source import source_text


def rehearse(
    scenario: ScenarioFile,
    others: Annotated[
        int,
        typer.Option(
            min=2, max=10_000, help="Replications that show what else could have happened; a class has 100."
        ),
    ] = 40,
    workers: Workers = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the rehearsal's folder is made.")] = Path(
        "exercises"
    ),
) -> None:
    """Play an exercise with made-up teams, and say whether it can teach; exit with 1 if it cannot.

    Shows what the controller will see, with timings. Then every card is simulated alone: what it shows at
    which reveal. Its luck is its own: nobody learns from it what a class will meet.
    """
    processes = noted_workers(workers)
    tell_missing("docx", "typst")
    text, name = source_text(scenario)
    loaded = playable(loads(text, name), name)
    tell_unprintable(loaded)
    assert loaded.exercise is not None
    teams, secret = loaded.exercise.teams, f"rehearsal of {loaded.title}"
    folder = folder_of(out, f"{Path(name).stem}-rehearsal", text, f"{secret} {others}")
    screen = Screen(console())
    began = perf_counter()
    start = LogEntry(number=1, at=0.0, by=CONTROLLER, act=Start(secret=secret, teams=teams, others=others))
    check(State.of(loaded), CONTROLLER, start.act)
    state = State.of(loaded, [start])
    adjudicator = Adjudicator(InterimCache(folder / HISTORIES, workers=processes))
    with adjudicator.histories.at_work(), shown_progress() as progress:
        adjudicator.prepare(state, progress)
    windows = [adjudicator.adjudicate(state, move) for move in range(len(loaded.exercise.moves))]
    briefed = perf_counter()
    decisions = sample_decisions(loaded, windows, secret=secret, others=others)
    written = Written(decisions, "made-up teams")
    exercise, adjudicator = perform_on_screen(
        screen, text, name, written, folder, workers=processes, bar=shown_progress
    )
    played = perf_counter()
    from tabletop.report.exercise_files import write_exercise

    write_exercise(exercise, adjudicator, folder / REPORT)
    exercise.close()
    put_files(folder / "pack", pack_files(loaded, name, formats=printable()))
    reported = perf_counter()
    with shown_progress() as progress:
        effects = card_effects(loaded, secret=secret, others=others, workers=processes, progress=progress)
    if effects is not None:
        from tabletop.report.teaching import teaching_files, verdict_blocks

        screen.heading("Can this exercise teach?")
        show_blocks(console(), verdict_blocks(effects))
        put_files(folder, teaching_files(effects))
    screen.heading("Timings of this machine")
    screen.say(f"The baseline, which a class does not wait for: {briefed - began:.0f} s")
    screen.say(f"All moves of {len(teams)} teams: {played - briefed:.0f} s")
    in_class = (played - briefed) * (IN_CLASS + 1) / (others + 1)
    screen.say(
        f"The same with {IN_CLASS} other worlds, as in class, while people talk: about {in_class:.0f} s"
    )
    screen.say(f"Report, figures, replay bundle and pack: {reported - played:.0f} s")
    written_to = [REPORT, "pack"]
    if effects is not None:
        screen.say(f"Every card alone, which a class does not wait for: {perf_counter() - reported:.0f} s")
        written_to.append("teaching.html")
    for made in written_to:
        screen.say(f"Written to {folder / made}")
    if effects is not None and (verdict := Verdict(effects)).is_told and not verdict.can_teach:
        raise typer.Exit(1)
