"""Measures: the outcomes of a replication, with unit, direction and definition."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

from tabletop.engine.staff import Statistics
from tabletop.pools import POOLS, StaffPool
from tabletop.world import Tally, Window

Kind = Literal["count", "total", "level", "average", "ratio"]
"""A count and a total add up over time; a level is how things stand at the end of it; an average is
over time; a ratio is of two sums."""

Reading = tuple[float, float]
"""Numerator and denominator; the denominator is 1 for measures that are not ratios."""


@dataclass(frozen=True)
class Measure:
    """One outcome of a replication: its `name`, its `title` for people, its `unit` and its `kind`."""

    name: str
    title: str
    unit: str
    direction: int
    """1: more is better; −1: less is better; 0: neither."""
    observable: bool
    """Whether players can see it during play; the others are shown at the hot wash."""
    kind: Kind
    sentence: str
    """What it is, in words that a student understands."""
    read: Callable[[Window], Reading]
    """Computes it from a window of the simulated world."""
    tallied: str | None = None
    """The field of the tally that holds it, if one does."""
    predictable: bool = False
    """Whether teams may be asked to predict it: counts that they see, and what all have a feeling for."""
    still_open: str | None = None
    """For a mean duration, which covers only what has ended: the measure that counts what has not."""
    denominator: str = ""
    """Of a ratio, what its denominator counts, in the singular."""
    nothing: str = ""
    """Of a ratio, what a denominator of 0 means, where it is more than none of what it counts."""
    is_proportion: bool = False
    """Of a ratio, whether its numerator counts some of what its denominator counts."""
    ended: str | None = None
    """Of what is counted or averaged when it has ended, the ratio whose denominator counts all that have."""

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, from 0 to 1; people read and write it in per cent."""
        return self.unit == "share"

    @property
    def written_by(self) -> float:
        """By what a value is multiplied where people read and write it."""
        return 100.0 if self.is_share else 1.0

    @property
    def adds_up(self) -> bool:
        """Whether it begins at 0 and is added up over time."""
        return self.kind in ("count", "total")

    def so_far(self, tally: Tally) -> float:
        """The value so far of a measure that is a field of the tally."""
        assert self.tallied is not None
        found: float = getattr(tally, self.tallied)
        return found


def value(reading: Reading) -> float | None:
    """A measure's value: numerator over denominator; None, for missing, if the denominator is 0."""
    numerator, denominator = reading
    return numerator / denominator if denominator else None


def _count(
    name: str,
    title: str,
    direction: int,
    attribute: str,
    sentence: str,
    *,
    hidden: bool = False,
    ended: str | None = None,
) -> Measure:
    def read(window: Window) -> Reading:
        return float(getattr(window.tally, attribute)), 1.0

    seen = not hidden
    return Measure(
        name,
        title,
        "count",
        direction,
        seen,
        "count",
        sentence,
        read,
        attribute,
        predictable=seen,
        ended=ended,
    )


def _total(
    name: str,
    title: str,
    unit: str,
    direction: int,
    attribute: str,
    sentence: str,
    *,
    hidden: bool = False,
    ended: str | None = None,
) -> Measure:
    def read(window: Window) -> Reading:
        return float(getattr(window.tally, attribute)), 1.0

    return Measure(name, title, unit, direction, not hidden, "total", sentence, read, attribute, ended=ended)


def _ratio(
    name: str,
    title: str,
    unit: str,
    direction: int,
    over: tuple[str, str],
    sentence: str,
    *,
    counts: str,
    hidden: bool = False,
    still_open: str | None = None,
    is_proportion: bool = False,
) -> Measure:
    numerator, denominator = over

    def read(window: Window) -> Reading:
        return float(getattr(window.tally, numerator)), float(getattr(window.tally, denominator))

    return Measure(
        name,
        title,
        unit,
        direction,
        not hidden,
        "ratio",
        sentence,
        read,
        still_open=still_open,
        denominator=counts,
        is_proportion=is_proportion,
        ended=None if still_open is None else name,
    )


