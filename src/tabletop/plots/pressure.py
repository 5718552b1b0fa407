"""Pressure: how busy every pool of every mix is, and how long its work waits."""

from math import ceil, inf

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.bottleneck import BUSY, bottleneck
from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import POOL_MEASURES
from tabletop.plots.form import Form
from tabletop.plots.headline import fitting, so_far
from tabletop.plots.labels import listed, short
from tabletop.plots.lettering import fitted, width
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import ORANGE, PAPER, TEXT, ink_on
from tabletop.plots.table import Table, ends
from tabletop.pools import POOLS

SHADES = LinearSegmentedColormap.from_list(
    "busy",
    [(0.0, "#f7fbff"), (0.5, "#dbe9f6"), (BUSY - 1e-3, "#9ecae1"), (BUSY, "#2166ac"), (1.0, "#08306b")],
    N=1001,
)
"""From idle to busy: one hue, ever darker, so that grey keeps the order; dark from a bottleneck's load on."""
HEAD, ROW = 52.0, 54.0


def title(results: Results, compared: Comparison) -> str:
    """The bottleneck of each mix: the busiest pool, if it is 85 % busy."""
    names = mix_names(results, compared.mixes)
    found = _bottlenecks(results, compared)
    by_pool: dict[str | None, list[str]] = {}
    for mix, pool in found.items():
        by_pool.setdefault(pool, []).append(short(names[mix]))
    held_up = {pool: mixes for pool, mixes in by_pool.items() if pool is not None}
    empty = results.unstaffed()
    if nobody := {short(names[mix]): empty[mix] for mix in compared.mixes if empty[mix]}:
        said = [
            "; ".join(
                f"{listed([POOLS[one.pool].title for one in pools], most)} with {mix}"
                for mix, pools in nobody.items()
            )
            for most in (6, 3, 2, 1)
        ]
        shorter = f"{len(nobody)} of {len(found)} mixes" if len(found) > 1 else "the mix"
        return fitting(
            [*(f"Nobody there: {one}" for one in said), f"Nobody is there for some work of {shorter}"]
        )
    if not held_up:
        return f"No mix has a bottleneck{so_far(compared)}: no staff is {share(BUSY)} busy"
    alone = len(held_up) == 1 and not by_pool.get(None)
    if alone and len(found) > 1:
        return f"The bottleneck of every mix{so_far(compared)}: {POOLS[next(iter(held_up))].title}"
    said = [
        "; ".join(f"{POOLS[pool].title} with {listed(mixes, most)}" for pool, mixes in held_up.items())
        for most in (6, 4, 3, 2, 1)
    ]
    rest = "; the other mixes have none" if None in by_pool else ""
    return fitting(f"Bottleneck{so_far(compared)}: {one}{rest}" for one in said)


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """A table: a mix a row, a pool a column; the darker, the busier; the bottleneck is framed."""
    names = mix_names(results, compared.mixes)
    labels = [fitted(names[mix], 220, 2) for mix in compared.mixes]
    sheet = Sheet(title(results, compared), notes(results, compared), body=HEAD + ROW * len(labels))
    left = sheet.left + max(width(part) for label in labels for part in label.split("\n")) + 12
    wide, deep = (sheet.right - left) / len(POOLS), (sheet.room - HEAD) / len(labels)
    canvas = sheet.canvas()
    bottlenecks = _bottlenecks(results, compared)
    frames = []
    for column, pool in enumerate(POOLS):
        head = fitted(POOLS[pool].title, wide - 6, 2, bold=True)
        x = left + (column + 0.5) * wide
        sheet.text(x, sheet.top + HEAD - 12, head, ha="center", va="baseline", weight="bold", linespacing=1.1)
    for row, (mix, label) in enumerate(zip(compared.mixes, labels, strict=True)):
        y = sheet.top + HEAD + row * deep
        sheet.text(left - 12, y + deep / 2, label, ha="right", linespacing=1.1)
        staff = _staff(results, compared, mix)
        for column, pool in enumerate(POOLS):
            cell = (left + column * wide, y, wide, deep)
            _draw_cell(canvas, sheet, cell, staff[pool], *_estimates(compared, mix, pool))
            if bottlenecks[mix] == pool:
                frames.append(cell)
    for x, y, w, h in frames:
        canvas.add_patch(Rectangle((x + 3, y + 3), w - 6, h - 6, fill=False, ec=ORANGE, lw=4, zorder=5))
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each mix and pool; a share of staff time, and days."""
    bottlenecks = _bottlenecks(results, compared)
    return Table.of(
        (
            "mix", "pool", "replications", "utilisation_share", "utilisation_low", "utilisation_high",
            "utilisation_rests_on", "wait_days", "wait_low", "wait_high", "wait_rests_on", "staff",
            "bottleneck",
        ),
        [
            (
                mix, pool, busy.n, busy.value, *ends(busy.interval),
                busy.basis.in_words(), wait.value, *ends(wait.interval), wait.basis.in_words(),
                staff[pool], bottlenecks[mix] == pool,
            )
            for mix in compared.mixes
            for staff in [_staff(results, compared, mix)]
            for pool in POOLS
            for busy, wait in [_estimates(compared, mix, pool)]
        ],
    )  # fmt: skip


def _draw_cell(
    canvas: Axes,
    sheet: Sheet,
    cell: tuple[float, float, float, float],
    staff: str,
    busy: Estimate,
    wait: Estimate,
) -> None:
    x, y, wide, deep = cell
    shade = PAPER if busy.value is None or staff == "none" else to_hex(SHADES(busy.value))
    canvas.add_patch(Rectangle((x, y), wide, deep, fc=shade, ec=PAPER, lw=2))
    ink = ink_on(shade)
    first = {"none": "nobody", "unlimited": "no limit"}.get(staff) or f"{_with_margin(busy, 100)} %"
    second = "nothing served" if wait.value is None else f"{_with_margin(wait, 1)} d"
    middle = (x + wide / 2, y + deep / 2)
    sheet.text(middle[0], middle[1] - 12, first, ha="center", color=ink, weight="bold", size=TEXT + 1)
    sheet.text(middle[0], middle[1] + 13, second, ha="center", color=ink)


def _with_margin(estimate: Estimate, factor: float) -> str:
    """A mean with the half-width of its interval (before that was cut to what is possible), rounded up."""
    if estimate.value is None:  # not a single day with staff, nor a limit
        return "–"
    value = factor * estimate.value
    decimals = 0 if factor > 1 or value >= 9.95 else 1
    if estimate.interval is None:
        return number(value, decimals=decimals)
    half = factor * max(estimate.interval.high - estimate.value, estimate.value - estimate.interval.low)
    rounded = ceil(half * 10**decimals - 1e-9) / 10**decimals
    return f"{number(value, decimals=decimals)} ± {number(rounded, decimals=decimals)}"


def _estimates(compared: Comparison, mix: str, pool: str) -> tuple[Estimate, Estimate]:
    names = POOL_MEASURES[pool]
    return compared.estimates[names.utilisation][mix], compared.estimates[names.wait][mix]


def _staff(results: Results, compared: Comparison, mix: str) -> dict[str, str]:
    """Whether there is a limit to the staff of each pool, or nobody at all."""
    found = dict.fromkeys(POOLS, "none")
    staffed = [pool for pool in POOLS if pool not in results.empty_pools(mix)]
    for pools in results.runs.pools(mix, compared.replications):
        for pool in staffed:
            if pools[pool].staff_days == inf:
                found[pool] = "unlimited"
            elif pools[pool].staff_days and found[pool] == "none":
                found[pool] = "limited"
    return found


def _bottlenecks(results: Results, compared: Comparison) -> dict[str, str | None]:
    """The bottleneck of each mix over what is compared."""
    found = {
        mix: bottleneck(of, results.empty_pools(mix))
        for mix, of in results.outcomes(compared.mixes).columns.items()
    }
    return {mix: None if of is None else of.pool for mix, of in found.items()}


def notes(results: Results, compared: Comparison) -> list[str]:
    """What a cell holds."""
    lines = f"Above: share of staff time at work, dark from {share(BUSY)}. Below: mean wait in days."
    return [
        f"{lines} Framed: the bottleneck.",
        f"±: {share(CONFIDENCE)} interval of the mean, rounded up. {counted(compared)}",
    ]


PLOT = CatalogueFigure(
    "pressure",
    "Utilisation and mean wait of every pool of staff in every mix; the bottleneck is framed.",
    title,
    picture,
    data,
    notes,
    contrasts=False,
)
