"""The results folder: everything of an experiment that is kept."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment import tables
from tabletop.experiment.design import Design
from tabletop.experiment.findings import findings
from tabletop.experiment.identity import FOLDER_DIGITS, experiment_hash
from tabletop.experiment.manifest import manifest
from tabletop.experiment.resolved import resolved_yaml
from tabletop.experiment.results import Results
from tabletop.spreadsheet import WORKBOOK, Sheet, workbook

LONGEST_NAME = 60
PICTURES, PAGE = "figures", "report.html"
"""What there is to look at, where somebody had it drawn."""

Texts = Mapping[str, Iterable[str] | bytes]
"""By place in the folder: what is to be written there, text piece by piece."""


def folder_name(design: Design, name: str | None = None) -> str:
    """`<name>-<hash8>`; the name is made of the scenario's title unless told."""
    words = unicodedata.normalize("NFKD", name or design.scenario.title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9_]+", "-", words.lower()).strip("-")[:LONGEST_NAME] or "scenario"
    return f"{slug}-{experiment_hash(design.scenario)[:FOLDER_DIGITS]}"


def prepare(parent: Path, folder: str) -> None:
    """Make sure that a folder can be written under a parent, before anything runs.

    Raises TabletopError, with the place and what is wrong, if it cannot.
    """
    try:
        (parent / folder / "tables").mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=parent / folder, prefix=".writing-"):
            pass
    except OSError as error:
        raise _unwritable(parent / folder, error) from error


def clear(folder: Path) -> None:
    """Remove what a process that was killed left half-written."""
    for place in (folder, folder / PICTURES):
        for left in place.glob(".writing-*"):
            rmtree(left, ignore_errors=True)


def scenario_texts(design: Design, as_given: str | None) -> dict[str, list[str]]:
    """The scenario as given, and with its defaults filled in."""
    resolved = resolved_yaml(design.scenario)
    return {"scenario.yaml": [resolved if as_given is None else as_given], "resolved.yaml": [resolved]}


def result_texts(results: Results) -> dict[str, Iterable[str] | bytes]:
    """What is said of results: tables, findings, and last the manifest."""
    compared = results.compare()
    return {
        **{f"tables/{name}.csv": tables.csv_lines(sheet) for name, sheet in _sheets(results).items()},
        WORKBOOK: workbook(_sheets(results)),
        "findings.json": [as_json(findings(results, compared))],
        "manifest.json": [as_json(manifest(results))],
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


def put(folder: Path, texts: Texts) -> None:
    """Write files of a folder, each whole beside its place and then renamed, in their order."""
    try:
        with TemporaryDirectory(dir=folder, prefix=".writing-") as writing:
            for place, pieces in texts.items():
                written = Path(writing) / Path(place).name
                if isinstance(pieces, bytes):
                    written.write_bytes(pieces)
                else:
                    with written.open("w", encoding="utf-8", newline="") as file:
                        file.writelines(pieces)
                written.replace(folder / place)
    except OSError as error:
        raise _unwritable(folder, error) from error


def as_json(data: Any) -> str:
    """Plain data as JSON; the same bytes for the same data."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _unwritable(place: Path, error: OSError) -> TabletopError:
    return TabletopError(
        f"{place}: results cannot be written there: {error.strerror or error}; name another folder with --out"
    )
