"""The levers: what a cost unit more on each buys in each primary measure, in the order of the pillars."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.sensitivity import LeverEffect, Sensitivity
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import plural, share
from tabletop.experiment.lever_steps import LeverStep
from tabletop.experiment.levers import Study
from tabletop.measures import MEASURES
from tabletop.plots import style
from tabletop.plots.form import SLIDE
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.lettering import fitted, width
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet, message
from tabletop.plots.style import DASHED, INK, MARKS, QUIET, RULE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import better_word, capital, spelled
from tabletop.scenario.policy import LEVERS

MOST_COLUMNS = 3
"""Measures on a sheet; of more, there are more sheets."""
HEAD, ROW, KEY, GAP = 62.0, 27.0, 44.0, 8.0
"""Pixels of a column's head, a lever, the key, and between pillars."""
PILLAR, LEVER, STEP, NUMBER = 154.0, 206.0, 144.0, 76.0
"""Pixels of the columns of words, and of the figures behind a picture."""

_DECIDED = (
    ContrastVerdict.BETTER, ContrastVerdict.WORSE, ContrastVerdict.HIGHER, ContrastVerdict.LOWER,
)  # fmt: skip


def title(study: Study, shown: Sequence[Sensitivity] | None = None) -> str:
    """How many effects of a unit more can be told from nothing, in the measures shown."""
    of = study.sensitivities if shown is None else shown
    known = sum(verdict(effect, one.direction) in _DECIDED for one in of for effect in one.ups)
    said = f"{capital(spelled(known))} {'effect' if known == 1 else 'effects'}" if known else "No effect"
    return f"What a cost unit more buys: {said[:1].lower()}{said[1:]} can be told from nothing"


def pictures(study: Study) -> dict[str, Figure]:
    """The sheets by name, each with at most three measures."""
    every = study.sensitivities
    parts = [every[i : i + MOST_COLUMNS] for i in range(0, len(every), MOST_COLUMNS)]
    if len(parts) == 1:
        return {"levers": picture(study, parts[0])}
    return {f"levers-{place}": picture(study, part) for place, part in enumerate(parts, start=1)}


def picture(study: Study, shown: Sequence[Sensitivity]) -> Figure:
    """A row for each lever that can be moved up, a column for each measure; the better side right."""
    with style.applied():
        steps = [step for step in study.steps if step.way == "up"]
        if not steps or not shown:
            return message(title(study, shown), "No lever can be moved up.", notes(study, shown), SLIDE)
        pillars = [(name, list(of)) for name, of in groupby(steps, key=lambda s: LEVERS[s.lever].pillar)]
        deep = ROW * len(steps) + GAP * len(pillars)
        sheet = Sheet(title(study, shown), notes(study, shown), body=HEAD + deep + KEY, form=SLIDE)
        canvas = sheet.canvas()
        draw_key(sheet, sheet.left, sheet.top + HEAD + deep + KEY / 2, _entries(shown))
        top = sheet.top + HEAD
        rows = dict(_rows(sheet, canvas, pillars, top))
        left = sheet.left + PILLAR + LEVER + STEP
        wide = (sheet.right - left) / len(shown)
        head = "a cost unit a year" if study.unit == 1 else f"{number(study.unit)} cost units a year"
        sheet.text(left - 24, top - 20, head, ha="right", size=sheet.form.small, color=QUIET)
        for place, one in enumerate(shown):
            _draw_column(sheet, canvas, study, one, rows, (left + place * wide, wide, top, top + deep))
        return sheet.figure


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


def notes(study: Study, shown: Sequence[Sensitivity]) -> list[str]:
    """What a line is, and which levers have no row."""
    moved = {step.lever for step in study.steps if step.way == "up"}
    fixed = [_words(one.lever) for one in study.apart if one.lever not in moved]
    still = [f"No step up: {', '.join(fixed)}."] if fixed else []
    tested = max((len(one.ups) + len(one.downs) for one in shown), default=0)
    n = shown[0].n if shown else 0
    line = f"Line: {share(CONFIDENCE)} for all {tested} steps of a measure at once."
    start = study.scenario.policy_mixes[study.mix].title or study.mix
    return [*still, f"“none”: no world differs. {line} {plural(n, 'world')}, from {start}."]


def verdict(effect: LeverEffect, direction: int) -> ContrastVerdict:
    """What is known of an effect: on which side of nothing it lies, if on one."""
    if effect.per_unit is None:
        return ContrastVerdict.MISSING
    if not effect.differing:
        return ContrastVerdict.NO_DIFFERENCE_SEEN
    if effect.interval is None and not effect.is_equal:
        return ContrastVerdict.TOO_LITTLE
    up, down = (
        (ContrastVerdict.HIGHER, ContrastVerdict.LOWER)
        if direction == 0
        else (ContrastVerdict.BETTER, ContrastVerdict.WORSE)
    )
    if effect.helps(direction or 1):
        return up
    return down if effect.helps(-(direction or 1)) else ContrastVerdict.UNDECIDED


