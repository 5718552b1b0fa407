"""A plain install: what is missing is told before anybody waits, nothing is lost, and the advice is right."""

import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from exercise.room import TEXT
from tabletop import TabletopError, extras
from tabletop.cli import main
from tabletop.experiment.cluster import cluster_at
from tabletop.report.pack import pack_files
from tabletop.report.paper import LIBRARIES, missing

DECISIONS = "others: 2\nmoves: [{}, {}]\n"


@pytest.fixture
def plain(monkeypatch):
    """Neither typst nor python-docx is there."""
    for name in LIBRARIES:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.fixture
def small(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    (tmp_path / "decisions.yaml").write_text(DECISIONS)
    return tmp_path / "small.yaml"


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main([*map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code or 0, out, err


def test_a_class_is_told_first_and_gets_all_but_the_docx(capsys, plain, small, tmp_path):
    asked = ("--decisions", tmp_path / "decisions.yaml", "--out", tmp_path / "e", "--workers", 1)
    code, _, err = run(capsys, "play", small, *asked)
    assert code == 0
    told = err.splitlines()[0]
    assert told.startswith("python-docx is not installed: the report is written as HTML, without the DOCX")
    (report,) = (tmp_path / "e").glob("*/report")
    there = {path.name for path in report.iterdir()}
    assert {"report.html", "log.csv", "outcomes.csv", "replay.zip", "figures"} <= there
    assert "report.docx" not in there
    assert "<html" in (report / "report.html").read_text()
    code, _, err = run(capsys, "report", report.parent, "--overwrite", "--workers", 1)
    assert (code, "python-docx is not installed" in err) == (0, True)


def test_it_is_told_before_the_first_prompt(capsys, plain, small, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr("tabletop.cli.play.facilitate", lambda *_, **__: said.append(capsys.readouterr()))
    run(capsys, "play", small, "--out", tmp_path / "e")
    assert "python-docx is not installed" in said[0].err


@pytest.mark.verify
def test_a_rehearsal_writes_its_pack_as_html(capsys, plain, small, tmp_path):
    code, _, err = run(capsys, "rehearse", small, "--others", 2, "--out", tmp_path / "e", "--workers", 1)
    assert code == 0
    assert "typst is not installed: what is to be printed is written as HTML, and not as PDF" in err
    (pack,) = (tmp_path / "e").glob("*/pack")
    endings = {path.suffix for path in pack.rglob("*") if path.is_file()}
    assert endings == {".html", ".xlsx", ".csv"}


def test_a_pack_is_html_unless_pdf_is_asked_for(capsys, plain, small, tmp_path):
    code, out, err = run(capsys, "pack", small, "--out", tmp_path / "pack")
    assert code == 0
    assert "typst is not installed" in err
    assert "situation-manual.html" in out
    assert ".pdf" not in out
    code, out, err = run(capsys, "pack", small, "--out", tmp_path / "other", "--format", "pdf")
    assert (code, out) == (2, "")
    assert err.startswith("typst is not installed; install it with: ")
    assert not (tmp_path / "other").exists()


def test_nothing_is_told_where_nothing_is_missing(capsys, small, tmp_path):
    for name in LIBRARIES:
        pytest.importorskip(name)
    assert missing(*LIBRARIES) == ""
    assert run(capsys, "pack", small, "--out", tmp_path / "pack")[2] == ""


def test_the_advice_installs_what_the_extra_requires(monkeypatch):
    """Never `package[extra]`: a checkout or a wheel has a name that no index knows."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    for extra, requirements in project["optional-dependencies"].items():
        own = [one for one in requirements if not one.startswith("policy-tabletop")]
        stated = [f'{one}; extra == "{extra}"' for one in requirements]
        monkeypatch.setattr(extras, "requires", lambda _, stated=stated: ["simpy>=4", *stated])
        assert shlex.split(extras.how_to_install(extra, ("x",))) == [
            sys.executable, "-m", "pip", "install", *own,
        ]  # fmt: skip


def test_without_metadata_the_advice_names_the_libraries(monkeypatch):
    def unknown(name):
        raise extras.PackageNotFoundError(name)

    monkeypatch.setattr(extras, "requires", unknown)
    assert extras.how_to_install("paper", ("typst", "python-docx")).endswith(
        " -m pip install typst python-docx"
    )


def test_a_cluster_names_its_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(TabletopError, match=r"distributed, which is not installed; .* -m pip install .*distr"),
        cluster_at("tcp://127.0.0.1:1"),
    ):
        pass


def test_python_is_told_too(plain):
    from tabletop import loads

    with pytest.raises(TabletopError, match=r"typst is not installed; install it with: .* -m pip install "):
        pack_files(loads(TEXT), "x")
