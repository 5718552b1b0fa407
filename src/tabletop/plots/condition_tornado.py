"""The tornado of conditions: what part of the spread between variants goes with each, and its slope."""

from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.shares import Shares
from tabletop.analysis.words import plural, share
from tabletop.experiment.robustness.study import Robustness
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.lettering import broken, fitted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.study_figure import StudyFigure
from tabletop.plots.study_labels import mix_number, mix_title
from tabletop.plots.style import INK, QUIET, RULE, ZONE, Mark
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import better_word, capital, in_prose, of_mixes, spelled, titled

MOST = 5
"""Conditions of a panel: those with the largest shares."""
HEAD, ROW, TALL, AXIS, KEY, GAP = 66.0, 30.0, 56.0, 40.0, 40.0, 44.0
"""Pixels of a panel's head, a condition of one line or two, what is below, the key, and between panels."""
NAME, SHARES, BETWEEN = 226.0, 136.0, 60.0
"""Pixels of names, of the scale of shares, and between the two scales."""
KNOWN = Mark("its interval leaves 0", INK, "o")
OPEN = Mark("it holds 0", INK, "o", filled=False)


def told(study: Robustness, measure: str, mix: str) -> tuple[Shares | None, str]:
    """The shares of a contrast; or why none is drawn: there are none, or the largest may be nothing."""
    found = study.shares(measure, mix)
    if found is None:
        return None, "nothing can be said of its conditions"
    if not found.of:
        return None, found.told
    if found.of[0].interval.low <= 0:
        return None, "no single condition is shown to have a share"
    return found, ""


def title(study: Robustness, measure: str) -> str:
    """Which condition has the largest share for most mixes, and for how many."""
    first = [found.of[0].condition for mix in study.others if (found := told(study, measure, mix)[0])]
    leading = max(dict.fromkeys(first), key=first.count)
    what, whom = capital(in_prose(measure)), of_mixes(first.count(leading), len(study.others))
    return titled(
        [
            f"{what}: {leading} has the largest share for {whom}",
            f"{what}: {leading} leads for {whom}",
            f"{what}: one condition has the largest share for {whom}",
            f"One condition has the largest share for {whom}",
        ]
    )


def notes(study: Robustness, measure: str) -> list[str]:
    """What a share and a slope are, and on what they rest."""
    conditions = len(study.ranges.titles)
    has_choices = any(one.choices is not None for one in study.ranges.uncertain)
    choices = ", or from the first choice to the last" if has_choices else ""
    shown = f" The {spelled(MOST)} largest of {conditions}." if conditions > MOST else ""
    return [
        (
            "Share of what differs between variants, luck removed. Right: how far the difference moves from "
            f"the lower end of the range to the upper{choices}. Line: {share(CONFIDENCE)} for one number."
            f"{shown} {plural(len(study.points), 'variant')}, {plural(study.asked.worlds, 'world')} each."
        )
    ]


def picture(study: Robustness, measure: str, form: Form) -> Figure:
    """A panel for each mix, a row for each of its largest conditions: share, and slope, better right."""
    across = 2 if len(study.others) > 1 else 1
    rows = min(MOST, len(study.ranges.titles))
    deep = HEAD + _row(study, form) * rows + AXIS
    body = deep * ceil(len(study.others) / across) + KEY
    sheet = Sheet(title(study, measure), notes(study, measure), body=body, form=form)
    canvas = sheet.canvas()
    wide = (sheet.right - sheet.left - GAP * (across - 1)) / across
    names = shortened([mix_title(study, mix) for mix in study.others], wide - 40, form.text, bold=True)
    slopes = _slopes(study, measure)
    for place, mix in enumerate(study.others):
        row, column = divmod(place, across)
        x, y = sheet.left + column * (wide + GAP), sheet.top + row * deep
        sheet.badge(canvas, x + 14, y + 16, mix_number(study, mix), radius=14.0)
        sheet.text(x + 36, y + 16, names[place], weight="bold")
        found, why = told(study, measure, mix)
        if found is None:
            said = "\n".join(broken(f"{capital(why)}.", wide - 40, form.small))
            sheet.text(x + 36, y + HEAD + 4, said, va="top", size=form.small, color=QUIET)
            continue
        _draw_panel(sheet, canvas, study, measure, found, slopes, (x, y + HEAD, wide))
    entries = [KeyEntry(KNOWN.word, KNOWN), KeyEntry(OPEN.word, OPEN), KeyEntry("less than δ", ground=ZONE)]
    draw_key(sheet, sheet.left, sheet.bottom - KEY / 2 + 4, entries)
    return sheet.figure


def data(study: Robustness) -> Table:
    """A row for each measure, mix and condition; where nothing is told, one row says why."""
    heads = (
        "measure", "unit", "mix", "condition", "share", "share_low", "share_high", "slope", "slope_low",
        "slope_high", "confidence", "delta", "luck_in_the_spread", "why_none_is_drawn",
    )  # fmt: skip
    return Table.of(
        heads,
        [row for measure in study.measures for mix in study.others for row in _rows(study, measure, mix)]
        if study.points
        else [],
    )


