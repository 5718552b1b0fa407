"""What of rules and boxes passed its checks, mix by mix, and the two conditions over which it is drawn."""

from dataclasses import dataclass
from math import inf

from tabletop.analysis.box import Box
from tabletop.analysis.statements import Count
from tabletop.experiment.robustness.deciding import Decided, decided
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant

Ends = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """What passed its checks for one mix: over two candidates, a number each of a condition or a symptom."""

    mix: str
    found: Decided
    axes: tuple[int, int]
    points: tuple[Variant, ...]
    """Those of which the statement is known, in the order of `found.holds`."""

    @property
    def box(self) -> Box:
        """The box; of a rule, the side of its threshold."""
        if self.found.is_told_by_box and self.found.box is not None:
            return self.found.box.box
        assert self.found.rule is not None, "a panel is made only where one of the two passed"
        rule = self.found.rule.rule
        return Box(((rule.place, *((rule.threshold, inf) if rule.holds_above else (-inf, rule.threshold))),))

    @property
    def shuffled(self) -> Box | None:
        """The box among shuffled labels; None for a rule."""
        return self.found.box.shuffled_box if self.found.is_told_by_box and self.found.box else None

    @property
    def gain(self) -> float:
        """By how much more often than guessing it is right in new variants."""
        told = self.found.box if self.found.is_told_by_box else self.found.rule
        assert told is not None, "a panel is made only where one of the two passed"
        return told.checks.accuracy - told.checks.majority

    @property
    def inside(self) -> Count:
        """Of the variants in the box, in how many the statement holds."""
        found = self.found.inside if self.found.is_told_by_box else self.found.ruled
        assert found is not None, "there is one of whatever passed"
        return found

    def ends(self, of: Box) -> tuple[Ends, Ends]:
        """Between which values a box lies on both axes; a condition that it leaves alone has no ends."""
        known = {place: (low, high) for place, low, high in of.ends}
        across, up = self.axes
        return known.get(across, (-inf, inf)), known.get(up, (-inf, inf))


def panels(study: Robustness, measure: str) -> list[Panel]:
    """A panel for each mix of which a rule or a box passed its checks."""
    told = []
    for mix in study.others if study.points else ():
        found = decided(study, measure, mix)
        if found is not None and (found.is_told_by_rule or found.is_told_by_box):
            points = tuple(one for one in study.points if study.difference(one, measure, mix) is not None)
            told.append(Panel(mix, found, _axes(study, measure, mix, found), points))
    return told


def _axes(study: Robustness, measure: str, mix: str, found: Decided) -> tuple[int, int]:
    """What decides first, and the condition with the largest share; choices across, for names are long."""
    titles, choices = study.ranges.titles, [one.choices is not None for one in study.ranges.uncertain]
    shares = study.shares(measure, mix)
    ranked = [titles.index(one.condition) for one in shares.of] if shares is not None else []
    ranked = [*dict.fromkeys([*ranked, *range(len(titles))])]
    if found.is_told_by_box and found.box is not None:
        first, second, *_ = sorted(found.box.box.places, key=ranked.index)
    else:
        assert found.rule is not None, "a panel is made only where one of the two passed"
        first = found.rule.rule.place
        second = next((one for one in ranked if one != first), first)
    is_long = second < len(titles) and choices[second]
    return (second, first) if is_long and not (first < len(titles) and choices[first]) else (first, second)
