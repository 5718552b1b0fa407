"""What a study says, in sentences: each names variants, ranges and δ, and none says what was not tried."""

from collections.abc import Callable, Iterator, Sequence

from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.statements import Count, Difference
from tabletop.analysis.switches import OPEN, REFUTED, SHOWN, Switch, sides
from tabletop.analysis.words import delta_in_words, figure, plural, share
from tabletop.experiment.robustness.asked_ranges import every_path
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant, amount_in_words, covers
from tabletop.measures import MEASURES
from tabletop.scenario.limits import Limit
from tabletop.scenario.scenario import Scenario

Name = Callable[[str], str]
"""What a mix is called."""
ONE_WORLD = (
    "One world in each variant: there is no interval of any difference, and every statement stays open. "
    "Ask for more with --worlds."
)
NOT_A_PROBABILITY = (
    "A count of variants is no probability: nobody says how likely one of them is. Nothing is said of what "
    "lies beyond the ranges, or between the values that were run."
)
SHORT: dict[ContrastVerdict, str] = {
    **{verdict: verdict.value for verdict in ContrastVerdict},
    ContrastVerdict.SLIGHTLY_BETTER: "better < δ",
    ContrastVerdict.SLIGHTLY_WORSE: "worse < δ",
    ContrastVerdict.SLIGHTLY_HIGHER: "higher < δ",
    ContrastVerdict.SLIGHTLY_LOWER: "lower < δ",
    ContrastVerdict.EQUIVALENT: "equal",
    ContrastVerdict.UNDECIDED: "open",
    ContrastVerdict.ONE_REPLICATION: "open",
    ContrastVerdict.NO_DIFFERENCE_SEEN: "none seen",
}
"""Verdicts in the cells of a map."""
TOGETHER = (
    "Bounds hold at 95 % for both ends of one count together, whatever luck the variants share (Holm); "
    f"not for all counts at once. A variant in which fewer than {FEW_WORLDS} worlds differ is open."
)
HARDLY_MOVED = (
    "Each difference has the interval of its verdict; a share's is in points. Where a difference hardly "
    "moves, luck rather than the condition may have changed its verdict: ask again with --vary."
)
INDEPENDENT = (
    "Conditions with a range of their own move independently of each other; that is an assumption, too."
)


def beliefs_in_words(study: Robustness) -> str:
    """What analysts know in a variant."""
    if study.scenario.beliefs is None:
        return "Analysts' priors follow the conditions: in a variant with more plots they know it."
    return "Analysts' priors are the same in every variant: nobody noticed that conditions are different."


def all_else_as_written(study: Robustness, place: int) -> str:
    """What a line moves, and the value that the file has."""
    condition, own = study.ranges.titles[place], own_value_in_words(study, place)
    return f"All else is as written; of {condition} the file has {own}."


def line_sentence(study: Robustness, place: int, measure: str, mix: str, name: Name = str) -> str:
    """What one contrast does along the line of one condition, and where it turns round."""
    line = study.line(place)
    found = [study.difference(one, measure, mix) or Difference(0.0, 0.0, 0, 0) for one in line]
    _, better, worse, _ = study.statements(measure)
    shown = sides(better, found)
    told = [
        f"{word.says} at {shown.count(side)}"
        for word, side in ((better, SHOWN), (worse, REFUTED))
        if shown.count(side)
    ]
    if shown.count(OPEN):
        told.append(f"open at {shown.count(OPEN)}")
    counted = f"{', '.join(told)} of {plural(len(line), 'value')}"
    turns = study.switches(place, measure, mix)
    how = "; ".join(switch_in_words(study, place, one) for one in turns)
    return f"{name(mix)}, {MEASURES[measure].title}: {counted}; {how or 'no switch shown in this range'}."


def switch_in_words(study: Robustness, place: int, switch: Switch) -> str:
    """Where a statement turns round, as 'better by more than 1 only below 12 to 18'."""
    one = study.ranges.uncertain[place]
    low, high = (amount_in_words(one, one.at(share_)) for share_ in (switch.low, switch.high))
    way = "begins" if switch.begins else "ends"
    return f"'{switch.statement.says}' {way} between {low} and {high}"


def own_value_in_words(study: Robustness, place: int) -> str:
    """What the file has, on the scale of a range."""
    one, own = study.ranges.uncertain[place], study.ranges.own[place]
    return amount_in_words(one, one.at(own))


def verdict_in_words(contrast: Contrast) -> str:
    """The verdict of a contrast, with its δ."""
    delta = delta_in_words(contrast.delta or 0.0, MEASURES[contrast.measure].unit)
    return contrast.verdict.replace("delta", delta)


def not_varied(study: Robustness) -> tuple[str, ...]:
    """The numbers of the conditions that no range moves."""
    moved = [*(path for one in study.ranges.uncertain for path in one.everything())]
    return tuple(path for path in every_path(study.scenario) if not any(covers(one, path) for one in moved))


