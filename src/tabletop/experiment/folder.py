"""The results folder: everything of an experiment that is kept."""

import json
import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment import tables
from tabletop.experiment.design import Design
from tabletop.experiment.findings import findings
from tabletop.experiment.fingerprint import fingerprint
from tabletop.experiment.identity import FOLDER_DIGITS, digest, experiment_hash, settings
from tabletop.experiment.resolved import resolved_yaml
from tabletop.experiment.results import Results
from tabletop.version import MODEL_VERSION

LONGEST_NAME = 60


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


def write(results: Results, parent: Path, *, name: str | None = None, as_given: str | None = None) -> Path:
    """Write the folder of an experiment and return it; see `Results.write`.

    Every file is written whole beside its place and then renamed, the manifest last.
    """
    folder = parent / folder_name(results.design, name)
    prepare(parent, folder.name)
    compared = results.compare()
    texts = {
        "scenario.yaml": as_given,
        "resolved.yaml": resolved_yaml(results.design.scenario),
        "tables/runs.csv": tables.runs(results),
        "tables/comparison.csv": tables.comparison(compared),
        "tables/pools.csv": tables.pools(results),
        "findings.json": as_json(findings(results, compared)),
        "manifest.json": as_json(manifest(results)),
    }
    if as_given is None:
        texts["scenario.yaml"] = texts["resolved.yaml"]
    try:
        with TemporaryDirectory(dir=folder, prefix=".writing-") as writing:
            for place, text in texts.items():
                written = Path(writing) / Path(place).name
                written.write_bytes((text or "").encode())
                written.replace(folder / place)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder


def manifest(results: Results) -> dict[str, Any]:
    """What decides the results, and apart from it where they come from."""
    design = results.design
    return {
        "hash": results.hash,
        "model_version": MODEL_VERSION,
        "seed": design.scenario.seed,
        "warm_up_mix": design.scenario.baseline,
        "baseline": design.baseline,
        "mixes": {mix: digest(_plain(design, mix)) for mix in design.mixes},
        "replications": design.replications,
        "fingerprint": fingerprint(),
        "provenance": {
            **results.provenance.described(),
            "interrupted": results.interrupted,
            "failures": [
                {"mix": failure.mix, "replication": failure.replication, "traceback": failure.traceback}
                for failure in results.failures
            ],
        },
    }


def as_json(data: Any) -> str:
    """Plain data as JSON; the same bytes for the same data."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(design: Design, mix: str) -> list[dict[str, Any]]:
    return [{"day": day, **levers} for day, levers in settings(design.scenario, mix)]


def _unwritable(place: Path, error: OSError) -> TabletopError:
    return TabletopError(
        f"{place}: results cannot be written there: {error.strerror or error}; name another folder with --out"
    )
