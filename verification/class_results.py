"""In class: how often what a team sees of a move differs from what the baseline shows.

The made-up teams of `tabletop rehearse` play a scenario's exercise under eight secrets, each with its own
luck. A team's result of a move is that of the move's days alone, in the world that is played. It differs
from the baseline's in an observable measure of the exercise if it lies away from it by the measure's δ
or more; a measure without δ in the file, by a tenth of the baseline's, and a count by at least 1. What
was decided (cost) is left out, and so is what is missing on either side. Secrets and the number of other
worlds were fixed before the first look.

    python verification/class_results.py [SCENARIO] [--workers N]
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop import Scenario, load
from tabletop.exercise.acts import LogEntry, Start
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.decisions_file import Written
from tabletop.exercise.interim_cache import NAME, InterimCache
from tabletop.exercise.reveal import measures_shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.sample_teams import sample_decisions
from tabletop.exercise.state import State
from tabletop.exercise.unattended import planned_course
from tabletop.exercise.visible import differs
from tabletop.measures import COST

SECRETS = tuple(f"class results {n}" for n in range(1, 9))
OTHERS = 20
"""Worlds beside the one that is played, among which the plan chooses that one."""


@dataclass
class Move:
    """Team results of one move."""

    results: int = 0
    differing: Counter[str] = field(default_factory=Counter)
    """By measure: results that differ from the baseline's."""
    in_any: int = 0
    in_three: int = 0


def play(scenario: Scenario, secret: str, workers: int) -> Iterator[tuple[int, list[str]]]:
    """For each move and team, the measures in which its result differs."""
    plan = scenario.exercise
    assert plan is not None
    act = Start(secret=secret, teams=plan.teams, others=OTHERS)
    start = State.of(scenario, [LogEntry(number=1, at=0.0, by=CONTROLLER, act=act)])
    with TemporaryDirectory() as folder:
        adjudicator = Adjudicator(InterimCache(Path(folder) / NAME, workers=workers))
        adjudicator.prepare(start)
        moves = range(len(plan.moves))
        windows = [adjudicator.adjudicate(start, move) for move in moves]
        decisions = sample_decisions(scenario, windows, secret=secret, others=OTHERS)
        _, end = planned_course(scenario, Written(decisions, "made-up teams"))
        watched = [name for name in measures_shown(end) if name != COST]
        for move in moves:
            found = adjudicator.adjudicate(end, move, spread=False)
            for team in found.teams:
                own, base = found.outcomes[team], found.baseline
                yield move, [m for m in watched if differs(scenario, m, own.value(m), base.value(m))]


def main() -> None:
    """Play the scenario under every secret, and print how many team results differ, move by move."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", nargs="?", default="harbour-city")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    scenario = load(given.scenario)
    assert scenario.exercise is not None
    moves = [Move() for _ in scenario.exercise.moves]
    for secret in SECRETS:
        for at, measures in play(scenario, secret, given.workers):
            move = moves[at]
            move.results += 1
            move.differing.update(measures)
            move.in_any += bool(measures)
            move.in_three += len(measures) >= 3
    print(f"{scenario.title}: {len(SECRETS)} secrets, {len(scenario.exercise.teams)} made-up teams each")
    for number, move in enumerate(moves, start=1):
        print(
            f"move {number}: of {move.results} team results {move.in_any} differ in at least one observable "
            f"measure, {move.in_three} in three or more"
        )
        print("  " + ", ".join(f"{name} {count}" for name, count in move.differing.most_common()))


if __name__ == "__main__":
    main()
