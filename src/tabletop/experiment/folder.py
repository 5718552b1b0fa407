"""The results folder: everything of an experiment that is kept."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tabletop.experiment import tables
from tabletop.experiment.design import Design
from tabletop.experiment.findings import findings
from tabletop.experiment.identity import FOLDER_DIGITS, experiment_hash
from tabletop.experiment.resolved import resolved_yaml
from tabletop.experiment.results import Results
from tabletop.outputs import BEGUN, Content, own_folder, refuse_irregular, unwritable
from tabletop.scenario.names import for_a_file
from tabletop.spreadsheet import WORKBOOK, Sheet, workbook

TABLES = "tables"
PICTURES, PAGE, HANDOUT = "figures", "report.html", "handout.html"
"""What there is to look at, where somebody had it drawn."""
USUAL_FORMATS = ("svg", "png")
"""Of a picture, where nobody asks for others."""


def folder_name(design: Design, name: str | None = None) -> str:
    """`<name>-<hash8>`; the name is made of the scenario's title unless told."""
    words = for_a_file(name or design.scenario.title)
    return f"{words}-{experiment_hash(design.scenario)[:FOLDER_DIGITS]}"


def prepare(parent: Path, folder: str) -> None:
    """Make sure that a folder can be written under a parent, before anything runs.

    Raises TabletopError, with the place and what is wrong, if it cannot.
    """
    place = own_folder(parent, folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        check_regular(place)
        if (place / TABLES).exists():
            (place / TABLES).mkdir(exist_ok=True)  # a file there would be in the way
        with TemporaryDirectory(dir=place, prefix=BEGUN):
            pass
    except OSError as error:
        raise unwritable(place, error) from error


def check_regular(folder: Path) -> None:
    """Raise TabletopError if there is a link or a pipe in a results folder, or in a folder of it."""
    for place in (folder, folder / TABLES, folder / PICTURES):
        if place.is_dir():
            refuse_irregular(place)


def scenario_texts(design: Design, as_given: str | None) -> dict[str, list[str]]:
    """The scenario as given, and with its defaults filled in."""
    resolved = resolved_yaml(design.scenario)
    return {"scenario.yaml": [resolved if as_given is None else as_given], "resolved.yaml": [resolved]}


def result_texts(results: Results) -> dict[str, Content]:
    """What is said of results: tables and findings."""
    compared = results.compare()
    return {
        **{f"tables/{name}.csv": tables.csv_lines(sheet) for name, sheet in _sheets(results).items()},
        WORKBOOK: workbook(_sheets(results)),
        "findings.json": [as_json(findings(results, compared))],
    }


def _sheets(results: Results) -> dict[str, Sheet]:
    """The tables of results, by name; each can be read once."""
    compared = results.compare()
    return {
        "comparison": tables.comparison(compared, results.ratio_intervals(compared)),
        "best": tables.best(results.best(compared)),
        "worst_tenth": tables.worst_tenth(results.tails(compared)),
        "pools": tables.pools(results),
        "runs": tables.runs(results),
    }


def as_json(data: Any) -> str:
    """Plain data as JSON; the same bytes for the same data."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
