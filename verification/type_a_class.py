"""A whole class typed into `tabletop play`: how many seconds are typed, and how many waited for, by part.

A script sits at a terminal of 100 columns, as a controller would: every team decides and predicts in every
move, each reveal is led through step by step, something is said in the hot wash, and evaluators rate. It
types at a stated speed, so that what is simulated ahead has the time that it has in class, but nobody talks:
the waits are those of a class that is silent. A wait is the time from the end of a line to the next prompt.

    python verification/type_a_class.py [SCENARIO] [--others 100] [--workers 2] [--screens FILE]
"""

import argparse
import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from tabletop import load
from tabletop.exercise import acts
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.rules import check
from tabletop.exercise.state import State
from tabletop.scenario.scenario import Scenario

KEYS_A_SECOND = 3.0
"""An assumption: a lecturer who copies cards at a standing desk, looking up and down."""
SECONDS_A_LINE = 1.0
"""An assumption: what it takes to find the next line on paper, and to press Enter."""
COLUMNS, ROWS = 100, 40
LONGEST_WAIT = 900.0
PROMPT = re.compile(rb"[:\]] $")
"""How every prompt ends."""
STYLES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PARTS = (
    ("stands still", "brief"),
    ("begins move 1", "brief"),
    ("plays:", "decisions"),
    ("locks the decisions", "decisions"),
    ("will lie", "predictions"),
    ("reveals what", "predictions"),
    ("Said in the hot wash", "hot wash"),
    ("Rating of", "evaluation"),
    ("+ or -", "evaluation"),
    ("To improve", "evaluation"),
    ("How many came", "evaluation"),
)
"""By what a prompt says: its part of the class; what is not here is a reveal, or the hot wash."""
QUIET = 0.15
"""Seconds without output after which a prompt has come; they count as no wait."""


@dataclass
class Class:
    """What is typed at which prompt."""

    scenario: Scenario
    lines: dict[tuple[str, int], str]
    """By team and move: the cards that it plays."""
    move: int = 0
    answered: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def answer(self, prompt: str) -> str:
        """What a controller types next."""
        if "begins move" in prompt:
            self.move = int(re.findall(r"begins move (\d+)", prompt)[-1]) - 1
        plan = self.scenario.exercise
        assert plan is not None
        if "plays:" in prompt:
            team = next(team for team in plan.teams if team in prompt)
            return self.lines.get((team, self.move), "")
        if "will lie" in prompt:
            return "0.45 0.55" if "as 0." in prompt or "%" in prompt.partition("between")[2] else "0 3"
        once = {
            "Said in the hot wash": "We should have asked who works the cases before we bought more reports.",
            "Rating of": "S they asked late what it cost in trust",
            "+ or -": "- No date was set. | Three moves went by before anybody asked when.",
            "To improve": "Late questions | Ask for a date with every card | training | the head",
            "How many came": "24 players, 2 observers, 1 facilitator, 2 evaluators",
        }
        for start, line in once.items():
            if start in prompt:
                self.answered[start] += 1
                is_first = self.answered[start] % 2 == 1 or start == "Rating of"
                return line if is_first else ""
        return ""


def lines_of(scenario: Scenario) -> dict[tuple[str, int], str]:
    """For every team and move up to two cards that the rules allow, each team's beginning elsewhere."""
    plan = scenario.exercise
    assert plan is not None
    assert plan.decision_form is not None
    codes = [card.code for card in plan.decision_form.cards]
    state, number, found = State.of(scenario), 0, {}

    def do(act: acts.Act) -> None:
        nonlocal state, number
        number += 1
        state = state.after(LogEntry(number=number, at=0.0, by=CONTROLLER, act=act))

    do(acts.Start(secret="s", teams=plan.teams, others=2))  # noqa: S106 (of no exercise)
    for move in range(len(plan.moves)):
        do(acts.BeginMove(move=move + 1))
        for place, team in enumerate(plan.teams):
            turned = codes[(place * 2 + move * 3) % len(codes) :] + codes
            words = [
                *(" ".join(pair) for pair in combinations(turned, 2)),
                *turned,
                *(f"-{c}" for c in codes),
            ]
            for line in words:
                submit = acts.Submit(team=team, entry=line)
                try:
                    check(state, CONTROLLER, submit)
                except Refused:
                    continue
                found[team, move] = line
                do(submit)
                break
        do(acts.Lock())
        do(acts.Reveal())
    return found


