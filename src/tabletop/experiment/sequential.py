"""Replications enough: experiments that go on until precision is reached."""

from dataclasses import replace

from tabletop.analysis.outcomes import Outcomes
from tabletop.analysis.precision import LEAST, Precision, look_ahead, precision
from tabletop.experiment.identity import same_policy
from tabletop.experiment.results import Results
from tabletop.experiment.runs import Runs

FIRST = LEAST + look_ahead(LEAST)
"""Replications of the first stage: at fewer nothing can be decided."""


def look(results: Results, cap: int) -> Precision:
    """What the replications that are there say of how many are enough; `cap` is the most there may be.

    Only those before the first that is still to come are looked at, so that neither the number of
    workers nor the size of blocks plays a part.
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
    """Results as precision decides them: over the replications that were looked at, and no more."""
    found = look(results, cap)
    design, runs = results.design, results.runs
    if found.n is not None:
        last = results.complete(design.mixes)[found.looked - 1]
        design = design.of_first(last + 1)
        runs = Runs(runs.database, design, runs.hashes)
    return replace(results, design=design, runs=runs, precision=found, _concluded={})


def next_stage(replications: int, found: Precision) -> int:
    """How many replications to have after so many, which did not suffice.

    A tenth more at least, so that there are few stages. What is run beyond what is looked at changes
    nothing.
    """
    failed = replications - found.looked
    return min(found.most, max(found.expected + failed, replications + replications // 10 + 1))
