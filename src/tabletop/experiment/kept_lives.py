"""Two lives kept in a results folder, so that they are drawn again without simulating."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from tabletop.engine.frozen import Frozen
from tabletop.experiment.lives import RULE, Lives, find_lives
from tabletop.scenario.scenario import Scenario

NAME = "lives.json"


class KeptLives(Frozen):
    """What was found, and of what; a file that tells of anything else is not read."""

    hash: str
    """Of the experiment."""
    mix: str
    baseline: str
    worlds: tuple[int, ...]
    """The replications from which the lives were chosen."""
    rule: str
    lives: Lives | None


_FILE = TypeAdapter(KeptLives)


def lives_of(
    scenario: Scenario, mix: str, baseline: str, worlds: tuple[int, ...], *, digest: str, folder: Path | None
) -> KeptLives:
    """The two lives of an experiment: those of its folder, or found by simulating these worlds again.

    `digest` is the hash of the experiment. A file that is damaged, or of another experiment, is passed over.
    """
    if folder is not None and (kept := _read(folder / NAME)) is not None:
        asked = (digest, mix, baseline, worlds, RULE)
        if (kept.hash, kept.mix, kept.baseline, kept.worlds, kept.rule) == asked:
            return kept
    found = find_lives(scenario, mix, baseline, worlds)
    return KeptLives(hash=digest, mix=mix, baseline=baseline, worlds=worlds, rule=RULE, lives=found)


def as_text(kept: KeptLives) -> str:
    """The file's content; the same for the same lives."""
    return _FILE.dump_json(kept, indent=2).decode() + "\n"


def _read(path: Path) -> KeptLives | None:
    try:
        return _FILE.validate_json(path.read_bytes(), strict=False)
    except (OSError, ValidationError):
        return None
