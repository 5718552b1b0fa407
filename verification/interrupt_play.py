"""Kills at random moments: an unattended exercise of all phases is killed again and again, and continued.

Each kill is SIGKILL, which nobody can catch. Every other one comes as soon as the log holds a random number
of lines, as most of the time goes by while reports are written; the rest come after a random time. In the end
the log, line by line, and everything that was written of the exercise must equal those of an uninterrupted
one, byte for byte.

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
from time import monotonic, sleep

DECISIONS = """\
secret: interrupted
others: {others}
moves:
  - decisions: {{Alpha: D1 D2, Bravo: R1}}
    predictions: {{Alpha: {{incidents: [1, 3], trust_mean: [0.4, 0.6]}}}}
    controller:
      - {{act: skip, inject: backlog, reason: No time.}}
      - {{act: add, inject: storm, title: A storm, day: 30, reason: Quiet., effects: [
          {{on: background.border, multiply: 2}}]}}
      - {{act: respond, inject: alarm, team: Bravo, response: They asked for officers.}}
      - {{act: override, ruling: The court says no., reason: A question., team: Alpha}}
    evaluators: [{{by: evaluator 2, entry: {{act: note, text: They hurry., team: Bravo}}}}]
  - controller:
      - {{act: release, inject: help}}
      - {{act: override, day: 150, reason: Agreed., effects: [{{on: trust, multiply: 0.9}}]}}
    decisions: {{Alpha: -D2 -D1}}
    predictions: {{Bravo: {{incidents: [0, 2]}}}}
remarks: [{{act: remark, team: Alpha, text: We were late.}}]
evaluators:
  - {{entry: {{act: rate, objective: weigh, rating: S}}}}
  - {{entry: {{act: observe, objective: weigh, kind: strength, observation: They asked., reference: [2]}}}}
  - {{entry: {{act: improve, issue: Slow., corrective_action: Practise., capability_element: Training}}}}
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
    lasts, lines = monotonic() - began, len(_log(place / "whole"))
    luck = random.Random(seed)  # noqa: S311 (no secret)
    after: list[int] = []
    differing: list[str] = []
    attempt = 0
    while len(after) < times:
        out = f"broken-{attempt}"
        while len(after) < times:
            process, there = start(out), len(_log(place / out))
            if len(after) % 2 == 0 and there < lines:
                is_over = _until_lines(process, place / out, luck.randint(there + 1, lines))
            else:
                is_over = _until_moment(process, luck.uniform(0, lasts))
            if is_over:
                break
            process.kill()
            process.wait()
            after.append(len(_log(place / out)))
        if start(out).wait() != 0:
            differing.append(f"{out}: could not be continued")
        differing += compared(place / "whole", place / out)
        attempt += 1
    return Outcome(len(after), tuple(after), tuple(differing))


def _until_lines(process: subprocess.Popen[bytes], place: Path, lines: int) -> bool:
    """Wait until a log holds so many lines; whether the program ended before."""
    while process.poll() is None:
        if len(_log(place)) >= lines:
            return False
        sleep(0.002)
    return True


def _until_moment(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long; whether the program ended before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def compared(whole: Path, broken: Path) -> list[str]:
    """What differs between the one exercise in each of two places."""
    contents = [
        {
            str(path.relative_to(folder)): path.read_bytes()
            for folder in place.iterdir()
            for path in folder.rglob("*")
            # a lock is let go of by the system; its empty file stays where nobody could tidy up
            if path.is_file() and ".sqlite" not in path.name and path.name != ".lock"
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
