"""The bench: jobs in another process, the worthiest first, whatever becomes of that process."""

import os
import signal
import sqlite3
import time
from contextlib import closing
from functools import partial

import pytest

from exercise.room import SMALL, opened
from tabletop.errors import TabletopError
from tabletop.exercise import jobs
from tabletop.exercise.acts import Lock, Submit
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bench import STARTS, Bench
from tabletop.exercise.bench_process import MILD
from tabletop.exercise.courses import Courses
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.jobs import Failed, Finished, Job, Progressed, Worth
from tabletop.exercise.roles import CONTROLLER


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "histories.sqlite", workers=1)
    yield made
    made.close()


def say(word, _adjudicator, _progress):
    """A job that returns a word."""
    return word


def wait_for(path, word, _adjudicator, progress):
    """A job that goes on until there is a file, and tells how it goes."""
    while not path.exists():
        progress(1, 2)
        time.sleep(0.01)
    return word


def fail(error, _adjudicator, _progress):
    raise error


def die(path, times, _adjudicator, _progress):
    """A job in which the process is killed so many times."""
    with path.open("a") as file:
        file.write("x")
    if path.stat().st_size <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def priority(_adjudicator, _progress):
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_what_the_bench_simulates_is_what_is_simulated_here(tmp_path, bench):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1 R1"), at=70.0)
    exercise.do(CONTROLLER, Lock(), at=80.0)
    state = exercise.state
    heard = []
    bench.ask(jobs.realised(state, 0), jobs.spread(state, 0), jobs.ahead(state))
    bench.wait(Worth.REALISED)
    bench.wait(Worth.SPREAD, lambda done, total: heard.append((done, total)))
    bench.wait(Worth.AHEAD)
    assert heard[-1][0] == heard[-1][1] > 1

    def nobody(*_):
        raise AssertionError("simulated here")

    there = Adjudicator(InterimCache(tmp_path / "histories.sqlite"))
    there.histories._simulated = nobody
    here = Adjudicator(InterimCache())
    assert there.adjudicate(state, 0) == here.adjudicate(state, 0)
    assert there.epilogue(state) == here.epilogue(state)


def test_the_worthiest_job_is_done_first_and_a_newer_one_takes_the_place_of_an_older(tmp_path, bench):
    gate = tmp_path / "gate"
    bench.ask(Job(Worth.SO_FAR, partial(wait_for, gate, "old")))
    assert any(isinstance(event, Progressed) for event in bench.events(timeout=120.0))
    # the job under way is set aside for what is worthier, and replaced by what is newer
    bench.ask(Job(Worth.SO_FAR, partial(say, "new")), Job(Worth.AHEAD, partial(wait_for, gate, "ahead")))
    bench.ask(Job(Worth.SPREAD, partial(say, "spread")), Job(Worth.REALISED, partial(say, "realised")))
    done = []
    while len(done) < 4:
        done += [event for event in bench.events(timeout=1.0) if isinstance(event, Finished)]
        if any(event.worth is Worth.REALISED for event in done):
            gate.touch()
    assert sorted(event.worth for event in done) == [
        Worth.REALISED, Worth.SPREAD, Worth.AHEAD, Worth.SO_FAR,
    ]  # fmt: skip
    assert [event.result for event in done][-2:] == ["ahead", "new"]


def test_what_is_forgotten_is_neither_done_nor_told(tmp_path, bench):
    bench.ask(Job(Worth.AHEAD, partial(wait_for, tmp_path / "never", "x")))
    assert [*bench.events(timeout=120.0)]
    bench.forget()
    bench.ask(Job(Worth.SPREAD, partial(say, "spread")))
    assert bench.wait(Worth.SPREAD) == "spread"
    assert [*bench.events()] == []
    assert bench.wait(Worth.AHEAD) is None


