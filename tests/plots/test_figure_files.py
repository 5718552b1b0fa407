"""Figures on disk: the same bytes in every process, and files that other programs read."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from figure_cases import case

from tabletop.errors import TabletopError, UnknownName
from tabletop.plots import FIGURES
from tabletop.plots.rendering import rendered
from tabletop.plots.save import save


@pytest.fixture(scope="module")
def two_folders(tmp_path_factory):
    """The figures of the same results, drawn by two processes that hash differently, one on two cores."""
    folders = [tmp_path_factory.mktemp("figures") for _ in range(2)]
    script = Path(__file__).parent / "draw_all.py"
    processes = [
        subprocess.Popen(
            [sys.executable, script, folder, f"{number}"], env={**os.environ, "PYTHONHASHSEED": f"{number}"}
        )
        for number, folder in enumerate(folders, start=1)
    ]
    assert [process.wait() for process in processes] == [0, 0]
    return folders


def test_figures_and_their_data_are_byte_equal_in_two_fresh_processes(two_folders):
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in two_folders)
    assert set(first) == {f"{name}.{form}" for name in FIGURES for form in ("svg", "png", "csv")}
    assert first == second


@pytest.mark.parametrize("name", FIGURES)
def test_an_svg_is_valid_xml_without_a_date(name, two_folders):
    svg = (two_folders[0] / f"{name}.svg").read_bytes()
    root = ET.fromstring(svg)  # noqa: S314 (our own file)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<dc:date>" not in svg
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_picture_and_its_data_are_written_side_by_side(tmp_path):
    results, compared = case("three mixes")
    folder = tmp_path / "figures"
    paths = save(FIGURES["worlds"], results, folder, formats=("svg", "png", "pdf"), compared=compared)
    assert [path.name for path in paths] == ["worlds.svg", "worlds.png", "worlds.pdf", "worlds.csv"]
    assert sorted(folder.iterdir()) == sorted(paths)
    assert paths[1].read_bytes().startswith(b"\x89PNG")
    assert paths[2].read_bytes().startswith(b"%PDF")
    again = save(FIGURES["worlds"], results, tmp_path / "again", formats=("png", "pdf"), compared=compared)
    assert again[0].read_bytes() == paths[1].read_bytes()
    assert again[1].read_bytes() == paths[2].read_bytes()


def test_a_format_that_does_not_exist_is_a_mistake_with_a_hint():
    with pytest.raises(UnknownName, match="did you mean 'svg'"):
        rendered(FIGURES["worlds"].draw(*case("three mixes")), "svgz")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TabletopError, match="cannot be written to: something on the way is a file"):
        save(FIGURES["worlds"], case("three mixes")[0], tmp_path / "file", formats=())
