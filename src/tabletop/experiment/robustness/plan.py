"""The plan of a study of robustness: what is asked, checked before anything runs, and its variants."""

import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tabletop import arguments
from tabletop.errors import TabletopError, known_name
from tabletop.experiment.design import Design
from tabletop.experiment.identity import same_policy
from tabletop.experiment.robustness.asked_ranges import Ends, by_factor, of_the_file, ranges_to_vary
from tabletop.experiment.robustness.folder import folder_name, folder_of_question, keep_points, kept_points
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.points import checked_number, drawn
from tabletop.experiment.robustness.study_runs import Asked
from tabletop.experiment.robustness.variants import Ranges, Variant, bare, told_apart
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.uncertain import Uncertain

KEPT = ("series",)
"""What may be kept of a run beside its measures."""
VARIANTS, WORLDS, WORLDS_ON_A_LINE = 64, 40, 100
"""Points of all ranges, worlds of each, and worlds of each value of a line, unless told."""


@dataclass(frozen=True)
class StudyPlan:
    """The plan of a study; made by `of`, which checks it."""

    scenario: Scenario
    """As the file has it, with the seed that is used."""
    ranges: Ranges
    asked: Asked
    left_out: tuple[str, ...] = ()
    """Numbers that have no range, each with the reason."""
    question: str = ""
    """The name of its folder within that of the runs, if other ranges are asked for than the file's."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        *,
        vary: Mapping[str, Ends] | None = None,
        each: float | None = None,
        variants: int | None = None,
        worlds: int | None = None,
        mixes: Iterable[str] | None = None,
        seed: int | None = None,
        regret: bool = False,
        precision: bool = False,
        keep: str | None = None,
    ) -> "StudyPlan":
        """The plan for a scenario; see `study_robustness`."""
        design = Design.of(scenario, mixes=mixes, seed=seed)
        used = scenario.model_copy(update={"seed": design.scenario.seed})
        if not used.primary_measures:
            raise TabletopError(f"{used.title}: no primary measure, so that nothing can be compared")
        if not any(not same_policy(used, mix, design.baseline) for mix in design.mixes):
            raise TabletopError(
                f"{used.title}: no mix to compare with {design.baseline}, or only such as are the same policy"
            )
        if vary is not None and not isinstance(vary, Mapping):
            raise TabletopError(
                f"vary: {reprlib.repr(vary)}: must be a mapping of paths to two ends, or None"
            )
        if vary and each is not None:
            raise TabletopError("each: moves every number alone, and vary names some; leave one out")
        if keep is not None:
            known_name("part of a run to keep beside its measures", keep, KEPT)
        uncertain, left_out = _uncertain(used, vary, each)
        is_alone = each is not None or (vary is not None and 0 < len(vary) < 3)
        if is_alone and (variants is not None or regret):
            name = "regret" if variants is None else "variants"
            raise TabletopError(f"{name}: goes with points of all ranges, of which there are none here")
        number = 0 if is_alone else checked_number(VARIANTS if variants is None else variants)
        default = WORLDS_ON_A_LINE if vary is not None and len(vary) == 1 else WORLDS
        asked = Asked(
            mixes=design.mixes,
            baseline=design.baseline,
            worlds=arguments.whole_number(
                "worlds", default if worlds is None else worlds, 1, arguments.MOST_REPLICATIONS
            ),
            seed=used.seed,
            variants=number,
            is_line=vary is not None and 0 < len(vary) < 3,
            regret=regret,
            precision=precision,
            series=keep == "series",
        )
        varied = [" with ".join(one.paths) for one in uncertain] if vary else ()
        question = folder_of_question(varied, each)
        return cls(used, Ranges(bare(used), uncertain), asked, left_out, question)

    def variants(self, points: list[list[float]]) -> tuple[Variant, ...]:
        """Every variant, the file itself first; one that is the file itself is not among the others."""
        ranges, asked = self.ranges, self.asked
        found = [ranges.written()]
        if asked.is_line and len(ranges.uncertain) == 1:
            found += ranges.line(0)
        elif asked.is_line:
            found += ranges.map()
        else:
            found += [*ranges.points(points), *(ranges.ends() if asked.ends else ())]
        first, *others = found
        return told_apart((first, *(one for one in others if one.changes or one.kind == "point")))

    def points(self, kept: KeptWorlds) -> list[list[float]]:
        """The points of all ranges, those that are kept first."""
        dimensions, asked = len(self.ranges.uncertain), self.asked
        if not asked.variants:
            return []
        found = drawn(
            dimensions,
            asked.variants,
            seed=asked.seed,
            kept=kept_points(kept, dimensions, asked.seed),
        )
        keep_points(kept, found, asked.seed)
        return found

    @property
    def number_of_variants(self) -> int:
        """How many variants there are; nothing is drawn for it."""
        return len(self.variants([])) + self.asked.variants

    def planned(self) -> tuple[Variant, ...]:
        """The variants, without a folder; raises TabletopError for one that cannot be built."""
        return self.variants(self.points(KeptWorlds.temporary()))

    def place(self, name: str | None = None) -> Path:
        """Its folder under the parent, where its tables and figures are: that of the runs, or one within."""
        return Path(folder_name(self.scenario, self.ranges, name)) / self.question


def _uncertain(
    scenario: Scenario, vary: Mapping[str, Ends] | None, each: float | None
) -> tuple[tuple[Uncertain, ...], tuple[str, ...]]:
    if each is not None:
        return by_factor(scenario, each)
    if vary:
        return ranges_to_vary(scenario, vary), ()
    if not scenario.uncertain:
        raise TabletopError(
            f"{scenario.title}: no `uncertain` in the file, and no condition to vary; name one with "
            "--vary threat.formation_rate, or try every number of the conditions, halved and doubled, "
            "with --each 2"
        )
    return of_the_file(scenario)
