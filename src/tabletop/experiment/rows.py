"""Rows of the database of runs: how the outcome of a run becomes one."""

from tabletop.experiment.database import Stored, Timed
from tabletop.experiment.design import Design
from tabletop.experiment.encoding import encoded
from tabletop.experiment.identity import experiment_hash, mix_digest
from tabletop.experiment.runs import Failure, Keys, Outcome


def keys_of(design: Design) -> Keys:
    """The hashes of the runs that a design asks for."""
    scenario = design.scenario
    return Keys(experiment_hash(scenario), {mix: mix_digest(scenario, mix) for mix in design.mixes})


def stored(outcome: Outcome, keys: Keys) -> Stored:
    """The row of one run, or of its error."""
    key = keys.of(outcome.mix, outcome.replication)
    if isinstance(outcome, Failure):
        return Stored(outcome.mix, outcome.replication, key, outcome.error)
    return Stored(
        outcome.mix,
        outcome.replication,
        key,
        None,
        outcome.events,
        outcome.traces,
        **encoded(outcome)._asdict(),
    )


def timed(outcome: Outcome, started: str, seconds: float, worker: str) -> Timed:
    """When and where a run was made."""
    traceback = outcome.traceback if isinstance(outcome, Failure) else None
    return Timed(outcome.mix, outcome.replication, started, seconds, worker, traceback)
