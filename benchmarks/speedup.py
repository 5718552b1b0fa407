"""How many times as fast two workers are as one.

Rounds alternate, so that whatever else the machine does harms both; the ratio of medians counts. The
time includes the start of the workers and all that this process does besides.

    python benchmarks/speedup.py [SCENARIO] [--replications N] [--rounds N] [--workers N]
"""

import argparse
from statistics import median
from time import perf_counter

from tabletop.analysis.words import plural
from tabletop.experiment.machine import cores
from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import load


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="harbour-city")
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    scenario = load(arguments.scenario)
    seconds: dict[int, list[float]] = {1: [], arguments.workers: []}
    for _ in range(arguments.rounds):
        for workers, told in seconds.items():
            began = perf_counter()
            run_experiment(scenario, replications=arguments.replications, workers=workers)
            told.append(perf_counter() - began)
    runs = arguments.replications * len(scenario.policy_mixes)
    print(f"{arguments.scenario}: {runs} runs, {arguments.rounds} rounds, {cores()} cores, medians")
    for workers, told in seconds.items():
        name, rate = plural(workers, "worker"), runs / median(told)
        print(f"  {name:10}   {median(told):8.2f} s   {rate:8.2f} runs/s")
    print(f"  speed-up    {median(seconds[1]) / median(seconds[arguments.workers]):8.2f}")


if __name__ == "__main__":
    main()
