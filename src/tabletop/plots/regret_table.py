"""The table of regret: how far each mix is behind the best, on average over the variants, as a range."""

from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.numerals import Numerals
from tabletop.analysis.regret import Regret, Worst
from tabletop.analysis.words import plural
from tabletop.experiment.robustness.study import Robustness
from tabletop.measures import MEASURES
from tabletop.plots.form import SLIDE, Form
from tabletop.plots.headline import fitting
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.lettering import fitted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import clipped, shortened
from tabletop.plots.study_figure import WHOLE, StudyFigure
from tabletop.plots.study_labels import mix_number, mix_title
from tabletop.plots.style import INK, QUIET, RULE, Mark
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import capital, in_prose, spelled

MOST_COLUMNS = 3
"""Measures beside each other."""
HEAD, ROW, KEY, LABEL, GAP = 62.0, 40.0, 44.0, 288.0, 24.0
"""Pixels of a column's head, a row, the key, of names, and between columns."""
NUMBERS, BEST = 126.0, 62.0
"""Pixels of the two numbers, and of in how many variants a mix is best."""
FRESH = Mark("the largest, on fresh luck", INK, "D", filled=False)
ENDS = "on other worlds to on the same: no interval"


def ranges(study: Robustness, measure: str) -> dict[str, tuple[float, float, Regret]]:
    """Both means of each mix, the smaller first; what is too small on average may be below 0."""
    found = {one.mix: one for one in study.regret(measure)}
    return {mix: (*_ordered(one.low, one.high), one) for mix, one in found.items()}


def largest(study: Robustness, measure: str, mix: str) -> Worst | None:
    """The largest regret on fresh luck; None where none was run."""
    fresh = [one for one in study.worst(measure, mix) if one.interval is not None]
    return max(fresh, key=lambda one: one.fresh, default=None)


def title(study: Robustness, _sheet: str = WHOLE) -> str:
    """Which mix has the best mean in most variants, in the leading measure; a tie is said to be one."""
    measure = _measures(study)[0]
    found = {one.mix: one for one in study.regret(measure)}
    most = max(one.best_in for one in found.values())
    first = [mix for mix, one in found.items() if one.best_in == most]
    variants = found[first[0]].variants
    has, tie = ("has", "ties") if len(first) == 1 else ("have", "tie")
    for_it = f", or {tie} for it," if has_ties(study, measure) else ""
    count = f"{has} the best mean{for_it} in {most:,} of {plural(variants, 'variant')}"
    what = capital(in_prose(measure))
    if len(first) > 1:
        return f"{what}: {spelled(len(first))} of {spelled(len(found))} mixes {count} each"
    name = mix_title(study, first[0])
    return fitting((f"{what}: {one} {count}" for one in (name, clipped(name), "one mix")), SLIDE.title)


def has_ties(study: Robustness, measure: str) -> bool:
    """Whether in some variant the means of two mixes are the best alike, so that both count."""
    found = study.regret(measure)
    return sum(one.best_in for one in found) > found[0].variants


def notes(study: Robustness, _sheet: str = WHOLE) -> list[str]:
    """What the two ends of a bar are."""
    ties = ", or ties" if any(has_ties(study, measure) for measure in _measures(study)) else ""
    fresh = "" if study.asked.regret else " The largest regret is told from fresh luck alone: --regret."
    return [
        (
            "How far a mix is behind the best of all, on average. Bar: best picked on other worlds than it "
            "is judged on (too small on average) to picked on the same (too large). Best: in so many "
            f"variants its mean is the best{ties}. No interval; nothing is summed over measures. "
            f"{plural(len(study.points), 'variant')}, {plural(study.asked.worlds, 'world')} each.{fresh}"
        )
    ]


def picture(study: Robustness, _sheet: str, form: Form) -> Figure:
    """A row for each mix, a column for each measure; right is better: nothing behind."""
    measures, mixes = _measures(study), study.mixes
    across = min(MOST_COLUMNS, len(measures))
    blocks = ceil(len(measures) / across)
    deep = HEAD + ROW * len(mixes) + 14
    sheet = Sheet(title(study), notes(study), body=deep * blocks + KEY, form=form)
    canvas = sheet.canvas()
    wide = (sheet.right - sheet.left - LABEL) / across
    names = shortened([mix_title(study, mix) for mix in mixes], LABEL - 56, form.small, bold=True)
    for block in range(blocks):
        top = sheet.top + block * deep + HEAD
        for row, mix in enumerate(mixes):
            y = top + (row + 0.5) * ROW
            sheet.badge(canvas, sheet.left + 16, y, mix_number(study, mix), radius=13.0)
            sheet.text(sheet.left + 38, y, names[row], size=form.small, weight="bold")
            canvas.plot([sheet.left, sheet.right], [y + ROW / 2] * 2, color=RULE, lw=0.8, zorder=0)
        for column, measure in enumerate(measures[block * across : (block + 1) * across]):
            _draw_column(sheet, canvas, study, measure, (sheet.left + LABEL + column * wide, top, wide))
    entries = [KeyEntry(ENDS, line=(INK, "-"))]
    if study.asked.regret:
        entries.append(KeyEntry(FRESH.word, FRESH))
    draw_key(sheet, sheet.left, sheet.bottom - KEY / 2 + 4, entries)
    return sheet.figure


