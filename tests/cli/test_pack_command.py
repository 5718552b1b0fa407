import pytest

from support.two_moves import FILE
from tabletop.cli import main


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["pack", *map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


def test_the_pack_is_written_and_each_file_is_named(capsys, tmp_path):
    code, out, err = run(capsys, FILE, "--out", tmp_path / "pack")
    assert (code, err) == (0, "")
    written = [path for path in (tmp_path / "pack").rglob("*") if path.is_file()]
    assert sorted(out.splitlines()) == sorted(map(str, written))
    assert (tmp_path / "pack" / "players" / "situation-manual.pdf").read_bytes().startswith(b"%PDF")


def test_the_folder_is_named_after_the_scenario(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(capsys, FILE, "--format", "html")[0] == 0
    assert (tmp_path / "two_moves-pack" / "controllers" / "msel.html").exists()
    assert not list((tmp_path / "two_moves-pack").rglob("*.pdf"))


def test_large_print_is_asked_for(capsys, tmp_path):
    assert run(capsys, FILE, "--out", tmp_path / "large", "--format", "html", "--large")[0] == 0
    page = (tmp_path / "large" / "players" / "situation-manual.html").read_text(encoding="utf-8")
    assert '<body class="upright large">' in page


def test_what_is_there_is_replaced_only_when_asked_for(capsys, tmp_path):
    (tmp_path / "controllers").mkdir()
    listed = tmp_path / "controllers" / "msel.xlsx"
    listed.write_bytes(b"edited by hand")
    code, out, err = run(capsys, FILE, "--out", tmp_path)
    assert (code, out) == (2, "")
    assert "msel.xlsx: exists already" in err
    assert "--overwrite" in err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [listed]
    assert run(capsys, FILE, "--out", tmp_path, "--overwrite")[0] == 0
    assert listed.read_bytes() != b"edited by hand"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "docx"], "'docx': no such format of a pack (there are: pdf, html, both)"),
        (["--paper", "a5"], "'a5': no such paper"),
    ],
)
def test_a_format_or_paper_that_there_is_not_is_told(capsys, tmp_path, arguments, says):
    code, out, err = run(capsys, FILE, "--out", tmp_path, *arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_a_folder_that_cannot_be_written_is_told(capsys, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, out, err = run(capsys, FILE, "--out", tmp_path / "file" / "pack")
    assert (code, out) == (2, "")
    assert "cannot be written" in err


def test_a_scenario_that_says_nothing_about_playing_it_is_told(capsys, tmp_path):
    file = tmp_path / "plain.yaml"
    file.write_text(FILE.read_text(encoding="utf-8").partition("exercise:")[0], encoding="utf-8")
    code, out, err = run(capsys, file, "--out", tmp_path / "pack")
    assert (code, out) == (2, "")
    assert "plain.yaml: no `exercise:` block" in err
    assert not (tmp_path / "pack").exists()
