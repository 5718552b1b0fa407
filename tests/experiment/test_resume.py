"""Experiments that go on where they were: broken off, extended, corrected, changed."""

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest
from kept import kept, runs
from small import TEXT, failing, pretended, small
from test_store import made

from tabletop import open_results
from tabletop.errors import TabletopError
from tabletop.experiment import batches, execution
from tabletop.experiment import store as stores
from tabletop.experiment.design import Design
from tabletop.experiment.fingerprint import fingerprint
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.run import Experiment, Interrupted
from tabletop.experiment.store import store
from tabletop.scenario.load import loads

SCRIPT = Path(__file__).parents[2] / "verification" / "interrupt.py"


def counting(calls):
    """A model that notes what it is asked for."""

    def simulate(scenario, mix, replication):
        calls.append((mix, replication))
        return pretended(scenario, mix, replication)

    return simulate


def edited(old, new):
    assert TEXT.count(old) == 1
    return loads(TEXT.replace(old, new))


def notes(tmp_path, scenario, **asked):
    """What is told when the folder of a scenario is opened."""
    design = Design.of(scenario, **asked)
    with store(tmp_path, design, Provenance(now(), None, 1), name="small") as kept_:
        return " ".join(kept_.notes)


def test_what_is_there_is_not_run_again(tmp_path):
    made(tmp_path)
    calls = []
    made(tmp_path, simulate=counting(calls))
    assert calls == []


def test_more_replications_are_added_to_those_that_are_there(tmp_path):
    made(tmp_path, replications=2)
    calls = []
    folder, _ = made(tmp_path, simulate=counting(calls), replications=4)
    assert {replication for _, replication in calls} == {2, 3}
    assert kept(folder) == kept(made(tmp_path / "at once", replications=4)[0])


def test_fewer_replications_lose_nothing_and_tell_what_was_asked(tmp_path):
    folder, _ = made(tmp_path)
    made(tmp_path, replications=2)
    assert len(runs(folder)) == 24
    once, again = kept(made(tmp_path / "at once", replications=2)[0]), kept(folder)
    assert once.pop("runs") != again.pop("runs")
    assert once == again
    assert "16 runs of further replications stay in the folder" in notes(tmp_path, small(), replications=2)


def test_another_mix_keeps_the_runs_of_the_others(tmp_path):
    made(tmp_path, mixes=["usual", "careful"])
    calls = []
    made(tmp_path, simulate=counting(calls))
    assert {mix for mix, _ in calls} == {"same", "later"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", "title: Tiny"),
        ("incidents: {delta: 1}", "incidents: {delta: 7}"),
        ("harm: {delta: 2, primary: false}", "harm: {delta: 2}"),
        ("title: Another name for it", "title: A better name for it"),
        ("Something happens", "Something else happens"),
    ],
)
def test_a_correction_keeps_every_run(tmp_path, old, new):
    folder, _ = made(tmp_path)
    calls = []
    again, results = made(tmp_path, scenario=edited(old, new), simulate=counting(calls))
    assert (again, calls) == (folder, [])
    assert {run_.scenario_title for run_ in results.runs.values()} == {results.design.scenario.title}


def test_a_mix_that_changed_is_run_anew_and_this_is_said(tmp_path):
    made(tmp_path)
    other = edited("{care: 1.0}", "{care: 0.5}")
    said = notes(tmp_path, other)
    assert "careful is not what it was when 6 runs of it were made: they are made anew." in said
    calls = []
    folder, _ = made(tmp_path, scenario=other, simulate=counting(calls))
    assert {mix for mix, _ in calls} == {"careful", "later"}  # which inherits from it
    assert kept(folder) == kept(made(tmp_path / "at once", scenario=other)[0])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seed: 5", "seed: 6", "seed: 5 → 6"),
        ("horizon_days: 90", "horizon_days: 91", "horizon_days: 90.0 → 91.0"),
        ("formation_rate: 40", "formation_rate: 41", "conditions.threat.formation_rate: 40.0 → 41.0"),
        ("multiply: 3", "multiply: 4", "injects[0].effects[0].multiply: 3.0 → 4.0"),
        ("costs: {analysts: 2}", "costs: {analysts: 3}", "costs.analysts: 2.0 → 3.0"),
    ],
)
def test_a_change_of_what_all_runs_read_goes_to_a_new_folder_and_is_named(tmp_path, old, new, told):
    folder, _ = made(tmp_path)
    said = notes(tmp_path, edited(old, new))
    assert said == f"A new folder, for runs of {folder.name} are of no use here. What changed: {told}."
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_is_compared_with_the_likest_beside_it(tmp_path):
    made(tmp_path)
    near, _ = made(tmp_path, scenario=edited("seed: 5", "seed: 6"))
    other = loads(TEXT.replace("seed: 5", "seed: 6").replace("formation_rate: 40", "formation_rate: 50"))
    assert f"runs of {near.name} are of no use" in notes(tmp_path, other)


