"""Luck and policy: how each team's outcome came about, from the baseline's mean to what happened."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import plural
from tabletop.exercise.adjudication import Adjudication
from tabletop.exercise.luck import Split
from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.exercise.values import difference, rounded, signed, written
from tabletop.measures import MEASURES
from tabletop.plots.exercise.plot import ExercisePlot
from tabletop.plots.headline import fitting
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import with_unit
from tabletop.plots.lettering import fitted, width
from tabletop.plots.number_axis import TICKS, number_axis
from tabletop.plots.sheet import Sheet, message
from tabletop.plots.style import BLUE, INK, ORANGE, PAPER, RULE
from tabletop.plots.table import Table

KEY, ROW, BETWEEN, FOOT = 32.0, 24.0, 11.0, TICKS + 26
ASIDE = 118.0
"""Pixels on the right for what happened."""
PARTS = (("world", "world luck", RULE), ("policy", "policy", BLUE), ("interaction", "how they met", ORANGE))


@dataclass(frozen=True)
class LuckAndPolicy:
    """One measure from StartEx to a day, team by team."""

    measure: str
    end: float
    baseline_mean: float | None
    splits: tuple[tuple[str, Split | None], ...]
    """By team; None where a part is missing."""
    worlds: int

    @classmethod
    def of(cls, outcomes: ExerciseOutcomes) -> "Iterator[LuckAndPolicy]":
        """One for each primary measure that may be shown; none before the first reveal."""
        if outcomes.so_far:
            for name in outcomes.primary:
                yield cls.about(name, outcomes.so_far[-1])

    @classmethod
    def about(cls, measure: str, stretch: Adjudication) -> "LuckAndPolicy":
        """One measure in a stretch of time."""
        return cls(
            measure=measure,
            end=stretch.end,
            baseline_mean=stretch.baseline.mean(measure),
            splits=tuple((team, stretch.split(team, measure)) for team in stretch.teams),
            worlds=len(stretch.baseline.others),
        )

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"luck_and_policy_{self.measure}"

    @property
    def known(self) -> tuple[tuple[str, Split], ...]:
        """The teams of which nothing is missing."""
        return tuple((team, split) for team, split in self.splits if split is not None)


def title(found: LuckAndPolicy) -> str:
    """What the world did to all, and between what policy did; nobody is named."""
    what = MEASURES[found.measure].title
    if not found.known:
        return f"{what}: luck and policy cannot be separated, because a part is missing"
    world = difference(found.measure, rounded(found.measure, found.known[0][1].world))
    low, high = (rounded(found.measure, end(split.policy for _, split in found.known)) for end in (min, max))
    most = difference(found.measure, high)
    policy = most if low == high else f"{signed(low)} to {most}"
    start = f"{what}: this world gave {world} to every team"
    few = f" of only {plural(found.worlds, 'world')}" if found.worlds < FEW_WORLDS else ""
    return fitting(
        [
            f"{start} whatever it did; policy alone gives {policy} on average{few}",
            f"{start}; policy gives {policy} on average{few}",
        ]
    )


def picture(found: LuckAndPolicy) -> Figure:
    """Three steps a team, from the baseline's mean over the worlds to what happened in this one."""
    if not found.known or found.baseline_mean is None:
        return message(title(found), "There is nothing to draw.", [_note(found)])
    labels = [fitted(team, 190, 2) for team, _ in found.known]
    block = 3 * ROW + BETWEEN
    sheet = Sheet(title(found), [_note(found)], body=KEY + FOOT + len(labels) * block)
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries())
    left = sheet.left + max(width(part) for label in labels for part in label.split("\n")) + 36
    top, deep = sheet.top + KEY, sheet.room - KEY - FOOT
    axes = sheet.axes(left, top, sheet.right - ASIDE - left, deep)
    _set_extent(axes, found, len(labels))
    axes.axvline(found.baseline_mean, color=INK, lw=1.6, zorder=1)
    canvas = sheet.canvas()
    for place, ((_, split), label) in enumerate(zip(found.known, labels, strict=True)):
        y = top + place * deep / len(labels)
        sheet.text(left - 22, y + deep / len(labels) / 2, label, ha="right", linespacing=1.1)
        if place:
            canvas.plot([sheet.left, sheet.right], [y, y], color=RULE, lw=1)
        _draw_steps(axes, found, split, place * block / ROW + (1 + BETWEEN / ROW) / 2)
    number_axis(axes, "x", is_share=MEASURES[found.measure].is_share)
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    axes.annotate(
        f"{with_unit(found.measure)}; "
        f"upright line: the baseline's mean, {_written(found.measure, found.baseline_mean)}",
        (0.5, 0), (0, -TICKS * 0.72 - 2), ha="center", va="top", xycoords="axes fraction",
        textcoords="offset points",
    )  # fmt: skip
    return sheet.figure


