"""The verdict grid: every mix against the baseline in every primary measure, the better side right."""

from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.key import LINE, KeyEntry, draw_key, key_lines
from tabletop.plots.labels import leading_measure, mix_numbers, others, short, shown_measures
from tabletop.plots.lettering import fitted
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import MARGIN, Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.style import DASHED, INK, MARKS, QUIET, RULE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import Side, better_word, capital, in_prose, of_all, side, spelled, titled

HEAD, ROW, KEY, NUMBER = 64.0, 46.0, 40.0, 84.0
MOST_COLUMNS = 4


def title(results: Results, compared: Comparison) -> str:
    """With how many mixes the leading measure is better, and how many are worse in another."""
    measure, mixes = leading_measure(results, compared), others(compared)
    if measure not in compared.primary:
        return f"{capital(in_prose(measure))}: differences from the baseline, without verdict"
    better = [mix for mix in mixes if side(compared.contrast(measure, mix)) is Side.BETTER]
    rest = [name for name in compared.primary if name != measure]
    pay = [m for m in mixes if any(side(compared.contrast(name, m)) is Side.WORSE for name in rest)]
    what = f"{better_word(measure)} {in_prose(measure)}"
    if better:
        gain = f"{capital(what)} with {of_all(len(better), len(mixes))}"
    else:
        baseline = short(mix_names(results, compared.mixes)[compared.baseline])
        gain = f"No mix is known to have {what} than {baseline}"
    if not rest:
        return titled([gain])
    price = f"{spelled(len(pay))} pay{'s' if len(pay) == 1 else ''} in another measure"
    return titled([f"{gain}; {price if pay else 'none is known to pay elsewhere'}", gain])


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """A row for each mix, a column for each measure: interval and mark, and the difference in figures."""
    measures, mixes = shown_measures(results, compared), others(compared)
    most = 1 if form.is_narrow else MOST_COLUMNS if form.is_titled else 2
    blocks = ceil(len(measures) / most)
    columns = ceil(len(measures) / blocks)
    shown = [compared.contrast(name, mix) for name in measures for mix in mixes]
    signs = [] if form.is_narrow else entries(shown)
    key = KEY + LINE * (len(key_lines(form, form.width - 2 * MARGIN, signs)) - 1)
    body = key + blocks * (HEAD + ROW * len(mixes) + 12)
    sheet = Sheet(title(results, compared), notes(results, compared), body=body, form=form)
    canvas = sheet.canvas()
    draw_key(sheet, sheet.left, sheet.bottom - key + KEY / 2 + 4, signs)
    label = 44.0 if form.is_narrow else 292.0
    wide = (sheet.right - sheet.left - label) / columns
    deep = (sheet.room - key) / blocks
    for place, measure in enumerate(measures):
        block, column = divmod(place, columns)
        x, y = sheet.left + label + column * wide, sheet.top + block * deep
        if not column:
            _draw_rows(sheet, canvas, results, compared, y + HEAD, deep - HEAD - 12)
        _draw_column(sheet, canvas, results, compared, measure, (x, y, wide, deep - 12))
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each measure and mix."""
    return Table.of(
        (
            "measure", "unit", "mix", "baseline", "replications", "differing", "worlds_lower",
            "worlds_higher",
            "difference", "low", "high", "confidence", "method", "adjustment", "delta", "verdict",
            "few_worlds_differ", "skewed", "in_words",
        ),
        [
            (
                c.measure, MEASURES[c.measure].unit, c.mix, c.baseline, c.n, c.differing, c.worlds.lower,
                c.worlds.higher, c.difference, *ends(c.interval),
                c.interval.confidence if c.interval else None,
                c.interval.method.value if c.interval else None,
                "Bonferroni" if c.primary else "unadjusted",
                c.delta, c.verdict.value, c.few_worlds_differ, c.is_skewed, c.in_words(),
            )
            for name in shown_measures(results, compared)
            for c in (compared.contrast(name, mix) for mix in others(compared))
        ],
    )  # fmt: skip


def notes(results: Results, compared: Comparison) -> list[str]:
    """What a line is."""
    together = compared.intervals_together
    held = f"{share(CONFIDENCE)} for all {together} at once" if together > 1 else share(CONFIDENCE)
    return [f"Line: interval of the mean difference, {held}. Right is better. {counted(compared)}"]


def entries(contrasts: list[Contrast]) -> list[KeyEntry]:
    """What the marks that occur mean."""
    words = {
        MARKS[c.verdict].word: KeyEntry(MARKS[c.verdict].word, MARKS[c.verdict])
        for c in sorted(contrasts, key=lambda c: list(MARKS).index(c.verdict))
        if c.difference is not None and MARKS[c.verdict].shape != "|"
    }
    found = [*words.values(), KeyEntry("too small to matter", ground="#e9e9e9")]
    if any(c.rests_on_little for c in contrasts):
        found.append(KeyEntry("few worlds differ, or skewed", line=(INK, DASHED)))
    return found


def _draw_rows(
    sheet: Sheet, canvas: Axes, results: Results, compared: Comparison, top: float, deep: float
) -> None:
    """Badges and names, and a line under each row."""
    mixes = others(compared)
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    pitch = deep / len(mixes)
    radius = min(14.0, pitch / 2 - 1)
    texts = shortened([names[mix] for mix in mixes], 244.0, sheet.form.text, bold=True)
    for row, mix in enumerate(mixes):
        y = top + (row + 0.5) * pitch
        sheet.badge(canvas, sheet.left + 16, y, numbers[mix], radius=radius)
        if not sheet.form.is_narrow:
            sheet.text(sheet.left + 40, y, texts[row], weight="bold")
        edge = top + (row + 1) * pitch
        canvas.plot([sheet.left, sheet.right], [edge, edge], color=RULE, lw=1, zorder=0)


def _draw_column(
    sheet: Sheet,
    canvas: Axes,
    results: Results,
    compared: Comparison,
    measure: str,
    box: tuple[float, float, float, float],
) -> None:
    x, y, wide, deep = box
    mixes = others(compared)
    delta = results.design.scenario.measures[measure].delta
    numerals = Numerals.of(measure, delta)
    head = fitted(MEASURES[measure].title, wide - 12, 1, sheet.form.text, bold=True)
    sheet.text(x, y + 16, head, weight="bold")
    mean = compared.estimates[measure][compared.baseline].value
    has = "missing" if mean is None else numerals.mean(mean)
    said = f"{has}; {better_word(measure)} is better" if MEASURES[measure].direction else has
    sheet.text(x, y + 44, fitted(said, wide - 8, 1, sheet.form.small), size=sheet.form.small, color=QUIET)
    contrasts = [compared.contrast(measure, mix) for mix in mixes]
    direction = MEASURES[measure].direction
    scale = Scale.of_contrasts(contrasts, delta, direction, x + 2, x + wide - NUMBER - 10)
    top, pitch = y + HEAD, (deep - HEAD) / len(mixes)
    low, high = sorted((scale.at(-delta), scale.at(delta)))
    canvas.add_patch(Rectangle((low, top), high - low, deep - HEAD, fc=INK, alpha=0.09, lw=0, zorder=0))
    zero = scale.at(0.0)
    canvas.plot([zero, zero], [top, top + deep - HEAD], color=INK, lw=1.2, zorder=1)
    for row, contrast in enumerate(contrasts):
        middle = top + (row + 0.5) * pitch
        mark, at = MARKS[contrast.verdict], x + wide - 16
        if contrast.difference is None or side(contrast) is Side.SAME:
            word = "missing" if contrast.difference is None else "none"
            sheet.text(at, middle, word, ha="right", color=QUIET, size=sheet.form.small)
            continue
        if contrast.interval is not None:
            ends_at = [scale.at(contrast.interval.low), scale.at(contrast.interval.high)]
            style = DASHED if contrast.rests_on_little else "-"
            canvas.plot(ends_at, [middle, middle], color=mark.colour, lw=3, ls=style, zorder=2)
        canvas.plot([scale.at(contrast.difference)], [middle], **mark.drawn(9.0), zorder=3)
        decided = side(contrast).is_decided
        text = numerals.difference(contrast.difference)
        weight, ink = ("bold", INK) if decided else ("normal", QUIET)
        sheet.text(at, middle, text, ha="right", weight=weight, color=ink)


PLOT = CatalogueFigure(
    "paired_differences",
    "Difference of every mix from the baseline in every primary measure, with its interval and δ.",
    title,
    picture,
    data,
    notes,
)
