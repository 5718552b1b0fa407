"""Both engines on the same runs: how long one takes, an experiment, and the answers of a preview.

Runs are timed in CPU time, in turn within the same process; the ratio is what counts, since machines
differ. On the compiled engine the first mix of a replication draws its luck and simulates the warm-up, which
later ones share; so there is a line for each. Experiments and previews use all cores, and are timed by the
clock.

    python benchmarks/engine_speed.py [SCENARIO ...] [--rounds N] [--replications N]
"""

import argparse
import resource
import sys
from statistics import median
from time import perf_counter, process_time

from tabletop.compiled.choice import absence, choose
from tabletop.experiment.machine import cores
from tabletop.experiment.preview import Preview
from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

WITHIN = 0.2
"""Seconds in which a preview answers."""
SLOWER = 20
"""An experiment on SimPy has so many times fewer replications, and is compared run by run."""


def seconds(scenario: Scenario, mix: str, replication: int, engine: str) -> float:
    """CPU time of one run, all measures read."""
    began = process_time()
    simulate(scenario, mix, replication, engine=engine)
    return process_time() - began


def runs(scenario: Scenario, rounds: int) -> None:
    """Print the time of one run on each engine."""
    mixes = list(scenario.policy_mixes)
    for engine in ("simpy", "compiled"):
        seconds(scenario, mixes[0], rounds, engine)  # imports and caches
    taken: dict[str, list[float]] = {"SimPy": [], "compiled, first mix": [], "compiled, later mixes": []}
    for replication in range(rounds):
        mix = mixes[1 + replication % (len(mixes) - 1)]
        taken["SimPy"].append(seconds(scenario, mix, replication, "simpy"))
        taken["compiled, first mix"].append(seconds(scenario, mixes[0], replication, "compiled"))
        taken["compiled, later mixes"].append(seconds(scenario, mix, replication, "compiled"))
    model = median(taken["SimPy"])
    for name, times in taken.items():
        print(f"  {name:22} {1e3 * median(times):9.2f} ms a run   {model / median(times):7.1f} × as fast")


def experiments(scenario: Scenario, replications: int) -> None:
    """Print how long an experiment takes on all cores, workers and their start included."""
    costs = {}
    for engine, number in (("simpy", max(2, replications // SLOWER)), ("compiled", replications)):
        choose(engine)
        began, used = perf_counter(), cpu()
        run_experiment(scenario, replications=number, workers=cores())
        took, used = perf_counter() - began, cpu() - used
        made = number * len(scenario.policy_mixes)
        costs[engine] = used / made
        print(f"  {made:6,} runs, {engine:9} {took:9.2f} s by the clock   {used:9.2f} s of CPU time")
    print(f"  CPU time of a run {costs['simpy'] / costs['compiled']:31.1f} × as little")


def cpu() -> float:
    """CPU time of this process and of its workers that have ended."""
    there = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + there.ru_utime + there.ru_stime


def previews(scenario: Scenario, rounds: int) -> None:
    """Print how many worlds answer a question in time, of a lever that moves step by step."""
    choose("compiled")
    mix = next(name for name in scenario.policy_mixes if name != scenario.baseline)
    preview = Preview(scenario, worlds=200)
    worlds, taken, used = [], [], []
    for step in range(rounds):
        began, before = perf_counter(), process_time()
        found = preview.outcome({f"{mix}/detection.analysts": 3 + step}, within=WITHIN)
        taken.append(perf_counter() - began)
        assert found is not None
        worlds.append(found.worlds)
        used.append((process_time() - before) / found.worlds)
    print(
        f"  a preview of {WITHIN} s: {median(worlds):.0f} of 200 worlds in {median(taken):.3f} s, "
        f"{1e3 * median(used):.2f} ms of CPU time a world"
    )


def main() -> None:
    """Print times and ratios, scenario by scenario."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenarios", nargs="*", default=["harbour-city", "first-steps"], metavar="SCENARIO")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--replications", type=int, default=200)
    arguments = parser.parse_args()
    if (why := absence()) is not None:
        sys.exit(f"there is no compiled engine to time: {why}")
    for name in arguments.scenarios:
        scenario = load(name)
        print(f"{name}, medians of {arguments.rounds} rounds, {cores()} cores")
        runs(scenario, arguments.rounds)
        experiments(scenario, arguments.replications)
        previews(scenario, arguments.rounds)


if __name__ == "__main__":
    main()
