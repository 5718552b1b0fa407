"""A scripted class of all phases, done as a program that may be killed at any moment would do it.

Run with the folder of an exercise: every act is asked for under its key, from the first on, and
acknowledged on standard output once it is done.
"""

import sys
from pathlib import Path

from exercise.room import TEXT
from tabletop.exercise import acts
from tabletop.exercise.exercise import STOPPED, Exercise
from tabletop.exercise.folder import is_exercise
from tabletop.exercise.roles import CONTROLLER
from tabletop.scenario.inject import Effect

C, A, B = CONTROLLER, "Alpha", "Bravo"
COURSE: tuple[tuple[str, acts.Act], ...] = (
    (C, acts.Open(secret="s", teams=(A, B), others=2)),
    *((team, acts.Join(team=team, device=f"{team} {n}")) for team in (A, B) for n in (1, 2)),
    (C, acts.Start(utc_offset_seconds=0.0)),
    (A, acts.TakePen(team=A, device="Alpha 2")),
    (C, acts.BeginMove(move=1)),
    *((A, acts.Draft(team=A, change=acts.CardChange(card=card), device="Alpha 1")) for card in ("D1", "D2")),
    (A, acts.Submit(team=A, entry="D1", device="Alpha 2")),
    (A, acts.Submit(team=A, entry="D1 D2", device="Alpha 2", replaces=1)),
    (B, acts.Submit(team=B, entry="R1", device="Bravo 1")),
    (C, acts.Pause(reason="Fire alarm.")),
    (B, acts.Draft(team=B, change=acts.CardChange(card="D1"), device="Bravo 2")),
    (C, acts.Resume()),
    (C, acts.Add(inject="visit", title="A visit", reason="It was dull.")),
    ("evaluator", acts.Note(text="They hurry.")),
    (C, acts.Lock()),
    (A, acts.Predict(team=A, measure="incidents", low=1, high=3, device="Alpha 2", replaces=0)),
    (C, acts.Reopen()),
    (B, acts.Submit(team=B, entry="R2", device="Bravo 1", replaces=1)),
    (C, acts.Lock()),
    (A, acts.Predict(team=A, measure="incidents", low=1, high=2, device="Alpha 2", replaces=0)),
    (C, acts.Reveal()),
    (C, acts.Release(inject="help")),
    (C, acts.Override(reason="Agreed.", day=150.0, effects=(Effect(on="trust", multiply=0.9),))),
    (C, acts.Show(what="status")),
    (C, acts.BeginMove(move=2)),
    (C, acts.Extend(minutes=2)),
    (C, acts.MoveSeat(device="Bravo 2", team=A)),
    (C, acts.Remove(device="Bravo 2", reason="It was lost.")),
    (A, acts.Submit(team=A, entry="-D1 -D2", device="Alpha 2")),
    (C, acts.Lock()),
    (C, acts.Reveal()),
    (C, acts.HotWash()),
    (C, acts.Remark(text="It was close.")),
    ("evaluator", acts.Rate(objective="weigh", rating="S")),
    (C, acts.End()),
    ("evaluator", acts.Improve(issue="Slow.", corrective_action="Practise.", capability_element="Training")),
)


def main(folder: Path) -> None:
    """Do what has not been done, and acknowledge all of it."""
    made = (
        Exercise.open(folder) if is_exercise(folder) else Exercise.new(folder, text=TEXT, name="small.yaml")
    )
    print("ready", flush=True)
    with made.in_charge() as exercise:
        pauses = [entry.act for entry in exercise.entries if isinstance(entry.act, acts.Pause)]
        if exercise.state.is_paused and pauses[-1].reason == STOPPED:
            exercise.do(C, acts.Resume())
        for number, (by, act) in enumerate(COURSE):
            line = exercise.do(by, act, key=f"{number}").number
            print(number, line, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