def test_the_first_folder_says_nothing(tmp_path):
    assert notes(tmp_path, small()) == ""


def test_a_run_that_failed_is_tried_again(tmp_path):
    folder, results = made(tmp_path, simulate=failing)
    assert len(results.failures) == 1
    calls = []
    _, again = made(tmp_path, simulate=counting(calls))
    assert calls == [("careful", 2)]
    assert not again.failures
    assert kept(folder) == kept(made(tmp_path / "at once")[0])


def test_an_interrupted_experiment_goes_on_and_ends_like_any_other(tmp_path):
    def interrupt(done, total):
        if done == 10:
            raise KeyboardInterrupt

    design = Design.of(small())
    with (
        store(tmp_path, design, Provenance(now(), None, 1), name="small") as kept_,
        pytest.raises(Interrupted),
    ):
        Experiment(design, workers=1, simulate=pretended).run(kept_, progress=interrupt)
    assert open_results(kept_.folder).interrupted
    assert len(runs(kept_.folder)) == 10
    told = []
    with store(tmp_path, design, Provenance(now(), None, 1), name="small") as kept_:
        assert kept_.notes == ("10 runs of 24 are there already.",)
        Experiment(design, workers=1, simulate=pretended).run(kept_, progress=lambda *at: told.append(at))
    assert told == [(done, 24) for done in range(10, 25)]
    assert kept(kept_.folder) == kept(made(tmp_path / "at once")[0])


def test_a_folder_that_nobody_finished_can_be_read_all_the_same(tmp_path):
    def break_off(done, total):
        if done == 10:
            raise MemoryError

    design = Design.of(small())
    with (
        store(tmp_path, design, Provenance(now(), None, 1), name="small") as kept_,
        pytest.raises(MemoryError),
    ):
        Experiment(design, workers=1, simulate=pretended).run(kept_, progress=break_off)
    assert not (kept_.folder / "findings.json").exists()
    results = open_results(kept_.folder)
    assert results.interrupted
    assert len(results.runs) == 10
    assert results.compare().replications == (0, 1)
    assert results.provenance.finished is None


def elsewhere():
    """The fingerprint of another platform."""
    return {**fingerprint(), "numpy": "0.0"}


def test_a_folder_of_another_platform_is_refused_unless_mixed_knowingly(tmp_path, monkeypatch):
    folder, results = made(tmp_path, replications=2)
    assert not results.mixed_platforms
    for module in (stores, execution, batches):
        monkeypatch.setattr(module, "fingerprint", elsewhere)
    told = r"another platform \(numpy .* there, 0\.0 here\).*--mixed-platforms"
    with pytest.raises(TabletopError, match=told):
        made(tmp_path)
    design = Design.of(small(), replications=3)
    begun = Provenance(now(), None, 1)
    with store(tmp_path, design, begun, name="small", mixed_platforms=True) as kept_:
        results = Experiment(design, workers=1, simulate=pretended, mixed_platforms=True).run(kept_)
    assert results.mixed_platforms
    assert json.loads((folder / "findings.json").read_text(encoding="utf-8"))["mixed_platforms"] is True
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = {f["numpy"] for f in (manifest["fingerprint"], *manifest["other_fingerprints"])}
    assert len(found) == 2


def test_a_worker_of_another_platform_or_model_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "fingerprint", elsewhere)
    with pytest.raises(TabletopError, match=r"worker .* runs on another platform \(numpy"):
        Experiment(Design.of(small()), workers=1, simulate=pretended).run()
    assert Experiment(Design.of(small()), workers=1, simulate=pretended, mixed_platforms=True).run().runs
    monkeypatch.setattr(execution, "MODEL_VERSION", "another")
    with pytest.raises(TabletopError, match="model version"):
        Experiment(Design.of(small()), workers=1, simulate=pretended, mixed_platforms=True).run()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_whatever_interrupts_it_at_whatever_moment_the_folder_ends_the_same(tmp_path):
    spec = importlib.util.spec_from_file_location("interrupt", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    sys.modules["interrupt"] = script  # its dataclass looks itself up
    spec.loader.exec_module(script)
    outcome = script.interrupt(tmp_path, times=2, seed=7, replications=15, figures=False)
    assert outcome.times == 2
    assert outcome.differing == ()
