"""The runner: the same results whatever the workers, and nothing lost."""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import kept
from small import dying, dying_once, failing, pretended, small, uneven

from tabletop import run_experiment
from tabletop.errors import TabletopError
from tabletop.experiment import tables
from tabletop.experiment.backends import BorrowedExecutor
from tabletop.experiment.batches import run_batches
from tabletop.experiment.design import Design
from tabletop.experiment.machine import cores
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.results import Results
from tabletop.experiment.run import Experiment, Interrupted
from tabletop.experiment.store import write
from tabletop.experiment.workers import useful_workers
from tabletop.simulation import simulate


def test_a_run_of_an_experiment_is_the_run_that_simulate_gives():
    results = run_experiment(small(), mixes=["careful"], replications=2, workers=1)
    assert list(results.runs) == [("usual", 0), ("usual", 1), ("careful", 0), ("careful", 1)]
    assert results.runs["careful", 1] == simulate(small(), "careful", 1)


def test_another_seed_is_other_luck():
    one, other = (run_experiment(small(), replications=1, seed=seed, workers=1) for seed in (5, 6))
    assert one.runs["usual", 0] == simulate(small(), "usual", 0)
    assert other.runs["usual", 0] == simulate(small(), "usual", 0, seed=6)
    assert one.runs["usual", 0].parts != other.runs["usual", 0].parts


def test_one_and_two_workers_give_the_same_bytes(tmp_path):
    folders = [write(run_experiment(small(), workers=n), tmp_path / str(n)) for n in (1, 2)]
    assert kept(folders[0]) == kept(folders[1])
    assert len(kept(folders[0])) == 11


def test_little_work_is_done_by_this_process_and_much_by_as_many_as_there_are_cores():
    assert useful_workers(Design.of(small())) == 1
    assert useful_workers(Design.of(small(), replications=1_000_000)) == cores()


def test_a_small_experiment_starts_no_process_unless_told(monkeypatch):
    monkeypatch.setattr("tabletop.experiment.workers.processes", None)
    assert len(run_experiment(small()).runs) == len(Design.of(small()))
    with pytest.raises(TypeError):
        run_experiment(small(), workers=2)


def test_blocks_that_finish_out_of_order_give_the_same_results():
    in_order = Experiment(Design.of(small()), workers=1, simulate=pretended).run()
    assert Experiment(Design.of(small()), workers=2, simulate=uneven).run().runs == in_order.runs


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 30), st.integers(1, 9))
def test_no_size_of_blocks_changes_anything(size, ahead):
    design = Design.of(small())
    with ThreadPoolExecutor(3) as executor:
        backend = BorrowedExecutor(executor, 3)
        batches = list(
            run_batches(backend, design.scenario, design.jobs(), pretended, size=size, ahead=ahead)
        )
    assert max(len(batch.outcomes) for batch in batches) <= size
    outcomes = [one.outcome for batch in batches for one in batch.outcomes]
    results = Results.of(design, outcomes, Provenance(now(), now(), 3))
    alone = Experiment(design, workers=1, simulate=pretended).run()
    assert list(tables.runs(results).rows) == list(tables.runs(alone).rows)


def test_the_rows_of_a_mix_are_the_same_with_one_mix_or_all():
    rows = [
        [row for row in run_experiment(small(), mixes=mixes, workers=1).rows() if row.mix == "later"]
        for mixes in (["later"], None)
    ]
    assert rows[0] == rows[1]


