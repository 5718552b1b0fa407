"""Interruptions at random moments: an experiment is broken off again and again, and resumed each time.

Half of the time with Ctrl-C, as a terminal sends it to every process of its group, half of the time with a
signal that nobody can catch. In the end the folder must equal that of an uninterrupted run: files byte
for byte, figures among them, the table of runs row by row. Only the section of the page that says who made
it when may differ.

    python verification/interrupt.py [--times 20] [--seed 1] [--replications 60] [--no-figures]
"""

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

SCENARIO = """\
title: Interrupted
seed: 3
horizon_days: 365
warm_up_days: 0
conditions:
  background: {intelligence: 3, community: 2, border: 1, partner: 0.5}
  threat: {formation_rate: 40}
policy_mixes:
  usual: {}
  careful: {interdiction: {care: 1.0}}
baseline: usual
measures:
  incidents: {delta: 1}
  disruption_share: {delta: 0.1}
"""


_PROVENANCE = re.compile(rb'<section id="provenance">.*?</section>', re.DOTALL)


@dataclass(frozen=True)
class Outcome:
    """What interruptions did."""

    times: int
    after: tuple[int, ...]
    """Runs that were there after each interruption."""
    differing: tuple[str, ...]
    """What differs from an uninterrupted run; empty if all is well."""


def interrupt(place: Path, *, times: int, seed: int, replications: int, figures: bool = True) -> Outcome:
    """Interrupt an experiment so many times in a place, resume each time, and compare."""
    # a job in the background of a shell is begun with Ctrl-C ignored, and so would what it starts be
    signal.signal(signal.SIGINT, signal.default_int_handler)
    scenario = place / "interrupted.yaml"
    scenario.write_text(SCENARIO, encoding="utf-8")

    def start(out: str) -> subprocess.Popen[bytes]:
        words = ["run", str(scenario), "--replications", str(replications), "--workers", "2"]
        words += [] if figures else ["--no-figures"]
        return subprocess.Popen(  # noqa: S603 (own words)
            [sys.executable, "-m", "tabletop", *words, "--out", str(place / out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    began = monotonic()
    whole = start("whole")
    if whole.wait() != 0:
        raise SystemExit("the uninterrupted run failed")
    lasts = monotonic() - began
    luck = random.Random(seed)  # noqa: S311 (no secret)
    after: list[int] = []
    differing: list[str] = []
    attempt = 0
    while len(after) < times:
        out = f"broken-{attempt}"
        while len(after) < times:
            process = start(out)
            number = signal.SIGINT if len(after) % 2 else signal.SIGKILL
            try:
                process.wait(luck.uniform(0, lasts))
                break  # it was finished before
            except subprocess.TimeoutExpired:
                if number == signal.SIGINT:
                    os.killpg(process.pid, number)
                else:
                    process.kill()  # the parent alone: its workers must find out themselves
                process.wait()
            after.append(len(runs_of(place / out)))
        if start(out).wait() != 0:
            differing.append(f"{out}: could not be resumed")
        differing += compared(place / "whole", place / out)
        attempt += 1
    return Outcome(len(after), tuple(after), tuple(differing))


def compared(whole: Path, broken: Path) -> list[str]:
    """What differs between the one results folder in each of two places."""
    folders = [next(path for path in place.iterdir() if path.is_dir()) for place in (whole, broken)]
    contents = [
        {
            str(path.relative_to(folder)): _PROVENANCE.sub(b"", path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file() and path.name not in {".lock", "runs.sqlite", "manifest.json"}
        }
        for folder in folders
    ]
    found = [
        name for name in {**contents[0], **contents[1]} if contents[0].get(name) != contents[1].get(name)
    ]
    manifests = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in folders]
    for manifest in manifests:
        del manifest["provenance"], manifest["digest"]
    if manifests[0] != manifests[1]:
        found.append("manifest.json")
    if runs_of(whole) != runs_of(broken):
        found.append("runs.sqlite")
    return found


def runs_of(place: Path) -> list[tuple[object, ...]]:
    """The table of runs of the one results folder in a place; empty if there is none yet."""
    for path in place.glob("*/runs.sqlite"):
        with closing(sqlite3.connect(path)) as database:
            try:
                return database.execute("SELECT * FROM runs ORDER BY mix, replication").fetchall()
            except sqlite3.OperationalError:
                return []  # killed before there was a table
    return []


def main() -> None:
    """Print what was there after each interruption, and whether all is equal in the end."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--replications",
        type=int,
        default=60,
        help="the more, the more interruptions fall into the simulation",
    )
    parser.add_argument("--no-figures", action="store_true", help="tables only, which leaves less to compare")
    arguments = parser.parse_args()
    with TemporaryDirectory() as place:
        outcome = interrupt(
            Path(place),
            times=arguments.times,
            seed=arguments.seed,
            replications=arguments.replications,
            figures=not arguments.no_figures,
        )
    print(f"interrupted {outcome.times} times; runs there after each: {', '.join(map(str, outcome.after))}")
    print("differing: " + (", ".join(outcome.differing) or "nothing"))
    sys.exit(bool(outcome.differing))


if __name__ == "__main__":
    main()
