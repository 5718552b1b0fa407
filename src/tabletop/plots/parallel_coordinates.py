"""What finalists move: a line for each mix over the levers, all candidates behind them in grey."""

from matplotlib.figure import Figure

from tabletop.analysis.front import Place
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import plural
from tabletop.experiment.search.result import Search
from tabletop.plots import style
from tabletop.plots.form import SLIDE
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.lettering import fitted
from tabletop.plots.sheet import Sheet
from tabletop.plots.spreading import spread_out
from tabletop.plots.style import BLUE, INK, QUIET, RULE, ZONE
from tabletop.plots.table import Table
from tabletop.scenario.policy import LEVERS

NAME = "parallel_coordinates"
MOST = 12
"""Levers that have an axis: those that finalists move most unlike the candidates."""
HEAD, DEEP, FOOT, KEY = 40.0, 290.0, 150.0, 44.0
NAME_OF_LEVER, GAP = 184.0, 20.0
"""Pixels that the name of a lever may take along its slope, and between the names of two mixes."""
_LINES = {
    Place.ON: (BLUE, 2.6, "-"),
    Place.PERHAPS: (INK, 1.8, (0, (5, 2))),
    Place.OFF: (INK, 1.2, (0, (1, 2))),
}
"""Colour, width and dashes of a finalist's line; dashes differ, so that they do in grey."""
_WORDS = {Place.ON: "on the front", Place.PERHAPS: "may be on it", Place.OFF: "shown to be beaten"}


def levers(found: Search) -> list[str]:
    """The levers that have an axis, in the order of the pillars."""
    ranked = dict.fromkeys(one.lever for one in found.moved)
    moved = {lever for mix in found.finalists for lever in found.shifts(mix)}
    chosen = [lever for lever in ranked if lever in moved][:MOST]
    return [lever for lever in LEVERS if lever in chosen]


def title(found: Search) -> str:
    """Which lever is shown to be raised or cut in finalists, if one is."""
    shown = [one for one in found.moved if one.is_shown]
    if not shown:
        return "No lever is shown to be moved more often in finalists than in candidates"
    first = shown[0]
    more = f", and {len(shown) - 1} more" if len(shown) > 1 else ""
    name = first.lever.replace("_", " ")
    return f"{name} is {first.way} in {first.chosen} of {first.of_chosen} finalists{more}"


def notes(found: Search) -> list[str]:
    """What a line is, and which levers have no axis."""
    shown, every = len(levers(found)), len({lever for mix in found.finalists for lever in found.shifts(mix)})
    which = f" {shown} of {every} levers that finalists move." if shown < every else ""
    return [
        (
            "A line is a mix; ring: the baseline's setting. Grey: all "
            f"{plural(len(found.stages[0].scores), 'candidate')}.{which} No line says why a mix does well."
        )
    ]


def picture(found: Search) -> Figure:
    """An axis for each lever, from its lowest setting among the candidates to its highest."""
    with style.applied():
        names = levers(found)
        sheet = Sheet(title(found), notes(found), body=HEAD + DEEP + FOOT + KEY, form=SLIDE)
        canvas, small, top = sheet.canvas(), sheet.form.small, sheet.top + HEAD
        settings = {mix: _settings(found, mix) for mix in (*found.stages[0].scores, found.scenario.baseline)}
        ends = {
            name: (min(of[name] for of in settings.values()), max(of[name] for of in settings.values()))
            for name in names
        }
        step = (sheet.right - sheet.left - 152) / max(1, len(names) - 1)
        xs = [sheet.left + 112 + place * step for place in range(len(names))]

        def at(name: str, value: float) -> float:
            low, high = ends[name]
            return top + DEEP * (1 - (value - low) / (high - low)) if high > low else top + DEEP / 2

        for mix in found.stages[0].scores:
            ys = [at(name, settings[mix][name]) for name in names]
            canvas.plot(xs, ys, color=ZONE, lw=0.7, zorder=0)
        for name, x in zip(names, xs, strict=True):
            canvas.plot([x, x], [top, top + DEEP], color=RULE, lw=1.4, zorder=1)
            low, high = ends[name]
            sheet.text(x, top - 14, number(high), ha="center", size=small * 0.9)
            sheet.text(x, top + DEEP + 19, number(low), ha="center", size=small * 0.9)
            said = fitted(name.replace("_", " "), NAME_OF_LEVER, 1, small * 0.9)
            sheet.text(x + 6, top + DEEP + 36, said, ha="right", va="top", size=small * 0.9, rotation=38)
            own = settings[found.scenario.baseline][name]
            canvas.plot([x], [at(name, own)], marker="o", ms=9, mfc="white", mec=INK, mew=1.6, zorder=5)
        for mix in found.finalists:
            colour, wide, dashes = _LINES.get(found.place(mix) or Place.OFF, _LINES[Place.OFF])
            ys = [at(name, settings[mix][name]) for name in names]
            canvas.plot(xs, ys, color=colour, lw=wide, ls=dashes, zorder=3)
        begins = [at(names[0], settings[mix][names[0]]) for mix in found.finalists] if names else []
        spread = spread_out(begins, GAP, top, top + DEEP)
        for mix, y, begin in zip(found.finalists, spread, begins, strict=False):  # no axis, no names
            canvas.plot([xs[0] - 26, xs[0] - 8], [y, begin], color=QUIET, lw=0.8, zorder=1)
            said = fitted(mix, xs[0] - 30 - sheet.left, 1, small * 0.9)
            sheet.text(xs[0] - 30, y, said, ha="right", size=small * 0.9)
        places = {found.place(mix) or Place.OFF for mix in found.finalists}
        entries = [KeyEntry(_WORDS[p], line=(_LINES[p][0], _LINES[p][2])) for p in Place if p in places]
        draw_key(sheet, sheet.left, top + DEEP + FOOT + KEY / 2, [*entries, KeyEntry("baseline: ring")])
        return sheet.figure


def data(found: Search) -> Table:
    """A row for each mix and lever that has an axis."""
    names = levers(found)
    rows = [
        (
            mix,
            mix == found.scenario.baseline,
            mix in found.finalists,
            name,
            LEVERS[name].unit,
            _settings(found, mix)[name],
        )
        for mix in (found.scenario.baseline, *found.stages[0].scores)
        for name in names
    ]
    return Table.of(("mix", "baseline", "finalist", "lever", "unit", "setting"), rows)


def _settings(found: Search, mix: str) -> dict[str, float]:
    """Every lever of a mix on day 0; unlimited staff counts as the baseline's."""
    base = found.scenario.policies(found.scenario.baseline)[0][1]
    shifts = found.shifts(mix) if mix != found.scenario.baseline else {}
    return {name: float(lever.of(base) or 0.0) + shifts.get(name, 0.0) for name, lever in LEVERS.items()}
