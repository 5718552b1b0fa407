"""The effects of policies: what teams' decisions do on average over the other worlds, with intervals."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.contrast import Contrast
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import plural, share
from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.exercise.policy_effect import PolicyEffect, policy_effect
from tabletop.measures import MEASURES
from tabletop.plots.exercise.plot import ExercisePlot
from tabletop.plots.form import SHEET
from tabletop.plots.headline import fitting
from tabletop.plots.key import LINE, draw_key, key_lines
from tabletop.plots.lettering import fitted
from tabletop.plots.paired_differences import entries
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import MARGIN, Sheet, message
from tabletop.plots.shortening import shortened
from tabletop.plots.style import DASHED, INK, MARKS, QUIET, RULE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import Side, better_word, capital, in_prose, of_all, side

HEAD, ROW, KEY, NUMBER, LABEL = 64.0, 44.0, 40.0, 84.0, 250.0


@dataclass(frozen=True)
class PolicyEffects:
    """The predicted measures, from StartEx to the end of the last move that is revealed."""

    name = "policy_effects"
    measure = None
    effects: tuple[tuple[PolicyEffect, ...], ...]
    """By measure, then by team in their order."""
    teams: tuple[str, ...]
    end: float
    worlds: int

    @classmethod
    def of(cls, outcomes: ExerciseOutcomes) -> "Iterator[PolicyEffects]":
        """One; none before the first reveal, or where no other world is simulated."""
        if not outcomes.so_far or not outcomes.so_far[-1].baseline.others:
            return
        found, state = outcomes.so_far[-1], outcomes.state
        last = len(outcomes.so_far) - 1
        decided = {team: bool(state.hand(team, last).played) for team in found.teams}
        yield cls(
            tuple(
                tuple(
                    policy_effect(state.scenario, found, team, name, is_baseline=not decided[team])
                    for team in found.teams
                )
                for name in state.plan.predictions
            ),
            found.teams,
            found.end,
            len(found.baseline.others),
        )

    def contrasts(self, place: int) -> list[Contrast]:
        """The contrasts of a measure."""
        return [one.contrast for one in self.effects[place] if one.contrast is not None]


def title(found: PolicyEffects) -> str:
    """With how many teams the first measure is better or worse on average; nobody is named."""
    contrasts = found.contrasts(0)
    measure = found.effects[0][0].measure
    what, teams = in_prose(measure), len(found.teams)
    better = sum(side(one) is Side.BETTER for one in contrasts)
    worse = sum(side(one) is Side.WORSE for one in contrasts)
    if not better and not worse:
        return fitting([f"On average no team's {what} can be told from the baseline's"])
    said = [f"{better_word(measure)} {what} with {of_all(better, teams)}"] if better else []
    if worse:
        said.append(f"worse with {of_all(worse, teams)}")
    return fitting([f"On average, {', '.join(said)}", f"{capital(said[0])} on average"])


def picture(found: PolicyEffects) -> Figure:
    """A row a team, a column a measure: the mean difference from the baseline, its interval and δ."""
    every = [one for place in range(len(found.effects)) for one in found.contrasts(place)]
    if not every:
        return message(title(found), "There is nothing to draw.", [_note(found)])
    signs = entries(every)
    key = KEY + LINE * (len(key_lines(SHEET, SHEET.width - 2 * MARGIN, signs)) - 1)
    sheet = Sheet(title(found), [_note(found)], body=key + HEAD + ROW * len(found.teams) + 8)
    canvas = sheet.canvas()
    draw_key(sheet, sheet.left, sheet.bottom - key + KEY / 2 + 4, signs)
    wide = (sheet.right - sheet.left - LABEL) / len(found.effects)
    deep = sheet.room - key
    pitch = (deep - HEAD) / len(found.teams)
    texts = shortened([*found.teams], LABEL - 62, sheet.form.text, bold=True)
    for row, text in enumerate(texts):
        y = sheet.top + HEAD + (row + 0.5) * pitch
        sheet.badge(canvas, sheet.left + 18, y, row + 1, radius=17.5)
        sheet.text(sheet.left + 46, y, text, weight="bold")
        canvas.plot([sheet.left, sheet.right], [y + pitch / 2, y + pitch / 2], color=RULE, lw=1, zorder=0)
    for place, effects in enumerate(found.effects):
        x = sheet.left + LABEL + place * wide
        _draw_column(sheet, canvas, effects, (x, sheet.top, wide, deep))
    return sheet.figure


def _draw_column(
    sheet: Sheet,
    canvas: Axes,
    effects: tuple[PolicyEffect, ...],
    box: tuple[float, float, float, float],
) -> None:
    x, y, wide, deep = box
    measure, delta, mean = effects[0].measure, effects[0].delta, effects[0].baseline.mean
    numerals = Numerals.of(measure, delta or None)
    direction = MEASURES[measure].direction
    head = fitted(MEASURES[measure].title, wide - 12, 1, sheet.form.text, bold=True)
    sheet.text(x, y + 16, head, weight="bold")
    has = "missing" if mean is None else f"baseline {numerals.mean(mean)}"
    said = f"{has}; {better_word(measure)} is better" if direction else has
    sheet.text(x, y + 44, fitted(said, wide - 8, 1, sheet.form.small), size=sheet.form.small, color=QUIET)
    contrasts = [one.contrast for one in effects]
    known = [one for one in contrasts if one is not None]
    scale = Scale.of_contrasts(known, delta, direction, x + 2, x + wide - NUMBER - 10)
    top, pitch = y + HEAD, (deep - HEAD) / len(effects)
    low, high = sorted((scale.at(-delta), scale.at(delta)))
    canvas.add_patch(Rectangle((low, top), high - low, deep - HEAD, fc=INK, alpha=0.09, lw=0, zorder=0))
    canvas.plot([scale.at(0.0)] * 2, [top, top + deep - HEAD], color=INK, lw=1.2, zorder=1)
    for row, contrast in enumerate(contrasts):
        middle, at = top + (row + 0.5) * pitch, x + wide - 16
        if contrast is None or contrast.difference is None or side(contrast) is Side.SAME:
            is_missing = contrast is None or contrast.difference is None
            word = "missing" if is_missing else "none"
            sheet.text(at, middle, word, ha="right", color=QUIET, size=sheet.form.small)
            continue
        mark = MARKS[contrast.verdict]
        if contrast.interval is not None:
            reach = [scale.at(contrast.interval.low), scale.at(contrast.interval.high)]
            style = DASHED if contrast.rests_on_little else "-"
            canvas.plot(reach, [middle, middle], color=mark.colour, lw=3, ls=style, zorder=2)
        canvas.plot([scale.at(contrast.difference)], [middle], **mark.drawn(9.0), zorder=3)
        weight, ink = ("bold", INK) if side(contrast).is_decided else ("normal", QUIET)
        text = numerals.difference(contrast.difference)
        sheet.text(at, middle, text, ha="right", weight=weight, color=ink)


def data(found: PolicyEffects) -> Table:
    """A row for each measure and team."""
    return Table.of(
        (
            "measure", "unit", "from_day", "to_day", "team", "baseline_mean", "difference", "low", "high",
            "confidence", "delta", "verdict", "worlds_lower", "worlds_higher", "others",
        ),
        [
            (
                one.measure, MEASURES[one.measure].unit, 0.0, found.end, team, one.baseline.mean,
                *((None,) * 8 if (c := one.contrast) is None else (
                    c.difference, *ends(c.interval), c.interval.confidence if c.interval else None,
                    one.delta, c.verdict.value, c.worlds.lower, c.worlds.higher,
                )),
                found.worlds,
            )
            for effects in found.effects
            for team, one in zip(found.teams, effects, strict=True)
        ],
    )  # fmt: skip


def _note(found: PolicyEffects) -> str:
    held = f"{share(CONFIDENCE)} for all teams at once" if len(found.teams) > 1 else share(CONFIDENCE)
    worlds = plural(found.worlds, "other world")
    return f"Mean difference from the baseline over {worlds}; line: its interval, {held}. Right is better."


PLOT = ExercisePlot(
    "policy_effects",
    "Effect of each team's decisions in the predicted measures, on average over the other worlds.",
    PolicyEffects.of,
    title,
    picture,
    data,
)
