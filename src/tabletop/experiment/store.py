"""The results folder of an experiment, opened for writing or for reading."""

import json
import reprlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tabletop import arguments, inputs
from tabletop.analysis.words import plural
from tabletop.errors import TabletopError
from tabletop.experiment import database, folder
from tabletop.experiment.changes import what_changed
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.fingerprint import differences, fingerprint
from tabletop.experiment.folder_kinds import kind_of
from tabletop.experiment.identity import common_to_all_runs, digest
from tabletop.experiment.lock import locked
from tabletop.experiment.manifest import begun, is_sealed, manifest, sealed, text_digest
from tabletop.experiment.provenance import Provenance
from tabletop.experiment.results import Results
from tabletop.experiment.rows import keys_of
from tabletop.experiment.runs import Keys, Runs
from tabletop.experiment.sequential import planned
from tabletop.measures import MEASURES
from tabletop.outputs import clear, put_files
from tabletop.scenario.load import loads

MOST_BYTES = 100_000_000
"""Of a manifest, which names every failure, or of a resolved scenario: far above any."""
_RUN_AGAIN = "run the scenario again: it is written anew, and the runs that are there stay"
_CHANGED = f"damaged or edited, for its digest does not fit; {_RUN_AGAIN}"


@dataclass(frozen=True)
class Store:
    """A results folder while one process writes it."""

    folder: Path
    database: Database
    notes: tuple[str, ...]
    """What whoever asked should know of what was there: a sentence each."""
    resolved: str
    """The text of the resolved scenario, as it was written."""

    def finish(self, results: Results) -> None:
        """Write what is said of results: tables, findings, manifest."""
        recorded = folder.as_json(sealed(manifest(results), self.resolved))
        put_files(self.folder, {**folder.result_texts(results), "manifest.json": [recorded]})


@contextmanager
def store(
    parent: Path,
    design: Design,
    provenance: Provenance,
    *,
    name: str | None = None,
    as_given: str | None = None,
    cap: int | None = None,
    mixed_platforms: bool = False,
) -> Iterator[Store]:
    """The folder of a design under a parent, locked, its scenario written, ready for runs.

    `cap` is the most replications that precision may ask for. Raises TabletopError where nothing can
    be written, somebody else is writing, what is there is damaged or was made on another platform
    (unless `mixed_platforms`).
    """
    place = parent / folder.folder_name(design, name)
    is_new = not (place / database.NAME).exists()
    folder.prepare(parent, place.name)
    common = common_to_all_runs(design.scenario)
    with locked(place):
        clear(place)
        clear(place / folder.PICTURES)
        kept = Database.writing(place / database.NAME)
        _check_common(kept, common)
        platforms = kept.platforms()
        here = fingerprint()
        if not mixed_platforms:
            _check_platforms(place, platforms, here)
        keys = keys_of(design)
        changed = what_changed(place, common) if is_new else None
        notes = (changed,) if changed else tuple(_notes(kept, design, keys))
        every = (here, *(other for other in platforms if other != here))
        kept.declare({"common": common, "measures": list(MEASURES)})
        texts: dict[str, Any] = folder.scenario_texts(design, as_given)
        (resolved,) = texts["resolved.yaml"]
        recorded = begun(design, keys, every, provenance, cap=cap)
        texts["manifest.json"] = [folder.as_json(sealed(recorded, resolved))]
        put_files(place, texts)
        try:
            yield Store(place, kept, notes, resolved)
        finally:
            kept.settle()


def write(
    results: Results, parent: str | Path, *, name: str | None = None, as_given: str | None = None
) -> Path:
    """Write results into the folder `<name>-<hash8>` under `parent`, and return that folder.

    `name` is by default made of the title, and `as_given`, the text of the scenario file, is by default
    the resolved one. A folder that exists already is written anew. Raises TabletopError if the folder
    cannot be written.
    """
    if not isinstance(results, Results):
        raise TabletopError(f"results: {reprlib.repr(results)}: must be those of an experiment")
    precision = results.precision
    with store(
        arguments.path("parent", parent),
        results.design,
        results.provenance,
        name=name,
        as_given=as_given,
        cap=None if precision is None else precision.most,
        mixed_platforms=results.mixed_platforms,
    ) as kept:
        if results.runs.database.place != kept.database.place:
            kept.database.copy(results.runs.database)
        kept.finish(results)
    return kept.folder


def rewrite(place: Path, results: Results) -> None:
    """Write tables and findings of an opened folder anew; its manifest stays as it is."""
    with locked(place):
        put_files(place, folder.result_texts(results))


