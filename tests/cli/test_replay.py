"""`tabletop replay`: a bundle gives the same decisions, numbers and files again, or what differs is told."""

import json
import sqlite3
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from exercise.room import opened, passed
from support.long import long
from tabletop.cli import main
from tabletop.exercise.acts import End, Submit
from tabletop.exercise.bundle import MOST_UNPACKED

EQUAL = (
    "equal: decisions from the log\n"
    "equal: worlds simulated again\n"
    "equal: report, tables and figures made again\n"
)


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main([*map(str, arguments), "--workers", "1"])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The folder of an exercise that was played to its end, and reported."""
    exercise = opened(tmp_path_factory.mktemp("played"))
    exercise.do("Alpha", Submit(team="Alpha", entry="D1 D2"), at=0.0)
    passed(passed(exercise))
    exercise.do("controller", End(), at=0.0)
    with pytest.raises(SystemExit) as leaving:
        main(["report", str(exercise.folder), "--workers", "1"])
    assert leaving.value.code == 0
    return exercise.folder


@pytest.fixture
def bundle(played):
    return played / "report" / "replay.zip"


@pytest.fixture
def altered(bundle, tmp_path):
    """Write the bundle with some of its members changed or, where there is None, left out."""

    def write(**changed):
        members = {name.replace("_", "."): content for name, content in changed.items()}
        path = tmp_path / "altered.zip"
        with ZipFile(bundle) as given, ZipFile(path, "w") as made:
            for name in given.namelist():
                content = members.get(name.removeprefix("files/"), given.read(name))
                if content is not None:
                    made.writestr(name, content)
        return path

    return write


def member(bundle, name):
    with ZipFile(bundle) as given:
        return given.read(name)


def test_a_bundle_gives_the_same_again_and_writes_it(capsys, bundle, played, tmp_path):
    code, out, _ = run(capsys, "replay", bundle, "--out", tmp_path / "again")
    assert (code, out) == (0, EQUAL)
    for path in (played / "report").rglob("*"):
        if path.suffix in (".html", ".svg", ".csv", ".jsonl", ".zip"):
            again = tmp_path / "again" / path.relative_to(played / "report")
            assert again.read_bytes() == path.read_bytes(), path.name


def test_in_play_there_is_no_bundle_for_it_would_give_away_the_secret(capsys, tmp_path):
    exercise = passed(opened(tmp_path))
    assert run(capsys, "report", exercise.folder, "--out", tmp_path / "here")[0] == 0
    assert (tmp_path / "here" / "report.html").exists()
    assert not (tmp_path / "here" / "replay.zip").exists()


def test_one_changed_digit_in_a_table_is_found(capsys, altered, bundle):
    table = member(bundle, "files/outcomes.csv")
    digit = table.rindex(b"1")
    code, out, _ = run(capsys, "replay", altered(outcomes_csv=table[:digit] + b"2" + table[digit + 1 :]))
    assert code == 1
    assert out.endswith("DIFFERENT: report, tables and figures made again\n  outcomes.csv\n")
    assert out.startswith("equal: decisions from the log\nequal: worlds simulated again\n")


def test_one_changed_reading_is_found_by_simulating_it_again(capsys, altered, bundle):
    readings = json.loads(member(bundle, "readings.json"))
    key = min(readings)
    reading = json.loads(readings[key])
    reading["parts"]["incidents"][0] += 1
    readings[key] = json.dumps(reading, sort_keys=True)
    code, out, _ = run(capsys, "replay", altered(readings_json=json.dumps(readings)))
    assert code == 1
    assert f"DIFFERENT: worlds simulated again\n  reading {key}\n" in out


def test_another_decision_is_found_in_the_log(capsys, altered, bundle):
    log = member(bundle, "log.json")
    assert log.count(b'"D1 D2"') == 1
    code, out, _ = run(capsys, "replay", altered(log_json=log.replace(b'"D1 D2"', b'"D1"')))
    assert code == 1
    assert "DIFFERENT: decisions from the log\n" in out
    assert "decisions.csv" in out


def test_a_log_that_cannot_have_happened_is_told_with_its_line(capsys, altered, bundle):
    log = member(bundle, "log.json")
    code, out, err = run(capsys, "replay", altered(log_json=log.replace(b'"D1 D2"', b'"D9"')))
    assert (code, out) == (2, "")
    assert err.startswith("line 3 of the bundle's log cannot have happened: D9: no such card; known: D1")


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("model_version", "0", "made by version 0 of the model; here is "),
        ("platform", {"machine": "abacus"}, "made on another platform (machine abacus there"),
    ],
)
def test_elsewhere_nothing_is_simulated_again_and_that_is_said(capsys, altered, bundle, key, value, why):
    about = json.loads(member(bundle, "about.json")) | {key: value}
    code, out, _ = run(capsys, "replay", altered(about_json=json.dumps(about)))
    assert code == 0
    assert f"skipped: worlds simulated again: {why}" in out


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"about_json": None}, "not a replay bundle, or damaged ('about.json' is missing)"),
        ({"log_json": None}, "not a replay bundle, or damaged ('log.json' is missing)"),
        ({"about_json": "[]"}, "not a replay bundle, or damaged (about.json: Input should be an object)"),
        ({"about_json": "{}"}, "not a replay bundle, or damaged (about.json: Field required)"),
        ({"readings_json": "[]"}, "not a replay bundle, or damaged (readings.json: "),
        ({"log_json": "junk"}, "not a replay bundle, or damaged (log.json: Invalid JSON"),
        ({"scenario_yaml": b"\xff"}, "not a replay bundle, or damaged ('utf-8' codec"),
        ({"scenario_yaml": "title: 7"}, "small.yaml:1: "),
    ],
)
def test_a_damaged_bundle_is_told(capsys, altered, changed, told):
    path = altered(**changed)
    code, out, err = run(capsys, "replay", path)
    assert (code, out) == (2, "")
    assert err.startswith(told if told.startswith("small") else f"{path}: {told}")


def test_a_bundle_of_a_later_format_is_told(capsys, altered, bundle):
    about = json.loads(member(bundle, "about.json")) | {"format": 2}
    code, _, err = run(capsys, "replay", altered(about_json=json.dumps(about)))
    assert code == 2
    assert "a bundle of format 2; this tabletop reads format 1" in err


def test_what_is_no_bundle_is_told(capsys, bundle, tmp_path):
    half = tmp_path / "half.zip"
    half.write_bytes(bundle.read_bytes()[:1000])
    assert run(capsys, "replay", half)[::2] == (
        2,
        f"{half}: not a replay bundle, or damaged (not a zip file)\n",
    )
    none = tmp_path / "none.zip"
    assert run(capsys, "replay", none)[::2] == (2, f"{none}: no such file\n")
    flipped = bytearray(bundle.read_bytes())
    flipped[200] ^= 255
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(flipped)
    code, _, err = run(capsys, "replay", damaged)
    assert code == 2
    assert "not a replay bundle, or damaged" in err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("../escape.txt", b"x", "not a name for a member"),
        ("files/../../escape.txt", b"x", "not a name for a member"),
        ("notes.txt", b"x", "notes.txt: no member of a bundle"),
        ("files/a\u202egnp.svg", b"x", "not a name for a member"),
        ("about.json", b"{}", "two members of one name"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_that_have_no_place_are_told(capsys, bundle, tmp_path, name, content, told):
    path = tmp_path / "more.zip"
    path.write_bytes(bundle.read_bytes())
    with ZipFile(path, "a") as added:
        added.writestr(name, content)
    code, out, err = run(capsys, "replay", path)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_another_compression_is_told(capsys, bundle, tmp_path, method):
    path = tmp_path / "packed.zip"
    with ZipFile(bundle) as given, ZipFile(path, "w", method) as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
    code, _, err = run(capsys, "replay", path)
    assert code == 2
    assert "compressed in a way that is not read here; only deflate is" in err


def test_what_would_unpack_to_more_than_fits_is_refused_before_anything_is_read(
    capsys, bundle, tmp_path, monkeypatch
):
    assert MOST_UNPACKED < 2_500_000_000
    monkeypatch.setattr("tabletop.exercise.bundle.MOST_UNPACKED", 50_000_000)
    path = tmp_path / "bomb.zip"
    path.write_bytes(bundle.read_bytes())
    with ZipFile(path, "a", ZIP_DEFLATED) as added, added.open("files/bomb.svg", "w") as member_:
        for _ in range(4):
            member_.write(bytes(1 << 24))
    code, out, err = run(capsys, "replay", path)
    assert (code, out) == (2, "")
    assert "bytes when unpacked; at most 50,000,000 are allowed" in err


def swapped(readings):
    """Each reading in the place of another of the same day."""
    by_day = {}
    for key, reading in readings.items():
        by_day.setdefault(json.loads(reading)["end"], []).append(key)
    return {
        key: readings[other]
        for keys in by_day.values()
        for key, other in zip(keys, [*keys[1:], keys[0]], strict=True)
    }


def changed(change):
    """Every reading changed in the same way."""

    def all_changed(readings):
        found = {}
        for key, reading in readings.items():
            parts = json.loads(reading)
            change(parts)
            found[key] = json.dumps(parts, sort_keys=True)
        return found

    return all_changed


@pytest.mark.parametrize(
    "harm",
    [
        swapped,
        *long(
            changed(lambda reading: reading["parts"].update(incidents=[-3, 0])),
            changed(lambda reading: reading.update(tally=7)),
            lambda readings: dict.fromkeys(readings, ""),
        ),
    ],
)
def test_swapped_and_impossible_readings_are_told_as_different(capsys, altered, bundle, harm):
    readings = harm(json.loads(member(bundle, "readings.json")))
    code, out, err = run(capsys, "replay", altered(readings_json=json.dumps(readings)))
    assert (code, "Traceback" in err) == (1, False)
    assert "DIFFERENT: worlds simulated again\n" in out


@pytest.mark.parametrize("becomes", ["replace(reading, ': [0.', ': [1.')", *long("'junk'", "x'ff'")])
def test_readings_that_are_damaged_are_simulated_again(capsys, played, bundle, tmp_path, becomes):
    kept = played / "histories.sqlite"
    with sqlite3.connect(kept) as connection:
        assert connection.execute(f"UPDATE interims SET reading = {becomes}").rowcount  # noqa: S608 (own words)
    code, _, _ = run(capsys, "report", played, "--out", tmp_path / "again")
    assert code == 0
    assert (tmp_path / "again" / "replay.zip").read_bytes() == bundle.read_bytes()


def test_a_damaged_store_of_readings_is_told_with_what_can_be_done(capsys, tmp_path):
    exercise = opened(tmp_path)
    kept = exercise.folder / "histories.sqlite"
    kept.write_text("garbage")
    code, out, err = run(capsys, "report", exercise.folder)
    assert (code, out) == (2, "")
    assert err == (
        f"{kept}: cannot be used (file is not a database); remove it, and what it held is simulated again\n"
    )
