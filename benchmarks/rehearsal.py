"""How long a whole exercise takes: `tabletop rehearse`, from the brief to report, pack and replay bundle.

It is timed as the command that a controller types, by the clock and in CPU time of all its processes.
One replication of the baseline on SimPy in the same round stands beside it, so that machines can be compared.

    python benchmarks/rehearsal.py [SCENARIO] [--others N] [--workers N]
"""

import argparse
import resource
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from tabletop.experiment.machine import cores
from tabletop.scenario.load import load
from tabletop.simulation import simulate


def main() -> None:
    """Print the times; exit code 1 if the rehearsal failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="harbour-city")
    parser.add_argument("--others", type=int, default=40)
    parser.add_argument("--workers", type=int, default=cores())
    arguments = parser.parse_args()
    scenario = load(arguments.scenario)
    plan = scenario.exercise
    if plan is None:
        sys.exit(f"{arguments.scenario}: no `exercise:` block; there is nothing to rehearse")
    began = process_time()
    simulate(scenario, mix=scenario.baseline, replication=0, engine="simpy")
    one = process_time() - began
    with TemporaryDirectory() as out:
        words = [sys.executable, "-m", "tabletop", "rehearse", arguments.scenario, "--out", out]
        words += ["--others", str(arguments.others), "--workers", str(arguments.workers)]
        began = perf_counter()
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603 (own words)
        clock = perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(f"{arguments.scenario}: {len(plan.teams)} teams, {arguments.others} other worlds, {cores()} cores")
    print(f"  by the clock                  {clock:8.1f} s")
    print(f"  CPU time                      {cpu:8.1f} s")
    print(f"  in replications on SimPy {cpu / one:6.0f}")


if __name__ == "__main__":
    main()