def alike_sentence(alike: Sequence[str], baseline: str) -> str:
    """Which mixes are the baseline under another name, and so stand in no count; nothing where none is."""
    if not alike:
        return ""
    return f"The same policy as {baseline}, and so left out: {', '.join(alike)}."


def count_in_words(count: Count) -> str:
    """A count with its bounds, as '46 (36–50)'."""
    return f"{count.seen:,} ({count.low:,}–{count.high:,})"


def distribution_sentence(study: Robustness, measure: str, mix: str, name: Name = str) -> str:
    """In what share of the stated distribution each statement holds."""
    told = [
        f"{said.says} in {share(low)} to {share(high)}"
        for said, low, high in study.share_of_distribution(measure, mix)
    ]
    return f"{name(mix)}, {MEASURES[measure].title}: {'; '.join(told)}."


DISTRIBUTION = (
    "Share of the stated distribution, at 95 % (Clopper and Pearson around the bounds of the count). It is "
    "as right as the sources of the distributions, and conditions move independently in it."
)


def with_delta(scenario: Scenario, measure: str) -> str:
    """A measure with its δ, which says in what its differences are: those of a share are in points."""
    about = MEASURES[measure]
    return f"{about.title} (δ {delta_in_words(scenario.measures[measure].delta, about.unit)})"


def numerals_of(scenario: Scenario, measure: str) -> Numerals:
    """How differences in a measure are written: to a tenth of what δ makes matter."""
    return Numerals.of(measure, scenario.measures[measure].delta / 10)


def regret_rows(study: Robustness, measure: str, name: Name = str) -> list[tuple[str, ...]]:
    """How far each mix is behind the best: on average, how often best, and the largest on fresh luck.

    `name` is what a mix is called. Regret of a share is in points.
    """
    numerals = numerals_of(study.scenario, measure)
    rows: list[tuple[str, ...]] = []
    for one in study.regret(measure):
        fresh = [of for of in study.worst(measure, one.mix) if of.interval is not None]
        largest = max(fresh, key=lambda of: of.fresh, default=None)
        told = "–"
        if largest is not None and largest.interval is not None:
            most = f"{numerals.amount(largest.fresh)} ({numerals.span(largest.interval, signed=False)})"
            told = f"{most} behind {name(largest.behind)}, {largest.variant}"
        both = dict.fromkeys(map(numerals.amount, sorted((one.low, one.high))))
        rows.append((name(one.mix), " to ".join(both), f"{one.best_in} of {one.variants}", told))
    return rows


REGRET = (
    "Two numbers for mean regret: with the best mix picked on other worlds than it is judged on, which is "
    "too small on average, and on the same, which is too large. They are no interval; one stands there where "
    "they are the same. What is too small may be below 0, and so may what fresh luck finds, though the truth "
    "is not. The largest is of three variants, run again on other worlds (95 % for the three)."
)


def limits_in_words(study: Robustness) -> str:
    """The limits of the file."""
    limits = study.scenario.limits.items()
    return "; ".join(limit_in_words(measure, limit) for measure, limit in limits)


def limit_in_words(measure: str, limit: Limit) -> str:
    """One limit, as 'Incidents at most −1 against the baseline'; of a share in per cent, or in points."""
    about = MEASURES[measure]
    side = "at least" if limit.sign > 0 else "at most"
    if limit.against:
        return f"{about.title} {side} {delta_in_words(limit.value, about.unit)} against the baseline"
    value = f"{figure(100 * limit.value)} %" if about.is_share else figure(limit.value)
    return f"{about.title} {side} {value}"


def satisfied_sentence(study: Robustness, mix: str, name: Name = str) -> str:
    """In how many variants a mix keeps all limits."""
    found = study.satisfied(mix)
    if found is None:
        return f"{name(mix)}: the file has no limits."
    return (
        f"{name(mix)}: keeps all limits in {found.seen} of {plural(found.variants, 'variant')} "
        f"({found.low} to {found.high})."
    )


def ends_that_turn(study: Robustness, measure: str, mix: str) -> Iterator[tuple[Variant, Contrast, Contrast]]:
    """The variants with one condition at an end in which the verdict is another than as written.

    Each comes with the contrast as written and the one there.
    """
    own = study.comparison(study.variants[0]).contrast(measure, mix)
    for one in study.variants:
        if one.kind == "end":
            there = study.comparison(one).contrast(measure, mix)
            if there.verdict is not own.verdict:
                yield one, own, there


def finding_in_words(study: Robustness, contrast: Contrast) -> str:
    """A verdict with the difference and its interval: 'better: −0.81 (−1.43 to −0.19)'."""
    said, numerals = verdict_in_words(contrast), numerals_of(study.scenario, contrast.measure)
    if contrast.difference is None or contrast.interval is None:
        return said
    return f"{said}: {numerals.difference(contrast.difference)} ({numerals.span(contrast.interval)})"
