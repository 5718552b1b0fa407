"""Predictions: each team's 80 % range, what happened, and the model's own range, move by move."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.words import plural
from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.exercise.predictions import Scored
from tabletop.measures import MEASURES
from tabletop.plots.exercise.plot import ExercisePlot
from tabletop.plots.headline import fitting
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import with_unit
from tabletop.plots.lettering import fitted, width
from tabletop.plots.number_axis import TICKS, number_axis
from tabletop.plots.sheet import Sheet, message
from tabletop.plots.style import BLUE, INK, QUIET, RULE, VERMILLION, Mark
from tabletop.plots.table import Table

KEY, HEAD, GAP = 34.0, 30.0, 30.0
LEAST_ROW = 42.0
MOST_COLUMNS = 4


@dataclass(frozen=True)
class Predictions:
    """One measure: what teams expected of each revealed move, and what happened."""

    measure: str
    moves: tuple[str, ...]
    """Names of those that are revealed."""
    teams: tuple[str, ...]
    scored: tuple[tuple[str, int, Scored], ...]
    """Team, move (0 for the first) and prediction, of those who predicted."""

    @classmethod
    def of(cls, outcomes: ExerciseOutcomes) -> "Iterator[Predictions]":
        """One for each measure of which somebody predicted something in a move that is revealed."""
        state = outcomes.state
        for measure in state.plan.predictions:
            scored = []
            for (team, move, of), said in state.predictions.items():
                if of == measure and move < len(outcomes.moves):
                    one = outcomes.moves[move].scored(team, measure, said.low, said.high)
                    if one is not None:
                        scored.append((team, move, one))
            scored.sort(key=lambda found: (found[1], state.teams.index(found[0])))
            if scored:
                names = tuple(move.name for move in state.plan.moves[: len(outcomes.moves)])
                yield cls(measure, names, state.teams, tuple(scored))

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"predictions_{self.measure}"


def title(found: Predictions) -> str:
    """How many ranges held what happened, of how many, and how many of the model's did."""
    count = len(found.scored)
    hits = sum(one.is_hit for _, _, one in found.scored)
    models = sum(one.models_low <= one.happened <= one.models_high for _, _, one in found.scored)
    start = f"{MEASURES[found.measure].title}: {hits} of {plural(count, 'range')} held what happened"
    return fitting([f"{start}, where 80 % should; of the model's own, {models} did", start])


def picture(found: Predictions) -> Figure:
    """A panel for each move, a row for each team."""
    if not found.scored:
        return message(title(found), "Nobody predicted anything.", _notes())
    columns = min(MOST_COLUMNS, len(found.moves))
    bands = ceil(len(found.moves) / columns)
    foot = TICKS + 8
    sheet = Sheet(
        title(found), _notes(), body=KEY + 28 + bands * (HEAD + len(found.teams) * LEAST_ROW + foot)
    )
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries())
    labels = [fitted(team, 170, 2) for team in found.teams]
    left = max(width(part) for label in labels for part in label.split("\n")) + 22
    wide = (sheet.right - sheet.left - left - (columns - 1) * GAP - 12) / columns
    deep = (sheet.room - KEY - 28) / bands
    for move, name in enumerate(found.moves):
        band, column = divmod(move, columns)
        x, y = sheet.left + left + column * (wide + GAP), sheet.top + KEY + band * deep
        head = fitted(f"{move + 1} {name}", wide + GAP - 8, 1, bold=True)
        sheet.text(x, y + HEAD / 2 - 2, head, weight="bold")
        axes = sheet.axes(x, y + HEAD, wide, deep - HEAD - foot)
        _draw(axes, found, move, labels if not column else [""] * len(labels))
    caption = with_unit(found.measure, " in the move")
    sheet.text((sheet.left + left + sheet.right) / 2, sheet.bottom - 10, caption, ha="center")
    return sheet.figure


def rows(found: Predictions) -> Table:
    """A row for each prediction; scores in widths of the baseline's range, less is better."""
    return Table.of(
        (
            "measure", "unit", "move", "team", "low", "high", "happened", "hit", "score", "model_low",
            "model_high", "model_score", "scale",
        ),
        [
            (
                found.measure, MEASURES[found.measure].unit, move + 1, team, one.low, one.high, one.happened,
                one.is_hit, one.score, one.models_low, one.models_high, one.models_score, one.scale,
            )
            for team, move, one in found.scored
        ],
    )  # fmt: skip


def _draw(axes: Axes, found: Predictions, move: int, labels: list[str]) -> None:
    axes.set_ylim(len(found.teams) - 0.5, -0.5)
    axes.set_yticks(range(len(found.teams)), labels)
    axes.tick_params(axis="y", length=0, pad=8)
    axes.spines["left"].set_visible(False)
    here = {team: one for team, of, one in found.scored if of == move}
    ends = [end for one in here.values() for end in _every(one)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    pad = 0.08 * (high - low) or 0.5
    axes.set_xlim(low - pad, high + pad)
    for row, team in enumerate(found.teams):
        if row:
            axes.axhline(row - 0.5, color=RULE, lw=0.8, zorder=0)
        if team not in here:
            axes.text(0.5, row, "no prediction", transform=axes.get_yaxis_transform(), ha="center",
                      va="center_baseline", color=QUIET)  # fmt: skip
            continue
        one = here[team]
        _draw_range(axes, row - 0.14, one.low, one.high, BLUE, 0.26)
        _draw_range(axes, row + 0.2, one.models_low, one.models_high, RULE, 0.18)
        axes.plot([one.happened] * 2, [row - 0.34, row + 0.34], color=INK, lw=1.6, zorder=4)
        axes.plot([one.happened], [row - 0.14], zorder=5, **(HIT if one.is_hit else MISS).drawn(9))
    asked = MEASURES[found.measure]
    number_axis(axes, "x", most=3, whole=asked.unit == "count", lowest=0.0, is_share=asked.is_share)


def _every(one: Scored) -> tuple[float, ...]:
    return one.low, one.high, one.happened, one.models_low, one.models_high


def _draw_range(axes: Axes, y: float, low: float, high: float, colour: str, tall: float) -> None:
    """A bar; a range without width is a bar as thin as can be seen."""
    left, right = axes.get_xlim()
    least = 0.006 * (right - left)
    wide = max(high - low, least)
    axes.barh(y, wide, tall, left=(low + high - wide) / 2, color=colour, edgecolor=INK, lw=0.6, zorder=2)


HIT = Mark("happened, within the range", INK, "o", filled=False)
MISS = Mark("happened, outside", VERMILLION, "X")


def _entries() -> list[KeyEntry]:
    return [
        KeyEntry("the team's 80 % range", ground=BLUE),
        KeyEntry("the model's", ground=RULE),
        KeyEntry(f"○ {HIT.word}"),
        KeyEntry(f"✖ {MISS.word}"),
    ]


def _notes() -> list[str]:
    return ["A range that is believed is right 8 times of 10. Predictions are no part of any outcome."]


PLOT = ExercisePlot(
    "predictions",
    (
        "What each team expected of a measure at 80 %, what happened, and the model's own range for the "
        "team's mix, move by move."
    ),
    Predictions.of,
    title,
    picture,
    rows,
)
