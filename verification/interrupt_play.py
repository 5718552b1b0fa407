"""Kills at random moments: an unattended exercise is killed again and again, and continued each time.

Each kill is SIGKILL, which nobody can catch. In the end the log, line by line, and everything that was
written of the exercise must equal those of an uninterrupted one, byte for byte.

    python verification/interrupt_play.py [--times 50] [--seed 1] [--others 40] [--scenario FILE]
"""

import argparse
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

DECISIONS = """\
secret: interrupted
others: {others}
moves:
  - decisions: {{Alpha: D1 D2, Bravo: R1}}
    predictions: {{Alpha: {{incidents: [1, 3], trust_mean: [0.4, 0.6]}}}}
  - controller: [{{act: release, inject: help}}]
    decisions: {{Alpha: -D2 -D1}}
remarks: [{{act: remark, team: Alpha, text: We were late.}}]
evaluators: [{{entry: {{act: rate, objective: weigh, rating: S}}}}]
"""


@dataclass(frozen=True)
class Outcome:
    """What the kills did."""

    times: int
    after: tuple[int, ...]
    """Lines of the log that were there after each kill."""
    differing: tuple[str, ...]
    """What differs from an uninterrupted exercise; empty if all is well."""


def interrupt(place: Path, scenario: Path, *, times: int, seed: int, others: int) -> Outcome:
    """Kill an exercise so many times in a place, continue each time, and compare."""
    decisions = place / "decisions.yaml"
    decisions.write_text(DECISIONS.format(others=others), encoding="utf-8")

    def start(out: str) -> subprocess.Popen[bytes]:
        words = ["play", str(scenario), "--decisions", str(decisions), "--workers", "2"]
        return subprocess.Popen(  # noqa: S603 (own words)
            [sys.executable, "-m", "tabletop", *words, "--out", str(place / out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    began = monotonic()
    if start("whole").wait() != 0:
        raise SystemExit("the uninterrupted exercise failed")
    lasts = monotonic() - began
    luck = random.Random(seed)  # noqa: S311 (no secret)
    after: list[int] = []
    differing: list[str] = []
    attempt = 0
    while len(after) < times:
        out = f"broken-{attempt}"
        while len(after) < times:
            process = start(out)
            try:
                process.wait(luck.uniform(0, lasts))
                break  # it was finished before
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            after.append(len(_log(place / out)))
        if start(out).wait() != 0:
            differing.append(f"{out}: could not be continued")
        differing += compared(place / "whole", place / out)
        attempt += 1
    return Outcome(len(after), tuple(after), tuple(differing))


def compared(whole: Path, broken: Path) -> list[str]:
    """What differs between the one exercise in each of two places."""
    contents = [
        {
            str(path.relative_to(folder)): path.read_bytes()
            for folder in place.iterdir()
            for path in folder.rglob("*")
            if path.is_file() and ".sqlite" not in path.name
        }
        for place in (whole, broken)
    ]
    found = [
        name for name in {**contents[0], **contents[1]} if contents[0].get(name) != contents[1].get(name)
    ]
    if not contents[0]:
        found.append("nothing was written")
    if _log(whole) != _log(broken):
        found.append("the log")
    return found


def _log(place: Path) -> list[tuple[object, ...]]:
    """The log of the one exercise in a place; empty if there is none yet."""
    for path in place.glob("*/exercise.sqlite"):
        with closing(sqlite3.connect(path)) as database:
            return database.execute("SELECT * FROM log ORDER BY number").fetchall()
    return []


def main() -> None:
    """Print what was there after each kill, and whether all is equal in the end."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--others", type=int, default=40)
    parser.add_argument(
        "--scenario", type=Path, default=Path(__file__).parents[1] / "tests" / "exercise" / "small.yaml"
    )
    arguments = parser.parse_args()
    with TemporaryDirectory() as place:
        outcome = interrupt(
            Path(place),
            arguments.scenario,
            times=arguments.times,
            seed=arguments.seed,
            others=arguments.others,
        )
    print(f"killed {outcome.times} times; lines there after each: {', '.join(map(str, outcome.after))}")
    print("differing: " + (", ".join(outcome.differing) or "nothing"))
    sys.exit(bool(outcome.differing))


if __name__ == "__main__":
    main()
