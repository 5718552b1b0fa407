"""An exercise with every act in it, nasty texts, and secrets that an interim report must not tell."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from exercise.room import TEXT
from tabletop.exercise.acts import (
    Add,
    BeginMove,
    Draft,
    End,
    HotWash,
    Improve,
    Join,
    Lock,
    Note,
    Observe,
    Override,
    Pause,
    Predict,
    Rate,
    Release,
    Remark,
    Respond,
    Resume,
    Reveal,
    Skip,
    Start,
    Submit,
)
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.report.after_action import ReportInput
from tabletop.scenario.inject import Effect

NASTY = "<script>alert(1)</script> & \"q\" 's' =1+1 \x01\u202e שלום 😀\nsecond line"
TEAM = "=<b>Bra&vo</b>"
SECRET = "xyzzy-plugh"  # noqa: S105 (of an exercise)
C, E = "controller", "evaluator 1"
ADJUDICATOR = Adjudicator(InterimCache())
PLAN = TEXT.replace("situation: It goes on.", "situation: SITUATION-TWO.").replace(
    "Courts close.", "INJECT-TWO."
)
"""The small exercise, the texts of its second move easy to find."""

COURSE = (
    (C, Start(secret=SECRET, teams=("Alpha", TEAM), others=6)),
    ("Alpha", Join(team="Alpha", device="Annas telephone", role="Analyst")),
    ("Alpha", Join(team="Alpha", device="tablet 2", role="Neighbour")),
    (C, Release(inject="help", reason="RELEASE-REASON")),
    (C, Skip(inject="backlog", reason="SKIP-REASON")),
    (C, Add(inject="later", title="ADDED-LATER", message=NASTY, day=130.0, reason="a lull")),
    (C, BeginMove(move=1)),
    ("Alpha", Draft(team="Alpha", entry="D1", role="Analyst")),
    ("Alpha", Submit(team="Alpha", entry="D1")),
    ("Alpha", Submit(team="Alpha", entry="D1 D2", replaces=1)),
    (C, Pause(reason="fire drill")),
    (C, Resume()),
    (E, Note(text=f"NOTE {NASTY}", objective="weigh", team=TEAM)),
    (E, Rate(objective="weigh", rating="M")),
    (C, Lock()),
    ("Alpha", Predict(team="Alpha", measure="incidents", low=0, high=3)),
    (TEAM, Predict(team=TEAM, measure="trust_mean", low=0.4, high=0.6)),
    (C, Reveal()),
    (C, Respond(inject="alarm", response="RESPONSE", team="Alpha")),
    (C, Override(ruling="RULING", reason=NASTY, team=TEAM)),
    (
        C,
        Override(day=200.0, effects=(Effect(on="background.community", multiply=2.0),), reason="FLOOD"),
    ),
    (C, BeginMove(move=2)),
    ("Alpha", Submit(team="Alpha", entry="-D2 R2")),
    (C, Lock()),
    (C, Reveal()),
    (C, HotWash()),
    (C, Remark(text=f"REMARK {NASTY}", team="Alpha")),
    (E, Rate(objective="weigh", rating="S", text="RATED")),
    (
        E,
        Observe(
            objective="weigh", kind="strength", observation="STRONG", analysis="BECAUSE", reference=(9, 10)
        ),
    ),
    (E, Observe(objective="weigh", kind="area for improvement", observation="WEAK")),
    (E, Improve(issue="ISSUE", corrective_action="ACTION", capability_element="Planning")),
    (C, End()),
    (E, Note(text="AFTERWARDS")),
)
"""Who did what, in order; a minute passes between two lines."""
REVEALED, AGAIN, WASHED, ENDED = 18, 25, 26, len(COURSE)
"""How many lines there are after the first and the second reveal, in the hot wash, and at the end."""


def exercise(lines: int = ENDED, *, begun: float = 0.0, text: str = PLAN) -> Exercise:
    """The exercise after some lines of its log."""
    made = Exercise.new(Path(mkdtemp()) / "room", text=text, name="small.yaml")
    for minute, (by, act) in enumerate(COURSE[:lines]):
        made.do(by, act, at=begun + 60.0 * minute)
    return made


@cache
def inputs(lines: int = ENDED) -> ReportInput:
    """What may be told after some lines."""
    return ReportInput.of(exercise(lines), ADJUDICATOR)
