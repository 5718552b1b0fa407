"""What each pillar changes, and what two change because they meet, the largest first."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.factorial import Effect, Factorial
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import plural, share
from tabletop.experiment.pillars import Pillars
from tabletop.measures import MEASURES
from tabletop.plots import style
from tabletop.plots.form import SLIDE
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.lettering import fitted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import DASHED, INK, MARKS, QUIET, ZONE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import better_word, in_prose, of_all

NAME = "pillar_effects"
MOST_COLUMNS = 2
"""Measures on a sheet; of more, there are more sheets."""
HEAD, ROW, KEY, GAP = 66.0, 30.0, 44.0, 48.0
"""Pixels of a column's head, an effect, the key, and between columns."""
LABEL, NUMBER = 296.0, 84.0
"""Pixels of names and of figures."""


def pictures(found: Pillars) -> dict[str, Figure]:
    """The sheets by name, each with at most two measures."""
    every = [*found.factorials.values()]
    parts = [every[i : i + MOST_COLUMNS] for i in range(0, len(every), MOST_COLUMNS)]
    return {
        NAME if len(parts) == 1 else f"{NAME}-{place}": picture(found, part)
        for place, part in enumerate(parts, start=1)
    }


def title(shown: Sequence[Factorial]) -> str:
    """How many pillars, and how many interactions, are shown to change the first measure."""
    first = shown[0]
    known = sum(one.is_shown for one in first.mains)
    meet = sum(one.is_shown for one in first.pairs)
    whom = f"{of_all(known, len(first.mains))} pillars" if known else "no pillar"
    pairs = plural(meet, "interaction") if meet else "no interaction"
    return f"Shown to change {in_prose(first.measure)}: {whom}, {pairs}"


def notes(found: Pillars, shown: Sequence[Factorial]) -> list[str]:
    """What an effect is, and what a line is."""
    together = len(shown[0].effects)
    worlds = plural(len(found.outcomes.replications), "world")
    return [
        (
            "An effect: combinations with it less those without. ×: what changes because two meet. "
            f"Line: {share(CONFIDENCE)} for all {together} of a measure at once. Grey: less than δ. {worlds}."
        )
    ]


def picture(found: Pillars, shown: Sequence[Factorial]) -> Figure:
    """A column for each measure, a row for each effect; the better side right."""
    with style.applied():
        deep = ROW * max(len(one.effects) for one in shown)
        sheet = Sheet(title(shown), notes(found, shown), body=HEAD + deep + KEY, form=SLIDE)
        canvas = sheet.canvas()
        wide = (sheet.right - sheet.left - GAP * (len(shown) - 1)) / len(shown)
        for place, one in enumerate(shown):
            _draw_column(sheet, canvas, one, sheet.left + place * (wide + GAP), wide)
        draw_key(sheet, sheet.left, sheet.top + HEAD + deep + KEY / 2, _entries(shown))
        return sheet.figure


def data(found: Pillars) -> Table:
    """A row for each measure and effect, in the order in which they are drawn."""
    return Table.of(
        (
            "measure", "unit", "direction", "effect_of", "effect", "low", "high", "confidence", "delta",
            "replications", "differing", "verdict", "cautions",
        ),
        [
            (
                one.measure, MEASURES[one.measure].unit, MEASURES[one.measure].direction,
                " × ".join(one.factors), one.value, *ends(one.interval),
                one.interval.confidence if one.interval else None, one.delta, one.n, one.differing,
                one.verdict.value, "; ".join(one.cautions),
            )
            for of in found.factorials.values()
            for one in ranked(of)
        ],
    )  # fmt: skip


def ranked(of: Factorial) -> list[Effect]:
    """Main effects and two-way interactions, the largest first; equal ones in the order of the pillars."""
    return sorted(of.effects, key=lambda one: -abs(one.value or 0.0))


def _draw_column(sheet: Sheet, canvas: Axes, of: Factorial, x: float, wide: float) -> None:
    measure, effects = MEASURES[of.measure], ranked(of)
    delta = effects[0].delta
    numerals, small, top = Numerals.of(of.measure, delta / 10), sheet.form.small, sheet.top + HEAD
    unit = f", {numerals.unit()}" if numerals.unit() else ""
    sheet.text(x, sheet.top + 16, fitted(measure.title, wide, 1, small, bold=True), weight="bold", size=small)
    left = x + LABEL
    sheet.text(left, sheet.top + 44, f"{better_word(of.measure)} →{unit}", size=small, color=QUIET)
    scale = Scale.spanning(_reached(effects), measure.direction, left + 2, x + wide - NUMBER - 12)
    bottom = top + ROW * len(effects)
    canvas.fill_betweenx([top, bottom], scale.at(-delta), scale.at(delta), color=ZONE, lw=0, zorder=0)
    canvas.plot([scale.at(0.0)] * 2, [top, bottom], color=INK, lw=1.2, zorder=1)
    for place, effect in enumerate(effects):
        y = top + (place + 0.5) * ROW
        name = fitted(" × ".join(effect.factors), LABEL - 12, 1, small)
        sheet.text(x, y, name, size=small, weight="bold" if len(effect.factors) == 1 else "normal")
        if effect.value is None or not effect.differing:
            word = "missing" if effect.value is None else "none"
            sheet.text(x + wide, y, word, ha="right", color=QUIET, size=small)
            continue
        mark = MARKS[effect.verdict]
        if effect.interval is not None:
            span = [scale.at(effect.interval.low), scale.at(effect.interval.high)]
            canvas.plot(
                span, [y, y], color=mark.colour, lw=2.6, ls=DASHED if effect.cautions else "-", zorder=2
            )
        canvas.plot([scale.at(effect.value)], [y], **mark.drawn(8.0), zorder=3)
        weight, ink = ("bold", INK) if effect.is_shown else ("normal", QUIET)
        text = numerals.difference(effect.value)
        sheet.text(x + wide, y, text, ha="right", weight=weight, color=ink, size=small)


def _reached(effects: Sequence[Effect]) -> Iterator[float]:
    """What a column's scale must hold: nothing, δ on both sides, every effect and its interval."""
    yield from (0.0, -effects[0].delta, effects[0].delta)
    for effect in effects:
        if effect.value is not None:
            yield effect.value
        if effect.interval is not None:
            yield from (effect.interval.low, effect.interval.high)


def _entries(shown: Sequence[Factorial]) -> list[KeyEntry]:
    """What the marks that occur mean."""
    every = [one for of in shown for one in of.effects if one.differing]
    words = {MARKS[one.verdict].word: MARKS[one.verdict] for one in every}
    entries = [KeyEntry(word, mark) for word, mark in words.items()]
    if any(one.cautions for one in every):
        entries.append(KeyEntry("few worlds differ, or skewed", line=(INK, DASHED)))
    return entries
