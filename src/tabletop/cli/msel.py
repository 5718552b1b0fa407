"""`tabletop msel`: the Master Scenario Events List as a spreadsheet, and an edited one read back."""

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.options import ScenarioFile
from tabletop.errors import TabletopError
from tabletop.outputs import put_files, refuse_existing
from tabletop.report.msel.foreign.adding import Foreign
from tabletop.report.msel.importing import import_list
from tabletop.report.msel.lists import list_file
from tabletop.report.msel.scenario_file import scenario_file
from tabletop.scenario.load import load

msel = typer.Typer(
    help="Export the Master Scenario Events List as a spreadsheet, and import an edited one.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
FORMATS = (".xlsx", ".csv")


@msel.command("export")
def export_list(
    scenario: ScenarioFile,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A .xlsx or .csv file; by default SCENARIO-msel.xlsx."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write the events list of a scenario: every inject and expected action, with minute and trigger."""
    place = out or Path(f"{Path(scenario).stem}-msel.xlsx")
    if place.suffix.casefold() not in FORMATS:
        raise TabletopError(f"{place}: name a file that ends with .xlsx or .csv")
    content = list_file(load(scenario), scenario, place.suffix.casefold())
    if not overwrite:
        refuse_existing(place.parent, {place.name: content})
    put_files(place.parent, {place.name: content})
    typer.echo(f"wrote {place}")


@msel.command("import")
def import_edited(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The edited list, .xlsx or .csv.")],
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="The scenario file to change.")],
    add: Annotated[
        bool,
        typer.Option(
            "--add",
            help="FILE is a list of planners' own, CSV or XLSX; its events are added to the scenario.",
        ),
    ] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="THEIRS=OURS",
            help="With --add: which column of ours a heading is, as 'What=Message'; with nothing behind the "
            "sign the column is left out. May be given several times.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            metavar="CLOCK",
            help="With --add: when StartEx is by the list's clocks, as 09:00, 'Monday 09:00' or "
            "'2031-09-12 09:00'; by default as the list says, or its earliest.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change in the file, and write nothing.")
    ] = False,
) -> None:
    """Read an edited events list back into its scenario file; all that was not edited stays as it is.

    Read are times (days and minutes), mode, from, to, message, expected response, objective, controller,
    notes, title, attachments, thread and options. A row without an Inject ID adds an inject or an expected
    action to its move. What cannot be read is refused with its cell, and then nothing is written.

    With --add the file is a list as planners write it: banners, other headings, clocks, any order. What
    becomes of each cell is listed.
    """
    if not add and (column or start):
        raise TabletopError("--column and --start say how planners' own lists are read: give --add with them")
    foreign = Foreign.stated(column or (), start) if add else None
    source = scenario_file(scenario)
    imported = import_list(file, source.text, str(scenario), foreign)
    for read in imported.read:
        typer.echo(read)
    for said in imported.says:
        typer.echo(said)
    if not imported.says:
        nothing = "nothing new" if add else "nothing was edited"
        typer.echo(f"{scenario}: {nothing}; the file is left as it is")
    elif dry_run:
        before, after = (text.splitlines(keepends=True) for text in (source.text, imported.text))
        for line in unified_diff(before, after, str(scenario), str(scenario)):
            typer.echo(line.rstrip("\r\n"))
        typer.echo("nothing was written")
    else:
        put_files(source.path.parent, {source.path.name: source.encoded(imported.text)})
        changes = f"{len(imported.says)} change" + ("" if len(imported.says) == 1 else "s")
        typer.echo(f"wrote {scenario}: {changes}")
