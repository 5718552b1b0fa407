"""Exercises to draw: small ones that are played in a moment, and one of many teams with nasty names."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from exercise.room import TEXT as HARSH
from tabletop.exercise.acts import BeginMove, End, HotWash, Lock, Predict, Reveal, Start, Submit
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.outcomes import ExerciseOutcomes, outcomes_of
from tabletop.exercise.roles import CONTROLLER

OTHERS = 10
TEAMS = ("Alpha", "Bravo")
TRAPS = ("=cmd|' /C calc'!A0", "$x^2$ & <b>", "W" * 40, "שלום", *(f"Team {n}" for n in range(5)))
CUT = 1
"""What the budget is cut by in move 2; the cut of `HARSH` makes a silent team overspent."""
TEXT = HARSH.replace("budget: -7", f"budget: -{CUT}")
_WITHOUT_FORM = TEXT[: TEXT.index("  decision_form:")]
NO_DECISIONS = _WITHOUT_FORM.replace(f", budget: -{CUT}", "")
EXPERT = f"""{_WITHOUT_FORM}\
  decision_form:
    levers:
      analysts: {{few: 5, some: 6, many: 7}}
      outreach: {{little: 0.2, some: 0.5, much: 0.7}}
"""
USUAL = ("D1 D2", ""), ("-D2 R1", "I1")
"""What the first two teams decide in the two moves; nothing is silence."""
STEPS = ("analysts=few", ""), ("outreach=much", "analysts=few")


@cache
def adjudicator() -> Adjudicator:
    """One for all tests: the same state has the same history."""
    return Adjudicator(InterimCache())


@cache
def played(
    until: str = "end",
    teams: tuple[str, ...] = TEAMS,
    text: str = TEXT,
    lines: tuple[tuple[str, str], ...] = USUAL,
    predict: bool = True,
) -> ExerciseOutcomes:
    """What came of an exercise played up to its first `reveal`, the `eve` of its second, or its `end`.

    All teams but the last predict, unless told otherwise; a team further down is silent.
    """
    with TemporaryDirectory() as folder:
        exercise = Exercise.new(Path(folder) / "room", text=text, name="small.yaml")
        clock = iter(range(0, 10_000, 10))

        def do(act, by=CONTROLLER):
            exercise.do(by, act, at=float(next(clock)))

        do(Start(secret="s", teams=teams, others=OTHERS))
        for move in (1, 2):
            do(BeginMove(move=move))
            for team, line in zip(teams, lines[move - 1], strict=False):
                if line:
                    do(Submit(team=team, entry=line), team)
            do(Lock())
            for place, team in enumerate(teams[:-1] if predict else ()):
                do(Predict(team=team, measure="incidents", low=1, high=1 + 2 * place), team)
                do(Predict(team=team, measure="trust_mean", low=0.4, high=0.55), team)
            if until == "eve" and move == 2:
                break
            do(Reveal())
            if until == "reveal":
                break
        else:
            do(HotWash())
            do(End())
        exercise.log.close()
        return outcomes_of(exercise.state, adjudicator())


CASES = {
    "first reveal": {"until": "reveal"},
    "whole": {},
    "traps": {"teams": TRAPS},
    "one team": {"teams": ("Alone",)},
    "overspent": {"text": HARSH, "lines": (("D1 D2", ""), ("", ""))},
    "expert form": {"text": EXPERT, "lines": STEPS},
    "nothing to decide": {"text": NO_DECISIONS, "lines": (("", ""), ("", ""))},
    "no predictions": {"predict": False},
}
