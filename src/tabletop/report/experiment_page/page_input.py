"""What a page shows: everything that its template asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure, plural
from tabletop.experiment.findings import LIMITS
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.plots import paired_differences, trade_off
from tabletop.plots.labels import others
from tabletop.plots.wording import spelled
from tabletop.report.conclusions import warnings
from tabletop.report.document.blocks import Block, Picture
from tabletop.report.document.document import Document, Section
from tabletop.report.experiment_page.figures import PageFigure, page_figure
from tabletop.report.experiment_page.folds import Fold, folds
from tabletop.report.experiment_page.grid import Grid, grid
from tabletop.report.experiment_page.sentences import Conclusion, conclusions
from tabletop.report.situation import CONTENT_NOTE
from tabletop.safe_text import set_apart


@dataclass(frozen=True)
class PageInput:
    """An experiment as its page shows it."""

    question: str
    about: str
    note: str
    cautions: tuple[str, ...]
    grid: Grid | None
    nothing: str
    """Why there is no grid, if so."""
    conclusions: tuple[Conclusion, ...]
    headline: PageFigure
    folds: tuple[Fold, ...]
    foot: str
    document: Document
    """The same as sections, by which statements find what they lead to."""


def page_input(results: Results, compared: Comparison, drawn: Mapping[str, bytes]) -> PageInput:
    """The page of some results."""
    scenario = results.design.scenario
    plot = trade_off.PLOT
    if trade_off.PLOT.nothing(results, compared):
        plot = paired_differences.PLOT
    headline, below = page_figure(plot, results, compared, drawn), folds(results, compared, drawn)
    nothing = paired_differences.PLOT.nothing(results, compared)
    document = Document(
        name="report",
        title=question(results, compared),
        subtitle=scenario.title,
        audience="",
        sections=tuple(part for fold in below for part in fold.parts if isinstance(part, Section)),
        blocks=tuple(_blocks(headline, below)),
        mark="",
        language=scenario.language,
    )
    return PageInput(
        question=document.title,
        about=_about(results, compared),
        note=scenario.content_note.strip() or CONTENT_NOTE,
        cautions=tuple(warnings(results, compared)),
        grid=None if nothing else grid(results, compared),
        nothing=nothing,
        conclusions=conclusions(results, compared),
        headline=headline,
        folds=below,
        foot=(
            f"{LIMITS} Seed {scenario.seed}, scenario {results.hash[:8]}, "
            f"{plural(len(compared.replications), 'world')}."
        ),
        document=document,
    )


def question(results: Results, compared: Comparison) -> str:
    """The scenario's question, or the one that every comparison answers."""
    if written := " ".join(results.design.scenario.question.split()):
        return written
    baseline = mix_names(results, compared.mixes)[compared.baseline]
    mixes = others(compared)
    if not mixes:
        return f"What does {baseline} come to?"
    which = "Does the other mix do" if len(mixes) == 1 else f"Which of {spelled(len(mixes))} mixes does"
    return f"{which} better than {baseline}, in what, and how sure is that?"


def _about(results: Results, compared: Comparison) -> str:
    """Title, mixes, cost, years and worlds, in a line."""
    scenario, names = results.design.scenario, mix_names(results, compared.mixes)
    mixes = others(compared)
    costs = {round(scenario.yearly_cost(mix), 1) for mix in mixes}
    noun = "policy mix" if len(mixes) == 1 else "policy mixes"
    same = " of equal cost" if len(costs) == 1 and len(mixes) > 1 else ""
    years = scenario.horizon_days / 365
    time = (
        f"{figure(years)} year{'' if years == 1 else 's'}"
        if years >= 1
        else f"{figure(scenario.horizon_days)} days"
    )
    parts = (
        set_apart(scenario.title),
        f"{len(mixes)} {noun}{same} against {set_apart(names[compared.baseline])}",
        time,
        f"{plural(len(compared.replications), 'world')}, the same luck for every mix",
    )
    return " · ".join(parts)


def _blocks(headline: PageFigure, below: tuple[Fold, ...]) -> Iterator[Block]:
    """The figures as pictures, so that statements can lead to them, and the blocks between."""
    figures = [headline, *(part for fold in below for part in fold.parts if isinstance(part, PageFigure))]
    for one in figures:
        yield Picture(one.name, one.title, one.shows)
