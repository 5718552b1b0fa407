"""Doors: seats and links outlive the server, cannot be told from what is on disk, and can be taken away."""

from time import time

import pytest

from exercise.room import TEXT
from tabletop import TabletopError
from tabletop.exercise.acts import Join, Note, Open, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.serve import doors
from tabletop.serve.classroom import names_in
from tabletop.serve.doors import Doors


@pytest.fixture
def room(tmp_path):
    found = Doors.at(tmp_path)
    yield found
    found.close()


def test_a_seat_is_good_after_the_server_was_killed_and_the_code_is_the_same(tmp_path, room):
    token, one = room.take_seat(Role.PLAYER)
    again = Doors.at(tmp_path)  # nobody has closed the first
    assert again.admit(token, Role.PLAYER) == one
    assert again.code == room.code
    assert again.take_seat(Role.PLAYER)[1].number == one.number + 1
    again.close()


def test_seats_are_numbered_once_even_if_one_is_taken_away(room):
    _, first = room.take_seat(Role.PLAYER)
    _, desk = room.take_seat(Role.CONTROLLER)
    room.take_away(first.device)
    _, second = room.take_seat(Role.PLAYER)
    assert [first.device, desk.device, second.device] == ["phone 1", "controller 1", "phone 2"]


def test_a_token_admits_to_its_own_role_until_it_is_taken_away(room):
    token, one = room.take_seat(Role.PLAYER)
    assert room.admit(token, Role.PLAYER) == one
    assert room.admit(token, Role.CONTROLLER) is None
    assert room.admit(token[:-1], Role.PLAYER) is None
    assert room.admit("", Role.PLAYER) is None
    room.take_away(one.device)
    assert room.admit(token, Role.PLAYER) is None
    assert not room.is_good(one)


def test_a_seat_ends_a_day_after_its_last_sign_of_life(room, monkeypatch):
    token, one = room.take_seat(Role.PLAYER)
    monkeypatch.setattr(doors, "time", lambda: one.seen + doors.LIFETIME - 1)
    room.note_sign_of_life(one)
    monkeypatch.setattr(doors, "time", lambda: one.seen + 2 * doors.LIFETIME - 2)
    assert room.admit(token, Role.PLAYER) is not None
    monkeypatch.setattr(doors, "time", lambda: one.seen + 2 * doors.LIFETIME)
    assert room.admit(token, Role.PLAYER) is None


def test_a_newer_link_of_a_role_makes_the_older_one_worthless(room):
    first = room.new_link(Role.CONTROLLER)
    assert room.role_of(first) is Role.CONTROLLER
    second = room.new_link(Role.CONTROLLER)
    assert (room.role_of(first), room.role_of(second)) == (None, Role.CONTROLLER)


def test_there_are_so_many_seats_and_no_more(room, monkeypatch):
    monkeypatch.setitem(doors.MOST_SEATS, Role.PLAYER, 2)
    for _ in range(2):
        room.take_seat(Role.PLAYER)
    with pytest.raises(TabletopError, match="2 seats are taken"):
        room.take_seat(Role.PLAYER)
    # a class that is full keeps no controller out, and a seat that is too old keeps nobody out
    room.take_seat(Role.CONTROLLER)
    later = time() + doors.LIFETIME + 1
    monkeypatch.setattr(doors, "time", lambda: later)
    assert room.take_seat(Role.PLAYER)[1].device == "phone 3"


@pytest.mark.parametrize(("role", "most"), [(Role.CONTROLLER, 3), (Role.EVALUATOR, 6)])
def test_one_more_takes_the_place_of_who_was_away_longest_and_never_of_who_is_here(
    room, monkeypatch, role, most
):
    now = time()
    taken = []
    for number in range(most):
        monkeypatch.setattr(doors, "time", lambda number=number: now + number)
        taken.append(room.take_seat(role))
    monkeypatch.setattr(doors, "time", lambda: now + 60.0)
    here = {one.device for _, one in taken}
    with pytest.raises(doors.Full, match=f"{most} seats are taken"):
        room.take_seat(role, here=here)
    assert all(room.admit(token, role) for token, _ in taken)
    # the first was away for longest, but its page is open
    here = {taken[0][1].device}
    token, one = room.take_seat(role, here=here)
    good = [room.admit(token, role) is not None for token, _ in taken]
    assert good == [True, False, *[True] * (most - 2)]
    assert room.admit(token, role).number == one.number == most + 1


def test_a_folder_where_nothing_can_be_kept_is_told(tmp_path):
    (tmp_path / doors.NAME).mkdir()
    with pytest.raises(TabletopError, match=r"doors\.sqlite: cannot be"):
        Doors.at(tmp_path)


def test_damaged_doors_are_told_and_without_them_numbers_go_on_after_those_of_the_log(tmp_path):
    (tmp_path / doors.NAME).write_bytes(b"no database" * 100)
    with pytest.raises(
        TabletopError, match=r"doors\.sqlite: damaged: .*; delete it: everybody comes in anew"
    ):
        Doors.at(tmp_path)
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Open(secret="s", teams=("Alpha", "Bravo"), others=3))
    exercise.do("Alpha", Join(team="Alpha", device="phone 9"))
    exercise.do("Alpha", Join(team="Alpha", device="phone 10"))
    exercise.do(CONTROLLER, Start())
    exercise.do("evaluator 2", Note(text="Seen."), role=Role.EVALUATOR)
    anew = Doors.at(exercise.folder)
    for _ in range(2):  # at each start
        anew.number_after(names_in(exercise.entries))
        taken = [anew.take_seat(role)[1].device for role in Role]
    assert taken == ["phone 12", "controller 2", "evaluator 4", "projector 2"]
    anew.close()
