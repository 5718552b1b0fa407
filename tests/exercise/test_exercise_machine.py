"""Random acts by several teams and a controller: what must hold after every one of them."""

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from exercise.every_act import EVERY_ACT
from exercise.room import SMALL, TEXT
from tabletop.exercise.acts import (
    Add,
    BeginMove,
    CardChange,
    Draft,
    End,
    HotWash,
    Join,
    Leave,
    Lock,
    Open,
    Override,
    Predict,
    Release,
    Reopen,
    Resume,
    Reveal,
    Skip,
    Start,
    Submit,
    TakePen,
)
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.refused import Refused
from tabletop.exercise.reveal import is_revealed, may_see_hidden, shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State, Status
from tabletop.scenario.inject import Effect

TEAMS = ("Alpha", "Bravo", "Charlie")
LINES = ("D1", "D2", "D2 D2", "R1", "R2", "-D1", "-R1 R2", "I1", "P1", "D1 D2 R1", "keep", "X9", "-D2 D1")
OTHER_ACTS = [act for act in EVERY_ACT if not isinstance(act, Submit | Reveal)]
"""Those that are not counted by name below."""
INJECTS = ("alarm", "backlog", "cut", "help", "outcry", "extra", "nothing")


class Room(RuleBasedStateMachine):
    """Three teams, and a controller who now and then forgets the order of things."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.exercise = Exercise.new(Path(self.folder.name) / "room", text=TEXT, name="small.yaml")
        self.accepted = {}
        self.revealed = 0
        self.tried = 0
        self.attempt(CONTROLLER, Open(secret="s", teams=TEAMS, others=2))
        for team, number in product(TEAMS, (1, 2)):
            self.attempt(team, Join(team=team, device=f"{team} {number}"))
        self.attempt(CONTROLLER, Start())
        self.attempt(CONTROLLER, BeginMove(move=1))

    def teardown(self):
        self.exercise.log.close()
        self.folder.cleanup()

    def attempt(self, by, act) -> bool:
        self.tried += 1
        before = self.exercise.entries, self.exercise.state
        floor = before[1].earliest_day
        in_force = before[1].injects_in_force()
        try:
            entry = self.exercise.do(by, act, at=float(len(before[0])))
        except Refused:
            assert (self.exercise.entries, self.exercise.state) == before
            return False
        assert self.exercise.entries == (*before[0], entry)
        assert entry.number == len(before[0]) + 1
        # whatever happens now, injects that lie in history stay as they were
        now = self.exercise.state.injects_in_force()
        assert [i for i in now if i.day < floor] == [i for i in in_force if i.day < floor]
        return True

    @rule(team=st.sampled_from((*TEAMS, "Delta")), by=st.sampled_from((*TEAMS, CONTROLLER, None, None, None)),
          line=st.sampled_from(LINES), seen=st.sampled_from((0, 0, 0, -1, 1)),
          device=st.sampled_from((1, 2, "phone", "")))  # fmt: skip
    def submit(self, team, by, line, seen, device):
        state = self.exercise.state
        by = by or team
        revision = state.revision(team)
        replaces = max(0, revision + seen)
        device = f"{team} {device}" if isinstance(device, int) else device
        if self.attempt(by, Submit(team=team, entry=line, replaces=replaces, device=device)):
            after = self.exercise.state
            assert by == CONTROLLER or device in ("", state.seats.pen(team))
            made = after.submissions[team, after.move]
            assert replaces == revision
            assert made.revision == revision + 1
            assert made.hand.yearly_cost() <= after.budget() + 1e-9
            assert by in (team, CONTROLLER)
            self.accepted[team, after.move] = (line, made.revision)

    @rule(team=st.sampled_from(TEAMS), measure=st.sampled_from(("incidents", "trust_mean", "harm")),
          low=st.integers(0, 3), high=st.integers(0, 3))  # fmt: skip
    def predict(self, team, measure, low, high):
        done = self.attempt(team, Predict(team=team, measure=measure, low=low, high=high))
        assert not done or not is_revealed(self.exercise.state, self.exercise.state.move)

    @rule(team=st.sampled_from(TEAMS), line=st.sampled_from(("D1", "D2", "R1", "-D1", "-D2", "keep")))
    def decide(self, team, line):
        """What a careful team does: it has seen what was submitted."""
        self.submit(team, team, line, 0, "")

    @rule(team=st.sampled_from(TEAMS), number=st.sampled_from((1, 2)),
          kind=st.sampled_from((TakePen, Join, Leave)))  # fmt: skip
    def seat(self, team, number, kind):
        self.attempt(team, kind(team=team, device=f"{team} {number}"))

    @rule(team=st.sampled_from(TEAMS), number=st.sampled_from((1, 2)), card=st.sampled_from(("D1", "R1")),
          times=st.sampled_from((0, 1, 2)), back=st.booleans())  # fmt: skip
    def draft(self, team, number, card, times, back):
        before = self.exercise.state.submissions
        change = CardChange(card=card, times=times, back=back)
        self.attempt(team, Draft(team=team, change=change, device=f"{team} {number}"))
        assert self.exercise.state.submissions == before  # it binds nobody

    @rule()
    def reopen(self):
        before = self.exercise.state
        if self.attempt(CONTROLLER, Reopen()):
            after = self.exercise.state
            assert after.submissions == before.submissions
            assert not any(move == after.move for _, move, _ in after.predictions)

    @rule(move=st.integers(1, 4))
    def begin(self, move):
        self.attempt(CONTROLLER, BeginMove(move=move))

    @precondition(lambda self: self.tried >= 5)
    @rule()
    def next_thing(self):
        """What a careful controller would do: random acts alone would never come to the end."""
        state = self.exercise.state
        course = [
            BeginMove(move=state.move + 2),
            Lock(),
            HotWash(),
            End(),
        ]
        for act in course:
            if self.attempt(CONTROLLER, act):
                self.tried = 0
                return
        self.reveal(CONTROLLER)

    @rule(by=st.sampled_from((CONTROLLER, "Alpha", "Bravo")))
    def reveal(self, by):
        if self.attempt(by, Reveal()):
            self.revealed += 1
            assert by == CONTROLLER

    @rule(inject=st.sampled_from(INJECTS), skip=st.booleans())
    def release_or_skip(self, inject, skip):
        self.attempt(CONTROLLER, Skip(inject=inject, reason="r") if skip else Release(inject=inject))

    @rule(day=st.sampled_from((None, 0, 60, 120, 200, 500)), size=st.sampled_from((0.5, 2.0)))
    def add(self, day, size):
        effects = (Effect(on="staff.courts.availability", multiply=size),)
        name = "extra" if day is None else f"extra-{day}"
        self.attempt(CONTROLLER, Add(inject=name, title="Extra", reason="r", day=day, effects=effects))

    @rule(day=st.sampled_from((0, 119, 120, 239)))
    def override(self, day):
        effects = (Effect(on="trust", multiply=0.9),)
        self.attempt(CONTROLLER, Override(reason="r", day=day, effects=effects))

    @rule(act=st.sampled_from((Resume(), Resume(), Resume(), *OTHER_ACTS)),
          by=st.sampled_from((CONTROLLER, CONTROLLER, "evaluator", "Alpha")))  # fmt: skip
    def anything(self, act, by):
        self.attempt(by, act)

    @invariant()
    def no_decision_is_lost(self):
        there = self.exercise.state.submissions
        assert {key: made.revision for key, made in there.items()} == {
            key: revision for key, (_, revision) in self.accepted.items()
        }
        for key, (line, _) in self.accepted.items():
            words = there[key].decision.line.split()
            assert sorted(words) == sorted(line.split())

    @invariant()
    def nothing_is_revealed_early(self):
        state = self.exercise.state
        revealed = [is_revealed(state, move) for move in range(len(SMALL.exercise.moves))]
        assert revealed == [move < self.revealed for move in range(len(revealed))]
        assert not may_see_hidden(state) or all(revealed)
        nobody = Adjudicator(InterimCache())
        for move, seen in enumerate(revealed):
            if not seen:
                with pytest.raises(Refused):
                    shown(state, nobody, move)

    @invariant()
    def every_team_with_devices_has_one_pen(self):
        seats = self.exercise.state.seats
        assert {seats.team_of(device): device for device in seats.pens.values()} == dict(seats.pens)
        assert set(seats.pens) == {seat.team for seat in seats.by_device.values()}

    @invariant()
    def the_fold_of_the_log_is_the_live_state(self):
        assert State.of(SMALL, self.exercise.entries) == self.exercise.state
        again = Exercise.open(self.exercise.folder)
        assert again.state == self.exercise.state
        again.log.close()

    @invariant()
    def what_is_skipped_acts_no_more_and_what_is_held_back_not_yet(self):
        state = self.exercise.state
        acting = {inject.id for inject in state.injects_in_force()}
        for name, standing in state.inject_status.items():
            if standing.status is Status.SKIPPED:
                assert name not in acting
        if state.inject_status["help"].status is not Status.RELEASED:
            assert "help" not in acting


TestRoom = Room.TestCase
TestRoom.settings = settings(max_examples=8, stateful_step_count=50)