@dataclass
class Clocked:
    """Seconds by part."""

    typed: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    waited: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    longest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    prompts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lines_shown: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def type_class(words: list[str], course: Class, screens: list[str]) -> Clocked:
    """Run a command at a terminal of its own, type a class into it, and time both."""
    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (ROWS, COLUMNS))
    before = {**os.environ, "TERM": "xterm", "COLUMNS": str(COLUMNS)}
    process = subprocess.Popen(words, stdin=terminal, stdout=terminal, stderr=terminal, env=before)  # noqa: S603
    os.close(terminal)
    clocked, part, began = Clocked(), "brief", monotonic()
    while (shown := _until_prompt(controller, process)) is not None:
        waited = max(0.0, monotonic() - began - QUIET)
        screens.append(STYLES.sub("", shown.decode(errors="replace")).replace("\r", ""))
        prompt = _prompt(screens[-1])
        clocked.waited[part] += waited
        clocked.longest[part] = max(clocked.longest[part], waited)
        clocked.lines_shown[part] += screens[-1].count("\n")
        part = next((name for said, name in PARTS if said in prompt), "")
        if not part:
            part = "hot wash" if "Hot wash" in "".join(screens[-6:]) else "reveals"
        line = course.answer(prompt)
        seconds = SECONDS_A_LINE + len(line) / KEYS_A_SECOND
        sleep(seconds)
        clocked.typed[part] += seconds
        clocked.prompts[part] += 1
        os.write(controller, f"{line}\n".encode())
        began = monotonic()
    clocked.waited["report"] += monotonic() - began
    clocked.longest["report"] = clocked.waited["report"]
    if process.wait() != 0:
        raise SystemExit(f"the class broke off:\n{''.join(screens[-2:])}")
    return clocked


def _prompt(shown: str) -> str:
    """What is asked in the end: the last line, or the last two where the question is broken."""
    *_, before, last = ["", *shown.rstrip("\n").split("\n")]
    is_whole = "Enter" in last or any(said in last for said, _ in PARTS)
    return last if is_whole else f"{before} {last}"


def _until_prompt(controller: int, process: subprocess.Popen[bytes]) -> bytes | None:
    """What is shown until something is asked, and nothing more comes; None once the command has ended."""
    shown, until = b"", monotonic() + LONGEST_WAIT
    while monotonic() < until:
        if select.select([controller], [], [], QUIET)[0]:
            try:
                shown += os.read(controller, 65_536)
            except OSError:  # the terminal is closed
                return None
        elif PROMPT.search(STYLES.sub("", shown.decode(errors="replace")).encode()):
            return shown
        elif process.poll() is not None:
            return None
    raise SystemExit(f"nothing was asked for {LONGEST_WAIT:.0f} s:\n{shown[-2000:].decode(errors='replace')}")


def main() -> None:
    """Type the class, and print the seconds of each part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", nargs="?", default="harbour-city")
    parser.add_argument("--others", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--screens", type=Path, help="where everything that was shown is written")
    given = parser.parse_args()
    scenario = load(given.scenario)
    screens: list[str] = []
    with TemporaryDirectory() as place:
        words = [sys.executable, "-m", "tabletop", "play", given.scenario, "--out", place]
        words += ["--others", str(given.others), "--workers", str(given.workers)]
        clocked = type_class(words, Class(scenario, lines_of(scenario)), screens)
    if given.screens is not None:
        given.screens.write_text("".join(screens), encoding="utf-8")
    assert scenario.exercise is not None
    print(
        f"{scenario.title}: {len(scenario.exercise.teams)} teams, {len(scenario.exercise.moves)} moves, "
        f"{given.others} other worlds, {given.workers} workers"
    )
    print(f"assumed: {KEYS_A_SECOND:g} keys a second, and {SECONDS_A_LINE:g} s a line")
    print(f"{'part':12} {'prompts':>8} {'typed':>8} {'waited':>8} {'longest':>8} {'lines':>7}")
    for part in dict.fromkeys([*clocked.typed, *clocked.waited]):
        print(
            f"{part:12} {clocked.prompts[part]:8} {clocked.typed[part]:6.0f} s {clocked.waited[part]:6.1f} s "
            f"{clocked.longest[part]:6.1f} s {clocked.lines_shown[part]:7}"
        )
    typed, waited = sum(clocked.typed.values()), sum(clocked.waited.values())
    print(f"{'in all':12} {sum(clocked.prompts.values()):8} {typed:6.0f} s {waited:6.1f} s")


if __name__ == "__main__":
    main()