def _security() -> Iterator[Measure]:
    yield _count("incidents", "Incidents", -1, "incidents", "Attempts that were carried out and not foiled.")
    yield _total("harm", "Harm", "harm units", -1, "harm", "Abstract harm of all incidents together.")
    yield _count(
        "attempts_turned_back",
        "Attempts turned back",
        0,
        "turned_back",
        "Attempts that ended because somebody of them was refused at the border.",
        hidden=True,
    )
    yield _count(
        "attempts_foiled",
        "Attempts foiled",
        0,
        "foiled",
        "Mature attempts that protective security stopped at the last moment.",
    )
    yield _count("plots_formed", "Plots formed", -1, "formed", "Attempts that began to prepare.", hidden=True)
    yield _count(
        "plots_reformed",
        "Plots re-formed",
        -1,
        "reformed",
        "Attempts by plots that had been tried before.",
        hidden=True,
    )
    yield _count(
        "plots_prevented",
        "Plots prevented",
        1,
        "prevented",
        "Plots that would have formed without prevention, joint training and convictions, and did not.",
        hidden=True,
    )
    yield _count(
        "plots_disrupted",
        "Plots disrupted",
        0,
        "disrupted",
        "Attempts that an investigation stopped in time; fewer where fewer form.",
        hidden=True,
    )

    def disruption_share(window: Window) -> Reading:
        tally = window.tally
        stopped = tally.disrupted + tally.turned_back
        return float(stopped), float(stopped + tally.foiled + tally.incidents)

    yield Measure(
        "disruption_share",
        "Share disrupted",
        "share",
        1,
        False,
        "ratio",
        "Of the attempts that came to an end, the share that an investigation or the border stopped.",
        disruption_share,
        denominator="attempt",
        is_proportion=True,
    )
    yield _count(
        "known_but_missed",
        "Known but missed",
        -1,
        "known_but_missed",
        "Incidents whose plot had a case open on it.",
        hidden=True,
    )
    yield _ratio(
        "days_to_disruption",
        "Days to disruption",
        "days",
        0,
        ("days_to_disruption", "disrupted"),
        "Mean time from an attempt's formation to its disruption, of those that were disrupted; "
        "a plot that was never found, or found too late, is not in it.",
        counts="disruption",
        hidden=True,
        still_open="plots_preparing_at_end",
    )
    yield Measure(
        "plots_preparing_at_end",
        "Plots preparing at the end",
        "count",
        -1,
        False,
        "level",
        "Attempts that still prepare when the exercise ends.",
        lambda window: (float(window.preparing_at_end), 1.0),
    )
    yield Measure(
        "plots_undetected_mean",
        "Plots undetected",
        "plots",
        -1,
        False,
        "average",
        "Attempts that prepare without a case on them, on average over time.",
        lambda window: (window.undetected_days / window.days, 1.0),
    )


def _rights() -> Iterator[Measure]:
    yield _count(
        "cases_opened",
        "Cases opened",
        0,
        "cases",
        "Investigations that were opened, on plots and on the innocent.",
    )
    yield _ratio(
        "false_case_share",
        "Share of false cases",
        "share",
        -1,
        ("false_cases", "cases"),
        "Of the cases opened, the share about somebody innocent.",
        counts="case",
        hidden=True,
        is_proportion=True,
    )
    yield _count(
        "wrongful_interventions",
        "Wrongful interventions",
        -1,
        "wrongful",
        "Interventions against somebody innocent.",
        hidden=True,
    )
    yield _count(
        "wrongful_refusals",
        "Wrongful refusals",
        -1,
        "wrongful_refusals",
        "Innocent travellers who were refused at the border.",
        hidden=True,
    )
    yield _total(
        "wrongful_custody_days",
        "Wrongful custody",
        "days",
        -1,
        "wrongful_custody_days",
        "Days that innocents spent in custody, counted when it ended; who is still in custody is not in it.",
        hidden=True,
        ended="custody_days_mean",
    )
    yield _count(
        "wrongful_convictions",
        "Wrongful convictions",
        -1,
        "wrongful_convictions",
        "Innocents who were convicted.",
        hidden=True,
        ended="days_to_verdict",
    )
    yield _total(
        "wrongful_prison_days",
        "Wrongful prison",
        "days",
        -1,
        "wrongful_prison_days",
        "Prison to which innocents were sentenced, the whole of each sentence counted at the verdict.",
        hidden=True,
    )
    yield _ratio(
        "custody_days_mean",
        "Custody",
        "days",
        -1,
        ("custody_days", "custody_ended"),
        "Mean time from intervention to release or verdict, of those whose custody ended; "
        "who is still in custody is not in it.",
        counts="detention",
        still_open="proceedings_open_at_end",
    )
    yield _count(
        "limit_releases",
        "Releases at the limit",
        -1,
        "limit_releases",
        "People released because their trial had not begun when the law's limit passed.",
    )


