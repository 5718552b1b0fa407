"""The store: every run kept to the last bit, and found again without simulating."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import kept, rows, runs
from small import TEXT, a_run, failing, pretended, small

from tabletop import open_results, run_experiment
from tabletop.errors import TabletopError
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.encoding import decoded, encoded
from tabletop.experiment.findings import findings
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.results import Results
from tabletop.experiment.run import Experiment
from tabletop.experiment.store import store, write
from tabletop.scenario.load import loads
from tabletop.simulation import simulate


def read_back(run_):
    return decoded(
        encoded(run_),
        title=run_.scenario_title,
        mix=run_.mix,
        replication=run_.replication,
        seed=run_.seed,
        events=run_.events,
        traces=run_.traces,
    )


def made(tmp_path, *, scenario=None, simulate=pretended, **asked):
    """The folder of an experiment that is kept as it goes, and its results."""
    design = Design.of(scenario or small(), **asked)
    with store(tmp_path, design, Provenance(now(), None, 1), name="small") as kept_:
        results = Experiment(design, workers=1, simulate=simulate).run(kept_)
    return kept_.folder, results


def test_a_run_reads_back_as_it_was():
    assert read_back(a_run()) == a_run()


def test_a_run_with_unlimited_staff_reads_back_as_it_was():
    unlimited = loads(TEXT.replace("usual: {}", "usual: {detection: {analysts: null}}"))
    run_ = simulate(unlimited, "usual", 0)
    assert run_.pools["analysts"].staff_days == inf
    assert read_back(run_) == run_
    assert json.loads(encoded(run_).pools, parse_constant=pytest.fail)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_every_number_reads_back_to_the_last_bit(numerator, denominator):
    run_ = replace(a_run(), parts={"harm": (numerator, denominator)}, tally={"harm": numerator})
    again = read_back(run_)
    assert repr(again.parts) == repr(run_.parts)
    assert repr(again.tally) == repr(run_.tally)


def test_what_is_opened_says_what_was_said_when_it_was_written(tmp_path):
    folder, results = made(tmp_path, simulate=failing)
    again = open_results(folder)
    assert again.runs == results.runs
    assert again.failures == results.failures
    assert findings(again, again.compare()) == findings(results, results.compare())
    assert (folder / "findings.json").read_text(encoding="utf-8") == json.dumps(
        findings(again, again.compare()), indent=2, ensure_ascii=False
    ) + "\n"


def test_a_folder_kept_as_it_goes_equals_one_written_afterwards(tmp_path):
    folder, results = made(tmp_path / "kept")
    assert kept(folder) == kept(write(results, tmp_path / "written", name="small"))


def test_results_are_kept_by_the_programming_interface_as_well(tmp_path):
    results = run_experiment(small(), replications=2, workers=1, out=tmp_path)
    (folder,) = tmp_path.iterdir()
    assert open_results(folder).runs == results.runs


def test_the_runs_of_a_block_are_kept_together_or_not_at_all():
    database = Database.temporary()
    results = Results.of(Design.of(small()), [], Provenance(now(), now(), 1))

    def rows_that_break_off():
        other = Results.of(Design.of(small()), [pretended(small(), "usual", 0)], results.provenance)
        yield from ()
        ((name, *_),) = other.runs.database.ask("SELECT mix FROM runs")
        raise KeyboardInterrupt(name)

    with pytest.raises(KeyboardInterrupt):
        database.write(rows_that_break_off(), {})
    assert not list(database.ask("SELECT * FROM runs"))
    assert not list(database.ask("SELECT * FROM platforms"))


def test_mixes_replications_and_baseline_are_those_last_asked_for(tmp_path):
    folder, _ = made(tmp_path)
    made(tmp_path, mixes=["later"], baseline="careful", replications=3)
    results = open_results(folder)
    assert (results.mixes, results.design.baseline, results.design.replications) == (
        ("careful", "later"),
        "careful",
        3,
    )
    assert len(runs(folder)) == 24


def test_what_is_not_there_is_no_run(tmp_path):
    folder, _ = made(tmp_path)
    found = open_results(folder).runs
    assert ("usual", 5) in found
    for name in (("usual", 6), ("nobody", 0), "usual", ("usual", 1.5)):
        assert name not in found
    with pytest.raises(KeyError):
        found["usual", 6]


def test_a_folder_without_manifest_is_no_results_folder(tmp_path):
    with pytest.raises(TabletopError, match=r"no results folder: there is no manifest\.json"):
        open_results(tmp_path)


def test_a_folder_of_another_kind_says_what_it_holds_and_how_to_read_it(tmp_path):
    (tmp_path / "study.json").write_text("{}", encoding="utf-8")
    with pytest.raises(TabletopError, match=r"no results folder: a study of other .*robust` prints"):
        open_results(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"hash": 1}'])
def test_a_manifest_that_says_nothing_is_told(tmp_path, text):
    folder, _ = made(tmp_path)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(TabletopError, match=r"manifest|complete results folder"):
        open_results(folder)


@pytest.mark.parametrize("name", ["runs.sqlite", "resolved.yaml"])
def test_a_file_that_is_missing_is_told(tmp_path, name):
    folder, _ = made(tmp_path)
    (folder / name).unlink()
    with pytest.raises(TabletopError, match=name):
        open_results(folder)


def torn(content):
    return content[: len(content) // 2]


def scribbled(content):
    return content[:4096] + b"x" * (len(content) - 4096)


@pytest.mark.parametrize("harm", [torn, scribbled, lambda content: b"no database at all" * 99])
def test_a_damaged_database_is_told_whoever_opens_it(tmp_path, harm):
    folder, _ = made(tmp_path)
    path = folder / "runs.sqlite"
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(TabletopError, match=r"runs\.sqlite: damaged"):
        made(tmp_path)
    with pytest.raises(TabletopError, match=r"runs\.sqlite: damaged"):
        list(open_results(folder).rows())


def test_a_run_that_makes_no_sense_is_told_with_its_name(tmp_path):
    folder, _ = made(tmp_path)
    changed(folder, "UPDATE runs SET measures = '{' WHERE mix = 'later' AND replication = 3")
    with pytest.raises(TabletopError, match=r"damaged.*later, replication 3"):
        open_results(folder).compare()


def test_a_database_of_another_format_is_told(tmp_path):
    folder, _ = made(tmp_path)
    changed(folder, "PRAGMA user_version = 99")
    for attempt in (lambda: made(tmp_path), lambda: open_results(folder)):
        with pytest.raises(TabletopError, match="another version of tabletop"):
            attempt()


def test_a_database_of_other_measures_is_told(tmp_path):
    folder, _ = made(tmp_path)
    Database.writing(folder / "runs.sqlite").declare({"measures": ["incidents"]})
    for attempt in (lambda: made(tmp_path), lambda: open_results(folder)):
        with pytest.raises(TabletopError, match="other measures"):
            attempt()


def test_times_and_workers_stand_in_a_table_of_their_own(tmp_path):
    folder, _ = made(tmp_path)
    told = rows(folder, "times", "mix, replication")
    assert len(told) == 24
    assert all(seconds >= 0 and ":" in worker for _, _, _, seconds, worker, *_ in told)


def test_two_processes_do_not_write_one_folder(tmp_path):
    design = Design.of(small())
    with store(tmp_path, design, Provenance(now(), None, 1), name="small") as kept_:
        program = "import sys; from test_store import made; from pathlib import Path; made(Path(sys.argv[1]))"
        path = {"PYTHONPATH": ":".join([str(__file__).rpartition("/")[0], *sys.path])}
        asked = [sys.executable, "-c", program, str(tmp_path)]
        other = subprocess.run(asked, env=path, capture_output=True, text=True, check=False)
        with pytest.raises(TabletopError, match=r"process [0-9]+ is writing there"):
            made(tmp_path)
    assert f"{kept_.folder}: process" in other.stderr
    assert "is writing there" in other.stderr
    made(tmp_path)


def changed(folder, statement):
    with closing(sqlite3.connect(folder / "runs.sqlite")) as database:
        database.execute(statement)
        database.commit()
