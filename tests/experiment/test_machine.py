"""The machine: no more processes than it has cores, memory and runs for, and that is said."""

import pytest
from small import small

from tabletop.cli import main
from tabletop.experiment import machine
from tabletop.experiment.design import Design
from tabletop.experiment.machine import possible, shortage
from tabletop.experiment.run import Experiment


@pytest.fixture
def room(monkeypatch):
    """Say how many cores and how many bytes of memory there are."""

    def of(cores, memory):
        monkeypatch.setattr(machine, "cores", lambda: cores)
        monkeypatch.setattr(machine, "memory", lambda: memory)

    return of


@pytest.mark.parametrize(
    ("cores", "memory", "asked", "started"),
    [
        (4, 10**11, 1000, 4),
        (4, 10**11, 3, 3),
        (4, 10**11, 1, 1),
        (64, 3 * machine.PROCESS_BYTES, 1000, 3),
        (64, 10, 1000, 2),
        (64, None, 1000, 64),
        (1, 10**11, 2, 2),
    ],
)
def test_no_more_processes_than_cores_and_memory(room, cores, memory, asked, started):
    room(cores, memory)
    assert possible(asked) == started
    assert (shortage(asked) is None) == (asked == started)


def test_why_there_are_fewer_is_said(room):
    room(4, 10**11)
    assert shortage(1000) == ("1,000 workers were asked for; 4 are started, since this machine has 4 cores.")
    room(64, 3 * machine.PROCESS_BYTES)
    assert shortage(1000) == (
        "1,000 workers were asked for; 3 are started, since this machine has no memory for more."
    )


def test_no_more_processes_than_runs(room):
    room(64, 10**12)
    design = Design.of(small(), mixes=["same"], replications=5)
    assert Experiment(design, workers=1000).processes == 10


def test_what_is_lent_is_not_counted_against_this_machine(room):
    room(2, 10**11)
    assert Experiment(Design.of(small()), workers=9, cluster="tcp://somewhere:1").processes == 9


def test_this_machine_has_cores_and_memory():
    assert machine.cores() >= 1
    assert machine.memory() is None or machine.memory() > machine.PROCESS_BYTES


def test_a_plan_counts_what_there_is_and_warns(room, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    room(3, 10**11)
    with pytest.raises(SystemExit):
        main(["run", "first-steps", "--workers", "1000", "--plan"])
    told = capsys.readouterr().out
    assert "1,000 workers were asked for; 3 are started, since this machine has 3 cores." in told
    assert "on 3 workers" in told
    assert "each of 4 processes" in told
    assert "more than" not in told
    assert "Only" not in told
    room(3, 3 * machine.PROCESS_BYTES)
    monkeypatch.setattr("tabletop.cli.dry_run.memory", lambda: 10**7)
    monkeypatch.setattr("tabletop.cli.dry_run.disk_usage", lambda _: type("Usage", (), {"free": 10}))
    with pytest.raises(SystemExit):
        main(["run", "first-steps", "--workers", "3", "--plan"])
    told = capsys.readouterr().out
    assert "That is more than the 10 MB of this machine: ask for fewer workers." in told
    assert "Only 0 MB are free there: name a folder on another disk with --out." in told


def test_a_run_says_how_many_it_starts(room, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    room(2, 10**11)
    asked = ["run", "first-steps", "--workers", "1000", "--replications", "2", "--no-figures"]
    with pytest.raises(SystemExit) as leaving:
        main(asked)
    assert not leaving.value.code
    assert "1,000 workers were asked for; 2 are started" in capsys.readouterr().err
