"""Where results come from: all of the page that may differ between two runs of the same experiment."""

from collections.abc import Iterator
from typing import Any

from tabletop.experiment.manifest import manifest
from tabletop.experiment.results import Results
from tabletop.report.document.statement import Run, Said
from tabletop.report.method import Term


def origin(results: Results) -> tuple[Term, ...]:
    """What decides the results, and then who made them when with what."""
    told = manifest(results)
    terms = (*_decides(told), *_made(told["provenance"]))
    return tuple((name, tuple(Said((Run(one, "code"),)) for one in values)) for name, values in terms)


def _decides(told: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Hash of the experiment", (told["hash"],)
    yield "Hashes of the mixes", tuple(f"{mix}: {digest}" for mix, digest in told["mixes"].items())
    yield "Seed", (str(told["seed"]),)
    yield "Version of the model", (str(told["model_version"]),)
    yield "Platform fingerprint", (_listed(told["fingerprint"]),)
    if told["other_fingerprints"]:
        yield "Further platforms", tuple(map(_listed, told["other_fingerprints"]))


def _made(told: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "tabletop", (told["tabletop"],)
    yield "Python", (told["python"],)
    yield "Libraries", (_listed(told["libraries"]),)
    if told["git"] is not None:
        state = "with changes not committed" if told["git"]["changed"] else "as committed"
        yield "Source", (f"git {told['git']['commit']}, {state}",)
    if told["command"] is not None:
        yield "Command", (told["command"],)
    finished = told["finished"] or "not finished"
    yield "Made", (f"{told['started']} to {finished}, {told['workers']} at a time",)


def _listed(told: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in told.items() if value is not None)
