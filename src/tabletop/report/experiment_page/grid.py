"""The verdict grid of a page: a row for each mix, a column for each primary measure, right is better."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.numerals import Numerals
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import GROUP_OF, MEASURES
from tabletop.plots.labels import leading_measure, mix_numbers, others, shown_measures
from tabletop.plots.scale import Scale
from tabletop.plots.shortening import clipped
from tabletop.plots.style import identity
from tabletop.plots.wording import Side, better_word, side

WIDE = 92
"""Of the picture of a cell, in its own units."""
LABEL = 44
"""Letters of a title beside its cells: three lines of the narrowest column."""
MANY = 12
"""Mixes from which on rows are low and worlds are not written."""

_SIGNS = {
    Side.BETTER: "b",
    Side.WORSE: "w",
    Side.EQUAL: "e",
    Side.HIGHER: "h",
    Side.LOWER: "l",
    Side.UNDECIDED: "u",
}
"""The class of a mark, by which the page draws it."""


@dataclass(frozen=True)
class GridColumn:
    """A measure: its name, title and group, and what the baseline has."""

    measure: str
    title: str
    group: str
    has: str
    zone: tuple[float, float]
    zero: float


@dataclass(frozen=True)
class GridCell:
    """A mix in one measure: the picture's numbers, the difference, the worlds, and what is read out."""

    measure: str
    group: str
    sign: str
    """Of the mark: the first letter of its word; empty where there is none."""
    at: float
    line: tuple[float, float] | None
    is_dashed: bool
    is_decided: bool
    text: str
    worlds: str
    worlds_in_words: str
    spoken: str


@dataclass(frozen=True)
class GridRow:
    """A mix: its number, its colour and its cells."""

    number: int
    title: str
    colour: str
    cells: tuple[GridCell, ...]
    place: int
    """Among all rows, by the mean difference in the leading measure: 1 is the best."""

    def label(self, letters: int = LABEL) -> str:
        """The title beside the cells: where it is long it is cut in the middle, for titles differ at ends."""
        return clipped(self.title, letters)


