"""The command line: one command a file, each of which parses, calls and prints.

Commands import what they need when they are called, so that help appears at once.
"""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tabletop.cli.check import check
from tabletop.cli.crn_check import crn_check
from tabletop.cli.levers import levers
from tabletop.cli.msel import msel
from tabletop.cli.new import new
from tabletop.cli.pack import pack
from tabletop.cli.play import play
from tabletop.cli.plot import plot
from tabletop.cli.rehearse import rehearse
from tabletop.cli.replay import replay
from tabletop.cli.report import report
from tabletop.cli.results import results
from tabletop.cli.run import run
from tabletop.cli.schema import schema
from tabletop.cli.show import show
from tabletop.cli.trace import trace
from tabletop.cli.validate import validate
from tabletop.errors import TabletopError
from tabletop.version import __version__

MISTAKE = 2
"""Exit code after a mistake of the user's, as after a mistyped command."""

app = typer.Typer(
    name="tabletop",
    help="Rehearse prevention policy: compare policy mixes over five pillars in abstract scenarios.",
    epilog="Start with: tabletop show first-steps",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 (a flag)
    if asked:
        typer.echo(f"tabletop {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[  # noqa: FBT002 (a flag)
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Rehearse prevention policy: compare policy mixes over five pillars in abstract scenarios."""


app.command()(validate)
app.command()(show)
app.command()(run)
app.command()(results)
app.command()(plot)
app.command()(check)
app.command()(play)
app.command()(rehearse)
app.command()(pack)
app.command()(report)
app.command()(replay)
app.add_typer(msel, name="msel")
app.command()(trace)
app.command("crn-check")(crn_check)
app.command()(levers)
app.command()(new)
app.command()(schema)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command; a mistake of the user's is told on standard error, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal that knows no δ gets a question mark instead of a traceback
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(args=None if arguments is None else list(arguments), prog_name="tabletop")
    except TabletopError as mistake:
        typer.echo(str(mistake), err=True)
        sys.exit(MISTAKE)