def _rows(study: Robustness, measure: str, mix: str) -> list[tuple[str | float | None, ...]]:
    found, why = study.shares(measure, mix), told(study, measure, mix)[1]
    start = (measure, MEASURES[measure].unit, mix)
    delta = study.scenario.measures[measure].delta
    luck = None if found is None else _luck(found)
    if found is None or not found.of:
        return [(*start, *[None] * 7, CONFIDENCE, delta, luck, why)]
    return [
        (
            *start, one.condition, one.share, *ends(one.interval), one.slope, *ends(one.slope_interval),
            CONFIDENCE, delta, luck, why or None,
        )
        for one in found.of
    ]  # fmt: skip


def _luck(found: Shares) -> float | None:
    whole = found.spread.noise + found.spread.conditions
    return found.spread.noise / whole if whole > 0 else None


def _row(study: Robustness, form: Form) -> float:
    """Pixels of a condition: more where a name takes two lines."""
    names = [broken(name, NAME - 16, form.small) for name in study.ranges.titles]
    return TALL if max(map(len, names)) > 1 else ROW


def _slopes(study: Robustness, measure: str) -> tuple[float, float]:
    """The ends of the scale of slopes, the better one last: nothing, δ on both sides, and every interval."""
    delta = study.scenario.measures[measure].delta
    every = [told(study, measure, mix)[0] for mix in study.others]
    intervals = [one.slope_interval for found in every if found for one in found.of[:MOST]]
    values = [1.1 * delta, -1.1 * delta, *(end for one in intervals for end in (one.low, one.high))]
    scale = Scale.spanning(values, MEASURES[measure].direction, 0.0, 1.0)
    return scale.first, scale.last


def _draw_panel(
    sheet: Sheet,
    canvas: Axes,
    study: Robustness,
    measure: str,
    found: Shares,
    slopes: tuple[float, float],
    box: tuple[float, float, float],
) -> None:
    x, top, wide = box
    small, shown = sheet.form.small, found.of[:MOST]
    delta, (first, last) = study.scenario.measures[measure].delta, slopes
    numerals = Numerals.of(measure, delta / 10)
    deep = _row(study, sheet.form)
    bottom = top + deep * len(shown)
    of_share = Scale(0.0, 1.0, x + NAME, x + NAME + SHARES)
    of_slope = Scale(first, last, x + NAME + SHARES + BETWEEN, x + wide - 6)
    unit = f", {numerals.unit()}" if numerals.unit() else ""
    sheet.text(of_share.start, top - 18, "share", size=small, color=QUIET)
    head = fitted(f"{better_word(measure)} →{unit}", of_slope.end - of_slope.start, 1, small)
    sheet.text(of_slope.start, top - 18, head, size=small, color=QUIET)
    low, high = sorted((of_slope.at(-delta), of_slope.at(delta)))
    canvas.add_patch(Rectangle((low, top), high - low, bottom - top, fc=ZONE, lw=0, zorder=0))
    for scale, ticks, words in (
        (of_share, [0.0, 0.5, 1.0], lambda at: f"{100 * at:.0f} %"),
        (of_slope, of_slope.ticks(3), numerals.tick),
    ):
        canvas.plot([scale.at(0.0)] * 2, [top, bottom], color=INK, lw=1.2, zorder=1)
        for tick in ticks:
            canvas.plot([scale.at(tick)] * 2, [bottom, bottom + 5], color=QUIET, lw=1, zorder=1)
            sheet.text(scale.at(tick), bottom + 17, words(tick), ha="center", size=small, color=QUIET)
    for row, one in enumerate(shown):
        y = top + (row + 0.5) * deep
        sheet.text(x, y, fitted(one.condition, NAME - 16, 2, small), size=small)
        canvas.plot([x, x + wide], [y + deep / 2] * 2, color=RULE, lw=0.6, zorder=0)
        _draw_line(canvas, of_share, y, one.share, one.interval)
        _draw_line(canvas, of_slope, y, one.slope, one.slope_interval)


def _draw_line(canvas: Axes, scale: Scale, y: float, value: float, interval: Interval) -> None:
    """A number with its interval, as far as the scale goes."""
    low, high = sorted((scale.first, scale.last))
    within = [scale.at(min(max(end, low), high)) for end in (interval.low, interval.high)]
    mark = KNOWN if interval.excludes_zero() else OPEN
    canvas.plot(within, [y, y], color=INK, lw=2.4, zorder=2)
    canvas.plot([scale.at(min(max(value, low), high))], [y], **mark.drawn(8.0), zorder=3)


def _sheets(study: Robustness) -> tuple[str, ...]:
    if not study.points:
        return ()
    return tuple(m for m in study.measures if any(told(study, m, mix)[0] for mix in study.others))


def _lacks(study: Robustness) -> str:
    if not study.points or _sheets(study):
        return ""
    whys = dict.fromkeys(told(study, measure, mix)[1] for measure in study.measures for mix in study.others)
    return f"No shares of conditions are drawn: {'; or '.join(whys)}."


PLOT = StudyFigure(
    "condition_tornado",
    "What part of the spread between variants goes with each condition, and how far it moves a difference.",
    _sheets,
    title,
    picture,
    notes,
    data,
    _lacks,
)
