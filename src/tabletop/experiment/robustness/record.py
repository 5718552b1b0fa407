"""What was asked of a study, as its folder keeps it, so that it can be opened again."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tabletop import inputs
from tabletop.errors import TabletopError
from tabletop.experiment.folder import as_json
from tabletop.experiment.identity import digest, experiment_hash
from tabletop.experiment.robustness.study import Robustness
from tabletop.version import MODEL_VERSION, __version__

STUDY = "study.json"
"""The file in which it is."""
MOST_BYTES = 50_000_000


def record(study: Robustness, left_out: tuple[str, ...]) -> str:
    """What was asked for, and what has no range, as the file has it."""
    asked = {
        "tabletop": __version__,
        "model_version": MODEL_VERSION,
        "written": experiment_hash(study.scenario),
        "asked": {**asdict(study.asked), "mixes": list(study.asked.mixes)},
        "uncertain": [json.loads(one.model_dump_json(exclude_none=True)) for one in study.ranges.uncertain],
        "left_out": list(left_out),
        "further": dict(study.further),
        "failed": [[one.mix, one.replication] for one in study.failures],
    }
    return as_json({**asked, "digest": digest(asked)})


def recorded(folder: Path) -> dict[str, Any]:
    """What a study's folder says was asked for.

    Raises TabletopError if there is nothing to read, or it is damaged.
    """
    path = folder / STUDY
    if not path.is_file():
        within = sorted(one.parent.name for one in folder.glob(f"*/{STUDY}"))
        there = f"; it has some in {', '.join(within)}" if within else "; `tabletop robust` makes one"
        raise TabletopError(f"{folder}: no study: there is no {STUDY}{there}")
    try:
        found: dict[str, Any] = json.loads(inputs.content(path, MOST_BYTES, what="a study"))
        checked_digest = found.pop("digest")
    except (ValueError, KeyError, RecursionError, AttributeError) as error:
        raise TabletopError(f"{path}: cannot be read; give the command again") from error
    if checked_digest != digest(found):
        raise TabletopError(f"{path}: damaged or edited, for its digest does not fit; give the command again")
    return found
