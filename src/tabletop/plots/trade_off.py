"""Trade-off: what each mix changes in security and in rights at once, with joint intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin, sqrt

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from scipy.special import fdtri

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.moments import Moments, mean
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.headline import fitting
from tabletop.plots.labels import listed, others, short, unit
from tabletop.plots.lettering import fitted
from tabletop.plots.panels import number_axis
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLACK, BLUE, DASHED, INK, PAPER, QUIET, VERMILLION, ZONE
from tabletop.plots.table import Table

SECURITY, RIGHTS = "incidents", "wrongful_interventions"
COLOURS = (BLUE, VERMILLION, BLACK, "#007a59", "#9c3f74")
"""One after the other, so that a line to a name can be followed; the names carry the meaning."""
LABELS = 300.0
"""Pixels for the names on the right."""
OUTLINE = 90
"""Points on an ellipse."""


@dataclass(frozen=True)
class Region:
    """Where the mean of two paired differences may lie together: an ellipse, or nothing for too few pairs."""

    across: float
    up: float
    outline: tuple[tuple[float, float], ...]


def title(results: Results, compared: Comparison) -> str:
    """Which mixes gain security at the cost of rights, as far as the two verdicts show."""
    names = mix_names(results, compared.mixes)
    said: dict[str, list[str]] = {}
    for mix in others(compared):
        contrasts = [compared.contrast(measure, mix) for measure in (SECURITY, RIGHTS)]
        so_far = "so far " if any(contrast.few_worlds_differ for contrast in contrasts) else ""
        said.setdefault(so_far + _both(*map(_word, contrasts)), []).append(short(names[mix]))
    ordered = sorted(said.items(), key=lambda item: "undecided" in item[0] or "without" in item[0])
    whole = [
        "; ".join(f"{words} ({listed(mixes, most)})" for words, mixes in ordered) for most in (4, 3, 2, 1)
    ]
    found = fitting([*whole, f"{ordered[0][0]} ({listed(ordered[0][1], 1)})"])
    return found[0].upper() + found[1:]


def picture(results: Results, compared: Comparison) -> Figure:
    """Paired differences in two measures, the baseline at the crossing; a line leads to each name."""
    sheet = Sheet(title(results, compared), _notes(compared), body=96 + 52 * len(others(compared)))
    wide, deep = sheet.right - sheet.left - 62 - LABELS, sheet.room - 88
    axes = sheet.axes(sheet.left + 52, sheet.top + 28, wide, deep)
    up = f"difference in {MEASURES[RIGHTS].title.lower()} ({unit(RIGHTS)})"
    sheet.text(sheet.left, sheet.top + 10, up)
    _draw(axes, results, compared)
    return sheet.figure


def panel(axes: Axes, results: Results, compared: Comparison) -> None:
    """The same on given axes, with the names at their right."""
    _draw(axes, results, compared)
    axes.set_ylabel(f"difference in {MEASURES[RIGHTS].title.lower()} ({unit(RIGHTS)})")


def _draw(axes: Axes, results: Results, compared: Comparison) -> None:
    names = mix_names(results, compared.mixes)
    regions = {mix: region(*_differences(results, compared, mix)) for mix in others(compared)}
    _draw_ground(axes, list(regions.values()), short(names[compared.baseline]))
    order = sorted(regions, key=lambda mix: (-regions[mix].up, regions[mix].across, mix))
    for place, mix in enumerate(order):
        colour = COLOURS[place % len(COLOURS)]
        little = any(compared.contrast(name, mix).rests_on_little for name in (SECURITY, RIGHTS))
        _draw_region(axes, regions[mix], colour, dashed=little)
        at = 1 - (place + 0.5) / len(order)
        axes.annotate(
            fitted(names[mix], LABELS - 40, 2), (regions[mix].across, regions[mix].up), (1.03, at),
            textcoords="axes fraction", va="center", color=colour, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 1, "shrinkB": 6, "relpos": (0, 0.5)},
            zorder=6,
        )  # fmt: skip


def data(results: Results, compared: Comparison) -> Table:
    """A row for each mix: the two mean differences, and the extent of their joint interval."""
    rows = []
    for mix in others(compared):
        across, up = _differences(results, compared, mix)
        found = region(across, up)
        ends: list[tuple[float | None, float | None]] = [(None, None), (None, None)]
        if found.outline:
            ends = [(min(axis), max(axis)) for axis in zip(*found.outline, strict=True)]
        rows.append(
            (mix, compared.baseline, len(across), found.across, *ends[0], found.up, *ends[1], CONFIDENCE)
        )
    extent = [f"{m}_{part}" for m in (SECURITY, RIGHTS) for part in ("difference", "joint_low", "joint_high")]
    return Table.of(("mix", "baseline", "replications", *extent, "confidence"), rows)


def region(across: Sequence[float], up: Sequence[float]) -> Region:
    """The joint interval of a mean in two dimensions (Hotelling 1931).

    It needs three pairs, and a spread in both: where one never varies, nothing is known of it.
    """
    n = len(across)
    x, y = mean(across), mean(up)
    if n < 3 or Moments.of(across).is_constant or Moments.of(up).is_constant:
        return Region(x, y, ())
    xx = mean([(a - x) ** 2 for a in across]) * n / (n - 1)
    yy = mean([(b - y) ** 2 for b in up]) * n / (n - 1)
    xy = mean([(a - x) * (b - y) for a, b in zip(across, up, strict=True)]) * n / (n - 1)
    reach = sqrt(2 * (n - 1) / (n * (n - 2)) * float(fdtri(2, n - 2, CONFIDENCE)))
    # Half-axes and direction of the covariance's ellipse.
    middle, spread = (xx + yy) / 2, sqrt(((xx - yy) / 2) ** 2 + xy**2)
    long, narrow = (reach * sqrt(max(0.0, value)) for value in (middle + spread, middle - spread))
    turn = atan2(2 * xy, xx - yy) / 2
    outline = []
    for step in range(OUTLINE + 1):
        along, beside = long * cos(2 * pi * step / OUTLINE), narrow * sin(2 * pi * step / OUTLINE)
        outline.append(
            (x + along * cos(turn) - beside * sin(turn), y + along * sin(turn) + beside * cos(turn))
        )
    return Region(x, y, tuple(outline))


def _differences(results: Results, compared: Comparison, mix: str) -> tuple[list[float], list[float]]:
    columns = results.outcomes(compared.mixes).columns

    def of(measure: str) -> list[float]:
        mine, theirs = (columns[name][measure].numerators for name in (mix, compared.baseline))
        return [one - other for one, other in zip(mine, theirs, strict=True)]

    return of(SECURITY), of(RIGHTS)


def _draw_ground(axes: Axes, regions: list[Region], baseline: str) -> None:
    """Axes with the baseline at the crossing; the corner where both are fewer is grey."""
    for which, at in (("x", 0), ("y", 1)):
        every = [0.0, *(p[at] for r in regions for p in (*r.outline, (r.across, r.up)))]
        low, high = min(every), max(every)
        pad = 0.1 * (high - low) or 1.0
        getattr(axes, f"set_{which}lim")(low - pad, high + pad)
        number_axis(axes, which, signed=True)
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    axes.fill_between([left, 0], bottom, 0, color=ZONE, lw=0, zorder=0)
    axes.axvline(0, color=INK, lw=1.2, zorder=1)
    axes.axhline(0, color=INK, lw=1.2, zorder=1)
    halo = [withStroke(linewidth=4, foreground=PAPER)]
    axes.plot([0], [0], marker="+", markersize=18, markeredgewidth=3, color=INK, zorder=4)
    axes.annotate(
        baseline,
        (0, 0),
        (6, 6),
        textcoords="offset points",
        va="bottom",
        path_effects=halo,
        weight="bold",
        zorder=5,
    )
    if -left > 0.25 * (right - left):
        axes.text(left, bottom, " fewer of both", va="bottom", color=QUIET)
    if right > 0.25 * (right - left):
        axes.text(right, top, "more of both ", va="top", ha="right", color=QUIET)
    axes.set_xlabel(f"difference in {MEASURES[SECURITY].title.lower()} ({unit(SECURITY)})")


def _draw_region(axes: Axes, found: Region, colour: str, *, dashed: bool) -> None:
    if found.outline:
        axes.fill(*zip(*found.outline, strict=True), facecolor=colour, alpha=0.12, lw=0, zorder=2)
        style = DASHED if dashed else "-"
        axes.plot(*zip(*found.outline, strict=True), color=colour, lw=2, ls=style, zorder=3)
    axes.plot(
        [found.across], [found.up], marker="o", markersize=9, color=colour, markeredgecolor=PAPER, zorder=5
    )


def _both(security: str, rights: str) -> str:
    """Both verdicts in words."""
    what = [MEASURES[measure].title.lower() for measure in (SECURITY, RIGHTS)]
    if security == rights:
        joint = " and ".join(what)
        return f"{security} {joint}" if security in {"fewer", "more"} else f"{joint}: {security}"
    told = zip((security, rights), what, strict=True)
    return ", ".join(
        f"{word} {name}" if word in {"fewer", "more"} else f"{name} {word}" for word, name in told
    )


def _word(contrast: Contrast) -> str:
    """'fewer', 'more', or the reason why it is neither."""
    if contrast.verdict in {
        ContrastVerdict.MISSING,
        ContrastVerdict.ONE_REPLICATION,
        ContrastVerdict.TOO_LITTLE,
        ContrastVerdict.UNADJUSTED,
    }:
        return "without verdict"
    if contrast.verdict is ContrastVerdict.UNDECIDED:
        return "undecided"
    if contrast.verdict is ContrastVerdict.SAME_POLICY:
        return "same policy"
    if contrast.verdict is ContrastVerdict.NO_DIFFERENCE_SEEN:
        return "no difference seen"
    if contrast.verdict is ContrastVerdict.EQUIVALENT:
        return "equivalent"
    word = "more" if (contrast.difference or 0.0) > 0 else "fewer"
    return f"{word} by less than δ" if "but" in contrast.verdict else word


def _notes(compared: Comparison) -> list[str]:
    joint = f"Ellipse: joint {share(CONFIDENCE)} interval of the mean paired differences"
    none = "none where one never varies; dashed where it rests on few worlds or skewed outcomes"
    return [f"{joint}, for each mix alone; {none}. {counted(compared)}"]


PLOT = CatalogueFigure(
    "trade_off",
    "Difference of every mix from the baseline in incidents and wrongful interventions at once.",
    title,
    picture,
    data,
    panel=panel,
)
