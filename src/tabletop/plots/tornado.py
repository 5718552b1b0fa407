"""The tornado: what a cost unit more, and one less, on each lever changes in one measure."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.sensitivity import LeverEffect, Sensitivity
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import plural, share
from tabletop.experiment.levers import Study
from tabletop.measures import MEASURES
from tabletop.plots import style
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import unit
from tabletop.plots.panels import TICKS, Panels, number_axis
from tabletop.plots.sheet import Sheet, message
from tabletop.plots.style import BLUE, DASHED, INK, ORANGE, QUIET
from tabletop.plots.table import Table, ends

KEY = 32.0
"""Pixels of the key's line."""
THICK = 0.36
"""Height of a bar, in rows."""
MOST_NAMED = 3
"""Levers that a title names."""


def title(study: Study, measure: str) -> str:
    """On what the next unit is best spent, in this measure."""
    found = _of(study, measure)
    words = found.in_words()
    if found.best is None and len(found.among_best) > MOST_NAMED:
        words = f"nothing can be told apart yet between {len(found.among_best)} of {len(found.ups)} levers"
    return f"{MEASURES[measure].title}: {words.replace('_', ' ')}"


def picture(study: Study, measure: str) -> Figure:
    """A row for each lever, the largest change on top: the upper bar is a unit more, the lower one less."""
    with style.applied():
        found = _of(study, measure)
        levers = _ranked(found)
        if not levers:
            return message(
                title(study, measure), "No step changes it in any world.", _notes(study, found, [])
            )
        head = f"Change of the mean, {unit(measure)} per cost unit a year, from {study.mix}"
        panels = Panels.of([_label(lever) for lever in levers], [head], foot=TICKS + 34)
        sheet = Sheet(title(study, measure), _notes(study, found, levers), body=KEY + panels.needs)
        draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries(found))
        (axes,) = panels.axes(sheet, sheet.top + KEY)
        _draw_rows(axes, found, levers)
        _name_sides(axes, found.direction)
        return sheet.figure


def panel(ax: Axes, study: Study, measure: str) -> None:
    """The same on given axes: blue is a unit more, orange one less; a dashed line rests on few worlds."""
    with style.applied():
        found = _of(study, measure)
        levers = _ranked(found)
        _draw_rows(ax, found, levers)
        ax.set_ylim(len(levers) - 0.5, -0.5)
        ax.set_yticks(range(len(levers)), [_label(lever) for lever in levers])
        ax.set_xlabel(f"change of the mean, {unit(measure)} per cost unit a year, from {study.mix}")
        ax.set_title(title(study, measure))


def data(study: Study) -> Table:
    """A row for each measure and step, in the order of the ranking."""
    return Table.of(
        (
            "measure", "unit", "direction", "mix", "lever", "way", "before", "after", "spent",
            "effect_per_unit", "low", "high", "confidence", "replications", "differing",
            "few_worlds_differ", "cautions", "among_best",
        ),
        [
            (
                found.measure, MEASURES[found.measure].unit, found.direction, study.mix, effect.lever, way,
                _settings(step.before), _settings(step.after), step.spent, effect.per_unit,
                *ends(effect.interval), effect.interval.confidence if effect.interval else None, effect.n,
                effect.differing, effect.few_worlds_differ, "; ".join(effect.cautions),
                effect.lever in found.among_best if way == "up" else None,
            )
            for found in study.sensitivities
            for way, effects in (("up", found.ups), ("down", found.downs))
            for effect in effects
            for step in (study.step(effect.lever, "up" if way == "up" else "down"),)
        ],
    )  # fmt: skip


def _ranked(found: Sensitivity) -> list[str]:
    """The levers that change something, that of the largest change first."""
    ups, downs = _by_lever(found)
    moved = dict.fromkeys(e.lever for e in (*found.ups, *found.downs) if e.differing)
    return sorted(moved, key=lambda lever: -_reach(ups.get(lever), downs.get(lever)))


def _by_lever(found: Sensitivity) -> tuple[dict[str, LeverEffect], dict[str, LeverEffect]]:
    """The effects of a unit more, and of one less, by lever."""
    ups, downs = ({e.lever: e for e in effects} for effects in (found.ups, found.downs))
    return ups, downs


def _draw_rows(axes: Axes, found: Sensitivity, levers: list[str]) -> None:
    """Two bars for each lever, from the top."""
    ups, downs = _by_lever(found)
    axes.axvline(0, color=INK, lw=1.2, zorder=3)
    for row, lever in enumerate(levers):
        _draw(axes, row - THICK / 2, ups.get(lever), 1, BLUE)
        _draw(axes, row + THICK / 2, downs.get(lever), -1, ORANGE)
    number_axis(axes, "x", most=7, signed=True)


def _of(study: Study, measure: str) -> Sensitivity:
    return next(found for found in study.sensitivities if found.measure == measure)


def _reach(*effects: LeverEffect | None) -> float:
    return max(abs(e.per_unit or 0.0) for e in effects if e is not None)


def _draw(axes: Axes, y: float, effect: LeverEffect | None, sign: int, colour: str) -> None:
    """A bar, and the interval of its end; a step down changes the opposite of what its unit had bought."""
    if effect is None or effect.per_unit is None:
        return
    axes.barh(y, sign * effect.per_unit, THICK, color=colour, zorder=2)
    if effect.interval is not None:
        dashes = DASHED if effect.cautions else "-"
        span = [sign * effect.interval.low, sign * effect.interval.high]
        axes.plot(span, [y, y], color=INK, lw=1.6, ls=dashes, zorder=4)


def _label(lever: str) -> str:
    return lever.replace("_", " ")


def _settings(values: tuple[float, ...]) -> str:
    return "; ".join(repr(value) for value in values)


def _entries(found: Sensitivity) -> list[KeyEntry]:
    entries = [KeyEntry("a unit more", ground=BLUE), KeyEntry("a unit less", ground=ORANGE)]
    if any(e.cautions and e.interval for e in (*found.ups, *found.downs)):
        entries.append(KeyEntry(f"fewer than {FEW_WORLDS} worlds tell, or skewed", line=(INK, DASHED)))
    return entries


def _name_sides(axes: Axes, direction: int) -> None:
    sides = {-1: ("◀ better", "worse ▶"), 1: ("◀ worse", "better ▶"), 0: ("◀ lower", "higher ▶")}
    for at, side, word in zip((0, 1), ("left", "right"), sides[direction], strict=True):
        axes.annotate(
            word, (at, 0), (0, -TICKS * 0.72), ha=side, va="top", color=QUIET,
            textcoords="offset points", xycoords="axes fraction",
        )  # fmt: skip


def _notes(study: Study, found: Sensitivity, shown: list[str]) -> list[str]:
    effects = (*found.ups, *found.downs)
    inert = [_label(lever) for lever in dict.fromkeys(e.lever for e in effects) if lever not in shown]
    notes = [f"No difference seen: {', '.join(inert)}."] if inert and shown else []
    price = f"A step costs at most {number(study.unit)} a year."
    line = (
        f"Line: interval of the mean paired difference, all {len(effects)} at {share(CONFIDENCE)} together."
    )
    return [*notes, f"{price} {line} {plural(found.n, 'replication')}."]
