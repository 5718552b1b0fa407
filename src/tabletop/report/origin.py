"""The origin of results: the only part of the page that may differ between two runs of an experiment."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tabletop.experiment.manifest import manifest
from tabletop.experiment.results import Results
from tabletop.report.document.statement import Run, Said
from tabletop.report.method import Term


def origin(results: Results) -> tuple[Term, ...]:
    """What decides the results; and when, where and with which versions they were made."""
    data = manifest(results)
    terms = (*_decides(data), *_made(data["provenance"]))
    return tuple((name, tuple(Said((Run(one, "code"),)) for one in values)) for name, values in terms)


def _decides(data: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Hash of the experiment", (data["hash"],)
    yield "Hashes of the mixes", tuple(f"{mix}: {digest}" for mix, digest in data["mixes"].items())
    yield "Seed", (str(data["seed"]),)
    yield "Version of the model", (str(data["model_version"]),)
    yield "Platform fingerprint", (_listed(data["fingerprint"]),)
    if data["other_fingerprints"]:
        yield "Further platforms", tuple(map(_listed, data["other_fingerprints"]))


def _made(data: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "tabletop", (data["tabletop"],)
    yield "Python", (data["python"],)
    yield "Libraries", (_listed(data["libraries"]),)
    if data["git"] is not None:
        state = "with changes not committed" if data["git"]["changed"] else "as committed"
        yield "Source", (f"git {data['git']['commit']}, {state}",)
    if data["command"] is not None:
        yield "Command", (data["command"],)
    finished = "not finished" if data["finished"] is None else _here(data["finished"])
    yield "Made", (f"{_here(data['started'])} to {finished}, {data['workers']} at a time",)


def _here(moment: str) -> str:
    """A moment on the clocks of whoever writes the page, with what they are ahead of UTC."""
    return datetime.fromisoformat(moment).astimezone().isoformat(" ", timespec="seconds")


def _listed(data: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in data.items() if value is not None)