def test_fresh_processes_of_other_hash_seeds_give_the_same_bytes(tmp_path):
    code = (
        "import sys; from small import small; from tabletop import run_experiment; "
        "from tabletop.experiment.store import write; "
        "print(write(run_experiment(small(), workers=1, replications=3), sys.argv[1]))"
    )
    found = []
    for seed in ("0", "4711"):
        path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        place = str(tmp_path / seed)
        asked = [sys.executable, "-c", code, place]
        answer = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
        found.append(kept(Path(answer.stdout.strip())))
    assert found[0] == found[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_fails_is_a_row_with_its_error_and_costs_no_other(workers):
    results = Experiment(Design.of(small()), workers=workers, simulate=failing).run()
    (failure,) = results.failures
    assert (failure.mix, failure.replication) == ("careful", 2)
    assert failure.error == "ZeroDivisionError: pretended"
    assert 'raise ZeroDivisionError("pretended")' in failure.traceback
    assert len(results.runs) == 23
    assert results.failed  # 1 of 24 is more than 1 %
    assert (
        list(tables.csv_lines(tables.runs(results)))[-1].rstrip()
        == "careful,2,,,,,,ZeroDivisionError: pretended"
    )


def test_one_failure_in_a_hundred_is_borne():
    results = Experiment(Design.of(small(), replications=25), workers=1, simulate=failing).run()
    assert len(results.failures) == 1
    assert not results.failed


def test_progress_is_told_and_ends_with_all():
    told = []
    Experiment(Design.of(small()), workers=1, simulate=pretended).run(
        progress=lambda done, total: told.append((done, total))
    )
    assert told == [(i, 24) for i in range(1, 25)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interruption_keeps_what_is_finished(workers):
    def interrupt(done, total):
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as interrupted:
        Experiment(Design.of(small()), workers=workers, simulate=pretended).run(progress=interrupt)
    results = interrupted.value.results
    assert results.interrupted
    assert 10 <= len(results.runs) < 24
    assert all(run == pretended(small(), mix, r) for (mix, r), run in results.runs.items())
    assert results.compare().replications == results.complete(results.mixes)


def test_what_workers_have_in_hand_at_an_interruption_still_comes():
    design, stopped, seen = Design.of(small()), [], []
    with ThreadPoolExecutor(2) as executor:
        backend = BorrowedExecutor(executor, 2)
        backend.stop = lambda: stopped.append(1)
        batches = run_batches(backend, design.scenario, design.jobs(), pretended, size=2, ahead=3)
        seen += next(batches).outcomes
        seen += batches.throw(KeyboardInterrupt()).outcomes  # as if Ctrl-C came while it waits
        with pytest.raises(KeyboardInterrupt):
            seen += [one for batch in batches for one in batch.outcomes]
    assert stopped == [1]
    assert len(seen) in (4, 6)


def test_a_worker_that_dies_costs_a_retry_and_no_run(tmp_path):
    scenario = small().model_copy(update={"summary": str(tmp_path / "died")})
    results = Experiment(Design.of(scenario), workers=2, simulate=dying_once).run()
    assert (tmp_path / "died").exists()
    assert results.runs == Experiment(Design.of(small()), workers=1, simulate=pretended).run().runs


def test_an_executor_may_be_lent():
    with ThreadPoolExecutor(2) as executor:
        lent = Experiment(Design.of(small()), workers=2, executor=executor, simulate=pretended).run()
    assert lent.runs == Experiment(Design.of(small()), workers=1, simulate=pretended).run().runs


def test_a_lent_executor_that_breaks_is_told():
    context = get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=context) as executor,
        pytest.raises(TabletopError, match="the executor broke"),
    ):
        Experiment(Design.of(small()), workers=1, executor=executor, simulate=dying).run()


def test_a_worker_that_dies_is_a_clear_error():
    with pytest.raises(TabletopError, match=r"a worker process ended unexpectedly 4 times with .* in hand"):
        Experiment(Design.of(small()), workers=2, simulate=dying).run()


@pytest.mark.parametrize("workers", [0, -1, 1025, 1.0, True])
def test_a_number_of_workers_that_is_none_is_told_with_the_range(workers):
    with pytest.raises(TabletopError, match=r"workers: .*: must be a whole number from 1 to 1,024"):
        run_experiment(small(), workers=workers)
