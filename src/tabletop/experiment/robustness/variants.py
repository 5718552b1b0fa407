"""Variants: the scenario under other conditions, each a point of the ranges; the first is the file itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import floor, log, log10
from typing import Any, Literal

from tabletop.analysis.words import MINUS
from tabletop.errors import ScenarioError, TabletopError
from tabletop.experiment.identity import experiment_hash
from tabletop.scenario.checks.uncertain import written_value
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.uncertain import Movement, Uncertain
from tabletop.scenario.words import number, shown

Kind = Literal["written", "line", "map", "point", "end"]
WRITTEN = "as written"
ON_A_LINE = 9
"""Values of a condition on a line."""
ON_A_MAP = 7
"""Values of each of the two conditions of a map."""
LEAST_DIGITS, MOST_DIGITS = 4, 10
"""Of a value in words."""
SAME = 1e-9
"""Share of a range within which a value is the file's own."""


@dataclass(frozen=True)
class Variant:
    """The `scenario` at one point of the ranges, with a `label`; its `kind` says why it is there."""

    label: str
    """Its name, which no other variant of a study has."""
    kind: Kind
    shares: tuple[float, ...]
    """How far along each range it stands, from 0 to 1, in their order."""
    changes: Mapping[str, Any]
    """What `Scenario.vary` was given."""
    values: tuple[Any, ...]
    """The value or the change of each uncertain condition."""
    scenario: Scenario

    @cached_property
    def hash(self) -> str:
        """The hash of all that its runs have in common, which is that of an experiment under it."""
        return experiment_hash(self.scenario)


def bare(scenario: Scenario) -> Scenario:
    """The scenario as far as runs depend on it, but for claims and ranges."""
    return scenario.model_copy(update={"exercise": None, "uncertain": (), "claims": (), "check": None})


def own_share(scenario: Scenario, one: Uncertain) -> float:
    """How far along a range the file's own value stands."""
    if one.choices is not None:
        count = len(one.choices)
        own = experiment_hash(scenario)
        for case in range(count):
            share = (case + 0.5) / count
            if experiment_hash(scenario.vary(one.changes(share))) == own:
                return share
        return 0.5
    low, high = one.ends
    if one.verb == "set":
        written = written_value(scenario, one.paths[0])
        value = low if written is None else written
    else:
        value = 0.0 if one.verb == "add" else 1.0
    if one.distribution is not None:
        return one.distribution.share(value, low, high)
    if one.is_log:
        return log(value / low) / log(high / low)
    return (value - low) / (high - low)


