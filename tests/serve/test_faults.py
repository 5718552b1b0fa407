"""What can fail in a class: answers, the disk, the bench, sleep, deaf phones; and who comes late."""

import os
import re
import resource
import signal
import socket
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

import pytest

from exercise.room import TEXT
from serve.cable import cable_to
from serve.served import (
    Client,
    begin_first_move,
    controller,
    entries_of,
    go_on,
    joined,
    path_of,
    serving,
    until,
)
from tabletop.exercise.bench_process import MILD
from tabletop.exercise.exercise import ASLEEP
from tabletop.exercise.state import Phase

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@contextmanager
def a_class(where, *options):
    """The small exercise in its first move, with its controller and a phone at each table."""
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1", *options) as served:
        desk = controller(served)
        phones = joined(served, "Alpha"), joined(served, "Bravo")
        begin_first_move(desk)
        yield served, desk, phones


def test_an_answer_that_is_lost_is_asked_for_again_and_the_act_is_done_once(tmp_path):
    with a_class(tmp_path) as (served, _, (alpha, _)), cable_to(served.port) as cable:
        far = Client(cable.port, alpha.cookies)
        at = f"127.0.0.1:{served.port}"
        headers = {"Host": at, "Origin": f"http://{at}"}
        body = {"do": "draft", "key": token_hex(12), "since": alpha.since(), "change": {"card": "D1"}}
        cable.swallows = True
        with pytest.raises((OSError, HTTPException)):
            far.post("/team/act", body, **headers)
        cable.swallows = False
        line = far.post("/team/act", body, **headers).data["line"]
        drafts = [entry.number for entry in entries_of(served) if entry.act.act == "draft"]
    assert drafts == [line]


def children_of(pid):
    return [
        int(child)
        for one in Path(f"/proc/{pid}/task").glob("*/children")
        for child in one.read_text().split()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found as Linux has them")
def test_a_killed_bench_is_started_again_and_the_reveal_comes(tmp_path):
    with a_class(tmp_path) as (served, desk, (alpha, bravo)):
        until(lambda: children_of(served.process.pid))
        for child in children_of(served.process.pid):
            os.kill(child, signal.SIGKILL)
        assert alpha.act("team", "draft", change={"card": "D1"}).status == 200  # nobody waits for it
        for phase in (Phase.OPEN, Phase.LOCKED):
            assert go_on(desk, phase, 0).status == 200
        for phone in (alpha, bravo):
            until(lambda phone=phone: "<tbody>" in str(phone.now("team").data["regions"]))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found as Linux has them")
def test_a_reveal_comes_although_what_simulates_at_the_lowest_priority_gets_no_time_at_all(tmp_path):
    with a_class(tmp_path) as (served, desk, (alpha, bravo)):
        own = os.getpriority(os.PRIO_PROCESS, served.process.pid)
        if own + MILD >= 19:
            pytest.skip("run at so low a priority that nothing can be told apart by it")

        def starved():
            nice = {one: os.getpriority(os.PRIO_PROCESS, one) for one in children_of(served.process.pid)}
            assert {*nice.values()} <= {own, min(19, own + MILD), 19}
            return [one for one in nice if nice[one] == 19]

        assert desk.act("room", "enter", team="Alpha", entry="D1 R1", replaces=0).status == 200
        for child in until(starved):
            os.kill(child, signal.SIGSTOP)
        for phase in (Phase.OPEN, Phase.LOCKED):
            assert go_on(desk, phase, 0).status == 200
        for phone in (alpha, bravo):
            until(lambda phone=phone: "<tbody>" in str(phone.now("team").data["regions"]))
        for child in starved():
            os.kill(child, signal.SIGCONT)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process are Linux'")
def test_a_full_disk_is_told_keeps_what_was_acknowledged_and_is_over_once_there_is_room(tmp_path):
    with a_class(tmp_path) as (served, desk, (alpha, bravo)):
        first = alpha.act("team", "draft", change={"card": "D1"})
        assert first.status == 200
        _, hard = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (1024, hard))
        key, change = token_hex(12), {"card": "D2"}
        refused = alpha.act("team", "draft", key, change=change)
        assert refused.status == 503
        assert refused.data["code"] == "disk"
        assert "sent again" in refused.data["refused"]
        assert served.folder.name not in refused.data["refused"]
        assert desk.now("room").status == alpha.now("team").status == 200  # what is read is not written
        link = {"secret": served.monitor.partition("#")[2]}
        assert Client(served.port).post("/in", link).status == 503
        for phone in (Client(served.port), bravo):  # who sits somewhere stays there
            answer = phone.ask("POST", path_of(served.join), urlencode({"team": "Alpha"}), **FORM)
            assert answer.status == 503
            assert "disk does not take it" in answer.text
            assert "sqlite" not in answer.text
        assert "Bravo" in bravo.get("/team").text
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        second = alpha.act("team", "draft", key, change=change)
        assert second.status == 200
        assert second.data["line"] == first.data["line"] + 1
        cards = [entry.act.change.card for entry in entries_of(served) if entry.act.act == "draft"]
    assert cards == ["D1", "D2"]


@pytest.mark.verify
def test_a_machine_that_slept_paused_the_exercise_from_its_last_sign_of_life(tmp_path):
    with a_class(tmp_path) as (served, desk, (alpha, _)):
        until(lambda: desk.now("room").data["minute"] is not None)
        before = time.time()
        served.process.send_signal(signal.SIGSTOP)
        time.sleep(ASLEEP + 8.0)
        served.process.send_signal(signal.SIGCONT)
        until(lambda: alpha.now("team").data["stands"])
        assert alpha.act("team", "draft", change={"card": "D1"}).status == 200  # a draft binds nobody
        pause = next(entry for entry in entries_of(served) if entry.act.act == "pause")
    assert pause.at <= before + 1.0


@pytest.mark.verify
def test_phones_that_never_read_hold_nobody_up(tmp_path):
    with a_class(tmp_path) as (served, _, (alpha, bravo)), ExitStack() as deaf:
        cookie = "; ".join(f"{name}={value}" for name, value in bravo.cookies.items())
        for _ in range(10):
            phone = deaf.enter_context(socket.socket())
            phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            phone.connect(("127.0.0.1", served.port))
            head = f"GET /team/live HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: {cookie}\r\n\r\n"
            phone.sendall(head.encode())
        for number in range(60):
            time.sleep(0.1)  # below the limit of one seat
            change = {"card": ("D1", "D2")[number // 2 % 2], "times": (number + 1) % 2}
            assert alpha.act("team", "draft", change=change).status == 200
            assert bravo.act("team", "draft", change=change).status == 200
        assert bravo.now("team").data["line"] >= 120


NEXT = re.compile(r'id="next" data-phase="([^"]*)" data-move="([^"]*)" data-step="([^"]*)"')


def test_whoever_comes_late_is_seated_in_every_phase_but_the_last_and_sees_the_page_of_now(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    seen = []
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        desk = controller(served)
        while found := NEXT.search(desk.now("room").data["regions"]["next"]):
            phase, move, step = found.groups()
            late = joined(served, "Alpha")
            part = re.search(r'data-part="(\w+)-', late.get("/team").text)[1]
            assert Phase[part] == phase
            seen.append(Phase[part])
            assert go_on(desk, phase, int(move), step).status == 200
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        assert Client(served.port).ask("POST", path_of(served.join), "team=Alpha", **form).status == 409
    assert {*seen} == {*Phase} - {Phase.PLANNED, Phase.ENDED}
