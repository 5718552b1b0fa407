"""The manifest: what decides results, and apart from it where they come from."""

from hashlib import blake2b
from typing import Any

from tabletop.experiment.design import Design
from tabletop.experiment.fingerprint import fingerprint
from tabletop.experiment.identity import digest
from tabletop.experiment.provenance import Provenance
from tabletop.experiment.results import Results
from tabletop.experiment.runs import Keys
from tabletop.version import MODEL_VERSION


def manifest(results: Results) -> dict[str, Any]:
    """The manifest of results."""
    precision = results.precision
    data = begun(
        results.design,
        results.runs.hashes,
        results.runs.database.platforms() or (fingerprint(),),
        results.provenance,
        cap=None if precision is None else precision.most,
    )
    data["provenance"] |= {
        "interrupted": results.interrupted,
        "failures": [
            {"mix": failure.mix, "replication": failure.replication, "traceback": failure.traceback}
            for failure in results.failures
        ],
    }
    return data


def sealed(manifest: dict[str, Any], resolved: str) -> dict[str, Any]:
    """A manifest with the digests of the resolved scenario beside it and of itself."""
    data = {**manifest, "resolved_digest": text_digest(resolved)}
    return {**data, "digest": digest(data)}


def is_sealed(manifest: dict[str, Any]) -> bool:
    """Whether a manifest says what it said when it was written."""
    return manifest.get("digest") == digest({k: v for k, v in manifest.items() if k != "digest"})


def text_digest(text: str) -> str:
    """The digest of a text file, in hex."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def begun(
    design: Design,
    keys: Keys,
    platforms: tuple[dict[str, str], ...],
    provenance: Provenance,
    *,
    cap: int | None,
) -> dict[str, Any]:
    """The manifest of what is about to run, on the platforms of the runs that are there and its own."""
    return {
        "hash": keys.experiment,
        "model_version": MODEL_VERSION,
        "seed": design.scenario.seed,
        "warm_up_mix": design.scenario.baseline,
        "baseline": design.baseline,
        "mixes": dict(keys.mixes),
        "replications": design.replications,
        "precision_cap": cap,
        "fingerprint": platforms[0],
        "other_fingerprints": list(platforms[1:]),
        "provenance": provenance.described(),
    }
