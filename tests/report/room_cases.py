"""Exercises to be shown to a room: any number of tables, names of many scripts, and words to be kept back."""

import json
from dataclasses import dataclass
from functools import cache

from exercise.room import TEXT
from tabletop.exercise import acts
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.exercise.state import State
from tabletop.scenario.load import loads

NAMES = (
    "Anchor", "الميناء", "港湾管理局", '<b>Dock</b> & "co"', "Ministry of the Interior, North",
    "Ministry of the Interior, South", "Служба порта", "बंदरगाह विभाग", "ท่าเรือเหนือ", "Harbour\u202eevil",
    "항만 관리국", "Quay",
)  # fmt: skip
SECRET = "CANARY-SECRET"  # noqa: S105 (of an exercise)
NEVER = (
    "CANARY-EXPECTED",
    "CANARY-NOTES",
    "CANARY-OPTIONS",
    "CANARY-LOOK",
    "CANARY-ACTION",
    "CANARY-WRITTEN",
)
"""What no screen shows at any time."""
HELD_BACK, LATER, COUNTED = "CANARY-CONTINGENCY", "CANARY-LATER", "CANARY-COUNTED"
"""An inject that waits for the controller, one of day 60, told at the first reveal, and one for a count."""
SECOND = "CANARY-SECOND"
"""An inject of the second move."""
CANARIES = TEXT
for _old, _new in (
    ("title: Alarm", f"title: {LATER}"),
    ("title: Backlog", f"title: {SECOND}"),
    (
        "title: Help",
        "expected_response: CANARY-EXPECTED, notes: CANARY-NOTES, options: CANARY-OPTIONS, title: "
        + HELD_BACK,
    ),
    ("title: Outcry", f"title: {COUNTED}"),
    (
        "situation: It begins.",
        "situation: It begins., look_for: CANARY-LOOK, expected_actions: [{action: CANARY-ACTION}]",
    ),
):
    assert _old in CANARIES
    CANARIES = CANARIES.replace(_old, _new)
ENTRIES = ("D1", "R1", "R2", "D2 D1", "keep", "D2")


def team_names(number: int) -> tuple[str, ...]:
    """Names of so many tables."""
    return (*NAMES, *(f"Table {n}" for n in range(len(NAMES) + 1, 31)))[:number]


def course(number: int) -> tuple[acts.Act, ...]:
    """A class from the lobby to EndEx: most tables decide and predict, one is silent."""
    teams = team_names(number)
    written = acts.Note(text="CANARY-WRITTEN")
    done: list[acts.Act] = [acts.Open(secret=SECRET, teams=teams, others=3), acts.Start()]
    for move in (1, 2):
        done += [acts.BeginMove(move=move), written]
        if move == 1:
            done += [acts.Submit(team=team, entry=ENTRIES[n % 6]) for n, team in enumerate(teams)]
        else:
            done += [acts.Release(inject="help"), acts.Submit(team=teams[0], entry="-D1 I1")]
        done.append(acts.Lock())
        for n, team in enumerate(teams):
            if n % 6 != 4:
                done.append(acts.Predict(team=team, measure="incidents", low=n % 3, high=n % 3 + n % 4))
                done.append(acts.Predict(team=team, measure="trust_mean", low=0.4, high=0.45 + n / 100))
        done += [acts.Reveal(), acts.Override(reason="because", ruling="CANARY-RULING")]
    rated = acts.Rate(objective="weigh", rating="S", text="CANARY-WRITTEN")
    return (*done, acts.HotWash(), rated, acts.End())


SHOWS = (
    "", "status", "status names", "situation answer", "inject help", "inject alarm", "inject outcry",
    "inject backlog", "inject cut", "reveal baseline",
    *(f"{one.act}{page}" for one in (*RevealScreen, *HotWashScreen) for page in ("", "/2", "/99")),
)  # fmt: skip
"""Whatever a controller may ask the projector for."""


@dataclass(frozen=True)
class Class:
    """A class and its states, one after each act, and a way to simulate what it shows."""

    states: tuple[State, ...]
    adjudicator: Adjudicator

    def at(self, act: type[acts.Act], nth: int = 1, *shows: str) -> State:
        """The state after the nth act of a kind, and after what is shown then."""
        found = [
            state
            for state, done in zip(self.states, course(len(self.states[0].teams)), strict=True)
            if isinstance(done, act)
        ]
        return shown(found[nth - 1], *shows)


def shown(state: State, *shows: str) -> State:
    """A state after the controller has shown something."""
    for what in shows:
        state = after(state, acts.Show(what=what))
    return state


def after(state: State, act: acts.Act) -> State:
    """A state after one more act, a minute later."""
    at = 1e9 + 60.0 * state.lines
    return state.after(LogEntry(number=state.lines + 1, at=at, by=CONTROLLER, act=act))


@cache
def class_of(number: int, text: str = CANARIES) -> Class:
    """A class of so many tables."""
    state = State.of(loads(text, "small.yaml"))
    states = []
    for act in course(number):
        state = after(state, act)
        states.append(state)
    return Class(tuple(states), Adjudicator(InterimCache()))


def with_texts(**texts: str) -> str:
    """The small exercise with long texts in place of its own."""
    found = TEXT
    for old, new in texts.items():
        assert old.replace("_", " ") in found
        found = found.replace(old.replace("_", " "), json.dumps(new, ensure_ascii=False))
    return found
