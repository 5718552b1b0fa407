"""Whether the claims of a scenario survive other conditions, and turn round where their file says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabletop.analysis.outcomes import Column
from tabletop.analysis.survival import AtTurn, Survived, counted, judged, turned
from tabletop.errors import ScenarioError, TabletopError
from tabletop.experiment.batches import Backend
from tabletop.experiment.claims import design_of_check
from tabletop.experiment.design import Design, Job
from tabletop.experiment.execution import Progress
from tabletop.experiment.identity import everything_hash, experiment_hash
from tabletop.experiment.machine import possible
from tabletop.experiment.robustness.asked_ranges import every_number
from tabletop.experiment.robustness.making import batches_of, checked_batch
from tabletop.experiment.robustness.points import drawn
from tabletop.experiment.robustness.variants import WRITTEN, Ranges, Variant, bare, covers
from tabletop.experiment.robustness.worlds import Counted, CountMaker, Wanted
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for, checked_workers, useful_for
from tabletop.measures import MEASURES
from tabletop.scenario.claim import Claim
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.survives import Turn

PROBED = 5
"""Worlds that have to come out as written, in every measure and mix, for a number to count as unmoving."""
FAILED_SHARE = 0.01
"""Share of worlds that may fail."""


@dataclass(frozen=True)
class SurvivalOfClaim:
    """What became of one `claim` under other conditions; None where its file says nothing of them."""

    claim: Claim
    survived: Survived | None
    turns: tuple[AtTurn, ...]

    @property
    def supported(self) -> bool:
        """Whether it survives, and turns, where its file says so."""
        return (self.survived is None or self.survived.supported) and all(one.supported for one in self.turns)


@dataclass(frozen=True)
class CheckedSurvival:
    """The claims of a scenario under other conditions, and the `design` of every variant."""

    design: Design
    variants: int
    claims: tuple[SurvivalOfClaim, ...]
    left_out: tuple[str, ...]
    """Numbers that `each` cannot move, with the reason."""
    without_effect: tuple[str, ...]
    """Variants whose first five worlds came out as written, in every mix; they are run no further."""
    failures: tuple[Failure, ...]

    @property
    def failed(self) -> bool:
        """Whether more than 1 % of the worlds failed."""
        return len(self.failures) > FAILED_SHARE * self.variants * self.design.replications

    @property
    def supported(self) -> bool:
        """Whether every claim is supported, and not more than 1 % of the worlds failed."""
        return not self.failed and all(one.supported for one in self.claims)


def says_where_it_survives(scenario: Scenario) -> bool:
    """Whether a claim of the scenario says where it survives or turns round."""
    return any(claim.survives is not None or claim.turns_at for claim in scenario.claims)


def check_survival(
    scenario: Scenario,
    *,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> CheckedSurvival:
    """Simulate what the claims of a scenario need under other conditions, and judge each of them.

    Raises what `check_claims` raises, and TabletopError for a variant that cannot be built.
    """
    if replications is None and scenario.check is not None:
        replications = scenario.check.variant_replications
    design = design_of_check(scenario, replications=replications, seed=seed)
    plan = _Plan.of(design.scenario)
    worlds, failures = _simulated(design, plan, workers, progress)
    still = _without_effect(plan, worlds)
    found = tuple(
        _judged(design.scenario, plan, position, claim, worlds, still)
        for position, claim in enumerate(design.scenario.claims)
    )
    return CheckedSurvival(
        design, len(plan.variants), found, plan.left_out, tuple(sorted(still)), tuple(failures)
    )


@dataclass(frozen=True)
class _Plan:
    """Every variant that some claim needs, by its label, and which of them each claim needs."""

    variants: Mapping[str, Variant]
    survives: tuple[tuple[str, ...], ...]
    """Of each claim, the labels of the variants in which it is to survive."""
    turns: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]

    @property
    def alone(self) -> set[str]:
        """The labels of the variants in which one number is moved by `each`, and nothing else is asked."""
        asked = {label for turns in self.turns for label in turns}
        return {label for label, one in self.variants.items() if one.kind == "end"} - asked

    @classmethod
    def of(cls, scenario: Scenario) -> "_Plan":
        variants: dict[str, Variant] = {}
        survives: list[tuple[str, ...]] = []
        turns: list[tuple[str, ...]] = []
        left_out: list[str] = []
        ends: dict[tuple[float, float], Ranges] = {}
        for claim in scenario.claims:
            mine: tuple[Variant, ...] = ()
            if claim.survives is not None and claim.survives.each is not None:
                by = claim.survives.each.ends
                if by not in ends:
                    numbers, left = every_number(bare(scenario), by)
                    ends[by] = Ranges(bare(scenario), numbers)
                    left_out += left
                mine = (ends[by].written(), *_ends_for(claim, ends[by]))
            elif claim.survives is not None and claim.survives.of is not None:
                ranges = Ranges(bare(scenario), scenario.uncertain)
                rows = drawn(len(scenario.uncertain), claim.survives.of, seed=scenario.seed)
                mine = tuple(ranges.points(rows))
            there = tuple(_at(scenario, one) for one in claim.turns_at)
            variants |= {one.label: one for one in (*mine, *there)}
            survives.append(tuple(one.label for one in mine))
            turns.append(tuple(one.label for one in there))
        return cls(variants, tuple(survives), tuple(turns), tuple(dict.fromkeys(left_out)))

    def needs(self, label: str) -> Iterator[int]:
        """The claims that are judged in a variant."""
        for position, labels in enumerate(zip(self.survives, self.turns, strict=True)):
            if any(label in some for some in labels):
                yield position


def _ends_for(claim: Claim, ranges: Ranges) -> Iterator[Variant]:
    """Each number at each end, but for what the claim leaves out, and where it says that it turns."""
    assert claim.survives is not None
    turns = [experiment_hash(ranges.scenario.vary(one.changes)) for one in claim.turns_at]
    for variant in ranges.ends():
        (path,) = variant.changes
        excepted = any(covers(one, path) for one in claim.survives.except_)
        if not excepted and variant.hash not in turns:
            yield variant


def _at(scenario: Scenario, turn: Turn) -> Variant:
    written = bare(scenario)
    try:
        there = written.vary(turn.changes)
    except ScenarioError as error:
        raise TabletopError(f"{turn.in_words}: no such variant: {error}") from error
    return Variant(turn.in_words, "end", (), turn.changes, (), there)


Worlds = dict[str, dict[int, Counted]]
"""By the label of a variant and the replication, what each mix comes to in each claim."""


def _simulated(
    design: Design, plan: _Plan, workers: int | None, progress: Progress | None
) -> tuple[Worlds, list[Failure]]:
    """The worlds of every variant; of one without effect in the first of them, no others."""
    scenario = design.scenario
    written = bare(scenario)
    wanted = {label: _wanted(scenario, plan, label) for label in plan.variants}
    changes = {label: dict(one.changes) for label, one in plan.variants.items()}
    worlds: Worlds = {label: {} for label in plan.variants}
    failures: list[Failure] = []
    if not plan.variants:
        return worlds, failures
    runs = sum(len(of) for of in wanted.values()) * design.replications
    asked = useful_for(scenario, runs) if workers is None else checked_workers(workers)
    maker = CountMaker.of(changes, wanted, everything_hash(written))
    first = [Job(label, r) for label in plan.variants for r in range(min(PROBED, design.replications))]
    done, total = 0, len(plan.variants) * design.replications

    def make(backend: Backend | None, jobs: list[Job]) -> None:
        nonlocal done
        for batch in batches_of(backend, written, jobs, maker) if jobs else ():
            checked_batch(batch)
            for one in batch.outcomes:
                if isinstance(one.outcome, Failure):
                    failures.append(one.outcome)
                else:
                    label, replication, counts = one.outcome
                    worlds[label][replication] = counts
            done += len(batch.outcomes)
            if progress is not None:
                progress(done, total)

    with backend_for(min(possible(asked), len(first))) as backend:
        make(backend, first)
        still = _without_effect(plan, worlds)
        total = done + sum(design.replications - PROBED for label in plan.variants if label not in still)
        rest = range(PROBED, design.replications)
        make(backend, [Job(label, r) for label in plan.variants if label not in still for r in rest])
    return worlds, failures


def _without_effect(plan: _Plan, worlds: Worlds) -> set[str]:
    """The variants with one number moved whose first worlds all came out as written."""
    written = worlds.get(WRITTEN, {})
    return {
        label
        for label in plan.alone
        if written and all(_same(worlds[label].get(r), written.get(r)) for r in range(PROBED))
    }


def _same(one: Counted | None, other: Counted | None) -> bool:
    """Whether a world came out as another did, in every mix that it has."""
    return one is not None and other is not None and one.everything.items() <= other.everything.items()


def _wanted(scenario: Scenario, plan: _Plan, label: str) -> Wanted:
    """Of each mix that is needed in a variant, the measure and the days of each claim about it."""
    found: dict[str, tuple[tuple[str, tuple[float, float] | None], ...]] = {}
    for position in plan.needs(label):
        claim = scenario.claims[position]
        for mix in claim.weights:
            asked = (claim.measure, claim.span)
            found[mix] = tuple(dict.fromkeys((*found.get(mix, ()), asked)))
    return found


def _judged(
    scenario: Scenario, plan: _Plan, position: int, claim: Claim, worlds: Worlds, still: set[str]
) -> SurvivalOfClaim:
    claims = len(scenario.claims)
    labels = [label for label in plan.survives[position] if label not in still]
    turns = plan.turns[position]
    columns = {label: _columns(claim, worlds[label]) for label in (*labels, *turns)}
    survived = None
    if claim.survives is not None and claim.survives.in_ is not None:
        survived = counted(claim, [columns[label] for label in labels], at_least=claim.survives.in_)
    elif claim.survives is not None:
        survived = judged(claim, {label: columns[label] for label in labels}, claims=claims)
    there = turned(claim, {label: columns[label] for label in turns}, claims=claims)
    return SurvivalOfClaim(claim, survived, there)


def _columns(claim: Claim, worlds: Mapping[int, Counted]) -> dict[str, Column]:
    """The claim's measure in each of its mixes, over the replications that did not fail."""
    asked = (claim.measure, claim.span)
    is_ratio = claim.span is None and MEASURES[claim.measure].kind == "ratio"
    found = {}
    for mix in claim.weights:
        readings: Sequence[Any] = [worlds[replication].readings[mix, asked] for replication in sorted(worlds)]
        found[mix] = Column(tuple(n for n, _ in readings), tuple(d for _, d in readings), is_ratio)
    return found
