"""Names, numbers and axes of a study of robustness, as its figures show them."""

from collections import Counter

from matplotlib.axes import Axes

from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import amount_in_words
from tabletop.plots.form import Form
from tabletop.plots.lettering import fitted
from tabletop.plots.style import INK
from tabletop.scenario.plain import is_number
from tabletop.scenario.uncertain import Uncertain
from tabletop.spreadsheet import Cell

CLOSE = 0.2
"""Share of a range within which two numbers under an axis are too close to each other."""
OWN = (0, (4, 3))
"""The dashes of the line at the file's own value."""
BESIDE = 58.0
"""Pixels beside a panel for what stands at its axis."""


def mix_title(study: Robustness, mix: str) -> str:
    """The title of a mix, followed by its name where another has the same."""
    titles = {name: " ".join(one.title.split()) or name for name, one in study.scenario.policy_mixes.items()}
    same = Counter(title.casefold() for title in titles.values())
    return titles[mix] if same[titles[mix].casefold()] == 1 else f"{titles[mix]} ({mix})"


def mix_number(study: Robustness, mix: str) -> int:
    """The number on its badge: its place in the file among all but the baseline, which is 0."""
    file = [name for name in study.scenario.policy_mixes if name != study.asked.baseline]
    return 0 if mix == study.asked.baseline else file.index(mix) + 1


def value_cell(one: Uncertain, share: float) -> Cell:
    """A condition at a share of its range, for a table: its number, or what it is in words."""
    value = one.at(share)
    return float(value) if is_number(value) else amount_in_words(one, value)


def condition_axis(
    axes: Axes, which: str, study: Robustness, place: int, form: Form, *, start: float = 0.0
) -> None:
    """An axis along a range: its ends and the file's own value, which has a dashed line.

    The line begins at the share `start` of the axes.
    """
    one, own = study.ranges.uncertain[place], study.ranges.own[place]
    if one.choices is not None:
        at = [(case + 0.5) / len(one.choices) for case in range(len(one.choices))]
    else:
        at = sorted({own, *(end for end in (0.0, 1.0) if abs(end - own) > CLOSE)})
    said = [amount_in_words(one, one.at(share)) for share in at]
    if which == "x":
        room = axes.get_window_extent().width / len(at) - 6
        axes.set_xticks(at, [fitted(text, room, 1, form.small) for text in said])
        axes.axvline(own, ymin=start, color=INK, lw=1.2, ls=OWN, zorder=1)
    else:
        axes.set_yticks(at, [fitted(text, BESIDE, 2, form.small) for text in said])
        axes.axhline(own, xmin=start, color=INK, lw=1.2, ls=OWN, zorder=1)
