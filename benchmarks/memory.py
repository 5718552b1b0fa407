"""Peak memory of the parent process, over 100 and over 1,000 replications.

Each number comes from a process of its own that runs the experiment on two workers, keeps its folder,
compares, and writes every table. Workers are not counted: their memory does not depend on how many
replications there are.

    python benchmarks/memory.py [SCENARIO] [--replications FEW MANY] [--short]
"""

import argparse
import resource
import subprocess
import sys
from tempfile import TemporaryDirectory

from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import load

SHORT_DAYS = 30.0
BORNE = 1.2
"""Ratio above which the parent's memory counts as growing."""


def main() -> None:
    """Print peaks and their ratio; exit code 1 if it is above 1.2."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="first-steps")
    parser.add_argument("--replications", type=int, nargs=2, default=[100, 1_000], metavar=("FEW", "MANY"))
    parser.add_argument("--short", action="store_true", help="30 days without warm-up instead of the whole")
    parser.add_argument("--measure", type=int, metavar="N", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure is not None:
        print(measured(arguments.scenario, arguments.measure, short=arguments.short))
        return
    peaks = [in_a_process_of_its_own(n, arguments) for n in arguments.replications]
    few, many = peaks
    for number, peak in zip(arguments.replications, peaks, strict=True):
        print(f"  {number:7,} replications   {peak / 1e6:8.1f} MB")
    print(f"  ratio                  {many / few:8.2f}")
    sys.exit(many / few > BORNE)


def in_a_process_of_its_own(replications: int, arguments: argparse.Namespace) -> int:
    """Bytes at the peak of a process that does nothing else."""
    words = [sys.executable, __file__, arguments.scenario, "--measure", str(replications)]
    words += ["--short"] if arguments.short else []
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)  # noqa: S603 (own words)


def measured(name: str, replications: int, *, short: bool) -> int:
    """Bytes at the peak of this process, once it has run an experiment."""
    scenario = load(name)
    if short:
        scenario = scenario.model_copy(update={"horizon_days": SHORT_DAYS, "warm_up_days": 0.0})
    with TemporaryDirectory() as out:
        run_experiment(scenario, replications=replications, workers=2, out=out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


if __name__ == "__main__":
    main()
