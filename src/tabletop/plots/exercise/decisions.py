"""Decisions: every team's cards in play, move by move, and what they cost beside the budget."""

from collections import Counter

from matplotlib.figure import Figure

from tabletop.analysis.words import figure as number
from tabletop.analysis.words import plural
from tabletop.plots.exercise.cells import PAD, draw_cell, height, money
from tabletop.plots.exercise.decision_grid import DecisionGrid
from tabletop.plots.exercise.plot import ExercisePlot
from tabletop.plots.exercise.words import of_teams
from tabletop.plots.headline import fitting
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import listed
from tabletop.plots.lettering import fitted, width
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, QUIET, RULE, SKY, ZONE
from tabletop.plots.table import Table

KEY, HEAD = 32.0, 52.0


def title(found: DecisionGrid) -> str:
    """Which cards most teams have in play at the end; silence and overspending, if there was any."""
    last = len(found.moves) - 1
    counts: Counter[str] = Counter()
    for team in found.teams:
        one = found.at(team, last)
        counts.update({*one.kept, *one.played})
    silent = sum(one.is_silent for one in found.chosen)
    over = sum(one.is_overspent for one in found.chosen)
    flags = [f"{count} {word}" for count, word in ((silent, "silent"), (over, "overspent")) if count]
    tail = f"; of {plural(len(found.chosen), 'decision')} {' and '.join(flags)}" if flags else ""
    if not counts:
        return f"No team has a card in play in move {last + 1}{tail}"
    most = max(counts.values())
    top = sorted(code for code in counts if counts[code] == most)
    who = of_teams(most) if most == len(found.teams) else f"{most} of {plural(len(found.teams), 'team')}"
    start = f"Most in play in move {last + 1}: "
    return fitting(f"{start}{listed(top, n)}, with {who}{end}" for end in (tail, "") for n in (6, 4, 2, 1))


def picture(found: DecisionGrid) -> Figure:
    """A table of chips, a team a row and a move a column; under them what the mix adds to the cost."""
    labels = [fitted(team, 190, 2) for team in found.teams]
    left = max(width(part) for label in labels for part in label.split("\n")) + 44
    wide = (1236 - left + 22) / len(found.moves)
    deep = [
        max(height(found.at(team, move), wide) for move in range(len(found.moves))) for team in found.teams
    ]
    sheet = Sheet(title(found), [_note(found)], body=KEY + HEAD + sum(deep))
    spare = max(0.0, sheet.room - KEY - HEAD - sum(deep)) / len(deep)
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries())
    canvas = sheet.canvas()
    for move, (name, day) in enumerate(found.moves):
        head = f"{move + 1} {name}"
        x = left + move * wide
        sheet.text(x, sheet.top + KEY + 12, fitted(head, wide - 14, 1, bold=True), weight="bold")
        budget = found.chosen[move * len(found.teams)].budget
        cap = f"day {number(day)}" + ("" if budget is None else f", budget {money(budget)}")
        sheet.text(x, sheet.top + KEY + 35, fitted(cap, wide - 8, 1), color=QUIET)
    y = sheet.top + KEY + HEAD
    for team, label, needed in zip(found.teams, labels, deep, strict=True):
        canvas.plot([sheet.left, sheet.right], [y, y], color=RULE, lw=1)
        sheet.text(left - 22, y + needed / 2, label, ha="right", linespacing=1.1)
        for move in range(len(found.moves)):
            draw_cell(canvas, sheet, found, found.at(team, move), (left + move * wide, y + PAD), wide)
        y += needed + spare
    return sheet.figure


def rows(found: DecisionGrid) -> Table:
    """A row for each move and team."""
    return Table.of(
        (
            "move", "move_name", "day", "team", "kept", "played", "taken_back", "yearly_cost", "budget",
            "baseline_yearly_cost", "silent", "overspent",
        ),
        [
            (
                one.move + 1, *found.moves[one.move], one.team, " ".join(one.kept), " ".join(one.played),
                " ".join(one.taken_back), one.cost, one.budget, found.baseline_cost, one.is_silent,
                one.is_overspent,
            )
            for one in found.chosen
        ],
    )  # fmt: skip


def _entries() -> list[KeyEntry]:
    return [
        KeyEntry("played in this move", ground=BLUE),
        KeyEntry("in play before", ground=ZONE),
        KeyEntry("frame: what the budget adds to the baseline; filled: what the mix adds", ground=SKY),
    ]


def _note(found: DecisionGrid) -> str:
    base = money(found.baseline_cost)
    return f"Cost units a year once all cards work; in brackets beside the baseline's {base}. −: taken back."


PLOT = ExercisePlot(
    "decisions",
    "Every team's cards in play, move by move, and their yearly cost beside the budget.",
    DecisionGrid.of,
    title,
    picture,
    rows,
)
