"""Five sentences that say what a comparison came to: what is gained, who pays, and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.analysis.best_overall import BestOverall
from tabletop.analysis.bottleneck import BUSY
from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.interval_words import interval_in_words, share_with_interval
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import figure, share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.labels import leading_measure, others
from tabletop.plots.pressed import pressed
from tabletop.plots.shortening import clipped
from tabletop.plots.wording import (
    Side,
    better_word,
    capital,
    in_prose,
    is_slight,
    of_all,
    quantity_word,
    side,
    spelled,
)  # fmt: skip
from tabletop.pools import POOLS
from tabletop.safe_text import set_apart

LONGEST = 160
"""Letters of a sentence with its proof."""
NAMED = 3
"""Mixes of which a sentence gives the names; of more it gives their number."""


@dataclass(frozen=True)
class Conclusion:
    """A claim, and what it rests on."""

    claim: str
    proof: str


class _Teller:
    """What the sentences are made from."""

    def __init__(self, results: Results, compared: Comparison) -> None:
        self.results, self.compared = results, compared
        self.names = {
            mix: set_apart(clipped(name)) for mix, name in mix_names(results, compared.mixes).items()
        }
        self.baseline = self.names[compared.baseline]
        self.mixes = others(compared)
        self.leading = leading_measure(results, compared)
        self.worlds = len(compared.replications)

    def of(self, measure: str) -> list[Contrast]:
        return [self.compared.contrast(measure, mix) for mix in self.mixes]

    def numerals(self, measure: str) -> Numerals:
        return Numerals.of(measure, self.results.design.scenario.measures[measure].delta)

    def mean(self, measure: str) -> str:
        """What the baseline has."""
        value = self.compared.estimates[measure][self.compared.baseline].value
        return "" if value is None else self.numerals(measure).mean(value)

    def shown(self, contrast: Contrast) -> str:
        """'−1.4 (−2.0 to −0.7)', with 'points' for a share."""
        numerals = self.numerals(contrast.measure)
        unit = f" {numerals.unit()}" if numerals.unit() else ""
        span = f" ({numerals.span(contrast.interval)})" if contrast.interval else ""
        return f"{numerals.difference(contrast.difference or 0.0)}{unit}{span}"

    def counted(self, contrast: Contrast) -> str:
        """'fewer in 25 of 30 worlds', on the side of the difference."""
        difference = contrast.difference or 0.0
        number = contrast.worlds.higher if difference > 0 else contrast.worlds.lower
        return f"{quantity_word(contrast.measure, difference)} in {number} of {self.worlds} worlds"

    def proof(self, contrast: Contrast) -> str:
        """The mix, its difference with the interval, what it starts from, and the worlds."""
        return (
            f"{self.names[contrast.mix]}: {self.shown(contrast)}, from {self.mean(contrast.measure)}; "
            f"{self.counted(contrast)}."
        )


def conclusions(results: Results, compared: Comparison) -> tuple[Conclusion, ...]:
    """The five sentences, as far as there is anything to compare."""
    if not compared.replications or len(compared.mixes) < 2 or not compared.primary:
        return ()
    teller = _Teller(results, compared)
    return (_gain(teller), *_price(teller), *_largest(teller), _work(teller), _luck(teller))


def _gain(teller: _Teller) -> Conclusion:
    measure, mixes = teller.leading, teller.mixes
    better = [c for c in teller.of(measure) if side(c) is Side.BETTER]
    what = f"{better_word(measure)} {in_prose(measure)} than {teller.baseline}"
    if not better:
        undecided = sum(side(c) is Side.UNDECIDED for c in teller.of(measure))
        verb = "are" if undecided > 1 else "is"
        proof = f"{capital(of_all(undecided, len(mixes)))} {verb} undecided."
        return Conclusion(f"No mix is known to have {what}.", proof)
    best = max(better, key=lambda c: abs(c.difference or 0.0))
    plural = f"{'mixes' if len(mixes) > 1 else 'mix'} {'have' if len(better) > 1 else 'has'}"
    who = capital(of_all(len(better), len(mixes)))
    who = {"Both": "Both mixes have", "The other mix": "The other mix has"}.get(who, f"{who} {plural}")
    slight = " Too small to matter." if is_slight(best) else ""
    most = "Most with " if len(better) > 1 else ""
    return Conclusion(f"{who} {what}.", f"{most}{teller.proof(best)}{slight}")


def _price(teller: _Teller) -> Iterator[Conclusion]:
    rest = [name for name in teller.compared.primary if name != teller.leading]
    if not rest:
        return
    worse = {name: [c for c in teller.of(name) if side(c) is Side.WORSE] for name in rest}
    measure = max(rest, key=lambda name: len(worse[name]))
    if not worse[measure]:
        yield Conclusion(
            "None is known to pay in another measure.",
            "That none was seen to be worse does not say that none is.",
        )
        return
    most = max(worse[measure], key=lambda c: abs(c.difference or 0.0))
    number = len(worse[measure])
    more = quantity_word(measure, most.difference or 0.0)
    who = capital(f"{spelled(number)} {'mix pays' if number == 1 else 'mixes pay'}")
    said = "Most with " if number > 1 else ""
    yield Conclusion(f"{who} with {more} {in_prose(measure)}.", f"{said}{teller.proof(most)}")


def _largest(teller: _Teller) -> Iterator[Conclusion]:
    """The largest decided difference, in δ, in another measure."""
    deltas = {name: interest.delta for name, interest in teller.results.design.scenario.measures.items()}
    found = [
        c
        for name in teller.compared.primary
        if name != teller.leading
        for c in teller.of(name)
        if side(c).is_decided and side(c) is not Side.EQUAL and not is_slight(c)
    ]
    if not found:
        return
    one = max(found, key=lambda c: abs(c.difference or 0.0) / deltas[c.measure])
    times = abs(one.difference or 0.0) / deltas[one.measure]
    what = in_prose(one.measure)
    claim = f"The largest difference, {figure(times, decimals=0)} times what matters, is in {what}."
    yield Conclusion(claim, teller.proof(one))


def _work(teller: _Teller) -> Conclusion:
    """Where nobody is there for some work; else where work waits longest, if anywhere."""
    empty = teller.results.unstaffed()
    if deserted := [(mix, one) for mix in teller.compared.mixes for one in empty[mix]]:
        mix, none = deserted[0]
        claim = f"Nobody there: {POOLS[none.pool].title} with {teller.names[mix]}."
        more = f" And {len(deserted) - 1} more." if len(deserted) > 1 else ""
        return Conclusion(claim, f"{capital(none.in_words())}.{more}")
    one = pressed(teller.results, teller.compared)
    if one is None:
        return Conclusion(
            f"No service is busier than {share(BUSY)}.", "So no queue explains the differences."
        )
    works = POOLS[one.pool].works_on
    wait, before = (figure(e.value or 0.0, decimals=0) for e in (one.wait, one.baseline_wait))
    beside = f"not {before}" if wait != before else f"as with {teller.baseline}"
    title = POOLS[one.pool].title
    claim = f"With {teller.names[one.mix]} a {works} waits {wait} days for {title}, {beside}."
    spans = " and ".join(filter(None, map(interval_in_words, (one.wait, one.baseline_wait))))
    days = f"{spans} days; they" if spans else "They"
    return Conclusion(claim, f"{days} are {share_with_interval(one.busy)} busy.")


def _luck(teller: _Teller) -> Conclusion:
    measure, compared = teller.leading, teller.compared
    column = teller.results.outcomes(compared.mixes).columns[compared.baseline][measure]
    values = [value for value in column.each() if value is not None]
    numerals = teller.numerals(measure)
    reach = max((abs(c.difference or 0.0) for c in teller.of(measure)), default=0.0)
    contrasts = [c for name in compared.primary for c in teller.of(name)]
    open_ = sum(side(c) is Side.UNDECIDED for c in contrasts)
    among = _among_the_best(teller, BestOverall.of(teller.results.best(compared)))
    proof = f"{open_} of {len(contrasts)} comparisons are undecided{among}."
    if not values:
        return Conclusion(f"{MEASURES[measure].title}: missing in every world.", proof)
    low, high = numerals.axis(min(values)), numerals.axis(max(values))
    if low == high:
        return Conclusion(f"{teller.baseline} gives {low} in {in_prose(measure)}, whatever the luck.", proof)
    larger = (
        "Luck is larger than policy" if max(values) - min(values) > reach else "Policy is as large as luck"
    )
    return Conclusion(
        f"{larger}: {teller.baseline} alone ranges from {low} to {high} in {in_prose(measure)}.", proof
    )


def _among_the_best(teller: _Teller, overall: BestOverall) -> str:
    """Which mixes may be the best whatever one looks at, and nothing that is stronger than this."""
    if not overall.judged:
        return ""
    if overall.all_may_be_best:
        return "; nothing tells the mixes apart"
    if not overall.mixes:
        return "; no mix is among the best in every measure"
    names = [set_apart(clipped(teller.names[mix], 24)) for mix in overall.mixes]
    is_one = len(names) == 1
    who = ", ".join(names) if len(names) <= NAMED else f"{spelled(len(names))} mixes"
    verb = ("leads" if is_one else "lead") if overall.few_worlds_differ else ("is" if is_one else "are")
    how = " so far in" if overall.few_worlds_differ else " among the best in"
    return f"; {who} {verb}{how} {overall.where('every measure')}"
