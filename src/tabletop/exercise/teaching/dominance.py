"""Cards that another card beats: at no higher price, better somewhere and worse nowhere."""

from collections.abc import Mapping, Sequence

from tabletop.analysis.outcomes import Column
from tabletop.exercise.columns import Worlds, column_of, mean_of, paired
from tabletop.exercise.visible import visible_difference
from tabletop.measures import MEASURES
from tabletop.scenario.choices import Choice
from tabletop.scenario.scenario import Scenario


def dominated(
    scenario: Scenario,
    choices: Sequence[Choice],
    baseline: str,
    whole: Sequence[tuple[tuple[str, ...], Mapping[str, Worlds]]],
) -> dict[str, str]:
    """The cards that another one beats, over all stretches and measures with a preferred direction."""
    columns = [
        (measure, {name: column_of(worlds, measure) for name, worlds in by_course.items()})
        for measures, by_course in whole
        for measure in measures
    ]
    compared = [
        (measure, by_course, visible_difference(scenario, measure, mean_of(by_course[baseline])))
        for measure, by_course in columns
    ]
    pairs = [
        (one, other)
        for one in choices
        for other in choices
        if other.group != one.group and other.price <= one.price
    ]
    together, found = max(1, len(pairs) * len(compared)), {}
    for one, other in pairs:
        if one.code not in found and _is_beaten(one.code, other.code, compared, together):
            found[one.code] = other.code
    return found


def _is_beaten(
    one: str, other: str, compared: Sequence[tuple[str, Mapping[str, Column], float]], together: int
) -> bool:
    """Whether another card is surely better by δ somewhere, and nowhere surely worse, or perhaps by δ."""
    is_better = False
    # most pairs are told apart by their means alone
    for measure, columns, delta in compared:
        if (mean_of(columns[other]) - mean_of(columns[one])) * MEASURES[measure].direction <= -delta < 0:
            return False
    for measure, columns, delta in compared:
        found = paired(columns[other], columns[one], measure, other, one, together)
        if not found.differing:
            continue
        if found.interval is None or found.difference is None:
            return False
        ends = [end * MEASURES[measure].direction for end in (found.interval.low, found.interval.high)]
        if min(ends) <= -delta or max(ends) < 0:
            return False
        is_better = is_better or (min(ends) > 0 and abs(found.difference) >= delta)
    return is_better