def _justice() -> Iterator[Measure]:
    yield _count(
        "convictions",
        "Convictions",
        0,
        "convictions",
        "Convictions, of the guilty and the innocent together.",
        ended="days_to_verdict",
    )
    yield _count(
        "guilty_acquitted",
        "Guilty acquitted",
        0,
        "guilty_acquitted",
        "Guilty people who were acquitted; fewer where more are released before a verdict.",
        hidden=True,
        ended="days_to_verdict",
    )
    yield _count(
        "guilty_freed",
        "Guilty freed",
        -1,
        "guilty_freed",
        "Guilty people who were acquitted, or released when the law's limit on custody passed.",
        hidden=True,
    )
    yield _ratio(
        "verdict_share",
        "Share with a verdict",
        "share",
        1,
        ("verdicts", "custody_ended"),
        "Of the proceedings that ended, the share that ended in a verdict and not in a release at the limit.",
        counts="ended proceeding",
        is_proportion=True,
    )
    yield _ratio(
        "days_to_verdict",
        "Days to verdict",
        "days",
        0,
        ("days_to_verdict", "verdicts"),
        "Mean time from intervention to verdict, of those who got one; "
        "a release at the limit takes the longest out of it.",
        counts="court verdict",
        still_open="proceedings_open_at_end",
    )
    yield Measure(
        "proceedings_open_at_end",
        "Proceedings open at the end",
        "count",
        -1,
        True,
        "level",
        "Proceedings without a verdict or release when the exercise ends.",
        lambda window: (float(window.proceedings_at_end), 1.0),
    )


def _trust() -> Iterator[Measure]:
    yield Measure(
        "trust_mean",
        "Trust",
        "share",
        1,
        True,
        "average",
        "The public's trust, on average over time.",
        lambda window: (window.trust_days / window.days, 1.0),
        predictable=True,
    )
    yield Measure(
        "trust_end",
        "Trust at the end",
        "share",
        1,
        True,
        "level",
        "The public's trust on the last day.",
        lambda window: (window.trust_at_end, 1.0),
    )
    yield _count(
        "reports_genuine",
        "Useful reports",
        1,
        "reports_genuine",
        "Reports about plots that reached the tip line.",
        hidden=True,
    )
    yield _count(
        "reports_benign",
        "Mistaken reports",
        -1,
        "reports_benign",
        "Reports about innocent matters that reached the tip line.",
        hidden=True,
    )


def _flow() -> Iterator[Measure]:
    for pool in POOLS.values():
        yield from _pool(pool)
    yield _count(
        "partner_items_in_time",
        "Partner items in time",
        1,
        "partner_items_in_time",
        "Items on plots that partners sent and that arrived while the plot still prepared.",
        hidden=True,
    )
    yield _count(
        "partner_items_late",
        "Partner items too late",
        -1,
        "partner_items_late",
        "Items on plots that partners sent and that arrived after the plot had ended.",
        hidden=True,
    )
    yield _count(
        "traces_lapsed",
        "Traces lapsed",
        -1,
        "lapsed",
        "Reports and traces that waited too long and were never looked at.",
    )
    yield _count(
        "border_referrals",
        "Border referrals",
        0,
        "border_referrals",
        "Travellers whose inspection was passed on to the analysts.",
    )
    yield _count(
        "border_refusals",
        "Border refusals",
        0,
        "border_refusals",
        "Travellers who were refused at the border.",
    )

    def traveller_wait(window: Window) -> Reading:
        total, number = _waits(window.pools["border_officers"])
        return 24 * total, number

    yield Measure(
        "traveller_wait_hours",
        "Travellers' wait",
        "hours",
        -1,
        True,
        "ratio",
        "Mean time that referred travellers wait for their inspection to begin.",
        traveller_wait,
        denominator="traveller",
    )


class PoolMeasures(NamedTuple):
    """The names of the measures of one pool of staff."""

    utilisation: str
    wait: str
    queue: str


POOL_MEASURES = {pool: PoolMeasures(f"utilisation_{pool}", f"wait_{pool}", f"queue_{pool}") for pool in POOLS}
"""The measures of each pool of staff, by its name."""