def data(study: Robustness) -> Table:
    """A row for each measure and mix."""
    heads = (
        "measure", "unit", "mix", "too_small", "too_large", "best_in", "variants", "largest", "low", "high",
        "in_variant", "behind",
    )  # fmt: skip
    rows = []
    for measure in _measures(study):
        for one in study.regret(measure):
            most = largest(study, measure, one.mix)
            told = (
                (None,) * 5 if most is None else (most.fresh, *ends(most.interval), most.variant, most.behind)
            )
            unit = MEASURES[measure].unit
            rows.append((measure, unit, one.mix, one.low, one.high, one.best_in, one.variants, *told))
    return Table.of(heads, rows)


def _ordered(one: float, other: float) -> tuple[float, float]:
    return min(one, other), max(one, other)


def _measures(study: Robustness) -> tuple[str, ...]:
    """The measures of which there is regret."""
    return tuple(measure for measure in study.measures if study.regret(measure)) if study.points else ()


def _draw_column(
    sheet: Sheet, canvas: Axes, study: Robustness, measure: str, box: tuple[float, float, float]
) -> None:
    x, top, wide = box[0] + GAP, box[1], box[2] - GAP
    small, found = sheet.form.small, ranges(study, measure)
    most = {mix: largest(study, measure, mix) for mix in found}
    reached = [end for low, high, _ in found.values() for end in (low, high)]
    intervals = [one.interval for one in most.values() if one and one.interval]
    reached += [end for one in intervals for end in (one.low, one.high)]
    worst = max([*reached, study.scenario.measures[measure].delta])
    least = min([0.0, *reached])
    scale = Scale(worst * 1.05, least, x, x + wide - NUMBERS - BEST - 14)
    numerals = Numerals.of(measure, study.scenario.measures[measure].delta)
    unit = f" ({numerals.unit()})" if numerals.unit() else ""
    head = fitted(f"{MEASURES[measure].title}{unit}", wide - 12, 1, small, bold=True)
    sheet.text(x, top - 46, head, size=small, weight="bold")
    sheet.text(x, top - 16, "less →", size=small, color=QUIET)
    sheet.text(x + wide - BEST - 8, top - 16, "behind", ha="right", size=small, color=QUIET)
    sheet.text(x + wide - 8, top - 16, "best", ha="right", size=small, color=QUIET)
    canvas.plot([scale.at(0.0)] * 2, [top, top + ROW * len(found)], color=INK, lw=1.2, zorder=1)
    leading = max(one.best_in for _, _, one in found.values())
    for row, (mix, (low, high, one)) in enumerate(found.items()):
        y = top + (row + 0.5) * ROW
        fresh = most[mix]
        at = y - 6 if fresh else y
        span = [scale.at(low), scale.at(high)]
        canvas.plot(span, [at, at], color=INK, lw=6, solid_capstyle="butt", zorder=2)
        canvas.plot(span, [at, at], color=INK, ls="none", marker="|", ms=9, mew=2, zorder=2)
        if fresh is not None and fresh.interval is not None:
            span = [scale.at(fresh.interval.low), scale.at(fresh.interval.high)]
            canvas.plot(span, [y + 9] * 2, color=INK, lw=1.8, zorder=2)
            canvas.plot([scale.at(fresh.fresh)], [y + 9], **FRESH.drawn(6.0), zorder=3)
        said = " to ".join(dict.fromkeys(map(numerals.amount, (low, high))))
        sheet.text(x + wide - BEST - 8, y, said, ha="right", size=small)
        weight = "bold" if one.best_in == leading else "normal"
        sheet.text(x + wide - 8, y, f"{one.best_in:,}", ha="right", size=small, weight=weight)


PLOT = StudyFigure(
    "regret_table",
    "How far each mix is behind the best of all, measure by measure, and how often its mean is the best.",
    lambda study: (WHOLE,) if _measures(study) else (),
    title,
    picture,
    notes,
    data,
)
