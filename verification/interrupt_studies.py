"""Studies that are killed at random moments: `robust`, `levers --pillars` and `search`, and the same again.

Every command is killed with a signal that nobody can catch, half of the time alone, so that its workers must
find out themselves, half of the time with all its workers; one time in four at a moment before its first new
run is kept, else at one after. The same command is given again until it ends. In
the end the folder must equal that of one that was never killed, with one worker: files byte for byte, and the
table of runs row by row.

    python verification/interrupt_studies.py [--times 40] [--seed 1] [--worlds 20] [--workers 2] [--figures]
                                             [--only search]
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from interrupt import SCENARIO

STUDIED = """\
conditions:
  background: {intelligence: 3, community: 2, border: 1, partner: 0.5}
  threat: {formation_rate: 40}
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log}
  - {on: background, multiply: [0.5, 2], name: harmless traces}
costs: {analysts: 2}
budget: 1000
search: {levers: {analysts: {high: 20}, care: {step: 0.25}}}
"""


@dataclass(frozen=True)
class Outcome:
    """What the kills of one command did."""

    command: str
    after: tuple[int, ...]
    """Runs that were there after each kill."""
    differing: tuple[str, ...]
    """What differs from a study that was never killed; empty if all is well."""


def words_of(worlds: int) -> dict[str, list[str]]:
    """The commands, without the file: each takes some `worlds` times a few mixes."""
    return {
        "robust": ["robust", "--variants", "8", "--worlds", str(worlds), "--regret"],
        "pillars": ["levers", "--pillars", "--mix", "careful", "--replications", str(5 * worlds)],
        "search": [
            "search", "--aim", "incidents", "--candidates", str(max(4, worlds // 2)), "--finalists", "3",
            "--worlds", str(worlds), "--parts", "--robust", "--variants", "8", "--variant-worlds",
            str(max(2, worlds // 2)),
        ],
    }  # fmt: skip


def killed(
    place: Path, name: str, *, times: int, seed: int, worlds: int, workers: int = 2, figures: bool = False
) -> Outcome:
    """Kill one command so many times in a place, give it again each time, and compare."""
    file = place / "killed.yaml"
    file.write_text(_scenario(), encoding="utf-8")
    command, *rest = words_of(worlds)[name]

    def start(out: str, processes: int) -> subprocess.Popen[bytes]:
        words = [command, str(file), *rest, "--workers", str(processes), "--out", str(place / out)]
        return subprocess.Popen(  # noqa: S603 (own words)
            [
                sys.executable,
                "-m",
                "tabletop",
                *words,
                *([] if figures or name == "pillars" else ["--no-figures"]),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    began = monotonic()
    process = start("whole", 1)
    _wait_for_more(process, place / "whole", 0)
    first = monotonic() - began
    if process.wait() != 0:
        raise SystemExit(f"{name}: the study that is never killed failed")
    lasts = monotonic() - began - first
    luck = random.Random(f"{seed} {name}")  # noqa: S311 (no secret)
    after: list[int] = []
    differing: list[str] = []
    attempt = 0
    while len(after) < times:
        out = f"broken-{attempt}"
        while len(after) < times:
            there = counted(place / out)
            process = start(out, workers)
            is_early = len(after) % 4 == 0
            if not is_early:
                _wait_for_more(process, place / out, there)
            try:
                process.wait(luck.uniform(0, first if is_early else lasts))
                break  # it was finished before
            except subprocess.TimeoutExpired:
                if len(after) % 2:
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
                process.wait()
            after.append(counted(place / out))
        if start(out, workers).wait() != 0:
            differing.append(f"{out}: does not go on")
        differing += compared(place / "whole", place / out)
        attempt += 1
    return Outcome(name, tuple(after), tuple(differing))


def compared(whole: Path, broken: Path) -> list[str]:
    """What differs between the one folder of a study in each of two places."""
    contents = []
    for place in (whole, broken):
        folders = [path for path in place.glob("*") if path.is_dir()]
        if len(folders) != 1:
            return [f"{place.name}: {len(folders)} folders"]
        (folder,) = folders
        contents.append(
            {
                str(path.relative_to(folder)): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file() and path.name != ".lock" and not path.name.startswith("runs.sqlite")
            }
        )
    first, second = contents
    found = [f"{broken.name}/{name}" for name in {**first, **second} if first.get(name) != second.get(name)]
    return found if runs_of(whole) == runs_of(broken) else [*found, f"{broken.name}/runs.sqlite"]


def runs_of(place: Path) -> list[tuple[object, ...]]:
    """The table of runs of the one folder in a place; empty if there is none yet."""
    return _asked(place, "SELECT * FROM runs ORDER BY variant, mix, replication")


def counted(place: Path) -> int:
    """How many runs are there."""
    ((number,),) = _asked(place, "SELECT count(*) FROM runs") or [(0,)]
    return int(str(number))


def _asked(place: Path, query: str) -> list[tuple[object, ...]]:
    for path in place.glob("*/runs.sqlite"):
        with closing(sqlite3.connect(path)) as database:
            try:
                return database.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []  # killed before there was a table, or it is being made
    return []


def _wait_for_more(process: subprocess.Popen[bytes], place: Path, there: int) -> None:
    """Wait until there are more runs than were there, or the process has ended."""
    while process.poll() is None and counted(place) <= there:
        sleep(0.02)


def _scenario() -> str:
    """The scenario of `interrupt.py`, but shorter, and with ranges and a budget."""
    head, rest = SCENARIO.replace("horizon_days: 365", "horizon_days: 120").split("conditions:\n")
    mixes = rest[rest.index("policy_mixes:") :].replace(
        "{interdiction: {care: 1.0}}", "{interdiction: {care: 1.0}, detection: {analysts: 4}}"
    )
    return head + STUDIED + mixes


def main() -> None:
    """Print what was there after each kill, and whether all is equal in the end."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=40, help="kills of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=20, help="the more, the more kills meet the simulation")
    parser.add_argument("--workers", type=int, default=2, help="of the command that is killed")
    parser.add_argument("--figures", action="store_true", help="draw and compare figures, too")
    parser.add_argument("--only", choices=words_of(1), help="one of the commands")
    asked = parser.parse_args()
    wrong = False
    for name in [asked.only] if asked.only else words_of(1):
        with TemporaryDirectory() as place:
            outcome = killed(
                Path(place), name, times=asked.times, seed=asked.seed, worlds=asked.worlds,
                workers=asked.workers, figures=asked.figures,
            )  # fmt: skip
        print(f"{name}: killed {len(outcome.after)} times; runs there: {', '.join(map(str, outcome.after))}")
        print(f"{name}: differing: {', '.join(outcome.differing) or 'nothing'}", flush=True)
        wrong = wrong or bool(outcome.differing)
    sys.exit(wrong)


if __name__ == "__main__":
    main()
