"""The plan of a search: what is aimed at, what may be moved, and how many runs it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tabletop import arguments
from tabletop.analysis.halving import kept_of
from tabletop.errors import TabletopError, known_name
from tabletop.experiment.identity import FOLDER_DIGITS, alike, common_to_all_runs, digest
from tabletop.experiment.search.conditions import OtherConditions
from tabletop.experiment.search.moves import Space, space_of, within
from tabletop.experiment.search.samplers import SAMPLERS, Sampler, check_installed
from tabletop.experiment.search.screening import FURTHER_WORLDS, Goal
from tabletop.measures import MEASURES
from tabletop.scenario.names import for_a_file
from tabletop.scenario.scenario import Scenario

CANDIDATES, FINALISTS, FRESH_WORLDS = 256, 8, 200
"""Random mixes, those judged on fresh luck, and its worlds, unless told."""
MOST_CANDIDATES, MOST_FINALISTS, MOST_AIMS = 10_000, 50, 3


@dataclass(frozen=True)
class SearchStudy:
    """The plan of a search; made by `of`, which checks it."""

    scenario: Scenario
    space: Space
    goal: Goal
    left_out: tuple[str, ...]
    """Primary measures that are neither aims nor constraints, each with the reason."""
    candidates: int
    finalists: int
    worlds: int
    sampler: Sampler
    parts: bool
    conditions: OtherConditions | None = None
    """How finalists are put through other conditions, if they are."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        *,
        aims: Iterable[str],
        drop: Iterable[str] = (),
        budget: float | None = None,
        candidates: int = CANDIDATES,
        finalists: int = FINALISTS,
        worlds: int = FRESH_WORLDS,
        sampler: str = "random",
        parts: bool = False,
        robust: bool = False,
        variants: int | None = None,
        variant_worlds: int | None = None,
        seed: int | None = None,
    ) -> "SearchStudy":
        """The plan for a scenario; see `search_mixes`."""
        seed = arguments.seed(arguments.scenario(scenario).seed if seed is None else seed)
        used = within(scenario.model_copy(update={"seed": seed}), budget)
        goal, left_out = _goal(used, arguments.names("aim", aims), arguments.names("drop", drop))
        check_installed(SAMPLERS[known_name("sampler", sampler, SAMPLERS)])
        for what, given in (("variants", variants), ("variant_worlds", variant_worlds)):
            if given is not None and not robust:
                raise TabletopError(
                    f"{what}: goes with robust, which puts finalists through other conditions"
                )
        return cls(
            used,
            space_of(used),
            goal,
            left_out,
            arguments.whole_number("candidates", candidates, 1, MOST_CANDIDATES),
            arguments.whole_number("finalists", finalists, 1, MOST_FINALISTS),
            arguments.whole_number("worlds", worlds, 2, arguments.MOST_REPLICATIONS),
            SAMPLERS[sampler],
            parts,
            OtherConditions.of(used, goal, variants, variant_worlds) if robust else None,
        )

    @property
    def alike(self) -> tuple[str, ...]:
        """The file's mixes that are the same policy as the baseline: they are not looked at."""
        return alike(self.scenario, self.scenario.policy_mixes, self.scenario.baseline)

    @property
    def own_mixes(self) -> tuple[str, ...]:
        """The file's mixes that are not the baseline's policy."""
        scenario = self.scenario
        return tuple(m for m in scenario.policy_mixes if m not in (scenario.baseline, *self.alike))

    def place(self, name: str | None = None) -> str:
        """The name of its folder: `<name>-search-<hash8>`, of what runs share and of what is moved."""
        what: list[Any] = [common_to_all_runs(self.scenario), repr(self.space.moves), self.sampler.name]
        if self.sampler.name != "random":  # what it proposes depends on what it has seen
            what += [list(self.goal.aims), self.candidates]
        return f"{for_a_file(name or self.scenario.title)}-search-{digest(what)[:FOLDER_DIGITS]}"

    def runs(self) -> tuple[int, int]:
        """How many runs it takes: of screening, and of finalists and the file's mixes on fresh luck."""
        left, total = self.candidates + len(self.own_mixes), 0
        for worlds in FURTHER_WORLDS:
            total += (1 + left) * worlds
            left = min(left, max(self.finalists, kept_of(left)))
        return total, (1 + min(self.finalists, left) + len(self.own_mixes)) * self.worlds

    @property
    def runs_of_variants(self) -> int:
        """How many runs it takes to put finalists and the file's mixes through other conditions, at most."""
        if (through := self.conditions) is None:
            return 0
        return (1 + self.finalists + len(self.own_mixes)) * (1 + through.variants) * through.worlds


def _goal(scenario: Scenario, aims: list[str], drop: list[str]) -> tuple[Goal, tuple[str, ...]]:
    primary = scenario.primary_measures
    if not any(MEASURES[name].direction for name in primary):
        raise TabletopError(f"{scenario.title}: no primary measure of which more or less is better to aim at")
    if not aims:
        directed = [name for name in primary if MEASURES[name].direction]
        raise TabletopError(
            f"aim: name one to {MOST_AIMS} primary measures to search for (there are: {', '.join(directed)})"
        )
    if len(aims) > MOST_AIMS:
        raise TabletopError(
            f"aim: {len(aims)} measures: at most {MOST_AIMS}, or nearly every mix is beaten by none; the "
            "others are constraints unless they are dropped"
        )
    for position, name in enumerate((*aims, *drop)):
        what = "aim" if position < len(aims) else "drop"
        known_name(
            f"primary measure to {what}" if what == "drop" else "primary measure to aim at", name, primary
        )
        if what == "aim" and not MEASURES[name].direction:
            raise TabletopError(
                f"aim: {name}: neither more nor less of it is better, so that no mix is best; aim at another"
            )
        if (*aims, *drop).count(name) > 1:
            raise TabletopError(f"{what}: {name} is there twice; name it once, as an aim or to be dropped")
    left = dict.fromkeys(drop, "dropped")
    left |= {
        n: "neither more nor less is better" for n in primary if not MEASURES[n].direction and n not in drop
    }
    constraints = {n: scenario.measures[n].delta for n in primary if n not in aims and n not in left}
    return Goal(tuple(aims), constraints), tuple(f"{name}: {why}" for name, why in left.items())
