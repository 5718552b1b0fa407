"""What flows from traces to verdicts: mean numbers of one mix, and the loads of its pools."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate, Quantity, estimate
from tabletop.analysis.outcomes import Column
from tabletop.experiment.results import Results
from tabletop.measures import POOL_MEASURES, PoolReport
from tabletop.subjects import Channel

Tally = Mapping[str, float]
Pools = Mapping[str, PoolReport]


def _came_to_analysts(channel: Channel) -> Callable[[Tally, Pools], float]:
    """Traces of a channel that came to the analysts."""
    return lambda _, pools: float(pools["analysts"].arrivals_by_class.get(channel, 0))


def _arrived(pool: str) -> Callable[[Tally, Pools], float]:
    return lambda _, pools: float(pools[pool].arrivals)


def _sum(*fields: str) -> Callable[[Tally, Pools], float]:
    return lambda tally, _: sum(tally[field] for field in fields)


COUNTS: dict[str, Callable[[Tally, Pools], float]] = {
    "intelligence": _came_to_analysts(Channel.INTELLIGENCE),
    "partners": _came_to_analysts(Channel.PARTNER),
    "reports": _arrived("tip_line_staff"),
    "reports passed on": _came_to_analysts(Channel.COMMUNITY),
    "border checks": _arrived("border_officers"),
    "border checks passed on": _came_to_analysts(Channel.BORDER),
    "filed": _sum("filed", "moot"),
    "lapsed": lambda _, pools: float(pools["analysts"].lapses),
    "cases": _sum("cases"),
    "stopped": _sum("disrupted"),
    "wronged": _sum("wrongful"),
    "cleared": _sum("cleared"),
    "too late or lost": _sum("cases_too_late", "cases_lost", "cases_withdrawn"),
    "proceedings": _sum("proceedings"),
    "convicted": _sum("convictions"),
    "acquitted": _sum("acquittals"),
    "released": _sum("limit_releases"),
}
"""Every number of the flow, by what it counts, a replication."""


class Load(NamedTuple):
    """A pool: how busy it is, how long its items wait, and how many wait on average."""

    busy: Estimate
    wait: Estimate
    queue: Estimate


class Flow(NamedTuple):
    """One mix: its mean numbers, and its pools."""

    counts: Mapping[str, Estimate]
    loads: Mapping[str, Load]

    @classmethod
    def of(cls, results: Results, compared: Comparison, mix: str) -> "Flow":
        """The flow of a mix over the replications that are compared."""
        found: dict[str, list[float]] = {name: [] for name in COUNTS}
        both = zip(
            results.runs.tallies(mix, compared.replications),
            results.runs.pools(mix, compared.replications),
            strict=True,
        )
        for tally, pools in both:
            for name, count in COUNTS.items():
                found[name].append(count(tally, pools))
        means = {
            name: estimate(Column(tuple(values), (1.0,) * len(values)), Quantity(is_count=True))
            for name, values in found.items()
        }
        loads = {
            pool: Load(*(compared.estimates[name][mix] for name in names))
            for pool, names in POOL_MEASURES.items()
        }
        return cls(means, loads)
