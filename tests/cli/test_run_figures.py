"""The pictures and the page that `tabletop run` leaves in its results folder."""

import re
from collections import Counter

import pytest

from support.long import long
from tabletop.cli import main
from tabletop.experiment import run as runner
from tabletop.plots import FIGURES
from tabletop.plots.form import SLIDE
from tabletop.plots.plot import CatalogueFigure
from tabletop.simulation import simulate

SCENARIO = """\
title: Small
seed: 5
replications: 4
horizon_days: 90
warm_up_days: 0
conditions:
  background: {intelligence: 2, community: 1, border: 1, partner: 0.5}
  threat: {formation_rate: 40, preparation: {family: exponential, mean: 60}}
policy_mixes:
  usual: {}
  careful: {interdiction: {care: 1.0, teams: 1}}
baseline: usual
measures:
  incidents: {delta: 1}
  days_to_verdict: {delta: 5}
"""
FILES = {f"{name}.{form}" for name in FIGURES for form in ("svg", "png", "csv")} | {"tables.xlsx"}


def run(capsys, out, *words):
    """Runs the small scenario: (exit code, standard output, standard error)."""
    out.mkdir(exist_ok=True)
    (out / "port.yaml").write_text(SCENARIO, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["run", str(out / "port.yaml"), "--out", str(out), "--workers", "1", *words])
    told = capsys.readouterr()
    return end.value.code or 0, told.out, told.err


def folder(out):
    (found,) = (path for path in out.iterdir() if path.is_dir())
    return found


def pictures(out):
    return {path.name: path.read_bytes() for path in (folder(out) / "figures").iterdir()}


def page(out):
    return (folder(out) / "report.html").read_text(encoding="utf-8")


def without_provenance(text):
    return re.sub(r'(?s)<section [^>]*id="provenance">.*?</section>', "", text)


def test_every_figure_is_left_as_svg_and_png_with_its_data_and_drawn_for_page_and_phone(
    capsys, tmp_path, monkeypatch
):
    drawn = Counter()
    honest = CatalogueFigure.draw

    def counting(plot, results, compared=None, form=SLIDE):
        drawn[plot.name, form.name] += 1
        return honest(plot, results, compared, form)

    monkeypatch.setattr(CatalogueFigure, "draw", counting)
    code, out, _ = run(capsys, tmp_path)
    assert code == 0
    assert out.splitlines()[-3:] == [
        f"Written to {folder(tmp_path)}",
        f"Report: {folder(tmp_path) / 'report.html'}",
        f"Hand-out for a class: {folder(tmp_path) / 'handout.html'}",
    ]
    assert set(pictures(tmp_path)) == FILES
    assert set(drawn.values()) == {1}
    assert {name for name, form in drawn if form == "slide"} == set(FIGURES)
    on_page = {name for name, form in drawn if form == "phone"}
    text = page(tmp_path)
    for name in on_page:
        assert drawn[name, FIGURES[name].page_form.name] == 1
        assert f'id="figure-{name}"' in text


def test_any_number_of_workers_gives_the_same_bytes(capsys, tmp_path):
    for workers in ("1", "2"):
        code, _, _ = run(capsys, tmp_path / workers, "--workers", workers)
        assert code == 0
    assert pictures(tmp_path / "1") == pictures(tmp_path / "2")
    pages = [page(tmp_path / workers) for workers in ("1", "2")]
    assert pages[0] != pages[1]  # the command is told
    assert without_provenance(pages[0]) == without_provenance(pages[1])


def test_more_replications_are_shown_once_they_are_there(capsys, tmp_path):
    run(capsys, tmp_path, "--replications", "2")
    assert "2 worlds, the same luck" in page(tmp_path)
    before = pictures(tmp_path)
    run(capsys, tmp_path, "--replications", "3")
    assert "3 worlds, the same luck" in page(tmp_path)
    assert "2 worlds" not in page(tmp_path)
    assert pictures(tmp_path)["worlds.svg"] != before["worlds.svg"]


def test_without_figures_there_are_tables_only_and_nothing_that_shows_other_results(capsys, tmp_path):
    run(capsys, tmp_path)
    (folder(tmp_path) / "figures" / "of_my_own.png").write_bytes(b"mine")
    code, out, _ = run(capsys, tmp_path, "--no-figures", "--replications", "5")
    assert code == 0
    assert out.splitlines()[-1] == f"Written to {folder(tmp_path)}"
    assert set(pictures(tmp_path)) == {"of_my_own.png"}
    assert not (folder(tmp_path) / "report.html").exists()


@pytest.mark.parametrize("words", ["--mix usual --replications 1", *long("--replications 1", "--mix usual")])
def test_one_replication_and_one_mix_are_drawn_as_far_as_they_go(capsys, tmp_path, words):
    code, _, err = run(capsys, tmp_path, *words.split())
    assert code == 0
    assert "Traceback" not in err
    assert set(pictures(tmp_path)) == FILES


def test_a_mix_all_of_whose_runs_failed_is_told_in_every_figure_and_in_the_page(
    capsys, tmp_path, monkeypatch
):
    def failing(scenario, mix, replication):
        if mix == "careful":
            raise ZeroDivisionError("pretended")
        return simulate(scenario, mix, replication)

    monkeypatch.setattr(runner, "simulate", failing)
    code, out, err = run(capsys, tmp_path)
    assert code == 1
    assert "Traceback" not in err
    assert re.search(r"^careful +no run is finished$", out, re.MULTILINE)
    assert set(pictures(tmp_path)) == FILES
    assert page(tmp_path).count("No replication is complete for every mix.") >= len(FIGURES)


def test_ctrl_c_while_figures_are_drawn_keeps_the_tables_and_says_how_to_go_on(capsys, tmp_path, monkeypatch):
    def draw(plot, *given):
        raise KeyboardInterrupt

    run(capsys, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(CatalogueFigure, "draw", draw)
        code, out, err = run(capsys, tmp_path)
    assert code == 130
    assert "Interrupted: what was finished is kept; the same command goes on from there." in err
    assert "Report:" not in out
    assert (folder(tmp_path) / "tables" / "comparison.csv").exists()
    assert not (folder(tmp_path) / "report.html").exists()
    assert run(capsys, tmp_path)[0] == 0
    assert set(pictures(tmp_path)) == FILES


@pytest.mark.verify
def test_what_a_killed_process_left_half_written_is_removed(capsys, tmp_path):
    run(capsys, tmp_path)
    for place in (folder(tmp_path), folder(tmp_path) / "figures"):
        (place / ".writing-left").mkdir()
        (place / ".writing-left" / "worlds.svg").write_text("half")
    run(capsys, tmp_path)
    assert list(folder(tmp_path).rglob(".writing-*")) == []
