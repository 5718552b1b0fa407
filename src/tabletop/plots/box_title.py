"""The title of a discovery box: of the clearest panel, where a statement about a mix holds."""

from collections.abc import Callable, Sequence
from math import inf

from tabletop.analysis.box import Box
from tabletop.analysis.statements import Count
from tabletop.experiment.robustness.deciding import BUSY, busy_in_words
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import amount_in_words, choices_between
from tabletop.plots.box_panels import panels
from tabletop.plots.form import SLIDE
from tabletop.plots.headline import fitting
from tabletop.plots.labels import listed
from tabletop.plots.shortening import clipped
from tabletop.plots.study_labels import mix_title
from tabletop.plots.wording import capital, in_prose, spelled
from tabletop.scenario.uncertain import Uncertain
from tabletop.scenario.words import number

CLOSE = 0.01
"""Share of a range by which a number is rounded at most."""
MOST_LETTERS = 24
"""Of the name of a mix, in a title that is too long."""


def title(study: Robustness, measure: str) -> str:
    """Where the statement holds of which most is gained over guessing, and for how many mixes one is told."""
    told = panels(study, measure)
    first = max(told, key=lambda one: one.gain)
    what, name = capital(in_prose(measure)), mix_title(study, first.mix)
    says = f"{_verb(first.inside)} {first.found.statement.says}"
    left = len(told) - 1
    kinds = dict.fromkeys("box" if one.found.is_told_by_box else "rule" for one in told if one is not first)
    have = "more mix has" if left == 1 else "more mixes have"
    more = f"; {spelled(left)} {have} a {' or '.join(kinds)}" if left else ""
    places = _where(study, first.box, first.axes)
    found = [f"{what}: {name} {says} with {place}{end}" for place in places for end in (more, "")]
    least = f"{what}: {clipped(name, MOST_LETTERS)} {says} with {clipped(places[-1])}"
    return fitting([*found, least], SLIDE.title)


def _verb(inside: Count) -> str:
    """How sure the statement is within: 'seems' where it is not even shown in half of the variants."""
    if 2 * inside.low <= inside.variants:
        return "seems"
    return "is" if inside.seen == inside.variants else "is mostly"


def _where(study: Robustness, box: Box, first: Sequence[int]) -> list[str]:
    """What holds in a box, ever shorter: all its conditions, the first ones first; one, and how many more."""
    every = [_condition(study, *end) for end in sorted(box.ends, key=lambda end: end[0] not in first)]
    if len(every) == 1:
        return every
    left = len(every) - 1
    return [
        listed(every, len(every)),
        f"{every[0]} and {spelled(left)} more condition{'s' if left > 1 else ''}",
    ]


def _condition(study: Robustness, place: int, low: float, high: float) -> str:
    titles = study.ranges.titles
    if place >= len(titles):
        pool = [*BUSY.values()][place - len(titles)].removeprefix("how busy ").removesuffix(" are")
        beyond = f"more than {busy_in_words(low)}" if high == inf else f"less than {busy_in_words(high)}"
        return f"{pool} of the baseline {beyond} busy"
    one = study.ranges.uncertain[place]
    if one.choices is None:
        return f"{one.title} {_between(low, high, lambda at: _amount(one, at))}"
    return f"{one.title} being {' or '.join(choices_between(one, low, high))}"


def _between(low: float, high: float, said: Callable[[float], str]) -> str:
    if low == -inf:
        return f"below {said(high)}"
    return f"above {said(low)}" if high == inf else f"between {said(low)} and {said(high)}"


def _amount(one: Uncertain, at: float) -> str:
    """The value at a share of a range, in few digits, and whatever it is a change of."""
    value = one.at(at)
    near = CLOSE * abs(one.at(1.0) - one.at(0.0))
    rounded = (float(f"{value:.{digits}g}") for digits in range(2, 10))
    few = next((figure for figure in rounded if abs(figure - value) <= near), value)
    match one.verb:
        case "multiply":
            return f"{number(few)} × as written"
        case "odds":
            return f"{number(few)} × the odds as written"
        case "add":
            return f"as written {amount_in_words(one, few)}"
        case _:
            return number(few)