def test_a_job_that_fails_is_told_and_the_next_one_done(bench):
    bench.ask(Job(Worth.SPREAD, partial(fail, TabletopError("the disk is full"))))
    with pytest.raises(TabletopError, match="the disk is full"):
        bench.wait(Worth.SPREAD)
    bench.ask(Job(Worth.SPREAD, partial(fail, ZeroDivisionError("nothing"))))
    with pytest.raises(RuntimeError, match="ZeroDivisionError: nothing"):
        bench.wait(Worth.SPREAD)
    bench.ask(Job(Worth.SPREAD, partial(say, "done")))
    assert bench.wait(Worth.SPREAD) == "done"


@pytest.mark.verify
@pytest.mark.skipif(os.name == "nt", reason="kills a process as POSIX does")
def test_a_process_that_dies_is_started_again_and_does_what_waited(tmp_path, bench):
    bench.ask(Job(Worth.SPREAD, partial(die, tmp_path / "deaths", 1)))
    assert bench.wait(Worth.SPREAD) == "alive"
    bench.ask(Job(Worth.AHEAD, partial(die, tmp_path / "more deaths", 99)))
    with pytest.raises(RuntimeError, match=f"ended {STARTS} times"):
        bench.wait(Worth.AHEAD)
    assert (tmp_path / "more deaths").stat().st_size == STARTS
    bench.ask(Job(Worth.AHEAD, partial(say, "on")))
    assert bench.wait(Worth.AHEAD) == "on"


@pytest.mark.skipif(os.name == "nt", reason="priorities are those of POSIX")
def test_it_has_the_lowest_priority_unless_somebody_waits_for_it(tmp_path, bench):
    bench.ask(Job(Worth.SPREAD, priority))
    assert bench.wait(Worth.SPREAD) == 19
    with closing(Bench(tmp_path / "histories.sqlite", workers=1, niceness=MILD)) as awaited:
        awaited.ask(Job(Worth.REALISED, priority))
        assert awaited.wait(Worth.REALISED) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + MILD)


def test_a_bench_that_is_asked_for_nothing_is_there_when_it_is(bench):
    bench.ask()
    started = bench._process.pid
    bench.ask(Job(Worth.SPREAD, partial(say, "done")))
    assert bench.wait(Worth.SPREAD) == "done"
    assert bench._process.pid == started


def test_while_one_simulates_another_may_write(tmp_path):
    """As two benches do: one that gets no time must not hold the file for as long as its next run takes."""
    slow, other = (InterimCache(tmp_path / "histories.sqlite") for _ in range(2))
    written = []

    def write(*_):
        with closing(sqlite3.connect(tmp_path / "histories.sqlite", timeout=0.0)) as file, file:
            file.execute("INSERT INTO states VALUES (?, ?)", (f"test {len(written)}", b""))
        written.append(True)

    courses = Courses(SMALL, {})
    slow.make(courses, range(3), (60.0,), write)
    assert len(written) == 3
    other._simulated = None  # all is there
    other.make(courses, range(3), (60.0,))


def test_others_events_are_kept_while_one_job_is_waited_for(bench):
    bench.ask(Job(Worth.REALISED, partial(say, "a")), Job(Worth.SPREAD, partial(fail, TabletopError("b"))))
    with pytest.raises(TabletopError):
        bench.wait(Worth.SPREAD)
    assert bench.wait(Worth.REALISED) == "a"
    assert not any(isinstance(event, Failed) for event in bench.events())


def test_an_interrupt_while_the_process_starts_is_not_for_it(bench, capfd):
    """Ctrl-C reaches every process of the terminal, also one that has not got as far as to ignore it."""
    bench.ask(Job(Worth.REALISED, partial(say, "alive")))
    started = bench._process.pid
    for _ in range(150):
        os.kill(started, signal.SIGINT)
        time.sleep(0.01)
    assert bench.wait(Worth.REALISED) == "alive"
    assert bench._process.pid == started
    bench.close()
    assert "Traceback" not in capfd.readouterr().err
