"""Memory under a heavy background: 10,000 benign traces a day on each of four channels, for three years.

What is in the system takes room, and neither what will come nor what is past. Nothing lapses in the queue
of liaison, so it has as many people as it needs. Each engine runs in a process of its own, whose peak is
printed.

    python benchmarks/background.py [--days N] [--rate N] [--engine NAME ...]

SimPy's engine takes more than half an hour for three years, so that by default only the compiled one is
measured. Exit code 1 if a peak is above 1 GB.
"""

import argparse
import resource
import subprocess
import sys
from time import process_time

from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate
from tabletop.subjects import Channel

BORNE = 1e9


def main() -> None:
    """Print the peak of each engine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=float, default=1095.0)
    parser.add_argument("--rate", type=float, default=10_000.0)
    parser.add_argument("--engine", nargs="+", default=["compiled"], choices=["simpy", "compiled"])
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measured(arguments.days, arguments.rate, arguments.engine[0])
        return
    peaks = []
    for engine in arguments.engine:
        words = [sys.executable, __file__, "--measure", "--engine", engine]
        words += ["--days", str(arguments.days), "--rate", str(arguments.rate)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 (own words)
        traces, seconds, peak = map(float, done.stdout.split())
        peaks.append(peak)
        print(f"  {engine:9} {traces:14,.0f} traces   {seconds:8.1f} s of CPU time   {peak / 1e6:8.1f} MB")
    sys.exit(max(peaks) > BORNE)


def measured(days: float, rate: float, engine: str) -> None:
    """Print traces captured, CPU time and the peak of this process."""
    busy = Scenario.model_validate(
        {
            "title": "A heavy background",
            "horizon_days": days,
            "warm_up_days": 0,
            "conditions": {"background": {channel.key: rate for channel in Channel}},
            "baseline": "usual",
            "policy_mixes": {"usual": {"sharing": {"liaison_officers": None}}},
            "measures": {"incidents": {"delta": 1}},
        }
    )
    began = process_time()
    traces = simulate(busy, "usual", 0, engine=engine).traces
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(traces, process_time() - began, peak if sys.platform == "darwin" else 1024 * peak)


if __name__ == "__main__":
    main()
