"""`tabletop serve`: a class on phones, from this machine."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.completion import scenario_names
from tabletop.cli.missing import check_class, tell_missing
from tabletop.cli.notes import noted_workers
from tabletop.cli.progress import BROKEN_OFF
from tabletop.errors import TabletopError
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import is_exercise, next_folder
from tabletop.exercise.log import SERVE
from tabletop.exercise.roles import Role
from tabletop.exercise.rules import check_teams
from tabletop.exercise.state import Phase
from tabletop.exercise.stricter_rules import check_names
from tabletop.exercise.unattended import OTHERS
from tabletop.safe_text import safe_line
from tabletop.scenario.source import source_text


def serve(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A scenario file, a shipped one's name, or the folder of an exercise.",
            autocompletion=scenario_names,
        ),
    ],
    team: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A team; may be repeated. By default those of the file."),
    ] = None,
    others: Annotated[
        int | None,
        typer.Option(
            min=2, max=10_000, help="Replications that show what else could have happened; by default 100."
        ),
    ] = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Serve the network that this machine is in, and not itself alone.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Serve this address of the machine.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8000,
    pen: Annotated[
        bool, typer.Option("--pen/--no-pen", help="Whether one phone of a team at a time submits.")
    ] = True,
    workers: Annotated[
        int | None, typer.Option(help="Processes that simulate; by default one fewer than cores.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the exercise's folder is made.")] = Path(
        "exercises"
    ),
) -> None:
    """Run an exercise on phones: players join by a QR code, and you go on from a monitor.

    Every act is on disk before it is acknowledged. Stop it with Ctrl-C, or pull the plug; the same command
    with the exercise's folder goes on from there, and the phones come back by themselves.
    """
    check_class("phones cannot be served")
    from tabletop.serve.address import LOOPBACK, lan_address
    from tabletop.serve.classroom import open_lobby
    from tabletop.serve.server import listening, serve_class

    processes = max(1, noted_workers(None) - 1) if workers is None else noted_workers(workers)
    if lan and host is not None:
        raise TabletopError("--lan and --host: both say where to serve; leave one of them out")
    shown = host or (lan_address() if lan else LOOPBACK)
    if shown is None:
        raise TabletopError(
            "--lan: this machine is in no private network; switch Wi-Fi or a hotspot on, or name an address "
            "with --host"
        )
    tell_missing("docx")
    check_teams(team or ())
    check_names(team or ())
    everywhere = "0.0.0.0" if lan else LOOPBACK  # noqa: S104 (asked for by --lan)
    with closing(listening(host or everywhere, port)) as sock:
        exercise = _exercise(scenario, tuple(team or ()), out)
        with exercise.in_charge(SERVE):
            open_lobby(exercise, teams=tuple(team or ()), others=others or OTHERS, pen=pen)
            serve_class(
                exercise,
                sock,
                address=f"http://{shown}:{sock.getsockname()[1]}",
                workers=processes,
                begun=lambda links, join: _tell(exercise, links, join, is_alone=shown == LOOPBACK),
            )
    folder = safe_line(str(exercise.folder))
    if exercise.state.phase is not Phase.ENDED:
        typer.echo(f"Nothing is lost. To go on: tabletop serve {folder}", err=True)
        raise typer.Exit(BROKEN_OFF)
    typer.echo(f"The report is written by: tabletop report {folder}")


def _exercise(scenario: str, teams: tuple[str, ...], out: Path) -> Exercise:
    """The exercise in a folder, or a new one of a scenario."""
    folder = Path(scenario)
    if not is_exercise(folder):
        text, name = source_text(scenario)
        return Exercise.new(next_folder(out, Path(name).stem), text=text, name=name)
    exercise = Exercise.open(folder)
    state = exercise.state
    if state.phase is not Phase.PLANNED and not state.had_lobby:
        raise TabletopError(
            f"{scenario}: begun without a lobby, so that no phone can join; go on with: tabletop play "
            f"{safe_line(scenario)}"
        )
    if teams and state.phase is not Phase.PLANNED:
        begun = ", ".join(state.teams)
        raise TabletopError(f"--team: the exercise in {scenario} was begun with {begun}; leave it out")
    return exercise


def _tell(exercise: Exercise, links: Mapping[Role, str], join: str, *, is_alone: bool) -> None:
    """Where to go, before anything is served."""
    typer.echo(f"The exercise is in {safe_line(str(exercise.folder))}")
    typer.echo(f"Your monitor, on this machine alone:  {links[Role.CONTROLLER]}")
    typer.echo(f"The projector's page:  {links[Role.PROJECTOR]}")
    typer.echo(f"Phones join at:  {join}")
    if is_alone:
        typer.echo("Only this machine can join. For phones, stop it and give --lan as well.", err=True)
    else:
        typer.echo(
            "Without TLS: whoever listens to an open Wi-Fi can read and act along. Use one with a password.",
            err=True,
        )
    typer.echo("Ctrl-C stops it; nothing is lost.")