@dataclass(frozen=True)
class Grid:
    """The whole grid, with its rows in the order of the file."""

    baseline: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    leading: str
    """The measure by which rows can be sorted."""
    line: str
    """What the line of a cell is."""
    worlds_example: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of its measures, in order."""
        return tuple(dict.fromkeys(column.group for column in self.columns))

    @property
    def few(self) -> tuple[GridColumn, ...]:
        """The three columns that a hand-out has: the leading one, one of each other group, then the next."""
        leading = next(column for column in self.columns if column.measure == self.leading)
        first = {column.group: column for column in reversed(self.columns)}
        first[leading.group] = leading
        rest = (column for column in self.columns if column not in first.values())
        chosen = [leading, *(c for c in self.columns if c in first.values() and c is not leading), *rest][:3]
        return tuple(column for column in self.columns if column in chosen)

    def cut(self, most: int) -> "Grid":
        """The same with its first rows only."""
        return replace(self, rows=self.rows[:most])

    @property
    def is_long(self) -> bool:
        """Whether rows have to be low."""
        return len(self.rows) > MANY

    @property
    def blocks(self) -> tuple[tuple[GridColumn, ...], ...]:
        """Its columns in threes, as they are printed."""
        return tuple(self.columns[i : i + 3] for i in range(0, len(self.columns), 3))


def grid(results: Results, compared: Comparison) -> Grid:
    """The grid of a comparison, in its primary measures; in those of the scenario where it has none."""
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    measures, mixes = shown_measures(results, compared), others(compared)
    columns: list[GridColumn] = []
    cells: dict[str, list[GridCell]] = {mix: [] for mix in mixes}
    for measure in measures:
        delta = results.design.scenario.measures[measure].delta
        contrasts = [compared.contrast(measure, mix) for mix in mixes]
        scale = Scale.of_contrasts(contrasts, delta, MEASURES[measure].direction, 3, WIDE - 3)
        columns.append(_column(compared, measure, delta, scale))
        for contrast in contrasts:
            cells[contrast.mix].append(_cell(contrast, columns[-1], Numerals.of(measure, delta), scale))
    leading = leading_measure(results, compared)
    places = _places([compared.contrast(leading, mix) for mix in mixes])
    rows = tuple(
        GridRow(numbers[mix], names[mix], identity(numbers[mix]), tuple(cells[mix]), place)
        for mix, place in zip(mixes, places, strict=True)
    )
    together = compared.intervals_together
    return Grid(
        baseline=names[compared.baseline],
        columns=tuple(columns),
        rows=rows,
        leading=leading,
        line=f"line: 95 % for all {together} at once" if together > 1 else "line: 95 %",
        worlds_example=_example(rows),
    )


def _column(compared: Comparison, measure: str, delta: float, scale: Scale) -> GridColumn:
    mean = compared.estimates[measure][compared.baseline].value if compared.replications else None
    has = "missing" if mean is None else Numerals.of(measure, delta).mean(mean)
    better = f"{better_word(measure)} is better" if MEASURES[measure].direction else "neither side is better"
    low, high = sorted((scale.at(-delta), scale.at(delta)))
    title = MEASURES[measure].title
    return GridColumn(measure, title, GROUP_OF[measure], f"{has}; {better}", (low, high), scale.at(0.0))


def _cell(contrast: Contrast, column: GridColumn, numerals: Numerals, scale: Scale) -> GridCell:
    found = side(contrast)
    shown = contrast.difference is not None and found is not Side.SAME
    line = None
    if shown and contrast.interval is not None:
        low, high = sorted((scale.at(contrast.interval.low), scale.at(contrast.interval.high)))
        line = (low, high)
    worlds, direction = contrast.worlds, MEASURES[contrast.measure].direction
    better, worse = worlds.better(direction), worlds.worse(direction)
    if better is None or worse is None:
        pair, said = f"{worlds.higher} : {worlds.lower}", f"higher: {worlds.higher} of {worlds.total} worlds"
        counts = f"higher in {worlds.higher} of {worlds.total} worlds, lower in {worlds.lower}"
    else:
        word, number = ("worse", worse) if worse > better else ("better", better)
        pair, said = f"{better} : {worse}", f"{word}: {number} of {worlds.total} worlds"
        counts = f"better in {better} of {worlds.total} worlds, worse in {worse}"
    if not shown:
        text = "missing" if contrast.difference is None else "none"
        word = contrast.in_words() if contrast.difference is None else "no world differs"
        return GridCell(column.measure, column.group, "", 0.0, None, False, False, text, "", word, word)
    assert contrast.difference is not None
    text = numerals.difference(contrast.difference)
    parts = (str(found), text, numerals.span(contrast.interval), counts, *contrast.cautions)
    return GridCell(
        column.measure, column.group,
        sign=_SIGNS.get(found, "x"),
        at=scale.at(contrast.difference),
        line=line,
        is_dashed=contrast.rests_on_little,
        is_decided=found.is_decided,
        text=text,
        worlds=pair,
        worlds_in_words=said,
        spoken=", ".join(part for part in parts if part),
    )  # fmt: skip


def _places(contrasts: Sequence[Contrast]) -> list[int]:
    """The place of each, from the better side to the worse; those without a difference last."""
    sign = MEASURES[contrasts[0].measure].direction or 1 if contrasts else 1

    def order(place: int) -> tuple[bool, float, int]:
        difference = contrasts[place].difference
        return difference is None, -sign * (difference or 0.0), place

    ordered = sorted(range(len(contrasts)), key=order)
    return [ordered.index(place) + 1 for place in range(len(contrasts))]


def _example(rows: Sequence[GridRow]) -> str:
    """How the counts of worlds are read, by the first that there is."""
    every = (cell.worlds for row in rows for cell in row.cells if cell.worlds)
    return next((f"{worlds} = worlds better : worse" for worlds in every), "")
