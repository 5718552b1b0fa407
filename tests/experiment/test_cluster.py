"""A Dask cluster of two worker processes on loopback: the same bytes, even if one of them is killed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from kept import kept
from small import TEXT, small

from tabletop import run_experiment, search_mixes, study_pillars, study_robustness
from tabletop.errors import TabletopError
from tabletop.scenario.load import loads

SILENT = "tcp://127.0.0.1:1"
RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log}
  - {on: interdiction.success, odds: [0.5, 2]}
"""


@pytest.fixture
def cluster():
    """A scheduler with two workers: its address and their processes."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    processes = []

    def start(*words):
        command = [sys.executable, "-W", "ignore", "-m", *words, "--no-dashboard"]
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        processes.append(process)
        return process

    try:
        scheduler = start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        address = next(
            found[0] for line in scheduler.stderr if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line))
        )
        worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny")
        yield address, [start(*worker), start(*worker)]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()
            process.stderr.close()


@pytest.mark.filterwarnings("ignore")  # Dask's own
def test_a_cluster_of_which_one_worker_is_killed_gives_the_bytes_of_a_local_run(cluster, tmp_path):
    address, workers = cluster
    killed = []

    def progress(done, total):
        if done > 10 and not killed:
            workers[0].kill()
            killed.append(done)

    run_experiment(small(), replications=20, cluster=address, out=tmp_path / "far", progress=progress)
    run_experiment(small(), replications=20, workers=1, out=tmp_path / "near")
    assert killed
    assert kept(*(tmp_path / "far").iterdir()) == kept(*(tmp_path / "near").iterdir())


def test_a_scheduler_that_does_not_answer_is_told_with_what_to_start_and_leaves_no_folder(tmp_path):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with pytest.raises(
        TabletopError, match=f"{SILENT}: no Dask scheduler answers there; start `dask scheduler`"
    ):
        run_experiment(small(), cluster=SILENT, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_address_that_is_none_is_told_with_one_that_is():
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    for address in ("somewhere", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://127.0.0.1:many"):
        with pytest.raises(TabletopError, match=f"{address}: no address .* tcp://127.0.0.1:8786"):
            run_experiment(small(), cluster=address)


def test_without_the_extra_it_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        TabletopError, match="a cluster needs distributed, which is not installed; install it"
    ):
        run_experiment(small(), cluster=SILENT)


@pytest.mark.filterwarnings("ignore")  # Dask's own
def test_robustness_pillars_and_searches_on_a_cluster_give_the_bytes_of_this_process(cluster, tmp_path):
    address, _ = cluster
    ranges = {"threat.formation_rate": (20, 80), "interdiction.success": None, "trust.base": None}
    dearest = max(small().yearly_cost(mix) for mix in small().policy_mixes)
    for place, how in (("here", {"workers": 1}), ("there", {"cluster": address})):
        kept_there = {**how, "out": tmp_path / place, "name": "small", "progress": False}
        study_robustness(small(), vary=ranges, variants=8, worlds=3, regret=True, **kept_there)
        study_robustness(small(), vary={"threat.formation_rate": (20, 80)}, worlds=2, **kept_there)
        high = {"detection": "careful", "interdiction": "careful"}
        study_pillars(small(), high=high, replications=4, **kept_there)
        search_mixes(
            small(), aims=["incidents"], budget=dearest + 4, candidates=5, finalists=2, worlds=4, **kept_there
        )
    here, there = (tables(tmp_path / place) for place in ("here", "there"))
    assert here == there
    assert len({name.partition("/")[0] for name in here}) == 4


@pytest.mark.filterwarnings("ignore")  # Dask's own
def test_finalists_are_put_through_variants_by_a_cluster_alone_and_with_the_bytes_of_this_process(
    cluster, tmp_path, monkeypatch
):
    address, _ = cluster
    dearest = max(small().yearly_cost(mix) for mix in small().policy_mixes)
    scenario = loads(f"{TEXT}budget: {dearest + 4}\n{RANGES}", "small.yaml")

    def search(place, variants=8, **how):
        search_mixes(
            scenario, aims=["incidents"], candidates=5, finalists=2, worlds=4, robust=True, variants=variants,
            variant_worlds=4, out=tmp_path / place, name="small", progress=False, **how,
        )  # fmt: skip
        return tables(tmp_path / place)

    here = search("here", workers=1)
    monkeypatch.setattr("tabletop.experiment.robustness.worlds.World", None)  # this process cannot simulate
    with pytest.raises(TabletopError, match="no world was finished"):
        search("nowhere", workers=1)
    there = search("there", cluster=address)
    assert here == there
    found = {Path(name).name: text.decode().splitlines() for name, text in there.items()}
    assert {"search.json", "finalists.csv"} < {*found}
    assert len(found["other_conditions.csv"]) > 1
    assert len({line.partition(",")[0] for line in found["variants.csv"][1:]}) == 1 + 8
    assert here != search("other", variants=16, cluster=address)


def tables(place):
    """Every table and record in the folders of a place."""
    files = [path for path in place.rglob("*.*") if path.suffix in (".csv", ".json")]
    return {str(path.relative_to(place)): path.read_bytes() for path in files}
