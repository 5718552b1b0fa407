"""The export: what may be known of an exercise by now, as one file; after EndEx it replays."""

import threading
from io import BytesIO
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from exercise.room import TEXT
from serve.served import Client, begin_first_move, controller, go_on, joined, serving
from tabletop.cli import app
from tabletop.exercise.state import Phase


def unpacked(answer):
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    with ZipFile(BytesIO(answer.content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small exercise with exports of three moments: the first move, its reveal, and after EndEx."""
    where = tmp_path_factory.mktemp("export")
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "3", "--workers", "1") as found:
        desk, alpha = controller(found), joined(found, "Alpha")
        found.early = desk.get("/export.zip")
        begin_first_move(desk)
        line = alpha.act("team", "draft", change={"card": "D1"}).data["line"]
        assert alpha.act("team", "submit", seen=line, replaces=0).status == 200
        found.open = unpacked(desk.get("/export.zip"))
        for move in (0, 1):
            go_on(desk, Phase.OPEN, move)
            go_on(desk, Phase.LOCKED, move)
            if move == 0:
                found.revealed = unpacked(desk.get("/export.zip"))
            for step in ("own", "baseline", "all"):
                assert go_on(desk, Phase.REVEALED, move, step).status == 200
        assert go_on(desk, Phase.HOT_WASH, 1).status == 200
        found.ended = desk.get("/export.zip")
        found.desk, found.alpha = desk, alpha
        yield found


def test_there_is_none_before_startex_and_for_nobody_but_the_controller(served):
    assert served.early.status == 409
    assert "before StartEx" in served.early.text
    assert '<a class="button" href="/room">Back</a>' in served.early.text
    for client in (served.alpha, Client(served.port)):
        assert client.get("/export.zip").status == 401


def test_it_is_named_as_the_exercise_is(served):
    named = served.ended.headers["content-disposition"]
    assert named.endswith(f"filename*=UTF-8''{served.folder.name}.zip")
    assert served.folder.name == "small-1"


def test_while_the_exercise_is_on_it_holds_what_has_been_revealed_and_no_bundle(served):
    for files in (served.open, served.revealed):
        assert "report/report.html" in files
        assert "report/replay.zip" not in files
    secret = unpacked(served.ended)["report/log.jsonl"].decode().partition('"secret":')[2].split('"')[1]
    assert secret
    for files in (served.open, served.revealed):
        assert not any(secret.encode() in content for content in files.values())
    told = served.open["report/outcomes.csv"].decode().splitlines()
    assert len(told) < len(served.revealed["report/outcomes.csv"].decode().splitlines())


@pytest.mark.verify
def test_after_endex_its_bundle_replays(served, tmp_path):
    files = unpacked(served.ended)
    bundle = tmp_path / "replay.zip"
    bundle.write_bytes(files["report/replay.zip"])
    replayed = CliRunner().invoke(app, ["replay", str(bundle), "--out", str(tmp_path / "again")])
    assert replayed.exit_code == 0, replayed.output


def test_phones_are_answered_while_it_is_made_and_the_same_log_gives_the_same_bytes(served):
    """It is made in another process, which takes many times as long as a look."""
    answers = []
    exporting = threading.Thread(target=lambda: answers.append(served.desk.get("/export.zip")))
    exporting.start()
    looks = 0
    while exporting.is_alive():
        assert served.alpha.now("team").status == 200
        looks += 1
        exporting.join(0.2)
    assert answers[0].content == served.ended.content
    assert looks >= 5
