import pytest

from tabletop import load, run_experiment
from tabletop.cli import main
from tabletop.experiment.store import write
from tabletop.plots import FIGURES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    results = run_experiment(load("first-steps"), replications=4, workers=1)
    return write(results, tmp_path_factory.mktemp("results"))


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["plot", *map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


def test_a_figure_is_drawn_with_its_data_beside_it(capsys, folder):
    code, out, err = run(capsys, folder, "--figure", "worlds")
    assert (code, err) == (0, "")
    assert [line.rsplit("/", 1)[-1] for line in out.splitlines()] == [
        "worlds.svg",
        "worlds.png",
        "worlds.csv",
        "tables.xlsx",
    ]
    assert (folder / "figures" / "worlds.svg").read_text().startswith("<?xml")


def test_all_figures_are_drawn_in_another_form_elsewhere(capsys, folder, tmp_path):
    code, _, err = run(capsys, folder, "--format", "png", "--out", tmp_path)
    assert (code, err) == (0, "")
    assert {path.stem for path in tmp_path.glob("*.png")} == set(FIGURES)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in tmp_path.glob("*.png"))


def test_an_unknown_figure_is_told_with_the_nearest_name(capsys, folder):
    code, _, err = run(capsys, folder, "--figure", "wordls")
    assert code == 2
    assert "did you mean 'worlds'?" in err


def test_an_unknown_format_is_told(capsys, folder):
    code, _, err = run(capsys, folder, "--format", "jpg")
    assert code == 2
    assert "no such figure format" in err


def test_a_folder_that_holds_no_results_is_told(capsys, tmp_path):
    code, _, err = run(capsys, tmp_path / "nothing")
    assert code == 2
    assert str(tmp_path / "nothing") in err


def test_a_file_is_no_results_folder(tmp_path, capsys):
    file = tmp_path / "base.yaml"
    file.touch()
    code, _, err = run(capsys, file)
    assert code == 2
    assert f"{file}: no folder; name one that `tabletop run` made" in " ".join(err.split())
