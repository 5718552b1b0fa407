"""The command line: one command a file, each of which parses, calls and prints.

A command's module is imported when the command is called, so that help appears at once.
"""

import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from errno import EMFILE, ENFILE, ENOMEM
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from tabletop.cli.streams import OutputLost, safe_streams
from tabletop.errors import TabletopError, in_words
from tabletop.safe_text import safe
from tabletop.version import __version__

COMMANDS = {
    "list": "List scenarios and lessons, results and exercises",
    "validate": "Check scenario files",
    "show": "Explain a scenario before anything runs",
    "run": "Simulate every policy mix, compare each with the baseline",
    "results": "Print what a results folder says",
    "compare": "Show results folders beside each other",
    "plot": "Draw the figures of a results folder",
    "check": "Test what scenario files claim about their policy mixes",
    "preflight": "Check before a class what could stop it",
    "play": "Run an exercise",
    "evaluate": "Write down what evaluators saw, beside a class or after it",
    "serve": "Run an exercise on phones",
    "rehearse": "Play an exercise with made-up teams",
    "pack": "Write the printable pack",
    "report": "Write the after-action report and improvement plan",
    "replay": "Check a bundle from the log to the figures",
    "msel": "Export the Master Scenario Events List as a spreadsheet",
    "trace": "Print one replication as a story",
    "crn-check": "Show what shared luck is worth, measure by measure",
    "levers": "Say on which lever the next unit of the budget is best spent",
    "whatif": "Move levers on sliders, and see at once what they change",
    "robust": "Compare the policy mixes under other conditions",
    "search": "Search for policy mixes within the budget",
    "new": "Write a commented starter scenario",
    "schema": "Print the JSON Schema of scenario files",
}
"""How each command's own help begins: what `tabletop --help` lists without importing any."""
OTHERWISE = {"list": "listing"}
"""Modules of commands whose own name is a word of Python's."""
MISTAKE = 2
"""Exit code after a mistake of the user's, as after a mistyped command."""
KEPT = "what went to files is there, and the same command can be given again"


class _Unloaded(TyperCommand):
    """A command of which only the name and a line of help are known until it is called."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the command itself, from its module."""
        assert self.name is not None
        return loaded(self.name).make_context(info_name, args, parent, **extra)


class _LazyGroup(TyperGroup):
    """All commands, none of them imported."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for name, line in COMMANDS.items():
            self.add_command(_Unloaded(name, help=line))

    def invoke(self, ctx: Any) -> Any:
        """Run what was asked for; whoever breaks it off where the command has no words for that has these."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from tabletop.cli.progress import BROKEN_OFF

            typer.echo(f"\nInterrupted: {KEPT}.", err=True)
            raise typer.Exit(BROKEN_OFF) from None


def loaded(name: str) -> Any:
    """The command of that name, as its module has it."""
    own_name = OTHERWISE.get(name, name.replace("-", "_"))
    found = getattr(import_module(f"tabletop.cli.{own_name}"), own_name)
    if isinstance(found, typer.Typer):  # commands of its own
        return typer.main.get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name)(found)
    return typer.main.get_command(alone)


app = typer.Typer(
    name="tabletop",
    cls=_LazyGroup,
    help="Rehearse prevention policy: compare policy mixes over five pillars in abstract scenarios.",
    epilog="Start with: tabletop show first-steps",
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
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Rehearse prevention policy: compare policy mixes over five pillars in abstract scenarios."""


def _say(message: Warning | str, *where: object, **more: object) -> None:  # noqa: ARG001 (lines of code)
    """Say in a sentence what a developer would see as a warning."""
    typer.echo(str(message), err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command; a mistake of the user's is reported on standard error, without a traceback."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    warnings.showwarning = _say
    if arguments is None:
        # what a library leaves half-written when it is broken off, it need not complain of after the refusal
        sys.unraisablehook = lambda _: None
    try:
        with safe_streams():
            app(args=given, prog_name="tabletop")
    except TabletopError as mistake:
        _refuse(str(mistake))
    except OSError as error:
        # whichever file was to be opened when too many were, it is not to blame
        is_told = error.filename and error.errno not in (EMFILE, ENFILE)
        _refuse(f"{error.filename}: {in_words(error)}" if is_told else in_words(error))
    except MemoryError:
        _refuse(in_words(OSError(ENOMEM, "")))


def _refuse(why: str) -> NoReturn:
    """Leave with a line on standard error."""
    with suppress(OutputLost), safe_streams():
        typer.echo(safe(why), err=True)
    sys.exit(MISTAKE)
