"""Cells: a team's mix in a move as chips of cards, with a bar and words for what it costs."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from tabletop.analysis.words import figure as number
from tabletop.plots.exercise.decision_grid import Chosen, DecisionGrid
from tabletop.plots.lettering import fitted, width
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, INK, ORANGE, PAPER, QUIET, RULE, SKY, VERMILLION, ZONE

PITCH, CHIP, GAP = 29.0, 24.0, 6.0
"""Pixels between two lines of chips, of a chip's height, and between two chips."""
PAD, BAR, COST = 8.0, 12.0, 22.0


def _chips(one: Chosen) -> list[tuple[str, str]]:
    """Words, each with what has become of the card."""
    return [
        *((code, "kept") for code in one.kept),
        *((code, "played") for code in one.played),
        *((f"−{code}", "taken back") for code in one.taken_back),
    ] or [("as the baseline", "none")]


def _laid(one: Chosen, wide: float) -> list[tuple[float, int, str, str]]:
    """Where each chip lies in a cell: pixels from its left, line, word and kind."""
    x, line, laid = 0.0, 0, []
    for word, kind in _chips(one):
        shown = fitted(word, wide - 30, 1)
        needs = width(shown, bold=True) + 12
        if x and x + needs > wide - 14:
            x, line = 0.0, line + 1
        laid.append((x, line, shown, kind))
        x += needs + GAP
    return laid


def height(one: Chosen, wide: float) -> float:
    """Pixels that a cell of some width needs."""
    return PAD + PITCH * (_laid(one, wide)[-1][1] + 1) + BAR + COST + PAD / 2


def draw_cell(
    canvas: Axes, sheet: Sheet, found: DecisionGrid, one: Chosen, place: tuple[float, float], wide: float
) -> None:
    """The chips, the bar and the words, from a pixel on."""
    left, top = place
    looks = {"kept": (ZONE, RULE, INK), "played": (BLUE, BLUE, PAPER), "taken back": (PAPER, INK, INK)}
    line = 0
    for x, line, word, kind in _laid(one, wide):
        y = top + line * PITCH
        if kind == "none":
            sheet.text(left, y + CHIP / 2, word, color=QUIET, va="center_baseline")
            continue
        ground, edge, ink = looks[kind]
        chip = Rectangle(
            (left + x, y), width(word, bold=True) + 12, CHIP, fc=ground, ec=edge, lw=1.2,
            ls=(0, (3, 2)) if kind == "taken back" else "-",
        )  # fmt: skip
        canvas.add_patch(chip)
        sheet.text(
            left + x + 6, y + CHIP / 2, word, color=ink, weight="bold" if kind == "played" else "normal",
            va="center_baseline",
        )  # fmt: skip
    y = top + (line + 1) * PITCH
    _draw_cost(canvas, found, one, (left, y), wide - 22)
    sheet.text(left, y + BAR + COST / 2 + 1, _play_line(found, one, wide - 16), va="center_baseline")


def _draw_cost(
    canvas: Axes, found: DecisionGrid, one: Chosen, place: tuple[float, float], wide: float
) -> None:
    """What the mix adds to the baseline's cost, on the room that the largest budget leaves."""
    budgets = [other.budget - found.baseline_cost for other in found.chosen if other.budget is not None]
    rooms = [*budgets, *(abs(other.cost - found.baseline_cost) for other in found.chosen)]
    scale = max([*rooms, 1e-9])
    x, y = place
    if one.budget is not None:
        room = max(0.0, one.budget - found.baseline_cost) / scale * wide
        canvas.add_patch(Rectangle((x, y), room, BAR, fc=PAPER, ec=INK, lw=1))
    spent = (one.cost - found.baseline_cost) / scale * wide
    colour, hatch = (VERMILLION, "////") if one.is_overspent else (SKY if spent >= 0 else ORANGE, None)
    bar = Rectangle(
        (x, y + 2), abs(spent), BAR - 4, fc=colour, ec=INK if hatch else colour, lw=0, hatch=hatch
    )
    canvas.add_patch(bar)


def _play_line(found: DecisionGrid, one: Chosen, room: float) -> str:
    """What the mix costs, and the flags, as far as there is room."""
    extra = round(one.cost - found.baseline_cost, 6)
    beside = f" ({number(extra, signed=True).replace('-', '−')})" if extra else ""
    cost = f"{money(one.cost)}{beside}"
    flags = [word for word, is_so in (("silent", one.is_silent), ("OVERSPENT", one.is_overspent)) if is_so]
    options = [" · ".join([cost, *flags]), " · ".join([money(one.cost), *flags]), " · ".join(flags), cost]
    return next((said for said in options if said and width(said) <= room), fitted(options[1], room, 1))


def money(cost: float) -> str:
    """Cost units a year, as there is room for them."""
    return number(round(cost, 6), decimals=1)