def rows(found: LuckAndPolicy) -> Table:
    """A row for each team; the total is the sum of the three parts."""
    return Table.of(
        (
            "measure", "unit", "from_day", "to_day", "team", "baseline_mean", "world_luck", "policy",
            "how_they_met", "total", "realised", "others",
        ),
        [
            (
                found.measure, MEASURES[found.measure].unit, 0.0, found.end, team, found.baseline_mean,
                *((None,) * 5 if split is None or found.baseline_mean is None else (
                    split.world, split.policy, split.interaction, split.total,
                    found.baseline_mean + split.total,
                )),
                found.worlds,
            )
            for team, split in found.splits
        ],
    )  # fmt: skip


def _steps(found: LuckAndPolicy, split: Split) -> list[tuple[float, float]]:
    """From where to where each part leads."""
    at, steps = found.baseline_mean or 0.0, []
    for name, _, _ in PARTS:
        part: float = getattr(split, name)
        steps.append((at, at + part))
        at += part
    return steps


def _set_extent(axes: Axes, found: LuckAndPolicy, teams: int) -> None:
    every = [end for _, split in found.known for step in _steps(found, split) for end in step]
    low, high = min(every), max(every)
    pad = 0.1 * (high - low) or 1.0
    axes.set(xlim=(low - pad, high + pad), ylim=(teams * (3 + BETWEEN / ROW), 0), yticks=[])
    axes.spines["left"].set_visible(False)


def shown(found: LuckAndPolicy, split: Split) -> tuple[str, str, str, str]:
    """World luck, policy, how they met and what happened, rounded so that they add up as they stand."""
    base, world, policy, happened = (
        rounded(found.measure, value)
        for value in (found.baseline_mean or 0.0, split.world, split.policy, _happened(found, split))
    )
    interaction = happened - base - world - policy
    return signed(world), signed(policy), signed(interaction), written(found.measure, happened)


def _happened(found: LuckAndPolicy, split: Split) -> float:
    return (found.baseline_mean or 0.0) + split.total


def _written(measure: str, value: float) -> str:
    return written(measure, rounded(measure, value))


def _draw_steps(axes: Axes, found: LuckAndPolicy, split: Split, first: float) -> None:
    steps, (*words, happened) = _steps(found, split), shown(found, split)
    for place, ((_, _, colour), word, (start, end)) in enumerate(zip(PARTS, words, steps, strict=True)):
        y = first + place
        axes.barh(y, end - start, 0.72, left=start, color=colour, edgecolor=INK, lw=0.8, zorder=3)
        if place < 2:
            axes.plot([end, end], [y, y + 1], color=INK, lw=1.2, zorder=2)
        axes.annotate(
            word, (max(start, end), y), (9, 0), zorder=5, textcoords="offset points", va="center_baseline",
            path_effects=[withStroke(linewidth=4, foreground=PAPER)],
        )  # fmt: skip
    axes.plot(
        [steps[-1][1]], [first + 2], marker="D", markersize=9, color=INK, markeredgecolor=PAPER, zorder=6
    )
    beside = axes.get_yaxis_transform()
    axes.text(1.012, first + 2, f"◆ {happened}", transform=beside, va="center_baseline", weight="bold")


def _entries() -> list[KeyEntry]:
    return [*(KeyEntry(word, ground=colour) for _, word, colour in PARTS), KeyEntry("◆ what happened")]


def _note(found: LuckAndPolicy) -> str:
    missing = len(found.splits) - len(found.known)
    left_out = f" Of {missing} of {len(found.splits)} teams a part is missing." if missing else ""
    means = f"Means over {found.worlds} other worlds. World luck is the same for all."
    return f"{means} Nobody is ranked on it.{left_out}"


PLOT = ExercisePlot(
    "luck_and_policy",
    (
        "How each team's outcome came about since StartEx: from the baseline's mean by world luck, policy, "
        "and how this policy met this world, to what happened."
    ),
    LuckAndPolicy.of,
    title,
    picture,
    rows,
)
