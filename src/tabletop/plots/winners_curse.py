"""The winner's curse: what screening saw of those that it kept, beside what they come to on fresh luck."""

from matplotlib.figure import Figure

from tabletop.analysis.words import plural
from tabletop.experiment.robustness.sentences import numerals_of
from tabletop.experiment.search.result import Search
from tabletop.measures import MEASURES
from tabletop.plots import style
from tabletop.plots.form import SLIDE
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet, message
from tabletop.plots.style import INK, QUIET, RULE, Mark
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import better_word, in_prose
from tabletop.spreadsheet import Cell

NAME = "winners_curse"
FIRST = Mark("first stage", "#7a7a7a", "d", filled=False)
LAST = Mark("last stage", INK, "s", filled=False)
FRESH = Mark("fresh luck, with interval", INK, "o")
HEAD, ROW, KEY, LABEL, NUMBER, GAP = 66.0, 46.0, 44.0, 130.0, 84.0, 40.0
"""Pixels of a column's head, a row, the key, names, figures, and between columns."""


def title(found: Search) -> str:
    """For how many finalists fresh luck is less kind than the first stage was."""
    aim, mixes = found.goal.aims[0], _mixes(found)
    direction = MEASURES[aim].direction
    worse = sum(
        direction * ((found.comparison.contrast(aim, mix).difference or 0.0) - found.screened(mix)[0][1][0])
        < 0
        for mix in mixes
    )
    return f"Fresh luck is less kind to {worse} of {plural(len(mixes), 'finalist')} in {in_prose(aim)}"


def notes(found: Search) -> list[str]:
    """What the marks are."""
    worlds = ", ".join(f"{one.worlds}" for one in found.stages)
    return [
        (
            f"Difference from {found.scenario.baseline}. Screening looked at {worlds} worlds in all, and "
            f"chose by them; fresh: {plural(len(found.fresh.replications), 'other world')}, whose intervals "
            "hold together."
        )
    ]


def picture(found: Search) -> Figure:
    """A row for each finalist, a column for each aim; the better side right."""
    with style.applied():
        mixes = _mixes(found)
        if not mixes:
            return message("No finalist", "No proposed mix is left.", ["Nothing was judged."], SLIDE)
        deep = ROW * len(mixes)
        sheet = Sheet(title(found), notes(found), body=HEAD + deep + KEY, form=SLIDE)
        canvas, small, top = sheet.canvas(), sheet.form.small, sheet.top + HEAD
        aims = found.goal.aims
        wide = (sheet.right - sheet.left - LABEL - GAP * (len(aims) - 1)) / len(aims)
        for row, mix in enumerate(mixes):
            y = top + (row + 0.5) * ROW
            sheet.text(sheet.left, y, mix, size=small, weight="bold")
            canvas.plot([sheet.left, sheet.right], [y + ROW / 2] * 2, color=RULE, lw=0.6, zorder=0)
        for place, aim in enumerate(aims):
            x = sheet.left + LABEL + place * (wide + GAP)
            numerals = numerals_of(found.scenario, aim)
            head = " in ".join(filter(None, (MEASURES[aim].title, numerals.unit())))
            sheet.text(x, sheet.top + 14, head, weight="bold", size=small)
            sheet.text(x, sheet.top + 42, f"{better_word(aim)} →", size=small, color=QUIET)
            scale = _scale(found, aim, x, x + wide - NUMBER)
            canvas.plot([scale.at(0.0)] * 2, [top, top + deep], color=INK, lw=1.2, zorder=1)
            for row, mix in enumerate(mixes):
                y = top + (row + 0.5) * ROW
                looked, contrast = found.screened(mix), found.comparison.contrast(aim, mix)
                first, last = looked[0][1][place], looked[-1][1][place]
                canvas.plot([scale.at(first)], [y], **FIRST.drawn(8.0), zorder=4)
                canvas.plot([scale.at(last)], [y], **LAST.drawn(8.0), zorder=4)
                if contrast.difference is None:
                    continue
                canvas.plot(
                    [scale.at(first), scale.at(contrast.difference)], [y, y], color=RULE, lw=1, zorder=1
                )
                if contrast.interval is not None:
                    span = [scale.at(contrast.interval.low), scale.at(contrast.interval.high)]
                    canvas.plot(span, [y, y], color=INK, lw=2.4, zorder=2)
                canvas.plot([scale.at(contrast.difference)], [y], **FRESH.drawn(6.0), zorder=5)
                text = numerals.difference(contrast.difference)
                sheet.text(x + wide, y, text, ha="right", size=small)
        entries = [KeyEntry(mark.word, mark) for mark in (FIRST, LAST, FRESH)]
        draw_key(sheet, sheet.left, top + deep + KEY / 2, entries)
        return sheet.figure


def data(found: Search) -> Table:
    """A row for each finalist, aim and look at it."""
    rows: list[tuple[Cell, ...]] = []
    for mix in _mixes(found):
        for place, aim in enumerate(found.goal.aims):
            rows += [
                (mix, aim, MEASURES[aim].unit, "screening", worlds, scores[place], None, None)
                for worlds, scores in found.screened(mix)
            ]
            contrast = found.comparison.contrast(aim, mix)
            fresh = len(found.fresh.replications)
            rows.append(
                (mix, aim, MEASURES[aim].unit, "fresh", fresh, contrast.difference, *ends(contrast.interval))
            )
    return Table.of(("mix", "measure", "unit", "luck", "worlds", "difference", "low", "high"), rows)


def _mixes(found: Search) -> list[str]:
    return [mix for mix in found.contenders if mix in found.finalists]


def _scale(found: Search, aim: str, start: float, end: float) -> Scale:
    place, reached = found.goal.aims.index(aim), [0.0]
    for mix in _mixes(found):
        looked, contrast = found.screened(mix), found.comparison.contrast(aim, mix)
        reached += [looked[0][1][place], looked[-1][1][place]]
        if contrast.interval is not None:
            reached += [contrast.interval.low, contrast.interval.high]
    return Scale.spanning(reached, MEASURES[aim].direction, start, end)