@dataclass(frozen=True)
class Ranges:
    """Uncertain conditions of a scenario, and the variants that lie in them."""

    scenario: Scenario
    """Bare."""
    uncertain: tuple[Uncertain, ...]

    @cached_property
    def own(self) -> tuple[float, ...]:
        """Where the file itself stands on each range."""
        return tuple(own_share(self.scenario, one) for one in self.uncertain)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The names of the conditions."""
        return tuple(one.title for one in self.uncertain)

    def coordinates(self, variant: Variant) -> tuple[float, ...]:
        """Where a variant stands on each range; of choices, in the middle of the part that its choice has.

        Between two variants with the same choice nothing can be told apart, by a rule or by a slope.
        """
        return tuple(
            share if one.choices is None else (one.case(share) + 0.5) / len(one.choices)
            for one, share in zip(self.uncertain, variant.shares, strict=True)
        )

    def written(self) -> Variant:
        """The file itself."""
        return self._at(WRITTEN, "written", self.own)

    def line(self, place: int) -> Iterator[Variant]:
        """Values of one condition from the lower end to the upper, or its choices; all others as written."""
        for share in shares_of(self.uncertain[place], ON_A_LINE):
            yield self._moved({place: share}, "line")

    def map(self) -> Iterator[Variant]:
        """Every pair of some values of the first two conditions."""
        first, second = (shares_of(one, ON_A_MAP) for one in self.uncertain[:2])
        for one, other in product(first, second):
            yield self._moved({0: one, 1: other}, "map")

    def ends(self) -> Iterator[Variant]:
        """Each condition at each of its ends, or at each choice, alone."""
        for place, one in enumerate(self.uncertain):
            for share in shares_of(one, 2):
                variant = self._moved({place: share}, "end")
                if variant.changes:
                    yield variant

    def points(self, rows: Iterable[Sequence[float]]) -> Iterator[Variant]:
        """Points of all ranges at once."""
        for position, shares in enumerate(rows):
            yield self._at(f"point {position + 1}", "point", tuple(shares))

    def _moved(self, moved: Mapping[int, float], kind: Kind) -> Variant:
        shares = [*self.own]
        for place, share in moved.items():
            if abs(share - self.own[place]) >= SAME:  # else rounding would make another variant of it
                shares[place] = share
        label = ", ".join(value_in_words(self.uncertain[place], share) for place, share in moved.items())
        return self._at(label, kind, tuple(shares))

    def _at(self, label: str, kind: Kind, shares: tuple[float, ...]) -> Variant:
        changes: dict[str, Any] = {}
        for one, share, own in zip(self.uncertain, shares, self.own, strict=True):
            if not _is_own(one, share, own):
                changes |= one.changes(share)
        values = tuple(one.at(share) for one, share in zip(self.uncertain, shares, strict=True))
        try:
            scenario = self.scenario.vary(changes) if changes else self.scenario
        except ScenarioError as error:
            (first, *_) = error.problems
            raise TabletopError(f"{label}: no such variant: {first.path}: {first.message}") from error
        return Variant(label, kind, shares, changes, values, scenario)


def told_apart(variants: Iterable[Variant]) -> tuple[Variant, ...]:
    """Variants with a label each; one whose label another has already gets a number.

    Runs and comparisons are kept by label, so that two of one label would be taken for one variant.
    """
    found: dict[str, Variant] = {}
    for one in variants:
        label, number = one.label, 1
        while label in found:
            number += 1
            label = f"{one.label} ({number})"
        found[label] = one if number == 1 else replace(one, label=label)
    return tuple(found.values())


def _is_own(one: Uncertain, share: float, own: float) -> bool:
    if one.choices is not None:
        return one.case(share) == one.case(own)
    return abs(share - own) < SAME


def covers(moved: str, path: str) -> bool:
    """Whether a path that moves is another, or a group that holds it."""
    wide, narrow = moved.split("."), path.split(".")
    return len(wide) <= len(narrow) and all(a in ("*", b) for a, b in zip(wide, narrow, strict=False))


def shares_of(one: Uncertain, count: int) -> list[float]:
    """So many shares from end to end of a range; of choices, one for each."""
    if one.choices is not None:
        return [(case + 0.5) / len(one.choices) for case in range(len(one.choices))]
    return [place / (count - 1) for place in range(count)]


def value_in_words(one: Uncertain, share: float) -> str:
    """A condition at a share of its range, as a label."""
    comma = "," if one.verb == "odds" else ""
    return f"{one.title}{comma} {amount_in_words(one, one.at(share))}"


def range_in_words(one: Uncertain) -> str:
    """The ends of a range and of what moves with it, or its choices."""
    with_it = (f"; {', '.join(of.paths)} {ends_in_words(of)} with it" for of in one.also)
    return "".join((own_range_in_words(one), *with_it))


def own_range_in_words(one: Uncertain) -> str:
    """The ends of a range, or its choices, without what moves with it."""
    if one.choices is None:
        return ends_in_words(one)
    return ", or ".join(amount_in_words(one, choice) for choice in one.choices)


def choices_between(one: Uncertain, low: float, high: float) -> list[str]:
    """The choices whose middle lies above one share of the range and at most at another."""
    middles = zip(one.choices or (), shares_of(one, 0), strict=True)
    return [amount_in_words(one, choice) for choice, middle in middles if low < middle <= high]


def ends_in_words(one: Movement) -> str:
    """Both ends of a range."""
    return " to ".join(amount_in_words(one, end) for end in one.ends)


def amount_in_words(one: Movement, value: Any) -> str:
    """A value of a condition, or its change, as a label."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            sign = {"multiply": "× ", "odds": "odds × "}.get(one.verb, "")
            digits = _digits(one)
            if one.verb == "add":
                return f"{'+' if value >= 0 else MINUS} {number(float(f'{abs(value):.{digits}g}'))}"
            return f"{sign}{number(float(f'{value:.{digits}g}'))}".replace("-", MINUS)
        case list() | tuple():
            return ", ".join(_entry(one, entry) for entry in value) or "none"
        case dict():
            told = _telling(one, value).items()
            return ", ".join(
                _entry(one, of) if key == "family" else f"{key} {_entry(one, of)}" for key, of in told
            )
        case _:
            return shown(value)


def _entry(one: Movement, value: Any) -> str:
    """A name without the quotes in which it would stand alone, or what is within a choice."""
    return value if isinstance(value, str) else amount_in_words(one, value)


def _telling(one: Movement, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What tells a choice from the others: of a shape its family and mean, if these do, else all of it."""
    short = {key: value[key] for key in ("family", "mean") if key in value}
    others = [of for of in getattr(one, "choices", None) or () if isinstance(of, Mapping)]
    return short if short and sum(short.items() <= of.items() for of in others) == 1 else value


def _digits(one: Movement) -> int:
    """How many digits tell the values of a line apart: a narrow range needs more; a choice is as written."""
    if one.verb == "choices":
        return MOST_DIGITS
    low, high = one.ends
    parts = max(abs(low), abs(high)) / abs(high - low)
    return min(MOST_DIGITS, LEAST_DIGITS + max(0, floor(log10(parts)) - 1))
