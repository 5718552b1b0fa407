"""Outcomes by move: what every team has come to since StartEx, beside the baseline and the other worlds."""

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from tabletop.analysis.words import figure as number
from tabletop.exercise.adjudication import BASELINE
from tabletop.exercise.values import formatted
from tabletop.measures import MEASURES
from tabletop.plots.exercise.cumulative import CumulativeOutcomes
from tabletop.plots.exercise.paths import DASHED, draw
from tabletop.plots.exercise.plot import ExercisePlot
from tabletop.plots.exercise.words import of_teams
from tabletop.plots.headline import fitting
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import with_unit
from tabletop.plots.lettering import width
from tabletop.plots.matrix import matrix, needs
from tabletop.plots.number_axis import number_axis
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, INK, SKY
from tabletop.plots.table import Table

KEY, FOOT = 32.0, 26.0
BESIDE = 14.0
"""Pixels between the end of a path and its last value in figures, and beyond that."""


def title(found: CumulativeOutcomes) -> str:
    """Between what the teams lie, and what the baseline came to in the same world; nobody is named."""
    one, day = MEASURES[found.measure], number(found.days[-1])
    what = f"{one.title}, day {day}" if one.kind == "level" else f"{one.title} until day {day}"
    base = formatted(found.measure, found.path(BASELINE)[-1].realised)
    ends = [found.path(team)[-1].realised for team in found.teams]
    there = [value for value in ends if value is not None]
    if not there:
        return f"{what}: missing for every team"
    low, high = formatted(found.measure, min(there)), formatted(found.measure, max(there))
    lie = f"{low} with {of_teams(len(found.teams))}" if low == high else f"{low} to {high} with the teams"
    start = f"{what}: {lie}"
    return fitting([f"{start}, {base} with the baseline, in the same world", start])


def picture(found: CumulativeOutcomes) -> Figure:
    """A panel for each team: its path and the baseline's, before the spread of the other worlds."""
    sheet = Sheet(title(found), [_note(found)], body=KEY + needs(len(found.teams)) + FOOT)
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries())
    low, high = _extent(found)
    panels = [*matrix(sheet, found.teams, top=sheet.top + KEY - 8, foot=FOOT)]
    wide = panels[0].get_position().width * 1280
    ends = [path[-1].realised for path in map(found.path, (BASELINE, *found.teams))]
    least = max(width(formatted(found.measure, end), bold=True) for end in ends) + BESIDE
    for team, axes in zip(found.teams, panels, strict=True):
        last = found.days[-1] * wide / (wide - least)
        axes.set(xlim=(0, last), ylim=(low, high))
        draw(axes, found, team)
        one = MEASURES[found.measure]
        number_axis(axes, "y", most=4, whole=one.unit == "count", lowest=low, is_share=one.is_share)
        axes.xaxis.set_major_locator(FixedLocator(_ticks(found.days, last / wide)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda day, _: number(day)))
    sheet.text((sheet.left + sheet.right) / 2, sheet.bottom - 8, caption(found.measure), ha="center")
    return sheet.figure


def caption(measure: str) -> str:
    """What the axes show."""
    one = MEASURES[measure]
    when = {"level": ", at the end of each move", "average": " on average since StartEx"}
    return f"across: scenario day; up: {with_unit(measure, when.get(one.kind, ' since StartEx'))}"


def rows(found: CumulativeOutcomes) -> Table:
    """A row for each team, the baseline first, and day."""
    return Table.of(
        ("measure", "unit", "team", "is_baseline", "day", "realised", "others", "p10", "median", "p90"),
        [
            (
                found.measure, MEASURES[found.measure].unit, point.team or "baseline",
                point.team == BASELINE, point.day, point.realised, found.worlds, *point.others,
            )
            for team in (BASELINE, *found.teams)
            for point in found.path(team)
        ],
    )  # fmt: skip


def _extent(found: CumulativeOutcomes) -> tuple[float, float]:
    every = [v for point in found.points for v in (point.realised, *point.others) if v is not None]
    low, high = min(every, default=0.0), max(every, default=1.0)
    low = low if MEASURES[found.measure].is_share else 0.0
    pad = 0.1 * (high - low) or 0.05 * abs(high) or 1.0
    return (low if low == 0 else low - pad), high + pad


def _ticks(days: tuple[float, ...], a_pixel: float) -> list[float]:
    """The days on which moves end, as far as their numbers have room beside each other."""
    room = 62 * a_pixel
    kept: list[float] = []
    for day in (days[-1], *reversed(days[:-1])):
        if (not kept or kept[-1] - day >= room) and day >= room / 2:
            kept.append(day)
    return [0.0, *reversed(kept)]


def _entries() -> list[KeyEntry]:
    return [
        KeyEntry("the team, in the world that is played", line=(BLUE, "-")),
        KeyEntry("the baseline in it", line=(INK, DASHED)),
        KeyEntry("the team in 80 % of the other worlds", ground=SKY),
    ]


def _note(found: CumulativeOutcomes) -> str:
    return (
        f"Band: 10th to 90th percentile of {found.worlds} other worlds, same decisions. Upright lines: moves."
    )


PLOT = ExercisePlot(
    "outcomes",
    (
        "A measure since StartEx, move by move: every team and the baseline in the world that is played, "
        "and the spread of the other worlds under the same decisions."
    ),
    CumulativeOutcomes.of,
    title,
    picture,
    rows,
)
