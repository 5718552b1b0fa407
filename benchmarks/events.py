"""Events per second of the model on SimPy, beside a bare SimPy process loop and a bare heap loop.

Each line is measured in the same run, in turn, over the same number of events; the ratio is what
counts, since machines differ. A model event is one SimPy event processed. Traces per second stand
beside it, so that needless events cannot flatter the figure.

    python benchmarks/events.py [SCENARIO] [--rounds N]
"""

import argparse
import heapq
from statistics import median
from time import process_time

import simpy

from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

PROCESSES = 100
"""Concurrent processes of the bare loops: about as many events as the model has scheduled at a time."""


def model(scenario: Scenario, replication: int) -> tuple[int, int, float]:
    """Events, traces and seconds of one replication of the baseline."""
    began = process_time()
    run = simulate(scenario, scenario.baseline, replication, engine="simpy")
    return run.events, run.traces, process_time() - began


def bare_simpy(events: int) -> float:
    """Seconds that SimPy takes for so many timeouts of processes that do nothing."""
    env = simpy.Environment()

    def wait(days: float) -> simpy.events.ProcessGenerator:
        for _ in range(events // PROCESSES):
            yield env.timeout(days)

    for number in range(PROCESSES):
        env.process(wait(1 + number / PROCESSES))
    began = process_time()
    env.run()
    return process_time() - began


def bare_heap(events: int) -> float:
    """Seconds for so many pops and pushes on a heap of the same size."""
    queue = [(1 + number / PROCESSES, number) for number in range(PROCESSES)]
    heapq.heapify(queue)
    began = process_time()
    for _ in range(events):
        day, number = heapq.heappop(queue)
        heapq.heappush(queue, (day + 1 + number / PROCESSES, number))
    return process_time() - began


def main() -> None:
    """Print the medians over the rounds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="harbour-city")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    scenario = load(arguments.scenario)
    model(scenario, 0)  # imports and caches
    of_model, of_simpy, of_heap, of_traces, ratios, seconds = [], [], [], [], [], []
    for replication in range(arguments.rounds):
        events, traces, took = model(scenario, replication)
        simpy_took, heap_took = bare_simpy(events), bare_heap(events)
        seconds.append(took)
        of_model.append(events / took)
        of_traces.append(traces / took)
        of_simpy.append(events / simpy_took)
        of_heap.append(events / heap_took)
        ratios.append(simpy_took / took)
    print(f"{arguments.scenario}, baseline, {arguments.rounds} replications, medians of CPU time")
    print(f"  one replication        {median(seconds):12.3f} s")
    print(f"  model                  {median(of_model):12,.0f} events/s")
    print(f"                         {median(of_traces):12,.0f} traces/s")
    print(f"  bare SimPy processes   {median(of_simpy):12,.0f} events/s")
    print(f"  bare heap              {median(of_heap):12,.0f} events/s")
    print(f"  model / bare SimPy     {median(ratios):12.2f}")


if __name__ == "__main__":
    main()
