"""What a user waits for: whole commands on both engines, by the clock and in CPU time of all processes.

    python benchmarks/commands.py [--short] [--only COMMAND] [--rounds N]

Where SimPy's engine would take minutes, both are timed with fewer replications, and the compiled one once
more with all. Results are written to a folder that is removed again.
"""

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tabletop.compiled.choice import VARIABLE, absence
from tabletop.scenario.source import shipped

COMMANDS = (
    (("run", "first-steps"), True),
    (("run", "first-steps", "--no-figures"), True),
    (("run", "harbour-city", "--replications", "10"), True),
    (("run", "harbour-city", "--replications", "100"), False),
    (("rehearse", "harbour-city", "--others", "10"), True),
    (("rehearse", "harbour-city", "--others", "100"), False),
    (("robust", "harbour-city", "--worlds", "10", "--workers", "1"), False),
    (("robust", "harbour-city", "--workers", "1"), False),
    (("robust", "harbour-city", "--vary", "threat.formation_rate", "--workers", "1"), False),
    (("levers", "harbour-city", "--pillars", "--workers", "1"), False),
    (
        ("search", "harbour-city", "--aim", "incidents", "--aim", "wrongful_interventions", "--workers", "1"),
        False,
    ),
    (("check", *(f"scenarios/{name}.yaml" for name in shipped())), False),
)
"""The words of each command, and whether it is timed on SimPy's engine too."""


def timed(words: tuple[str, ...], engine: str) -> tuple[float, float]:
    """Seconds by the clock, and of CPU time, of one command in a fresh process and an empty folder."""
    with TemporaryDirectory() as out:
        command = [sys.executable, "-m", "tabletop", *words]
        command += [] if words[0] == "check" else ["--out", out]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = perf_counter()
        done = subprocess.run(  # noqa: S603 (own words)
            command, env=os.environ | {VARIABLE: engine}, capture_output=True, text=True, check=False
        )
        clock = perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def engines(*, with_simpy: bool) -> Iterator[str]:
    """The engines that a command is timed on."""
    if with_simpy:
        yield "simpy"
    if absence() is None:
        yield "compiled"


def main() -> None:
    """Print medians over the rounds, and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="only what is timed on both engines")
    parser.add_argument("--only", metavar="COMMAND", help="only commands that begin with this word")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for words, with_simpy in COMMANDS:
        if (arguments.short and not with_simpy) or arguments.only not in (None, words[0]):
            continue
        shown = (*words[:2], "...") if words[0] == "check" else words
        print(f"tabletop {' '.join(shown)}")
        clocks = {}
        for engine in engines(with_simpy=with_simpy):
            times = [timed(words, engine) for _ in range(arguments.rounds)]
            clocks[engine], cpu = (median(one) for one in zip(*times, strict=True))
            print(f"  {engine:9} {clocks[engine]:8.2f} s by the clock   {cpu:8.2f} s of CPU time")
        if len(clocks) == 2:
            print(f"  ratio     {clocks['simpy'] / clocks['compiled']:8.1f} × as fast")


if __name__ == "__main__":
    main()
