"""`tabletop preflight`: what could stop a class, and what would be right."""

import json

import pytest

from tabletop.cli import checklist, main, preflight
from tabletop.cli.checklist import Standing
from tabletop.cli.measured_waits import MEASUREMENTS, Waits
from tabletop.scenario.load import load


def run(capsys, *arguments):
    """Exit code and output of a command."""
    with pytest.raises(SystemExit) as leaving:
        main(["preflight", *map(str, arguments)])
    return leaving.value.code, capsys.readouterr()


def waits(*paces, others=100, teams=4):
    """The waits of first-steps at stated paces, one a measurement."""
    return Waits(load("first-steps"), teams, others, workers=2, paces=paces, bytes_a_run=1000)


def test_each_row_says_how_it_stands_and_nothing_is_written(capsys, tmp_path):
    code, told = run(capsys, "first-steps", "--others", 5, "--workers", 1, "--out", tmp_path / "e", "--json")
    assert code == 0
    found = json.loads(told.out)
    assert found["ready"]
    assert [row["name"] for row in found["checks"]] == [
        "extras", "fonts", "disk", "writes", "network", "power", "viewer", "minutes", "cards", "baseline",
        "move 1", "move 2", "epilogue",
    ]  # fmt: skip
    for row in found["checks"]:
        assert row["found"]
        assert bool(row["right"]) == (row["standing"] != "ok")
    assert not [*tmp_path.iterdir()]


def test_a_folder_that_cannot_be_made_stops_the_class(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    code, told = run(capsys, "first-steps", "--others", 2, "--workers", 1, "--out", tmp_path / "file" / "e")
    assert code == 2
    (line,) = (line for line in told.out.splitlines() if line.startswith("STOP"))
    assert line.startswith(f"STOP  disk: nothing can be written to {tmp_path / 'file'}")
    assert "      to do: name another folder by --out" in told.out
    assert told.out.endswith("Not ready: 1 of 13 checks would stop the class.\n")


def test_too_little_room_stops_it(tmp_path):
    assert checklist.disk(tmp_path, 1).standing is Standing.WELL
    row = checklist.disk(tmp_path, 10**18)
    assert row.standing is Standing.STOP
    assert "make room" in row.right


def test_waits_follow_the_pace_the_teams_and_the_worlds():
    slow = {one.name: one for one in waits(0.0005, 0.001, 0.0008).each()}
    assert slow["baseline"].runs == 101
    assert slow["baseline"].longest == pytest.approx(51 * (180 + 365) * 0.001)  # two workers
    assert slow["move 1"].runs == 404
    assert slow["baseline"].shortest == pytest.approx(slow["baseline"].longest / 2)
    assert slow["move 1"].longest == pytest.approx(202 * (180 + 182) * 0.001)
    assert slow["move 1"].at_hand == 120
    standings = {row.name: row for row in checklist.waits(waits(0.001))}
    assert standings["move 1"].standing is Standing.WELL
    standings = {row.name: row for row in checklist.waits(waits(0.002))}  # 146 s of 120, and 3 min of reveal
    assert standings["move 1"].standing is Standing.NOTE
    assert standings["move 1"].right == "take fewer other worlds, as --others 82"
    standings = {row.name: row for row in checklist.waits(waits(0.005))}
    assert standings["move 1"].standing is Standing.STOP


def test_a_measured_wait_says_its_range_and_of_how_many_measurements():
    def said(*paces):
        return next(row.found for row in checklist.waits(waits(*paces)) if row.name == "move 1")

    assert said(0.0005, 0.001, 0.0008).startswith("404 runs, 37 s to 73 s on 2 workers by 3 measurements; ")
    assert said(0.001, 0.002).startswith("404 runs, 73 s to 2 min on 2 workers by 2 measurements; ")
    assert said(0.0005, 0.0005001).startswith("404 runs, 37 s on 2 workers by 2 measurements; ")
    assert said(0.0005).startswith("404 runs, 37 s on 2 workers by 1 measurement; ")


def test_the_slowest_measurement_decides():
    def standing(*paces):
        return next(row.standing for row in checklist.waits(waits(*paces)) if row.name == "move 1")

    assert standing(0.0005, 0.001) is Standing.WELL
    assert standing(0.0005, 0.001, 0.005) is Standing.STOP


def test_waits_are_measured_several_times():
    found = Waits.measured(load("first-steps"), teams=2, others=2, workers=1)
    assert len(found.paces) == MEASUREMENTS > 1
    assert len({*found.paces}) > 1  # each is its own
    assert all(pace > 0 for pace in found.paces)


def test_more_teams_than_can_be_typed_are_said():
    plan = load("first-steps").exercise
    assert checklist.minutes(plan, 6).standing is Standing.WELL
    row = checklist.minutes(plan, 7)
    assert row.standing is Standing.NOTE
    assert "more than there is to decide in move 1, 2" in row.found
    assert row.right == "write what `tabletop validate --minutes 50` says"


def test_without_libraries_or_a_screen_a_class_can_be_held(monkeypatch):
    monkeypatch.setattr(
        checklist, "missing", lambda *_: "typst is not installed: so. To have it: pip install x"
    )
    row = checklist.extras()
    assert (row.standing, row.found, row.right) == (
        Standing.NOTE,
        "typst is not installed: so.",
        "pip install x",
    )
    monkeypatch.setattr(checklist.sys, "platform", "linux")
    monkeypatch.setattr(checklist.shutil, "which", lambda _: None)
    assert "xdg-open is not installed" in checklist.viewer().found
    monkeypatch.setattr(checklist.shutil, "which", lambda _: "/usr/bin/xdg-open")
    monkeypatch.setitem(checklist.environ, "DISPLAY", ":0")
    assert checklist.viewer().standing is Standing.WELL


def test_what_stops_the_class_gives_2(capsys, monkeypatch):
    stopping = [checklist.Row("disk", Standing.STOP, "full", "make room")]
    monkeypatch.setattr(preflight, "_rows", lambda *_, **__: stopping)
    code, told = run(capsys, "first-steps")
    assert code == 2
    assert told.out.startswith("STOP  disk: full\n      to do: make room\n")


def test_a_scenario_that_cannot_be_played_is_refused(capsys, tmp_path):
    path = tmp_path / "plain.yaml"
    path.write_text("title: A\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n")
    code, told = run(capsys, path)
    assert code == 2
    assert "exercise" in told.err
