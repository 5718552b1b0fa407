"""The results folder: complete, readable by others, safely rewritten."""

import csv
import io
import json
import re

import pytest
from small import TEXT, failing, pretended, small

from tabletop.cli import main
from tabletop.errors import TabletopError
from tabletop.experiment.design import Design
from tabletop.experiment.folder import folder_name, prepare
from tabletop.experiment.identity import experiment_hash, settings
from tabletop.experiment.lock import locked
from tabletop.experiment.resolved import resolved_yaml
from tabletop.experiment.run import Experiment
from tabletop.experiment.store import write
from tabletop.measures import MEASURES
from tabletop.pools import POOLS
from tabletop.scenario.load import load, loads

FILES = {
    "scenario.yaml",
    "resolved.yaml",
    "manifest.json",
    "findings.json",
    "tables.xlsx",
    "tables/runs.csv",
    "tables/comparison.csv",
    "tables/best.csv",
    "tables/worst_tenth.csv",
    "tables/pools.csv",
    "runs.sqlite",
    ".lock",
}


@pytest.fixture(scope="module")
def results():
    return Experiment(Design.of(small()), workers=1, simulate=pretended).run()


@pytest.fixture
def folder(results, tmp_path):
    return write(results, tmp_path, name="small", as_given=TEXT)


def rows(folder, table):
    return list(csv.DictReader(io.StringIO((folder / "tables" / f"{table}.csv").read_text(encoding="utf-8"))))


def test_the_folder_is_named_after_scenario_and_hash(folder, results):
    assert folder.name == f"small-{experiment_hash(small())[:8]}"
    assert folder_name(results.design) == folder.name


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour City", "harbour-city"),
        ("Ĉu ñ/../x", "cu-n-x"),
        ("漢字 Ábc", "漢字-abc"),
        ("می‌خواهیم", "می‌خواهیم"),
        ("क्‍ष दल", "क्‍ष-दल"),
        ("👩‍🏫", "scenario"),
        ("..", "scenario"),
    ],
)
def test_no_name_leaves_the_parent_folder(results, name, slug):
    assert folder_name(results.design, name).rsplit("-", 1)[0] == slug


def test_it_holds_all_that_is_kept_and_nothing_else(folder):
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} == FILES


def test_the_scenario_is_there_as_given(folder):
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == TEXT


def test_without_a_file_the_resolved_scenario_stands_in(results, tmp_path):
    folder = write(results, tmp_path)
    assert (folder / "scenario.yaml").read_bytes() == (folder / "resolved.yaml").read_bytes()


@pytest.mark.parametrize("name", ["small", "first-steps", "harbour-city", "terror-queue"])
def test_a_resolved_scenario_reads_back_to_the_same_settings(name):
    scenario = small() if name == "small" else load(name)
    again = loads(resolved_yaml(scenario))
    assert experiment_hash(again) == experiment_hash(scenario)
    assert all(settings(again, mix) == settings(scenario, mix) for mix in scenario.policy_mixes)
    assert resolved_yaml(again) == resolved_yaml(scenario)


def test_a_condition_without_bound_reads_back():
    scenario = loads(TEXT.replace("  threat:", "  reporting: {pass_at: -.inf}\n  threat:"))
    assert experiment_hash(loads(resolved_yaml(scenario))) == experiment_hash(scenario)


def test_the_table_of_runs_tells_every_value_to_the_last_bit(folder, results):
    told = {(r["mix"], int(r["replication"]), r["measure"]): r for r in rows(folder, "runs")}
    assert len(told) == 24 * len(MEASURES)
    for row in results.rows():
        written = told[row.mix, row.replication, row.measure]
        assert (float(written["numerator"]), float(written["denominator"])) == (
            row.numerator,
            row.denominator,
        )
        assert written["value"] == ("" if row.value is None else repr(row.value))
        assert written["unit"] == MEASURES[row.measure].unit


def test_the_table_of_comparison_tells_what_the_comparison_says(folder, results):
    compared = results.compare()
    told = {(r["measure"], r["mix"]): r for r in rows(folder, "comparison")}
    assert set(told) == {(measure, mix) for measure in MEASURES for mix in results.mixes}
    contrast = compared.contrast("trust_mean", "careful")
    row = told["trust_mean", "careful"]
    assert float(row["difference"]) == contrast.difference
    assert float(row["difference_low"]) == contrast.interval.low
    assert (row["primary"], row["adjustment"], row["verdict"]) == ("true", "Bonferroni", contrast.verdict)
    assert told["harm", "careful"]["adjustment"] == "unadjusted"
    assert told["harm", "usual"]["difference"] == ""
    assert float(told["harm", "usual"]["mean"]) == compared.estimates["harm"]["usual"].value


