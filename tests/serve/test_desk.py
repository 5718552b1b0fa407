"""The desk: what is asked for at once is one transaction, and one that fails fails alone."""

import asyncio
import sqlite3

from exercise.room import TEXT, opened
from tabletop import TabletopError
from tabletop.exercise.acts import BeginMove, CardChange, Draft, LeverChange, Lock, Start, Submit
from tabletop.exercise.exercise import Exercise, Request
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.serve.asked import SubmitDraft
from tabletop.serve.desk import Desk


def draft(card, key=""):
    return Request("Alpha", Draft(team="Alpha", change=CardChange(card=card)), key=key)


def asked(exercise, requests, written=lambda: None):
    """What a desk answers to requests that come together: lines, or what was raised."""

    async def run():
        desk = Desk(exercise, written)
        waiting = [asyncio.create_task(desk.do(request)) for request in requests]
        await asyncio.sleep(0)
        working = asyncio.create_task(desk.work())
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        working.cancel()
        return answers

    return asyncio.run(run())


def test_acts_that_come_together_are_written_together_in_their_order(tmp_path):
    exercise, groups = opened(tmp_path), []
    before = exercise.state.lines
    codes = ("D1", "D2", "R1")
    answers = asked(exercise, [draft(code) for code in codes], lambda: groups.append(exercise.state.lines))
    assert [entry.act.change.card for entry in answers] == [*codes]
    assert groups == [before + 3]


def test_a_refused_act_among_others_is_refused_alone(tmp_path):
    exercise = opened(tmp_path)
    first, refused, last = asked(exercise, [draft("D1"), draft("X9"), draft("R1")])
    assert isinstance(refused, Refused)
    assert last.number == first.number + 1


def test_an_act_is_judged_by_the_state_in_which_its_turn_comes(tmp_path):
    exercise = opened(tmp_path)
    locked, late = asked(exercise, [Request(CONTROLLER, Lock()), draft("D1")])
    assert locked.act == Lock()
    assert isinstance(late, Refused)


def test_the_same_key_in_one_group_gets_one_line(tmp_path):
    exercise = opened(tmp_path)
    before = exercise.state.lines
    first, second = asked(exercise, [draft("D1", "k"), draft("D1", "k")])
    assert first == second
    assert exercise.state.lines == before + 1


def test_a_disk_that_is_full_is_told_and_the_desk_goes_on(tmp_path):
    exercise = opened(tmp_path)
    before = exercise.state
    connection = exercise.log._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [draft(("D1", "D2")[n % 2], f"{n:0999d}") for n in range(100)]
    answers = asked(exercise, many)
    assert {type(one) for one in answers} == {TabletopError}
    assert exercise.state == before
    connection.execute("PRAGMA max_page_count = 1000000")
    (entry,) = asked(exercise, [draft("D1")])
    assert entry.number == before.lines + 1


def test_what_fails_in_the_program_is_told_to_who_asked_and_the_desk_goes_on(tmp_path, monkeypatch):
    exercise = opened(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(exercise, "do_all", lambda _: (_ for _ in ()).throw(sqlite3.ProgrammingError("gone")))
        (answer,) = asked(exercise, [draft("D1")])
        assert isinstance(answer, sqlite3.ProgrammingError)
    (entry,) = asked(exercise, [draft("D1")])
    assert entry.act.change.card == "D1"


LEVERS = dict.fromkeys(("analysts", "teams", "courts"), "{now: 3, few: 2, %s: 1}")


def test_a_decision_of_many_levers_with_long_steps_is_submitted_whole(tmp_path):
    name = "as-many-as-can-be-paid-for-in-the-whole-of-the-year"
    steps = "".join(f"      {lever}: {written % name}\n" for lever, written in LEVERS.items())
    text = TEXT[: TEXT.index("  roles:")] + TEXT[TEXT.index("  teams:") : TEXT.index("    most_a_move")]
    exercise = Exercise.new(tmp_path / "expert", text=f"{text}    levers:\n{steps}", name="expert.yaml")
    exercise.do(CONTROLLER, Start(secret="s", teams=("Alpha", "Bravo"), others=3), at=0.0)
    exercise.do(CONTROLLER, BeginMove(move=1), at=60.0)
    for lever in LEVERS:
        exercise.do("Alpha", Draft(team="Alpha", change=LeverChange(lever=lever, step=name)))
    seen = exercise.state.draft_line("Alpha")
    ask = SubmitDraft(do="submit", key="0" * 24, since=0, seen=seen, replaces=0)
    (done,) = asked(exercise, [Request("Alpha", ask.act("Alpha", ""))])
    assert len(done.act.entry) > 120
    assert {step for _, step in exercise.state.submissions["Alpha", 0].decision.steps} == {name}


def test_what_is_too_long_for_a_line_is_refused_alone_and_the_desk_goes_on(tmp_path):
    exercise = opened(tmp_path)
    long = Request("Alpha", lambda _: Submit(team="Alpha", entry="D1 " * 2000))
    refused, drafted = asked(exercise, [long, draft("D1")])
    assert isinstance(refused, Refused)
    assert str(refused) == "entry: String should have at most 4000 characters"
    assert drafted.act.change.card == "D1"
