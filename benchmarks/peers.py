"""One sub-model in other simulators: a desk of analysts, whose work waits for them and lapses.

Traces arrive at random (Poisson), wait for one of some analysts, first come, first served, and lapse after
an exponential time unless somebody has taken them up. An assessment takes an exponential time: it is the
Erlang-A queue. The same number of days is simulated by both engines of tabletop, in which the desk is a
scenario where nothing else happens, and by SimPy, Ciw and salabim as their documentation shows it. The share
that lapsed and the mean wait stand beside the times, to show that all simulate the same. Times are CPU times
in the same run, in turn; the ratio is what counts.

    python benchmarks/peers.py [--days N] [--rounds N]

Ciw and salabim come with the extra `bench`.
"""

import argparse
import random
from collections.abc import Callable
from statistics import fmean, median
from time import process_time
from typing import Any

import simpy

from tabletop.compiled.choice import absence
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

RATE = 60.0
ANALYSTS = 5
ASSESSMENT = 0.1
PATIENCE = 0.5
"""A day's traces, people, and days: 1.2 times as much work as the desk can do, if none lapsed."""

Found = tuple[float, float]
"""Share that lapsed, and mean days in the queue."""


def desk(days: float) -> Scenario:
    """The desk as a scenario of which nothing else is left."""
    none = {"intelligence": 0, "community": 0, "border": 0, "partner": 0}
    return Scenario.model_validate(
        {
            "title": "A desk",
            "horizon_days": days,
            "warm_up_days": 0,
            "conditions": {
                "threat": {"formation_rate": 0},
                "background": none | {"intelligence": RATE},
                "detection": {
                    "assessment": {"family": "exponential", "mean": ASSESSMENT},
                    "shelf_life": {"family": "exponential", "mean": PATIENCE},
                },
            },
            "baseline": "desk",
            "policy_mixes": {
                "desk": {"detection": {"collection": 1, "analysts": ANALYSTS, "open_case_at": 1}}
            },
            "measures": {"wait_analysts": {"delta": 1}},
        }
    )


def by_tabletop(days: float, replication: int, engine: str) -> Found:
    """The scenario, on one of the two engines."""
    run = simulate(desk(days), "desk", replication, engine=engine)
    pool = run.pools["analysts"]
    assert pool.mean_wait is not None
    return pool.lapses / pool.arrivals, pool.mean_wait


def by_simpy(days: float, seed: int) -> Found:
    """As SimPy's own example of reneging customers."""
    luck, waits, lapsed = random.Random(seed), [], 0  # noqa: S311 (no secrets)
    env = simpy.Environment()
    analysts = simpy.Resource(env, ANALYSTS)

    def trace() -> simpy.events.ProcessGenerator:
        nonlocal lapsed
        came = env.now
        with analysts.request() as free:
            yield free | env.timeout(luck.expovariate(1 / PATIENCE))
            waits.append(env.now - came)
            if free.triggered:
                yield env.timeout(luck.expovariate(1 / ASSESSMENT))
            else:
                lapsed += 1

    def source() -> simpy.events.ProcessGenerator:
        while True:
            yield env.timeout(luck.expovariate(RATE))
            env.process(trace())

    env.process(source())
    env.run(until=days)
    return lapsed / len(waits), fmean(waits)


def by_ciw(days: float, seed: int) -> Found:
    """A network of one node, with reneging customers."""
    import ciw  # noqa: PLC0415 (an extra)

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=RATE)],
        service_distributions=[ciw.dists.Exponential(rate=1 / ASSESSMENT)],
        number_of_servers=[ANALYSTS],
        reneging_time_distributions=[ciw.dists.Exponential(rate=1 / PATIENCE)],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(days)
    records = simulation.get_all_records()
    lapsed = sum(record.record_type == "renege" for record in records)
    return lapsed / len(records), fmean(record.waiting_time for record in records)


def by_salabim(days: float, seed: int) -> Found:
    """A component a trace, whose request can fail."""
    import salabim  # noqa: PLC0415 (an extra)

    salabim.yieldless(False)
    env = salabim.Environment(trace=False, random_seed=seed)
    analysts = salabim.Resource("analysts", capacity=ANALYSTS)
    patience, assessment = salabim.Exponential(PATIENCE), salabim.Exponential(ASSESSMENT)
    waits: list[float] = []
    lapsed = 0

    class Trace(salabim.Component):  # type: ignore[misc]  # salabim has no types
        def process(self) -> Any:
            nonlocal lapsed
            came = env.now()
            yield self.request(analysts, fail_delay=patience.sample())
            waits.append(env.now() - came)
            if self.failed():
                lapsed += 1
            else:
                yield self.hold(assessment.sample())

    class Source(salabim.Component):  # type: ignore[misc]  # salabim has no types
        def process(self) -> Any:
            between = salabim.Exponential(1 / RATE)
            while True:
                yield self.hold(between.sample())
                Trace()

    Source()
    env.run(till=days)
    return lapsed / len(waits), fmean(waits)


PEERS: dict[str, Callable[[float, int], Found]] = {
    "SimPy, idiomatic": by_simpy,
    "Ciw": by_ciw,
    "salabim": by_salabim,
    "tabletop on SimPy": lambda days, number: by_tabletop(days, number, "simpy"),
    "tabletop, compiled": lambda days, number: by_tabletop(days, number, "compiled"),
}


def main() -> None:
    """Print what each found, its median time, and how many times as long as the compiled engine it takes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=float, default=365.0)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    peers = {name: peer for name, peer in PEERS.items() if name != "tabletop, compiled" or absence() is None}
    seconds: dict[str, list[float]] = {}
    found: dict[str, list[Found]] = {}
    for number in range(arguments.rounds + 1):
        for name, peer in peers.items():
            began = process_time()
            try:
                answer = peer(arguments.days, number)
            except ModuleNotFoundError as missing:
                if not number:
                    print(f"  {name}: {missing.name} is not installed; it comes with the extra `bench`")
                continue
            if number:  # before that, imports and caches
                seconds.setdefault(name, []).append(process_time() - began)
                found.setdefault(name, []).append(answer)
    best = min(median(times) for times in seconds.values())
    traces = RATE * arguments.days
    print(f"{traces:,.0f} traces, {arguments.rounds} rounds, medians of CPU time")
    for name, times in seconds.items():
        lapsed, wait = (fmean(one) for one in zip(*found[name], strict=True))
        print(
            f"  {name:20} {1e3 * median(times):9.1f} ms {median(times) / best:8.1f} ×   "
            f"{100 * lapsed:5.1f} % lapsed, {wait:.3f} days in the queue"
        )


if __name__ == "__main__":
    main()