def test_the_table_of_pools_tells_every_pool_with_intervals(folder):
    told = rows(folder, "pools")
    assert {(r["mix"], r["pool"]) for r in told} == {(m, p) for m in small().policy_mixes for p in POOLS}
    (busy,) = [r for r in told if (r["mix"], r["pool"], r["statistic"]) == ("usual", "courts", "utilisation")]
    assert float(busy["mean"]) == pytest.approx(0.9)
    assert (busy["low"], busy["high"], busy["method"]) == ("", "", "")  # the same in every pretended run
    assert re.fullmatch(r"the same in all \d+ worlds", busy["rests_on"])
    by_class = {r["statistic"] for r in told if r["pool"] == "analysts"}
    assert {"wait, intelligence", "wait, community", "wait, border", "wait, partner"} <= by_class


def test_a_mix_all_of_whose_runs_failed_has_every_statistic_of_its_pools_and_none_of_their_values(tmp_path):
    def broken(scenario, mix, replication):
        if mix == "careful":
            raise ZeroDivisionError("pretended")
        return pretended(scenario, mix, replication)

    told = rows(write(Experiment(Design.of(small()), workers=1, simulate=broken).run(), tmp_path), "pools")
    of = {mix: [r for r in told if r["mix"] == mix] for mix in ("usual", "careful")}
    named = [[(r["pool"], r["statistic"], r["unit"]) for r in of[mix]] for mix in of]
    assert named[0] == named[1]
    assert {(r["mean"], r["low"], r["high"], r["replications"]) for r in of["careful"]} == {("", "", "", "0")}


def test_a_folder_that_somebody_else_writes_is_not_drawn_into(folder, capsys):
    with locked(folder), pytest.raises(SystemExit) as end:
        main(["plot", str(folder), "--figure", "luck"])
    assert end.value.code == 2
    assert f"{folder}: process" in capsys.readouterr().err
    assert not (folder / "figures").exists()


def test_the_tables_end_their_lines_with_lf_alone(folder):
    for table in (folder / "tables").iterdir():
        content = table.read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")


def test_the_manifest_keeps_what_decides_apart_from_where_it_comes_from(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["hash"] == experiment_hash(small())
    assert set(manifest["fingerprint"]) == {"system", "machine", "python", "numpy", "scipy", "draws"}
    assert manifest["mixes"]["usual"] == manifest["mixes"]["same"] != manifest["mixes"]["careful"]
    assert {"started", "finished", "command", "workers", "git", "libraries"} <= set(manifest["provenance"])


def test_a_failure_leaves_its_traceback_in_the_manifest(tmp_path):
    folder = write(Experiment(Design.of(small()), workers=1, simulate=failing).run(), tmp_path)
    provenance = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["provenance"]
    assert provenance["failures"][0]["replication"] == 2
    assert "ZeroDivisionError" in provenance["failures"][0]["traceback"]


def test_writing_again_replaces_what_is_there_and_leaves_the_rest(folder, tmp_path):
    (folder / "notes.txt").write_text("mine")
    (folder / "tables" / "runs.csv").write_text("torn")
    fewer = Experiment(Design.of(small(), replications=2), workers=1, simulate=pretended).run()
    again = write(fewer, tmp_path, name="small")
    assert again == folder
    assert len(rows(folder, "runs")) == 8 * len(MEASURES)
    assert (folder / "notes.txt").read_text() == "mine"
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} == FILES | {"notes.txt"}


def test_a_place_that_cannot_be_written_is_told_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(
        TabletopError, match=r"file.*: cannot be written to: something on the way is a file, and no folder"
    ):
        prepare(tmp_path / "file", "small-12345678")


def test_a_folder_in_place_of_a_table_is_told(folder, results, tmp_path):
    (folder / "tables" / "runs.csv").unlink()
    (folder / "tables" / "runs.csv").mkdir()
    with pytest.raises(TabletopError, match="no file, and nothing is written in its place"):
        write(results, tmp_path, name="small")