def _pool(pool: StaffPool) -> Iterator[Measure]:
    names = POOL_MEASURES[pool.name]
    yield Measure(
        names.utilisation,
        f"Busy: {pool.title}",
        "share",
        0,
        True,
        "ratio",
        f"Share of their time that the {pool.title} are at work on something; missing if unlimited.",
        lambda window: _utilisation(window.pools[pool.name]),
        nothing="nobody there, or no limit to the staff",
    )
    yield Measure(
        names.wait,
        f"Wait: {pool.title}",
        "days",
        -1,
        True,
        "ratio",
        f"Mean time in the queue for the {pool.title}, of all that left it.",
        lambda window: _waits(window.pools[pool.name]),
        denominator="item",
    )
    yield Measure(
        names.queue,
        f"Queue: {pool.title}",
        "items",
        -1,
        True,
        "average",
        f"Items in the queue for the {pool.title}, on average over time.",
        lambda window: (window.pools[pool.name].queue_days / window.days, 1.0),
    )


def _utilisation(statistics: Statistics) -> Reading:
    if statistics.staff_days == inf:
        return 0.0, 0.0
    return statistics.busy_days, statistics.staff_days


def _waits(statistics: Statistics) -> Reading:
    total, number = statistics.waits.total()
    return total, float(number)


COST = "cost_total"
"""What follows from the decisions alone, and is the same in every world."""


def _cost() -> Iterator[Measure]:
    yield Measure(
        COST,
        "Cost",
        "cost units",
        -1,
        True,
        "total",
        "What the policy's settings cost over the exercise; staff counts as authorised.",
        lambda window: (window.cost, 1.0),
    )


class Waits(NamedTuple):
    """Waits in days: `mean` and 90th percentile (`p90`) of a number of `items`."""

    mean: float
    p90: float
    items: int


@dataclass(frozen=True)
class PoolReport:
    """A pool of staff from StartEx to EndEx.

    `mean_wait` and `p90_wait` (the 90th percentile) are in days, None if no item left the queue. `mean_queue`
    (over time) and `peak_queue` are in items; so are `arrivals` and `lapses`. `busy_days` and `staff_days`
    are person-days, at work and present.
    """

    utilisation: float | None
    """`busy_days` / `staff_days`; None if unlimited. Who finishes an item after a cut counts as staff."""
    mean_wait: float | None
    p90_wait: float | None
    waits_by_class: dict[int, Waits]
    """By class of work: the channel of a trace; for liaison officers, in or out."""
    arrivals_by_class: dict[int, int]
    """Items that came, by the same classes."""
    mean_queue: float
    peak_queue: int
    arrivals: int
    lapses: int
    busy_days: float
    staff_days: float

    @classmethod
    def of(cls, statistics: Statistics, days: float) -> "PoolReport":
        """The report of a window of so many days."""
        waits = statistics.waits
        return cls(
            utilisation=value(_utilisation(statistics)),
            mean_wait=value(_waits(statistics)),
            p90_wait=waits.percentile(0.9) if waits.classes else None,
            waits_by_class={
                kind: Waits(waits.mean(kind), waits.percentile(0.9, kind), waits.items(kind))
                for kind in waits.classes
            },
            arrivals_by_class={int(kind): came for kind, came in statistics.arrivals_by_class.items()},
            mean_queue=statistics.queue_days / days,
            peak_queue=statistics.peak_queue,
            arrivals=statistics.arrivals,
            lapses=statistics.lapses,
            busy_days=statistics.busy_days,
            staff_days=statistics.staff_days,
        )


_GROUPS = {
    "security": _security,
    "rights": _rights,
    "justice": _justice,
    "trust": _trust,
    "flow": _flow,
    "cost": _cost,
}
MEASURES: dict[str, Measure] = {measure.name: measure for group in _GROUPS.values() for measure in group()}
"""Every measure by its name, in the order in which they are shown."""
GROUP_OF: dict[str, str] = {measure.name: name for name, group in _GROUPS.items() for measure in group()}
"""The group of each measure: security, rights, justice, trust, flow or cost."""


def readings(window: Window) -> dict[str, Reading]:
    """Numerator and denominator of every measure of a window."""
    return {name: measure.read(window) for name, measure in MEASURES.items()}
