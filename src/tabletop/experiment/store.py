"""The results folder of an experiment, opened for writing or for reading."""

import json
import reprlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tabletop import arguments
from tabletop.analysis.words import plural
from tabletop.errors import ScenarioError, TabletopError
from tabletop.experiment import database, folder
from tabletop.experiment.changes import what_changed
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.fingerprint import differences, fingerprint
from tabletop.experiment.identity import common_to_all_runs, digest
from tabletop.experiment.lock import locked
from tabletop.experiment.manifest import begun
from tabletop.experiment.provenance import Provenance
from tabletop.experiment.results import Results
from tabletop.experiment.rows import keys_of
from tabletop.experiment.runs import Keys, Runs
from tabletop.experiment.sequential import planned
from tabletop.measures import MEASURES
from tabletop.scenario.load import loads


@dataclass(frozen=True)
class Store:
    """A results folder while one process writes it."""

    folder: Path
    database: Database
    notes: tuple[str, ...]
    """What whoever asked should know of what was there: a sentence each."""

    def finish(self, results: Results) -> None:
        """Write what is said of results: tables, findings, manifest."""
        folder.put(self.folder, folder.result_texts(results))


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
        folder.clear(place)
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
        texts["manifest.json"] = [folder.as_json(begun(design, keys, every, provenance, cap=cap))]
        folder.put(place, texts)
        try:
            yield Store(place, kept, notes)
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
    texts = folder.result_texts(results)
    del texts["manifest.json"]
    with locked(place):
        folder.put(place, texts)


def open_results(path: str | Path) -> Results:
    """The results in a folder, without simulating: of the mixes and replications last asked for.

    Raises TabletopError if it is no results folder, or if what is there is damaged or was written
    when there were other measures.
    """
    place = arguments.path("path", path)
    manifest = _manifest(place)
    kept = Database.reading(place / database.NAME)
    _check_measures(kept)
    try:
        scenario = loads((place / "resolved.yaml").read_text(encoding="utf-8"), str(place / "resolved.yaml"))
        keys = Keys(manifest["hash"], manifest["mixes"])
        design = Design.of(
            scenario,
            mixes=manifest["mixes"],
            baseline=manifest["baseline"],
            replications=manifest["replications"],
            seed=manifest["seed"],
        )
        cap = manifest["precision_cap"]
        provenance = _provenance(manifest["provenance"])
    except ScenarioError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise TabletopError(
            f"{place}: not a complete results folder ({error}); run the scenario again"
        ) from error
    runs = Runs(kept, design, keys)
    asked = len(design)
    results = Results(design, runs, provenance, interrupted=len(runs) + len(runs.failures) < asked)
    return results if cap is None else planned(results, cap)


def _manifest(place: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TabletopError(
            f"{place}: no results folder: there is no manifest.json; `tabletop run` makes one"
        ) from None
    except NotADirectoryError:
        raise TabletopError(f"{place}: no folder; name one that `tabletop run` made") from None
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise TabletopError(f"{place / 'manifest.json'}: cannot be read: {told}") from error
    if not isinstance(manifest, dict):
        raise TabletopError(f"{place / 'manifest.json'}: no manifest of results")
    return manifest


def _provenance(told: dict[str, Any]) -> Provenance:
    finished = told["finished"]
    return Provenance(
        datetime.fromisoformat(told["started"]),
        None if finished is None else datetime.fromisoformat(finished),
        told["workers"],
        told["command"],
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
    """What is there already, is there in vain, or is there beside what was asked for."""
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
