"""`tabletop replay`: whether a replay bundle gives the same decisions, numbers and figures again."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.notes import noted_workers
from tabletop.cli.options import Workers
from tabletop.cli.progress import shown_progress
from tabletop.exercise.bundle import Bundle
from tabletop.report.replay import replay as replayed


def replay(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The replay.zip of an exercise.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the report and the figures made again there.")
    ] = None,
    workers: Workers = None,
) -> None:
    """Check a bundle from the log to the figures; exit code 1 if anything differs.

    Three checks in turn: decisions from the log, worlds simulated again, files made again.
    """
    processes = noted_workers(workers)
    read = Bundle.read(bundle)
    with shown_progress() as progress:
        checks = replayed(read, workers=processes, progress=progress, out=out)
    for check in checks:
        if check.skipped:
            typer.echo(f"skipped: {check.what}: {check.skipped}")
        else:
            typer.echo(f"{'equal' if check.holds else 'DIFFERENT'}: {check.what}")
        for name in check.differing[:10]:
            typer.echo(f"  {name}")
        if len(check.differing) > 10:
            typer.echo(f"  and {len(check.differing) - 10} more")
    if not all(check.holds for check in checks):
        raise typer.Exit(1)