def open_results(path: str | Path) -> Results:
    """The results in a folder, without simulating: of the mixes and replications last asked for.

    Raises TabletopError if it is no results folder, or if what is there is not as it was written, or was
    written when there were other measures.
    """
    place = arguments.path("path", path)
    if place.is_dir():
        folder.check_regular(place)
    recorded = _manifest(place)
    resolved = _resolved(place, recorded)
    kept = Database.reading(place / database.NAME)
    kept.check_rows()
    _check_measures(kept)
    try:
        if digest(kept.about()["common"]) != recorded["hash"]:
            raise kept.damaged("its runs belong to another experiment than the manifest")
        scenario = loads(resolved, str(place / "resolved.yaml"))
        keys = Keys(recorded["hash"], recorded["mixes"])
        design = Design.of(
            scenario,
            mixes=recorded["mixes"],
            baseline=recorded["baseline"],
            replications=recorded["replications"],
            seed=recorded["seed"],
        )
        cap = recorded["precision_cap"]
        provenance = _provenance(recorded["provenance"])
        is_complete = recorded["provenance"].get("interrupted") is False
    except TabletopError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise TabletopError(
            f"{place}: not a complete results folder ({error}); run the scenario again"
        ) from error
    runs = Runs(kept, design, keys)
    missing = len(design) - len(runs) - len(runs.failures)
    if is_complete and missing:
        gone = f"{plural(missing, 'run')} of {len(design):,} {'is' if missing == 1 else 'are'} gone"
        raise TabletopError(
            f"{kept.place}: damaged: {gone}; run the scenario again, and what is gone alone is made anew"
        )
    results = Results(design, runs, provenance, interrupted=missing > 0)
    return results if cap is None else planned(results, cap)


def _manifest(place: Path) -> dict[str, Any]:
    path = place / "manifest.json"
    if not place.is_dir():
        raise TabletopError(f"{place}: no folder; name one that `tabletop run` made")
    if not path.exists():
        what = kind_of(place) or "there is no manifest.json; `tabletop run` makes one"
        raise TabletopError(f"{place}: no results folder: {what}")
    try:
        manifest = json.loads(inputs.content(path, MOST_BYTES, what="a manifest"))
    except (ValueError, RecursionError) as error:
        raise TabletopError(f"{path}: cannot be read: {error}; {_RUN_AGAIN}") from error
    if not isinstance(manifest, dict):
        raise TabletopError(f"{path}: no manifest of results; {_RUN_AGAIN}")
    if not is_sealed(manifest):
        raise TabletopError(f"{path}: {_CHANGED}")
    return manifest


def _resolved(place: Path, manifest: dict[str, Any]) -> str:
    """The text of the resolved scenario, as the manifest knows it."""
    path = place / "resolved.yaml"
    try:
        text = inputs.content(path, MOST_BYTES, what="a resolved scenario").decode()
    except UnicodeDecodeError:
        text = ""
    if text_digest(text) != manifest.get("resolved_digest"):
        raise TabletopError(f"{path}: {_CHANGED}")
    return text


def _provenance(recorded: dict[str, Any]) -> Provenance:
    finished = recorded["finished"]
    return Provenance(
        datetime.fromisoformat(recorded["started"]),
        None if finished is None else datetime.fromisoformat(finished),
        recorded["workers"],
        recorded["command"],
    )


def _check_common(kept: Database, common: dict[str, Any]) -> None:
    """Refuse a database whose runs have something else in common, and one of other measures."""
    about = kept.about()
    if about and digest(about.get("common")) != digest(common):
        raise kept.damaged("its runs belong to another experiment")
    _check_measures(kept)


def _check_measures(kept: Database) -> None:
    about = kept.about()
    if about and about.get("measures") != list(MEASURES):
        raise TabletopError(
            f"{kept.place}: written when there were other measures; "
            "name another folder with --out, and run again"
        )


def _check_platforms(place: Path, platforms: tuple[dict[str, str], ...], here: dict[str, str]) -> None:
    for other in platforms:
        if other != here:
            raise TabletopError(
                f"{place}: its runs were made on another platform ({differences(other, here)}), where last "
                "bits may differ; name another folder with --out, or mix them with --mixed-platforms"
            )


def _notes(kept: Database, design: Design, keys: Keys) -> Iterator[str]:
    """What was damaged, is there already, is there in vain, or is there beside what was asked for."""
    if kept.removed:
        was = "was damaged: it is" if kept.removed == 1 else "were damaged: they are"
        yield f"{plural(kept.removed, 'run')} in {kept.place} {was} made anew."
    here = further = 0
    for mix in design.mixes:
        old = 0
        for replication, key in kept.ask("SELECT replication, key FROM runs WHERE mix = ?", (mix,)):
            if key != keys.of(mix, replication):
                old += 1
            elif replication < design.replications:
                here += 1
            else:
                further += 1
        if old:
            yield f"{mix} is not what it was when {plural(old, 'run')} of it were made: they are made anew."
    if here:
        yield f"{plural(here, 'run')} of {len(design):,} are there already."
    if further:
        yield f"{plural(further, 'run')} of further replications stay in the folder, unused."
