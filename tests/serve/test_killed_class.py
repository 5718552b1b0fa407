"""A class whose server is killed while phones draft: nothing acknowledged is lost, nothing is there twice."""

import random
import re
import threading
import time
from http.client import HTTPException
from secrets import token_hex

import pytest

from exercise.room import TEXT
from serve.served import begin, begin_first_move, controller, go_on, joined
from tabletop.exercise.exercise import Exercise

PHONES, SEED = 12, 18
NEXT = re.compile(r'id="next" data-phase="([^"]*)" data-move="([^"]*)" data-step="([^"]*)"')

TAPS = (
    *(
        ("draft", {"change": {"card": card, "times": times}})
        for card in ("D1", "D2", "R1")
        for times in (0, 1)
    ),
    ("pen", {}),
    ("predict", {"measure": "incidents", "low": 0, "high": 3, "replaces": 0}),
)


def go_further(desk):
    """Resume, as a crash is a pause, and press *next* once, whatever it is."""
    desk.act("room", "resume")
    phase, move, step = NEXT.search(desk.now("room").data["regions"]["next"]).groups()
    assert go_on(desk, phase, int(move), step).status == 200


@pytest.mark.parametrize(("kills", "apart"), [(3, 1), pytest.param(100, 11, marks=pytest.mark.verify)])
def test_every_acknowledged_act_outlives_kill_9_once_and_seats_stay_good(tmp_path, kills, apart):
    """Kills fall at random moments of every phase: the class goes on after every so many of them."""
    (tmp_path / "small.yaml").write_text(TEXT)
    chance = random.Random(SEED)
    served = begin("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1")
    desk = controller(served)
    phones = [joined(served, ("Alpha", "Bravo")[number % 2]) for number in range(PHONES)]
    begin_first_move(desk)
    port, over, acknowledged, wrong = served.port, threading.Event(), {}, []

    def tap(phone, own):
        """Tap on and on, each tap until it is acknowledged or refused, as the page does."""
        since = None
        while not over.is_set():
            key, (do, parts) = token_hex(12), own.choice(TAPS)
            while not over.is_set():
                try:
                    since = phone.since() if since is None else since
                    answer = phone.act("team", do, key, since=since, **parts)
                except (OSError, HTTPException):
                    time.sleep(0.05)
                    continue
                if answer.status == 200:
                    acknowledged[phone.port, id(phone), key] = answer.data["line"]
                    break
                if answer.status == 409:  # of another phase, or somebody was first
                    since = None
                    break
                if answer.status not in (429, 503):
                    wrong.append(answer)
                    return
                time.sleep(0.1)

    threads = [
        threading.Thread(target=tap, args=(phone, random.Random(SEED + number)), daemon=True)
        for number, phone in enumerate(phones)
    ]
    for thread in threads:
        thread.start()
    for number in range(kills):
        time.sleep(chance.uniform(0.3, 1.5))
        served.kill()
        served = begin(served.folder, tmp_path, "--port", str(port), "--workers", "1")
        if number % apart == apart - 1 and number + 1 < kills:
            go_further(desk)
    time.sleep(0.5)
    over.set()
    for thread in threads:
        thread.join()
    page = phones[0].now("team")
    assert page.status == 200
    assert page.data["stands"] is True  # a crash is a pause
    served.kill()
    assert wrong == []
    exercise = Exercise.open(served.folder)
    numbers = [entry.number for entry in exercise.entries if entry.by in ("Alpha", "Bravo")]
    joins = sum(entry.act.act == "join" for entry in exercise.entries)
    keys = exercise.log._connection.execute("SELECT key, number FROM asked").fetchall()
    exercise.close()
    assert len(acknowledged) > 10 * kills
    assert len({*acknowledged.values()}) == len(acknowledged)  # one line each
    assert {*acknowledged.values()} <= {*numbers}
    asked = {key.rpartition(":")[2]: number for key, number in keys}
    assert all(asked[key] == line for (_, _, key), line in acknowledged.items())
    # a tap that was never acknowledged may be on disk: at most one of each phone is under way
    assert len(numbers) - joins <= len(acknowledged) + PHONES
