"""The hand-out of an experiment: a side to guess on before it is looked at, and a side to talk over after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tabletop.analysis.compare import Comparison
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import figure, plural
from tabletop.experiment.findings import LIMITS
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots import style, worlds
from tabletop.plots.form import HALF
from tabletop.plots.labels import others
from tabletop.plots.rendering import rendered
from tabletop.plots.shortening import clipped
from tabletop.plots.wording import in_prose, quantity_word
from tabletop.report.document.inline_svg import inlined
from tabletop.report.experiment_page.grid import Grid, GridColumn
from tabletop.report.experiment_page.page_input import PageInput
from tabletop.report.experiment_page.sentences import Conclusion
from tabletop.scenario.inject import Inject
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

_STOP = re.compile(r"[.?!](?=\s|$)|[。？！]")
LONGEST = 150
"""Letters of a sentence of a file."""
MOST_MIXES = 12
"""Mixes that a side of paper has room for."""
SENTENCES = 3
"""Of a scenario's summary, on the side before."""
QUESTIONS = (
    "Which mix would you defend in public, and before whom?",
    "Who pays for it, and in what?",
    "What does luck do here that policy does not?",
    "Which assumption, if it is wrong, would turn your choice round?",
)
"""What is talked over where the scenario asks nothing of its own."""


@dataclass(frozen=True)
class Guess:
    """A measure that is guessed: its title, and what a mix may have of it beside the baseline."""

    title: str
    words: tuple[str, str, str]


@dataclass(frozen=True)
class Moment:
    """An inject on the line of time: its number, where on the line it lies in per cent, and in words."""

    number: int
    at: float | None
    """None where it waits for a count."""
    when: str
    title: str


@dataclass(frozen=True)
class Handout:
    """Both sides, as their template shows them."""

    question: str
    world: str
    start: str
    mixes: tuple[tuple[int, str, str, str], ...]
    """Number, colour, title and summary."""
    left_out: str
    moments: tuple[Moment, ...]
    end: str
    guesses: tuple[Guess, ...]
    columns: tuple[GridColumn, ...]
    grid: Grid
    conclusions: tuple[Conclusion, ...]
    worlds_title: str
    worlds: Markup
    worlds_notes: str
    talk: tuple[str, ...]
    foot: str


def handout(results: Results, compared: Comparison, page: PageInput) -> Handout | None:
    """The hand-out beside a page; None where nothing is compared, so that there is nothing to guess."""
    scenario, full = results.design.scenario, page.grid
    if full is None or not compared.replications:
        return None
    grid = full.cut(MOST_MIXES)
    columns, mixes = grid.few, others(compared)
    summaries = {
        row.number: scenario.policy_mixes[mix].summary for row, mix in zip(full.rows, mixes, strict=True)
    }
    return Handout(
        question=page.question,
        world=first_sentences(scenario.summary, SENTENCES),
        start=_start(results, compared, columns),
        mixes=tuple(
            (r.number, r.colour, r.title, first_sentences(summaries[r.number], 1)) for r in grid.rows
        ),
        left_out=_left_out(grid, full),
        moments=_moments(scenario),
        end=f"day {number(scenario.horizon_days)}",
        guesses=tuple(_guess(column.measure) for column in columns),
        columns=columns,
        grid=grid,
        conclusions=page.conclusions,
        worlds_title=worlds.PLOT.title(results, compared),
        worlds=_worlds(results, compared),
        worlds_notes=" ".join(worlds.PLOT.notes(results, compared)),
        talk=tuple(clipped(one, 2 * LONGEST) for one in scenario.discussion[: len(QUESTIONS)]) or QUESTIONS,
        foot=f"{scenario.title}. {LIMITS} Seed {scenario.seed}, scenario {results.hash[:8]}",
    )


def first_sentences(text: str, most: int) -> str:
    """The first sentences of a text, each up to its stop; all of it where it has no more."""
    words = " ".join(text.split())
    ends = [stop.end() for stop in _STOP.finditer(words)]
    return clipped(words if len(ends) < most else words[: ends[most - 1]], most * LONGEST)


def _start(results: Results, compared: Comparison, columns: Sequence[GridColumn]) -> str:
    """What the baseline comes to, each number with its interval."""
    name = mix_names(results, compared.mixes)[compared.baseline]
    parts = []
    for column in columns:
        estimate = compared.estimates[column.measure][compared.baseline]
        numerals = Numerals.of(column.measure, results.design.scenario.measures[column.measure].delta)
        if estimate.value is None:
            continue
        span = estimate.interval
        ends = f" ({numerals.mean(span.low)} to {numerals.mean(span.high)})" if span else ""
        parts.append(f"{in_prose(column.measure)} {numerals.mean(estimate.value)}{ends}")
    over = plural(len(compared.replications), "world")
    return f"With {name}, on average over {over}: {'; '.join(parts)}." if parts else ""


def _left_out(grid: Grid, full: Grid) -> str:
    left = len(full.rows) - len(grid.rows)
    return f"The first {len(grid.rows)} mixes of the file; the page shows {left} more." if left else ""


def _moments(scenario: Scenario) -> tuple[Moment, ...]:
    dated = sorted((one for one in scenario.injects if one.when is None), key=lambda one: one.day)
    waiting = [one for one in scenario.injects if one.when is not None]
    return tuple(
        _moment(place, one, scenario.horizon_days) for place, one in enumerate([*dated, *waiting], 1)
    )


def _moment(place: int, inject: Inject, horizon: float) -> Moment:
    if inject.when is not None:
        when = f"once {in_prose(inject.when.measure)} reaches {figure(inject.when.reaches)}"
        return Moment(place, None, when, inject.title)
    return Moment(place, 100 * inject.day / horizon, f"day {number(inject.day)}", inject.title)


def _guess(measure: str) -> Guess:
    return Guess(MEASURES[measure].title, (quantity_word(measure, -1.0), "same", quantity_word(measure, 1.0)))


def _worlds(results: Results, compared: Comparison) -> Markup:
    """Every world of one mix: the one that differs from the baseline most often on one side."""
    plot, mix = worlds.PLOT, worlds.clearest(results, compared)
    with style.applied():
        svg = rendered(worlds.picture(results, compared, HALF, [mix]), "svg", living_text=True)
    says, describes = plot.title(results, compared), " ".join(plot.notes(results, compared))
    return Markup(inlined(svg, "worlds", says=says, describes=describes, small=True))  # noqa: S704 (XML, its texts escaped)
