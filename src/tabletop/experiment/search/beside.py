"""The search beside an experiment: of the same scenario, mixes and seed, in the same parent folder."""

import json
from pathlib import Path
from typing import Any

from tabletop import inputs
from tabletop.errors import TabletopError
from tabletop.experiment.identity import digest, mix_digest
from tabletop.experiment.results import Results
from tabletop.experiment.search.record import RECORD

MOST_BYTES = 50_000_000


def search_beside(results: Results) -> dict[str, Any] | None:
    """What a finished search beside a results folder says; None if there is none.

    Of several, the one that screened most candidates, and then the first by name. One that is damaged, was
    edited or is not finished counts for none.
    """
    place = Path(results.runs.database.place)
    if not place.is_file():
        return None
    scenario = results.design.scenario
    mixes = {mix: mix_digest(scenario, mix) for mix in scenario.policy_mixes}
    found: list[tuple[int, str, dict[str, Any]]] = []
    for record in sorted(place.parent.parent.glob(f"*-search-*/{RECORD}")):
        try:
            told = json.loads(inputs.content(record, MOST_BYTES, what="a search"))
            seal = told.pop("digest")
        except (TabletopError, ValueError, KeyError, AttributeError, RecursionError):
            continue
        is_of = (told.get("written"), told.get("mixes")) == (results.hash, mixes)
        if seal == digest(told) and is_of and told["finished"]:
            found.append((-len(told["candidates"]), record.parent.name, told))
    return min(found, key=lambda one: one[:2])[2] if found else None
