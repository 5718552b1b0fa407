"""Damage: what is not as it was written is noticed, told, and made anew."""

import json
import sqlite3
from contextlib import closing, suppress
from random import Random

import pytest
from small import failing, small
from test_store import changed, made

from support.long import long
from tabletop import open_results
from tabletop.errors import TabletopError
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.findings import findings
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.run import Experiment
from tabletop.experiment.store import store

FLIPS = 8
"""Bits that are flipped in each file, at places that a seed decides."""


def found(folder):
    results = open_results(folder)
    return findings(results, results.compare())


def notes_of_another_run(parent):
    """What is said of a folder when it is run again."""
    design = Design.of(small())
    with store(parent, design, Provenance(now(), None, 1), name="small") as kept:
        Experiment(design, workers=1, simulate=failing).run(kept)
    return kept.notes


@pytest.fixture
def folder(tmp_path):
    return made(tmp_path, simulate=failing)[0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET measures = replace(measures, '\"incidents\":[', '\"incidents\":[8')",
        "UPDATE runs SET traces = x'00'",
        "UPDATE runs SET digest = 'x'",
        "UPDATE times SET platform = 2",
        *long(
            "UPDATE runs SET tally = replace(tally, ':0', ':8')",
            "UPDATE runs SET pools = replace(pools, '1.5', '1.6')",
            "UPDATE runs SET series = replace(series, '1', '2')",
            "UPDATE runs SET events = events + 1",
            "UPDATE times SET seconds = seconds + 1",
            "DELETE FROM times",
        ),
    ],
)
def test_an_edited_row_is_told_and_made_anew(folder, statement):
    before = found(folder)
    changed(folder, f"{statement} WHERE mix = 'later' AND replication = 3")
    with pytest.raises(TabletopError, match=r"damaged: later, replication 3: .* alone are made anew"):
        open_results(folder)
    notes = notes_of_another_run(folder.parent)
    assert notes[0] == f"1 run in {folder / 'runs.sqlite'} was damaged: it is made anew."
    assert found(folder) == before


def test_a_row_under_another_name_is_told(folder):
    changed(folder, "UPDATE runs SET mix = 'lateR' WHERE mix = 'later' AND replication = 3")
    with pytest.raises(TabletopError, match="damaged: lateR, replication 3"):
        open_results(folder)


def test_a_row_that_is_gone_is_told_and_made_anew(folder):
    before = found(folder)
    changed(folder, "DELETE FROM runs WHERE mix = 'later' AND replication = 3")
    with pytest.raises(TabletopError, match=r"damaged: 1 run of 24 is gone; run the scenario again"):
        open_results(folder)
    notes_of_another_run(folder.parent)
    assert found(folder) == before


def test_runs_of_another_experiment_are_told(folder):
    with closing(sqlite3.connect(folder / "runs.sqlite")) as database:
        ((common,),) = database.execute("SELECT value FROM about WHERE name = 'common'")
    Database.writing(folder / "runs.sqlite").declare({"common": {**json.loads(common), "horizon_days": 91}})
    with pytest.raises(TabletopError, match="another experiment than the manifest"):
        open_results(folder)


@pytest.mark.parametrize(
    "key", ["hash", "baseline", "replications", "seed", "mixes", "digest", "resolved_digest"]
)
def test_an_edited_manifest_is_told(folder, key):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest[key] = manifest[key] + 1 if isinstance(manifest[key], int) else "same"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(TabletopError, match=r"manifest\.json: damaged or edited, .* run the scenario again"):
        open_results(folder)


def test_a_manifest_that_is_laid_out_otherwise_says_the_same(folder):
    path = folder / "manifest.json"
    before = found(folder)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert found(folder) == before


def test_a_manifest_without_end_is_told(folder):
    (folder / "manifest.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(TabletopError, match=r"manifest\.json: "):
        open_results(folder)


def test_an_edited_resolved_scenario_is_told(folder):
    path = folder / "resolved.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("delta: 1.0", "delta: 9.0"), encoding="utf-8")
    with pytest.raises(TabletopError, match=r"resolved\.yaml: damaged or edited"):
        open_results(folder)


@pytest.mark.parametrize("name", ["runs.sqlite", "manifest.json", "resolved.yaml"])
def test_whichever_bit_is_flipped_findings_are_those_of_before_or_there_are_none(folder, name):
    """Another run gives the same findings again, or says which file is to be moved away."""
    before = found(folder)
    whole = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    luck = Random(f"{name} is damaged")
    for _ in range(FLIPS):
        for path, content in whole.items():
            path.write_bytes(content)
        harmed = bytearray(whole[folder / name])
        place = luck.randrange(len(harmed))
        harmed[place] ^= 1 << luck.randrange(8)
        (folder / name).write_bytes(harmed)
        with suppress(TabletopError):
            assert found(folder) == before, place
        refusal = ""
        try:
            notes_of_another_run(folder.parent)
        except TabletopError as error:
            refusal = str(error)
        if refusal:
            assert "move it away" in refusal or "another version" in refusal, place
        else:
            assert found(folder) == before, place
