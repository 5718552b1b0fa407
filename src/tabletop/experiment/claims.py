"""The test of a scenario's claims: the mixes that they compare are simulated over a sample of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from tabletop.analysis.check import ClaimVerdict, check
from tabletop.analysis.outcomes import Column
from tabletop.errors import TabletopError
from tabletop.experiment.design import Design
from tabletop.experiment.execution import Progress
from tabletop.experiment.results import Failure
from tabletop.experiment.run import Experiment
from tabletop.scenario.scenario import Scenario
from tabletop.series import Series
from tabletop.simulation import simulate


@dataclass(frozen=True)
class CheckedClaims:
    """The claims of a scenario with their verdicts, and the design on which they are based."""

    design: Design
    """Mixes, replications and seed."""
    verdicts: tuple[ClaimVerdict, ...]
    """In the order of the file."""
    failures: tuple[Failure, ...]
    failed: bool
    """Whether more than 1 % of the runs failed."""

    @property
    def supported(self) -> bool:
        """Whether every claim is supported, and not more than 1 % of the runs failed."""
        return not self.failed and all(verdict.supported for verdict in self.verdicts)


def design_of_check(
    scenario: Scenario, *, replications: int | None = None, seed: int | None = None
) -> Design:
    """The mixes that the claims of a scenario need, over the replications and the seed of its check.

    Raises TabletopError for a scenario without claims, UnknownName for a mix or a measure that does
    not exist.
    """
    if not scenario.claims or scenario.check is None:
        raise TabletopError(f"{scenario.title}: no claims to check")
    needed = list(dict.fromkeys(mix for claim in scenario.claims for mix in claim.weights))
    return Design.of(
        scenario,
        mixes=needed,
        baseline=needed[0],  # contrasts need no baseline; the warm-up keeps the scenario's
        replications=scenario.check.replications if replications is None else replications,
        seed=scenario.check.seed if seed is None else seed,
    )


def check_claims(
    scenario: Scenario,
    *,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> CheckedClaims:
    """Simulate what the claims of a scenario need, and judge each of them.

    Replications and seed are by default those of the file's check: another seed is for trying claims
    while they are written. Raises what `design_of_check` raises, and what `run_experiment` does.
    """
    design = design_of_check(scenario, replications=replications, seed=seed)
    marks = sorted({day for claim in scenario.claims for day in claim.days or () if day > 0})
    experiment = Experiment(design, workers=workers, simulate=partial(simulate, series_days=marks))
    results = experiment.run(progress=progress)
    outcomes = results.outcomes()
    verdicts = tuple(
        check(
            claim,
            {
                mix: outcomes.columns[mix][claim.measure]
                if claim.span is None
                else _counted(claim.measure, claim.span, results.runs.series(mix, outcomes.replications))
                for mix in claim.weights
            },
            claims=len(scenario.claims),
        )
        for claim in scenario.claims
    )
    return CheckedClaims(design, verdicts, results.failures, results.failed)


def _counted(measure: str, span: tuple[float, float], developments: Iterable[Series]) -> Column:
    """A count from one day to another, in the runs of one mix."""
    counts = tuple(series.between(measure, *span) for series in developments)
    return Column(counts, (1.0,) * len(counts))
