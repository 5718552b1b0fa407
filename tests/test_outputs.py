"""Outputs: whole or not at all, and never through a link."""

import os
import stat

import pytest

from tabletop.errors import TabletopError
from tabletop.outputs import clear, own_folder, put_files, refuse_existing, refuse_irregular


def test_files_of_a_folder_and_of_folders_in_it_are_written(tmp_path):
    put_files(tmp_path / "made", {"one.txt": b"1", "in/two.txt": ["2", "3"]})
    found = {str(p.relative_to(tmp_path)): p.read_text() for p in tmp_path.rglob("*.txt")}
    assert found == {"made/one.txt": "1", "made/in/two.txt": "23"}


def test_where_one_cannot_be_made_none_has_changed(tmp_path):
    put_files(tmp_path, {"one.txt": b"before"})

    def breaking_off():
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put_files(tmp_path, {"one.txt": b"after", "two.txt": breaking_off()})
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("one.txt", "before")]


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path):
    put_files(tmp_path, {"one.txt": b"before"})
    (tmp_path / "one.txt").chmod(0o640)
    put_files(tmp_path, {"one.txt": b"after"})
    assert stat.S_IMODE((tmp_path / "one.txt").stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["one.txt", "in/one.txt"])
def test_nothing_is_written_through_a_link(tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "one.txt").write_text("theirs")
    folder = tmp_path / "ours"
    folder.mkdir()
    first = name.partition("/")[0]
    (folder / first).symlink_to(elsewhere if "/" in name else elsewhere / "one.txt")
    with pytest.raises(TabletopError, match=f"{first}: a link, and files are not written through links"):
        put_files(folder, {"other.txt": b"x", name: b"ours"})
    assert (elsewhere / "one.txt").read_text() == "theirs"
    assert not (folder / "other.txt").exists()


def test_a_folder_may_itself_be_reached_by_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "ours").symlink_to(tmp_path / "disk")
    put_files(tmp_path / "ours", {"one.txt": b"1"})
    assert (tmp_path / "disk" / "one.txt").read_bytes() == b"1"


def test_a_link_in_a_folder_is_told_wherever_it_leads(tmp_path):
    (tmp_path / "one.txt").write_text("1")
    refuse_irregular(tmp_path)
    (tmp_path / "none").symlink_to("nowhere")
    with pytest.raises(TabletopError, match="none: a link"):
        refuse_irregular(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_in_a_folder_is_refused(tmp_path):
    os.mkfifo(tmp_path / "runs.sqlite-journal")
    with pytest.raises(TabletopError, match=r"sqlite-journal: neither a file nor a folder; remove it"):
        refuse_irregular(tmp_path)


def test_nothing_is_put_in_the_place_of_what_is_no_file(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(TabletopError, match="folder: no file, and nothing is written in its place"):
        put_files(tmp_path, {"folder": b"1"})
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(TabletopError, match="pipe: no file, and nothing is written in its place"):
            put_files(tmp_path, {"pipe": b"1"})


def test_a_folder_of_a_parent_is_no_link(tmp_path):
    assert own_folder(tmp_path, "ours") == tmp_path / "ours"
    (tmp_path / "ours").symlink_to(tmp_path)
    with pytest.raises(TabletopError, match="ours: a link, and files are not written through links"):
        own_folder(tmp_path, "ours")


def test_what_a_process_left_half_written_goes_but_no_link_is_followed(tmp_path):
    (tmp_path / ".writing-1").mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / ".writing-2").symlink_to(tmp_path / "kept")
    clear(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".writing-2", "kept"]


def test_a_file_where_a_folder_should_be_is_told(tmp_path):
    (tmp_path / "ours").write_text("x")
    with pytest.raises(TabletopError, match="ours: cannot be written to: something on the way is a file"):
        put_files(tmp_path / "ours", {"one.txt": b"1"})


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(
        TabletopError, match="cannot be written to: the name is too long; choose a shorter one"
    ):
        put_files(tmp_path / ("x" * 300), {"one.txt": b"1"})


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(TabletopError, match="no room left on the disk; free some, and give the same command"):
        put_files(tmp_path, {"one.txt": b"1"})


def test_files_that_are_there_are_told(tmp_path):
    (tmp_path / "one.txt").write_text("x")
    with pytest.raises(TabletopError, match=r"one\.txt: exists already; choose another place with --out"):
        refuse_existing(tmp_path, ["one.txt", "two.txt"])
