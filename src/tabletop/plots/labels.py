"""Names and units as figures show them."""

from collections.abc import Mapping, Sequence

from tabletop.analysis.compare import Comparison
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.lettering import fitted

NUMBERS = {"count": "number"}
"""Units that an axis says in another word."""


def mix_numbers(results: Results, compared: Comparison) -> dict[str, int]:
    """The number of each mix on its badge: its place in the file among all but the baseline, which is 0."""
    file = [mix for mix in results.design.scenario.policy_mixes if mix != compared.baseline]
    return {compared.baseline: 0, **{mix: place for place, mix in enumerate(file, start=1)}}


def short(name: str, room: float = 330.0) -> str:
    """A name that leaves room for others in a sentence."""
    return fitted(name, room, 1)


def listed(names: Sequence[str], most: int) -> str:
    """'A, B and C', or 'A, B and 3 others' where there are more than `most`."""
    if len(names) > most:
        shown, left = names[: max(1, most - 1)], len(names) - max(1, most - 1)
        names = [*shown, f"{left} other{'s' if left > 1 else ''}"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def others(compared: Comparison) -> tuple[str, ...]:
    """The mixes that are compared with the baseline."""
    return tuple(mix for mix in compared.mixes if mix != compared.baseline)


def unit(measure: str) -> str:
    """A measure's unit, as an axis says it."""
    return NUMBERS.get(MEASURES[measure].unit, MEASURES[measure].unit)


def with_unit(measure: str, when: str = "") -> str:
    """What an axis of a measure's values shows; the numbers of a share have their unit themselves."""
    said = f"{MEASURES[measure].title.lower()}{when}"
    return said if MEASURES[measure].is_share else f"{said} ({unit(measure)})"


def shown_measures(results: Results, compared: Comparison) -> tuple[str, ...]:
    """The measures that a figure of all of them shows: the primary ones, or all that the file names."""
    named: Mapping[str, object] = results.design.scenario.measures
    return compared.primary or tuple(name for name in MEASURES if name in named)


def leading_measure(results: Results, compared: Comparison) -> str:
    """The measure that a figure of only one shows: the first in the file, primary if one is."""
    named = results.design.scenario.measures
    return next((name for name in named if name in compared.primary), next(iter(named)))
