"""The folds of a page: what stands below its first screen, each under a heading that can be opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tabletop.analysis.bottleneck import BUSY
from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import plural, share
from tabletop.experiment.results import Results
from tabletop.experiment.robustness.reading import questions_beside, study_beside
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.search.beside import search_beside
from tabletop.plots import convergence, dots, flow, over_time, two_lives, worlds
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.study_figures import STUDY_FIGURES, lacking
from tabletop.report.conclusions import bottlenecks, findings
from tabletop.report.document.blocks import Block, Facts, Folded, Listing, Text
from tabletop.report.document.document import Section
from tabletop.report.experiment_page.figures import PageFigure, page_figure
from tabletop.report.experiment_page.pressure_table import PressureTable, pressure_table
from tabletop.report.lever_tables import mixes_beside
from tabletop.report.method import MUST_NOT_SAY, in_short, method
from tabletop.report.names import titled
from tabletop.report.origin import origin
from tabletop.report.robustness import in_how_many, in_words, what_decides
from tabletop.report.search import search
from tabletop.report.situation import discussion, situation
from tabletop.report.stress import checklist

LEADING = 1
"""Figures of a study that lead: the map of verdicts, the line, or the map of two conditions."""
ORIGIN = "Whoever has the scenario, the seed and the same platform gets the same results, bit for bit."

Part = PageFigure | PressureTable | Block | Section


@dataclass(frozen=True)
class Fold:
    """A heading, a sentence beside it, and what it opens."""

    id: str
    title: str
    aside: str
    parts: tuple[Part, ...]
    is_open: bool = False
    is_printed: bool = True
    """Whether it is among the four pages that are printed unless everything is asked for."""

    def part_kind(self, part: Part) -> str:
        """How a template shows a part."""
        return "section" if isinstance(part, Section) else part.kind


def folds(results: Results, compared: Comparison, drawn: Mapping[str, bytes]) -> tuple[Fold, ...]:
    """All folds of a page, in their order; figures that are drawn already are those of `drawn`."""

    def figure(plot: CatalogueFigure) -> PageFigure:
        return page_figure(plot, results, compared, drawn)

    scenario = results.design.scenario
    lives = () if two_lives.PLOT.nothing(results, compared) else (figure(two_lives.PLOT),)
    n = len(compared.replications)
    held = bottlenecks(results, titled(results, compared.mixes))
    tables = Folded(f"The bottleneck of each mix, {share(BUSY)} busy at least, with its interval", (held,))
    found = [
        Fold(
            "why", "Why", "where the work piles up, and when mixes part",
            (*lives, figure(over_time.PLOT)),
            is_open=True,
        ),
        Fold(
            "luck", f"Luck: what {plural(n, 'world')} did",
            "each world by itself; twenty equally likely outcomes of each mix",
            (figure(worlds.PLOT), figure(dots.PLOT)),
        ),
        Fold(
            "pressure", "Pressure: how busy each service was",
            f"busy share, and mean wait from one day on; framed from {share(BUSY)}",
            (pressure_table(results, compared), figure(flow.PLOT), tables),
        ),
        Fold(
            "about", "What the mixes are",
            "settings, cost and description of each; the scenario and its timeline",
            (mixes_beside(results, compared), situation(scenario)),
            is_printed=False,
        ),
        Fold(
            "numbers", "All numbers", "means, differences and intervals; as CSV in the results folder",
            (findings(results, compared),),
            is_printed=False,
        ),
    ]  # fmt: skip
    if (study := study_beside(results)) is not None:
        shown = _of_study(study, figure)
        found.insert(
            3,
            Fold(
                "assumptions", "Would other assumptions turn it round?",
                f"the same mixes in {plural(len(study.variants) - 1, 'variant')} of what the file assumes",
                (*shown[:LEADING], in_how_many(study)),
            ),
        )  # fmt: skip
        found.insert(
            4,
            Fold(
                "what-decides", "What decides, among the assumptions?",
                "shares, boxes, lines and regret; what was varied, and what was not",
                (*shown[LEADING:], what_decides(study)),
                is_printed=False,
            ),
        )  # fmt: skip
    if asked := [*questions_beside(results)]:
        found.append(
            Fold(
                "alone", "What if one assumption is different?",
                "single conditions, value by value, and whatever else was asked beside the file's ranges",
                tuple(part for name, study in asked for part in _of_question(name, study, figure)),
                is_printed=False,
            )
        )  # fmt: skip
    if (searched := search_beside(results)) is not None:
        found.append(
            Fold(
                "search", "What else would the budget buy?",
                f"mixes found for {' and '.join(searched['aims'])}, judged on fresh luck",
                (search(searched),),
            )
        )  # fmt: skip
    if (talk := discussion(scenario)) is not None:
        found.append(
            Fold(
                "talk",
                "Discussion",
                "questions, and the mechanism behind the results",
                (talk,),
                is_printed=False,
            )
        )
    limits = Section("What the model must not be taken to say", (Listing(MUST_NOT_SAY),), id="limits")
    found += [
        Fold(
            "how", "Method and limits", "how sure, what counts as a difference, what must not be said",
            (
                Section("In short", (Text(in_short(results, compared)),)),
                limits,
                Section("Method", (Facts(method(results, compared)),), id="method"),
                figure(convergence.PLOT),
            ),
        ),
        Fold(
            "sources", "Checklist and provenance", "what must be reported; what decides these results",
            (
                checklist(results, compared),
                Section("Provenance", (Text((ORIGIN,)), Facts(origin(results))), id="provenance"),
            ),
            is_printed=False,
        ),
    ]  # fmt: skip
    return tuple(found)


def _of_study(study: Robustness, figure: Callable[[CatalogueFigure], PageFigure]) -> tuple[Part, ...]:
    """The leading sheet of each figure of a study, and why others are not there."""
    leading = [(plot, sheet) for plot in STUDY_FIGURES.values() for sheet in plot.sheets(study)[:1]]
    drawn = [figure(plot.on_page(study, sheet)) for plot, sheet in leading]
    without = [*lacking(study)]
    return (*drawn, Text(tuple(without))) if without else tuple(drawn)


def _of_question(
    name: str, study: Robustness, figure: Callable[[CatalogueFigure], PageFigure]
) -> tuple[Part, ...]:
    """What one question came to in words, and the figure that leads."""
    drawn = [
        figure(plot.on_page(study, sheet, name))
        for plot in STUDY_FIGURES.values()
        for sheet in plot.sheets(study)[:1]
    ]
    return (in_words(name, study), *drawn[:LEADING])
