"""The contents of an experiment page, as data: what is said, without how it looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural
from tabletop.experiment.findings import LIMITS
from tabletop.experiment.results import Results
from tabletop.report.conclusions import Conclusions
from tabletop.report.drawings import Drawing, drawings
from tabletop.report.lever_tables import MixesBeside
from tabletop.report.method import MUST_NOT_SAY, Term, method
from tabletop.report.origin import origin
from tabletop.report.situation import Situation
from tabletop.report.stress import CITATION, Blank, Section, blanks, stress


@dataclass(frozen=True)
class Contents:
    """Everything that is on the page, in its order."""

    situation: Situation
    at_a_glance: str
    warning: str
    mixes: MixesBeside
    conclusions: Conclusions
    drawings: tuple[Drawing, ...]
    method: tuple[Term, ...]
    must_not_say: tuple[str, ...]
    stress: tuple[Section, ...]
    citation: str
    """Of the guideline that `stress` follows."""
    origin: tuple[Term, ...]

    @classmethod
    def of(cls, results: Results, compared: Comparison, svgs: Mapping[str, bytes]) -> Self:
        """What there is to say of results; figures that are drawn already are taken from `svgs`."""
        return cls(
            situation=Situation.of(results.design.scenario),
            at_a_glance=_at_a_glance(results, compared),
            warning=LIMITS,
            mixes=MixesBeside.of(results, compared),
            conclusions=Conclusions.of(results, compared),
            drawings=drawings(results, compared, svgs),
            method=method(results, compared),
            must_not_say=MUST_NOT_SAY,
            stress=stress(results, compared),
            citation=CITATION,
            origin=origin(results),
        )

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What the author of the page has still to write."""
        return blanks(self.stress)


def _at_a_glance(results: Results, compared: Comparison) -> str:
    scenario = results.design.scenario
    mixes = f"{len(compared.mixes)} policy mixes" if len(compared.mixes) != 1 else "1 policy mix"
    days = f"{scenario.horizon_days:,.10g} days"
    worlds = plural(len(compared.replications), "replication")
    return f"{mixes}, {days}, {worlds}; seed {scenario.seed}, baseline {compared.baseline}"
