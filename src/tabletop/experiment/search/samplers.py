"""Samplers: what proposes candidates, and never judges them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from random import Random
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment.search.candidates import Steps, key, spent
from tabletop.experiment.search.moves import Space
from tabletop.extras import how_to_install, is_installed

GENERATION = 32
"""Candidates that are proposed before the sampler is told what they came to."""
TRIES = 20
"""Generations for each that is wanted; after repair many proposals may be the same."""


@dataclass(frozen=True)
class Sampler:
    """A sampler by its `name`, and the class of Optuna that does it; none for random mixes."""

    name: str
    optuna: str = ""


SAMPLERS = {
    one.name: one
    for one in (Sampler("random"), Sampler("tpe", "TPESampler"), Sampler("nsga2", "NSGAIISampler"))
}
Score = Callable[[Sequence[Steps]], list[tuple[float, ...] | None]]


def check_installed(sampler: Sampler) -> None:
    """Raise TabletopError, with how to install it, if the library of a sampler is missing."""
    if sampler.optuna and not is_installed("optuna"):
        raise TabletopError(
            f"sampler: {sampler.name} needs Optuna, which is not installed; "
            f"{how_to_install('search', ('optuna',))} installs it, and random needs nothing"
        )


def proposed(
    sampler: Sampler, space: Space, number: int, directions: Sequence[int], score: Score, *, seed: int
) -> None:
    """Have Optuna propose so many different mixes, a generation at a time, each of which `score` is given.

    A proposal is repaired so that it spends the budget, and what it came to is told of what was proposed. The
    same seed and scores give the same proposals.
    """
    check_installed(sampler)
    optuna: Any = import_module("optuna")  # an extra, which has no types here
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    how: dict[str, Any] = {"population_size": GENERATION} if sampler.name == "nsga2" else {}
    made = getattr(optuna.samplers, sampler.optuna)(seed=seed % 2**32, **how)
    ways = ["maximize" if direction > 0 else "minimize" for direction in directions]
    study = optuna.create_study(directions=ways, sampler=made)
    seen: set[tuple[tuple[str, int], ...]] = set()
    for _ in range(TRIES * -(-number // GENERATION)):
        if len(seen) >= number:
            return
        trials, fresh = [], []
        for _ in range(GENERATION):
            trial = study.ask()
            steps = {move.lever: trial.suggest_int(move.lever, move.least, move.most) for move in space.moves}
            repaired = spent(space, steps, Random(f"{seed}/{key(steps)}"))  # noqa: S311 (no secret)
            if not repaired or key(repaired) in seen or len(seen) == number:
                study.tell(trial, state=optuna.trial.TrialState.FAIL)
                continue
            seen.add(key(repaired))
            trials.append(trial)
            fresh.append(repaired)
        for trial, scores in zip(trials, score(fresh) if fresh else [], strict=True):
            if scores is None:
                study.tell(trial, state=optuna.trial.TrialState.FAIL)
            else:
                study.tell(trial, list(scores))
