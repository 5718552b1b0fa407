import difflib

import pytest

from support.two_moves import FILE, TEXT
from tabletop.cli import main


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["msel", *map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


@pytest.fixture
def played(tmp_path):
    """A scenario file of one's own, and its exported list."""
    file = tmp_path / "mine.yaml"
    file.write_bytes(FILE.read_bytes())
    return file


def exported(capsys, file, name="list.csv"):
    place = file.with_name(name)
    code, out, err = run(capsys, "export", file, "--out", place)
    assert (code, out, err) == (0, f"wrote {place}\n", "")
    return place


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_list_that_goes_out_and_comes_back_leaves_the_scenario_byte_for_byte(capsys, played, name):
    code, out, _ = run(capsys, "import", exported(capsys, played, name), played)
    assert code == 0
    assert "nothing was edited" in out
    assert played.read_bytes() == FILE.read_bytes()


def edited(capsys, played):
    place = exported(capsys, played)
    told = place.read_text(encoding="utf-8")
    place.write_text(told.replace("Officers ask for shorter", "Officers wish for shorter"), encoding="utf-8")
    return place


def test_an_edited_cell_comes_back_and_nothing_else(capsys, played):
    code, out, err = run(capsys, "import", edited(capsys, played), played)
    assert (code, err) == (0, "")
    assert out.endswith(f"wrote {played}: 1 change\n")
    assert "heat: Message: 'Officers ask for shorter shifts.' → 'Officers wish for shorter shifts.'" in out
    lines = difflib.unified_diff(
        TEXT.splitlines(), played.read_text(encoding="utf-8").splitlines(), n=0, lineterm=""
    )
    assert [line for line in lines if line[:1] in "+-"][2:] == [
        "-      message: Officers ask for shorter shifts.",
        "+      message: Officers wish for shorter shifts.",
    ]


def test_a_dry_run_shows_the_lines_and_writes_nothing(capsys, played):
    code, out, _ = run(capsys, "import", edited(capsys, played), played, "--dry-run")
    assert code == 0
    assert "+      message: Officers wish for shorter shifts." in out
    assert out.endswith("nothing was written\n")
    assert played.read_bytes() == FILE.read_bytes()


def test_what_cannot_be_read_is_told_and_nothing_is_written(capsys, played):
    place = exported(capsys, played)
    told = place.read_text(encoding="utf-8")
    place.write_text(told.replace(",weigh,", ",wiegh,").replace("wish", "ask"), encoding="utf-8")
    code, out, err = run(capsys, "import", place, played)
    assert (code, out) == (2, "")
    assert "row 7, column J 'Exercise Objective': 'wiegh': no such objective; did you mean 'weigh'?" in err
    assert err.endswith("nothing was written\n")
    assert played.read_bytes() == FILE.read_bytes()


def test_mode_bom_and_link_of_the_scenario_file_are_kept(capsys, played):
    played.write_bytes(b"\xef\xbb\xbf" + FILE.read_bytes())
    played.chmod(0o640)
    link = played.with_name("link.yaml")
    link.symlink_to(played.name)
    assert run(capsys, "import", edited(capsys, played), link)[0] == 0
    assert link.is_symlink()
    assert played.stat().st_mode & 0o777 == 0o640
    assert played.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert b"wish" in played.read_bytes()


def test_an_exported_list_is_not_overwritten_unless_asked_for(capsys, played):
    place = exported(capsys, played)
    code, _, err = run(capsys, "export", played, "--out", place)
    assert code == 2
    assert "exists already" in err
    assert run(capsys, "export", played, "--out", place, "--overwrite")[0] == 0


def test_an_ending_that_is_no_lists_is_told(capsys, played):
    code, _, err = run(capsys, "export", played, "--out", played.with_name("list.ods"))
    assert code == 2
    assert "name a file that ends with .xlsx or .csv" in err


def test_a_shipped_scenario_is_not_changed(capsys, played):
    code, _, err = run(capsys, "import", exported(capsys, played), "harbour-city")
    assert code == 2
    assert "a shipped scenario stays as it is; copy" in err


def planners(played, *lines):
    place = played.with_name("theirs.csv")
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def test_a_planners_own_list_with_a_heading_that_is_stated(capsys, played):
    place = planners(played, "Our list", "Nr,What,T+", "INJ-1,The port calls.,5")
    code, out, err = run(capsys, "import", "--add", place, played, "--column", "What=Message")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "row 2: the headings; what stands above them is left out",
        "row 2, column A 'Nr': read as Event Number",
        "row 2, column B 'What': read as Message",
        "row 2, column C 'T+': read as Planned Minute",
        "row 3: no title; 'The port calls', of the message's first words",
        "row 3, column A 'Nr': 'INJ-1' → id 'inj-1'; kept as Source ID",
        "inj-1: a new inject of move 1",
        f"wrote {played}: 1 change",
    ]
    assert "planned_minute: 5" in played.read_text(encoding="utf-8")


def test_a_planners_list_that_is_added_again_leaves_the_file_as_it_is(capsys, played):
    place = planners(played, "Nr,Message", "1,The port calls.")
    assert run(capsys, "import", "--add", place, played)[0] == 0
    before = played.read_bytes()
    code, out, _ = run(capsys, "import", "--add", place, played)
    assert code == 0
    assert out.endswith("nothing new; the file is left as it is\n")
    assert played.read_bytes() == before


def test_what_says_how_planners_lists_are_read_needs_add(capsys, played):
    code, _, err = run(capsys, "import", exported(capsys, played), played, "--start", "09:00")
    assert code == 2
    assert "give --add with them" in err


def test_a_planners_list_that_cannot_be_read_exits_with_2(capsys, played):
    place = planners(played, "Nr,Time,Message", "1,in June,The port calls.")
    code, out, err = run(capsys, "import", "--add", place, played)
    assert (code, out) == (2, "")
    assert "theirs.csv: row 2, column B 'Time': 'in June' is no time; write minutes since StartEx" in err
    assert played.read_bytes() == FILE.read_bytes()
