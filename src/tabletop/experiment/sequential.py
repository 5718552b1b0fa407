"""Sequential experiments: replications are added until the precision that is wanted is reached."""

from dataclasses import replace

from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.precision import LEAST, Precision, look_ahead, precision
from tabletop.experiment.identity import same_policy
from tabletop.experiment.results import Results
from tabletop.experiment.runs import Runs

FIRST = LEAST + look_ahead(LEAST)
"""Replications of the first stage: with fewer, nothing can be decided."""


def look(results: Results, cap: int) -> Precision:
    """Whether the replications finished so far are enough; `cap` is the most that are allowed.

    Only those before the first unfinished one are examined, so that neither the number of workers nor
    the size of batches has an influence.
    """
    design = results.design
    settled = results.runs.settled(design.mixes)
    complete = tuple(r for r in results.complete(design.mixes) if r < settled)
    interests = design.scenario.measures
    primary = [name for name, interest in interests.items() if interest.primary]
    columns = {mix: results.runs.readings(mix).columns(complete) for mix in design.mixes}
    return precision(
        Outcomes(complete, {mix: {name: columns[mix][name] for name in primary} for mix in design.mixes}),
        baseline=design.baseline,
        interests=interests,
        # where runs failed there will never be as many complete replications as asked for
        most=min(cap, len(complete)) if settled >= cap else cap,
        same_policy={mix for mix in design.mixes if same_policy(design.scenario, mix, design.baseline)}
        - {design.baseline},
    )


def planned(results: Results, cap: int) -> Results:
    """Results over exactly the replications that precision examined."""
    so_far = look(results, cap)
    design, runs = results.design, results.runs
    if so_far.n is not None:
        last = results.complete(design.mixes)[so_far.looked - 1]
        design = design.of_first(last + 1)
        runs = Runs(runs.database, design, runs.hashes)
    return replace(results, design=design, runs=runs, precision=so_far, _concluded={})


def next_stage(replications: int, so_far: Precision) -> int:
    """The number of replications of the next stage, after so many did not suffice.

    A tenth more at least, so that there are few stages. Runs beyond those that are examined
    change nothing.
    """
    failed = replications - so_far.looked
    return min(so_far.most, max(so_far.expected + failed, replications + replications // 10 + 1))
