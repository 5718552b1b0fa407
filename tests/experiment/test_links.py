"""Links: what a results folder or an exercise writes stays in its folder."""

import os

import pytest
from small import failing, small
from test_store import made

from exercise.room import begun
from tabletop import open_results
from tabletop.errors import TabletopError
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.experiment.design import Design
from tabletop.experiment.dry_run import plan
from tabletop.experiment.lock import locked
from tabletop.experiment.run import Experiment
from tabletop.experiment.store import write
from tabletop.report.illustrated import illustrate


@pytest.fixture
def theirs(tmp_path):
    """A folder and a file that nobody may touch."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "runs.csv").write_text("theirs")
    (tmp_path / "precious").write_text("precious " * 20)
    yield tmp_path
    assert [p.read_text() for p in (tmp_path / "theirs").iterdir()] == ["theirs"]
    assert (tmp_path / "precious").read_text() == "precious " * 20


@pytest.mark.parametrize(
    ("name", "target"),
    [
        (".lock", "precious"),
        ("tables", "theirs"),
        ("figures", "theirs"),
        ("runs.sqlite", "precious"),
        ("manifest.json", "precious"),
        ("tables/runs.csv", "precious"),
        ("notes", "theirs"),
    ],
)
def test_no_link_in_a_results_folder_is_followed(theirs, name, target):
    folder, results = made(theirs / "results", simulate=failing)
    place = folder / name
    if place.is_dir():
        for path in place.iterdir():
            path.unlink()
        place.rmdir()
    place.unlink(missing_ok=True)
    place.symlink_to(theirs / target)
    for attempt in (
        lambda: made(theirs / "results", simulate=failing),
        lambda: open_results(folder),
        lambda: write(results, theirs / "results", name="small"),
    ):
        with pytest.raises(TabletopError, match=f"{place.name}: a link"):
            attempt()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("name", ["runs.sqlite-journal", "runs.sqlite-wal", "runs.sqlite", "manifest.json"])
def test_nobody_waits_for_a_pipe_in_a_results_folder(tmp_path, name):
    folder, _ = made(tmp_path, simulate=failing)
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    for attempt in (
        lambda: made(tmp_path, simulate=failing),
        lambda: open_results(folder),
        lambda: plan(Experiment(Design.of(small())), folder),
    ):
        with pytest.raises(TabletopError, match=f"{name}: neither a file nor a folder"):
            attempt()


def test_a_results_folder_that_is_a_link_is_not_written(theirs):
    folder, _ = made(theirs / "results", simulate=failing)
    folder.rename(theirs / "elsewhere")
    folder.symlink_to(theirs / "elsewhere")
    with pytest.raises(TabletopError, match=f"{folder.name}: a link"):
        made(theirs / "results", simulate=failing)
    assert len(open_results(folder).failures) == 1


def test_a_folder_of_figures_that_is_a_link_is_not_drawn_into(theirs):
    folder, results = made(theirs / "results", simulate=failing)
    (folder / "figures").symlink_to(theirs / "theirs")
    with pytest.raises(TabletopError, match="figures: a link"):
        illustrate(results, folder)


def test_a_lock_with_a_second_name_or_another_content_is_left_alone(theirs):
    (theirs / "one").mkdir()
    (theirs / "one" / ".lock").hardlink_to(theirs / "precious")
    (theirs / "two").mkdir()
    (theirs / "two" / ".lock").write_text("a diary " * 20)
    for folder in ("one", "two"):
        with pytest.raises(TabletopError, match="not the lock of a results folder"), locked(theirs / folder):
            pass
    assert (theirs / "two" / ".lock").read_text() == "a diary " * 20


def test_a_symlinked_lock_empties_nothing(theirs):
    (theirs / ".lock").symlink_to(theirs / "precious")
    with pytest.raises(TabletopError, match="not the lock of a results folder"), locked(theirs):
        pass


@pytest.mark.parametrize("name", ["exercise.sqlite", "histories.sqlite", "report"])
def test_no_link_in_the_folder_of_an_exercise_is_followed(theirs, name):
    exercise = begun(theirs)
    exercise.log.close()
    place = exercise.folder / name
    place.unlink(missing_ok=True)
    place.symlink_to(theirs / "precious")
    for attempt in (
        lambda: Exercise.open(exercise.folder),
        lambda: InterimCache(exercise.folder / "histories.sqlite"),
    ):
        with pytest.raises(TabletopError, match=f"{name}: a link"):
            attempt()


def test_no_exercise_is_begun_through_a_link(theirs):
    (theirs / "room").mkdir()
    (theirs / "room" / ".exercise.sqlite").symlink_to(theirs / "precious")
    with pytest.raises(TabletopError, match="a link"):
        begun(theirs)
