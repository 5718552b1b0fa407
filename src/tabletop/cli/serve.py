"""`tabletop serve`: a class on phones, from this machine."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from os import umask
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli import checklist, network_rows
from tabletop.cli.checklist import Row, Standing
from tabletop.cli.missing import check_class, tell_missing
from tabletop.cli.notes import noted_workers
from tabletop.cli.options import ExercisesFolder, Others, ScenarioOrExercise, Teams
from tabletop.cli.progress import BROKEN_OFF
from tabletop.errors import TabletopError
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import is_exercise, next_folder
from tabletop.exercise.log import SERVE
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.rules import check_teams
from tabletop.exercise.state import Phase
from tabletop.exercise.stricter_rules import check_names
from tabletop.exercise.unattended import OTHERS
from tabletop.safe_text import safe_line
from tabletop.scenario.planned_minutes import in_words
from tabletop.scenario.source import source_text
from tabletop.serve.networks import networks
from tabletop.serve.way_in import WayIn, origin_of, ways_at


def serve(
    scenario: ScenarioOrExercise,
    team: Teams = None,
    others: Others = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Serve the network that this machine is in, and not itself alone.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Serve this address of the machine.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8000,
    tls: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="CERT KEY", help="Serve over TLS, with a certificate chain and its key (PEM)."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="HOST", help="With --tls: the name in it, to which phones are sent.")
    ] = None,
    behind_proxy: Annotated[
        str | None,
        typer.Option(
            metavar="ORIGIN", help="Serve through a proxy on this machine, as https://class.example."
        ),
    ] = None,
    pen: Annotated[
        bool, typer.Option("--pen/--no-pen", help="Whether one phone of a team at a time submits.")
    ] = True,
    open_at_once: Annotated[
        bool, typer.Option("--open", help="Open the door at once; otherwise phones join once you press it.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(help="Processes that simulate; by default one fewer than cores.")
    ] = None,
    out: ExercisesFolder = Path("exercises"),
) -> None:
    """Run an exercise on phones: players join by a QR code, and you go on from a monitor.

    Open the door there when the class may come in: before, no phone can join.
    Every act is on disk before it is acknowledged. Stop it with Ctrl-C, or pull the plug; the same command
    with the exercise's folder goes on from there, and the phones come back by themselves.
    """
    check_class("phones cannot be served")
    from tabletop.serve.address import LOOPBACK
    from tabletop.serve.classroom import opening
    from tabletop.serve.server import EVERYWHERE, listening, serve_class

    if behind_proxy is not None and (lan or host is not None or tls is not None):
        raise TabletopError(
            "--behind-proxy: the proxy serves the network, and TLS; leave --lan, --host and --tls out"
        )
    if name is not None and tls is None:
        raise TabletopError(
            "--name: the name in a certificate; give the certificate with --tls, or leave it out"
        )
    processes = max(1, noted_workers(None) - 1) if workers is None else noted_workers(workers)
    if lan and host is not None:
        raise TabletopError("--lan and --host: both say where to serve; leave one of them out")
    room = (networks() or ()) if lan else ()
    shown = host or (room[0].address if room else None if lan else LOOPBACK)
    if shown is None:
        raise TabletopError(
            "--lan: this machine is in no private network; switch Wi-Fi or a hotspot on, or name an address "
            "with --host"
        )
    tell_missing("docx")
    check_teams(team or ())
    check_names(team or ())
    everywhere = EVERYWHERE if lan else LOOPBACK
    with _private(), closing(listening(host or everywhere, port)) as sock:
        taken, number = sock.getsockname()
        if host is not None and (not host or taken == EVERYWHERE):
            raise TabletopError(
                f"--host: {host or 'nothing'}: names no address to which phones could be led; "
                "write one, or --lan"
            )
        if behind_proxy is not None:
            way = WayIn.through_proxy(behind_proxy)
        elif tls is not None:
            way = WayIn.over_tls(tls, name or shown, number)
        else:
            way = WayIn(origin_of("http", shown, number), others=partial(ways_at, number))
        exercise = _exercise(scenario, tuple(team or ()), out)
        _make_private(exercise.folder)
        with exercise.in_charge(SERVE):
            door = opening(exercise.state, teams=tuple(team or ()), others=others or OTHERS, pen=pen)
            if door is not None and open_at_once:
                exercise.do(CONTROLLER, door)
            serve_class(
                exercise,
                sock,
                way=way,
                workers=processes,
                opening=door,
                checks=lambda: [*_checks(exercise)],
                begun=lambda links, join: _tell(exercise, links, join, way, is_alone=shown == LOOPBACK),
            )
    folder = safe_line(str(exercise.folder))
    if exercise.state.phase is Phase.PLANNED:
        typer.echo(f"Nothing has begun. With the same options again: tabletop serve {folder}", err=True)
        raise typer.Exit(BROKEN_OFF)
    if exercise.state.phase is not Phase.ENDED:
        typer.echo(f"Nothing is lost. To go on: tabletop serve {folder}", err=True)
        raise typer.Exit(BROKEN_OFF)
    typer.echo(f"The report is written by: tabletop report {folder}")


def _checks(exercise: Exercise) -> Iterator[Row]:
    """What can be checked at once before a class on phones; waits are measured by `tabletop preflight`."""
    plan = exercise.state.plan
    yield network_rows.network()
    yield network_rows.writes(exercise.folder)
    yield checklist.disk(exercise.folder, checklist.REPORT_BYTES)
    yield network_rows.power()
    yield checklist.extras()
    yield checklist.fonts(exercise.scenario)
    yield checklist.cards(exercise.scenario)
    yield Row("minutes", Standing.WELL, in_words(plan))


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


@contextmanager
def _private() -> Iterator[None]:
    """What is written meanwhile is for this user alone: decisions, the secret, digests of tokens."""
    before = umask(0o077)
    try:
        yield
    finally:
        umask(before)


def _make_private(folder: Path) -> None:
    """Make the files of an exercise that were written otherwise this user's alone."""
    for path in folder.iterdir():
        if path.is_file() and not path.is_symlink():
            path.chmod(0o600)


def _tell(exercise: Exercise, links: Mapping[Role, str], join: str, way: WayIn, *, is_alone: bool) -> None:
    """Where to go, before anything is served."""
    typer.echo(f"The exercise is in {safe_line(str(exercise.folder))}")
    typer.echo(f"Your monitor, on this machine alone:  {links[Role.CONTROLLER]}")
    typer.echo(f"The projector's page:  {links[Role.PROJECTOR]}")
    typer.echo(f"Phones join at:  {join}")
    if exercise.state.phase is Phase.PLANNED:
        typer.echo("No phone can join yet: press Open the door on your monitor.")
    if way.is_behind_proxy:
        typer.echo("Only a proxy on this machine reaches it; TLS is the proxy's.", err=True)
    elif way.certificate is not None:
        pass
    elif is_alone:
        typer.echo(
            "Only this machine can join. For phones choose their network on the monitor, under Before the "
            "class, or give --lan.",
            err=True,
        )
    else:
        typer.echo(
            "Without TLS: whoever listens to an open Wi-Fi can read and act along. Use one with a password.",
            err=True,
        )
    typer.echo("Ctrl-C stops it; nothing is lost.")