def _rows(
    sheet: Sheet, canvas: Axes, pillars: Sequence[tuple[str, list[LeverStep]]], top: float
) -> Iterator[tuple[str, float]]:
    """Write pillars, levers and steps; the middle of each lever's row, in pixels from the top."""
    y, small = top, sheet.form.small
    for pillar, steps in pillars:
        sheet.text(sheet.left, y + ROW / 2, pillar, weight="bold", size=small)
        for step in steps:
            middle = y + ROW / 2
            x = sheet.left + PILLAR
            sheet.text(x, middle, _words(step.lever), size=small)
            moved = " · ".join(
                f"{number(before)} → {number(after)}"
                for before, after in dict.fromkeys(zip(step.before, step.after, strict=True))
            )
            room = LEVER + STEP - 24 - width(_words(step.lever), small) - 12
            said = fitted(moved, room, 1, small)
            sheet.text(x + LEVER + STEP - 24, middle, said, ha="right", size=small, color=QUIET)
            yield step.lever, middle
            y += ROW
        canvas.plot([sheet.left, sheet.right], [y + GAP / 2] * 2, color=RULE, lw=1, zorder=0)
        y += GAP


def _draw_column(
    sheet: Sheet,
    canvas: Axes,
    study: Study,
    found: Sensitivity,
    rows: dict[str, float],
    box: tuple[float, float, float, float],
) -> None:
    x, wide, top, bottom = box
    measure = MEASURES[found.measure]
    numerals = Numerals.of(found.measure, study.scenario.measures[found.measure].delta)
    small = sheet.form.small
    unit = f", {numerals.unit()}" if numerals.unit() else ""
    sheet.text(x, top - 46, fitted(measure.title, wide - 8, 1, small, bold=True), weight="bold", size=small)
    sheet.text(x, top - 20, f"{better_word(found.measure)} →{unit}", size=small, color=QUIET)
    effects = {effect.lever: effect for effect in found.ups}
    scale = Scale.spanning(_reached(effects.values()), found.direction, x + 2, x + wide - NUMBER - 12)
    zero = scale.at(0.0)
    canvas.plot([zero, zero], [top, bottom - GAP / 2], color=INK, lw=1.2, zorder=1)
    for lever, middle in rows.items():
        effect = effects[lever]
        known = verdict(effect, found.direction)
        at = x + wide - 14
        if effect.per_unit is None or not effect.differing:
            word = "missing" if effect.per_unit is None else "none"
            sheet.text(at, middle, word, ha="right", color=QUIET, size=small)
            continue
        mark = MARKS[known]
        if effect.interval is not None:
            span = [scale.at(effect.interval.low), scale.at(effect.interval.high)]
            dashes = DASHED if effect.cautions else "-"
            canvas.plot(span, [middle, middle], color=mark.colour, lw=2.6, ls=dashes, zorder=2)
        canvas.plot([scale.at(effect.per_unit)], [middle], **mark.drawn(8.0), zorder=3)
        weight, ink = ("bold", INK) if known in _DECIDED else ("normal", QUIET)
        text = numerals.difference(effect.per_unit)
        sheet.text(at, middle, text, ha="right", weight=weight, color=ink, size=small)


def _reached(effects: Iterable[LeverEffect]) -> Iterator[float]:
    """What a column's scale must hold: nothing, every effect, and both ends of its interval."""
    yield 0.0
    for effect in effects:
        if effect.per_unit is not None:
            yield effect.per_unit
        if effect.interval is not None:
            yield from (effect.interval.low, effect.interval.high)


def _entries(shown: Sequence[Sensitivity]) -> list[KeyEntry]:
    """What the marks that occur mean."""
    every = [(effect, verdict(effect, one.direction)) for one in shown for effect in one.ups]
    occurring = {known for effect, known in every if effect.differing}
    entries = [KeyEntry(MARKS[one].word, MARKS[one]) for one in MARKS if one in occurring]
    if any(effect.cautions and effect.interval for effect, _ in every):
        entries.append(KeyEntry(f"fewer than {FEW_WORLDS} worlds differ, or skewed", line=(INK, DASHED)))
    return entries


def _words(lever: str) -> str:
    return lever.replace("_", " ")


def _settings(values: tuple[float, ...]) -> str:
    return "; ".join(repr(value) for value in values)
