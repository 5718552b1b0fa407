import pytest

from exercise.room import opened, passed
from tabletop.cli import main
from tabletop.exercise.acts import End
from tabletop.report.after_action import FILES


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["report", *map(str, arguments), "--workers", "1"])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


def test_the_report_is_written_and_each_file_is_named(capsys, tmp_path):
    exercise = passed(passed(opened(tmp_path)))
    exercise.do("controller", End(), at=0.0)
    code, out, _ = run(capsys, exercise.folder)
    assert code == 0
    written = [path for path in (exercise.folder / "report").rglob("*") if path.is_file()]
    assert sorted(out.splitlines()) == sorted(map(str, written))
    assert {*FILES} - {"individual.csv"} <= {path.name for path in written}  # no sheets were taken in
    page = (exercise.folder / "report" / "report.html").read_text(encoding="utf-8")
    assert "after-action report" in page
    assert "<svg" in page


def test_in_play_it_is_an_interim_report_wherever_it_is_asked_for(capsys, tmp_path):
    exercise = passed(opened(tmp_path))
    assert run(capsys, exercise.folder, "--out", tmp_path / "here")[0] == 0
    page = (tmp_path / "here" / "report.html").read_text(encoding="utf-8")
    assert "interim report" in page
    assert "Wrongful interventions" not in page
    assert "It goes on." not in page
    assert not (exercise.folder / "report").exists()


def test_what_is_there_is_replaced_only_when_asked_for(capsys, tmp_path):
    exercise = opened(tmp_path)
    there = tmp_path / "out" / "report.docx"
    there.parent.mkdir()
    there.write_bytes(b"edited by hand")
    code, out, err = run(capsys, exercise.folder, "--out", there.parent)
    assert (code, out) == (2, "")
    assert "report.docx: exists already" in err
    assert there.read_bytes() == b"edited by hand"
    assert run(capsys, exercise.folder, "--out", there.parent, "--overwrite")[0] == 0
    assert there.read_bytes() != b"edited by hand"


def test_a_folder_without_an_exercise_is_told(capsys, tmp_path):
    code, out, err = run(capsys, tmp_path)
    assert (code, out) == (2, "")
    assert "no exercise there" in err


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("manifest.json", "the results of `tabletop run`, to be read in report.html and tables/ there"),
        ("study.json", "a study of other conditions, which compares its variants itself; `tabletop robust`"),
        ("search.json", "a search for mixes; `tabletop search` prints it, tables/ there has its tables"),
        ("tables/pillars.csv", "a study of pillars"),
        ("each-2/study.json", "studies of other conditions, each in a folder of its own within it"),
    ],
)  # fmt: skip
def test_a_folder_of_another_kind_is_named_with_what_shows_it(capsys, tmp_path, file, said):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).touch()
    (tmp_path / "runs.sqlite").touch()
    code, out, err = run(capsys, tmp_path)
    assert (code, out) == (2, "")
    assert f"{tmp_path}: {said}" in err
    assert "a report is of an exercise, which `tabletop play` begins" in err
    assert "no exercise there" in run(capsys, tmp_path.parent)[2]


def test_a_place_that_cannot_be_written_to_is_told_before_it_simulates(capsys, monkeypatch, tmp_path):
    exercise = opened(tmp_path)
    exercise.close()
    monkeypatch.setattr("tabletop.cli.report.write_exercise", lambda *_: pytest.fail("it has been simulated"))
    (tmp_path / "file").write_text("")
    code, out, err = run(capsys, exercise.folder, "--out", tmp_path / "file" / "here")
    assert (code, out) == (2, "")
    assert "cannot be written to" in err
