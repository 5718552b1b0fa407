"""Experiments that go on until precision is reached, whatever the workers."""

import pytest
from kept import kept
from small import small, steady, steady_but_failing
from test_store import made

from tabletop import open_results, run_experiment
from tabletop.errors import TabletopError
from tabletop.experiment import dry_run
from tabletop.experiment.design import Design
from tabletop.experiment.dry_run import plan
from tabletop.experiment.findings import findings
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.run import CAP, Experiment, Interrupted
from tabletop.experiment.sequential import FIRST
from tabletop.experiment.store import store

MIXES = ["careful"]
"""One mix is enough to wait for."""


def design(most):
    return Design.of(small(), mixes=MIXES, replications=most)


def kept_until(place, most, *, simulate=steady, workers=1, progress=None):
    """The folder of an experiment that goes on until precision is reached, and its results."""
    with store(place, design(most), Provenance(now(), None, 1), name="small", cap=most) as kept_:
        try:
            results = Experiment(design(most), workers=workers, simulate=simulate, cap=most).run(
                kept_, progress=progress
            )
        except Interrupted as interrupted:
            results = interrupted.results
    return kept_.folder, results


@pytest.fixture(scope="module")
def enough():
    """An experiment that found how many replications are enough."""
    return Experiment(design(400), workers=1, simulate=steady, cap=400).run()


def test_it_ends_where_precision_is_reached_and_has_held(enough):
    found = enough.precision
    assert FIRST < found.n < 400
    assert enough.design.replications == found.looked == found.n + 5
    assert all(width.half_width <= width.wanted for width in found.widths)
    compared = enough.compare()
    assert len(compared.replications) == found.looked
    for contrast in compared.contrasts:
        if contrast.primary:
            assert contrast.interval.half_width <= contrast.delta / 2


def test_the_replications_used_depend_neither_on_workers_nor_on_blocks(enough):
    other = Experiment(design(400), workers=2, simulate=steady, cap=400).run()
    assert other.precision == enough.precision
    assert findings(other, other.compare()) == findings(enough, enough.compare())


def test_what_it_says_is_what_as_many_replications_say(enough):
    plain = Experiment(design(enough.design.replications), workers=1, simulate=steady).run()
    said, told = (findings(results, results.compare()) for results in (plain, enough))
    assert said.pop("precision") is None
    assert told.pop("precision")["enough_from"] == enough.precision.n
    assert said == told


def test_the_cap_comes_first_and_this_is_said():
    results = Experiment(design(40), workers=1, simulate=steady, cap=40).run()
    assert results.precision.n is None
    assert results.design.replications == 40
    assert "the cap of 40 replications came first" in results.precision.in_words()


def test_with_failures_the_cap_still_ends_it():
    results = Experiment(design(40), workers=1, simulate=steady_but_failing, cap=40).run()
    assert len(results.failures) == 2
    assert results.precision.finished
    assert results.precision.looked == 38


def test_failures_do_not_count_as_replications():
    results = Experiment(design(400), workers=1, simulate=steady_but_failing, cap=400).run()
    assert results.precision.n is not None
    assert len(results.compare().replications) == results.precision.looked < results.design.replications


def test_what_is_opened_knows_why_it_ended(tmp_path):
    for number, simulate in enumerate((steady, steady_but_failing)):
        for most in (40, 400):
            folder, results = kept_until(tmp_path / f"{number}-{most}", most, simulate=simulate)
            again = open_results(folder)
            assert again.precision == results.precision
            assert findings(again, again.compare()) == findings(results, results.compare())


def test_broken_off_it_goes_on_and_ends_the_same(tmp_path):
    def interrupt(done, total):
        if done == 90:
            raise KeyboardInterrupt

    folder, broken = kept_until(tmp_path / "broken", 400, progress=interrupt)
    assert broken.interrupted
    assert not broken.precision.finished
    assert open_results(folder).interrupted
    kept_until(tmp_path / "broken", 400)
    assert kept(folder) == kept(kept_until(tmp_path / "whole", 400)[0])


def test_by_the_programming_interface_precision_excludes_a_number_of_replications():
    with pytest.raises(TabletopError, match="replications: precision decides"):
        run_experiment(small(), precision=True, replications=10)
    with pytest.raises(TabletopError, match="max-replications: goes with precision"):
        run_experiment(small(), max_replications=10)
    results = run_experiment(small(), mixes=MIXES, precision=True, max_replications=3, workers=1)
    assert results.precision.most == results.design.replications == 3
    assert CAP == 1_000


def test_a_plan_counts_what_is_there_and_writes_nothing(tmp_path):
    there, _ = made(tmp_path, mixes=MIXES, replications=4)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    one = plan(Experiment(design(10), workers=1), there)
    two = plan(Experiment(design(10), workers=2), there)
    assert (one.runs, one.there) == (20, 8)
    assert min(one.seconds, two.seconds) > 0  # how long it takes is the machine's matter
    assert one.disk_bytes > 0
    nowhere = plan(Experiment(design(10), workers=1), tmp_path / "nowhere")
    assert nowhere.there == 0
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_a_plan_of_long_replications_times_their_first_days(tmp_path, monkeypatch):
    whole = plan(Experiment(design(10), workers=1), tmp_path)
    monkeypatch.setattr(dry_run, "ENOUGH_SECONDS", 0.0)
    part = plan(Experiment(design(10), workers=1), tmp_path)
    assert (whole.timed, part.timed) == (1.0, dry_run.SHARES[0])
    assert part.runs == whole.runs
    assert part.seconds > 0


def test_a_plan_of_precision_ranges_from_the_first_look_to_the_cap(tmp_path):
    folder, _ = kept_until(tmp_path, 40)
    found = plan(Experiment(design(400), workers=1, cap=400), folder)
    assert found.least_seconds == 0 < found.seconds
    assert found.precision.looked == 40
    assert 40 < found.precision.expected < 400
