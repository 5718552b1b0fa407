"""Studies of robustness, pillars and searches: killed at any moment, on any workers, and made of parts."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import tabletop
from experiment.small import TEXT
from support.long import long
from tabletop.experiment.identity import experiment_hash
from tabletop.experiment.robustness.worlds import mixes_of, stretches
from tabletop.experiment.world import World
from tabletop.scenario.load import loads

SCRIPT = Path(__file__).parents[2] / "verification" / "interrupt_studies.py"
RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log}
  - {on: interdiction.success, odds: [0.5, 2]}
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize(
    ("command", "kills", "worlds", "workers"),
    [
        ("robust", 2, 6, 2),
        *long(*((name, 40, 60, 2) for name in ("robust", "pillars", "search"))),
    ],
)
def test_whenever_it_is_killed_the_same_command_ends_with_the_same_bytes(command, kills, worlds, workers):
    numbers = {"--times": kills, "--worlds": worlds, "--workers": workers}
    words = [sys.executable, str(SCRIPT), "--only", command, *(f"{k}={v}" for k, v in numbers.items())]
    said = subprocess.run(words, capture_output=True, text=True, check=False, timeout=3600)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(f"{command}: killed {kills} times;")
    assert said.stdout.endswith("differing: nothing\n")
    there = said.stdout.splitlines()[0].partition("runs there: ")[2].split(", ")
    assert any(number != "0" for number in there)  # some kills met the simulation


@pytest.fixture
def simulated(monkeypatch):
    """How often each run was simulated: by hash of the variant, mix and replication."""
    found = Counter()
    real = World.readings

    def readings(self, scenario, mix, **how):
        found[experiment_hash(scenario), mix, self._replication] += 1
        return real(self, scenario, mix, **how)

    monkeypatch.setattr(World, "readings", readings)
    return found


def study(text=TEXT + RANGES, **how):
    """A study of few worlds."""
    return tabletop.study_robustness(loads(text, "small.yaml"), workers=1, progress=False, **how)


def tables(parent):
    """All tables of the one study there."""
    return {path.name: path.read_bytes() for path in parent.glob("*-robust-*/tables/*.csv")}


def test_more_variants_worlds_and_mixes_and_a_narrower_range_cost_only_what_is_new(tmp_path, simulated):
    out = tmp_path / "grown"
    few = study(out=out, variants=64, worlds=1, mixes=["careful"])
    runs = 2 * len(few.variants)
    assert len(few.points) == 64
    assert simulated.total() == runs
    study(out=out, variants=128, worlds=1, mixes=["careful"])
    runs += 2 * 64
    assert simulated.total() == runs
    study(out=out, variants=128, worlds=2, mixes=["careful", "later"])
    runs += (2 + 2) * len(few.variants) + (2 + 2) * 64  # usual and careful once, later twice
    assert simulated.total() == runs
    narrow = (TEXT + RANGES).replace("[20, 80]", "[30, 60]")
    grown = study(narrow, out=out, variants=128, worlds=2, mixes=["careful", "later"])
    # the file itself, and the ends of the other range, are what they were
    assert simulated.total() == runs + 3 * 2 * (len(grown.variants) - 3)
    assert set(simulated.values()) == {1}
    study(narrow, out=tmp_path / "whole", variants=128, worlds=2, mixes=["careful", "later"])
    assert tables(out) == tables(tmp_path / "whole")
    assert len(tables(out)) > 3


def test_what_is_lacking_is_told_to_a_worker_in_stretches():
    assert stretches([4, 5, 6, 9, 1]) == (range(1, 2), range(4, 7), range(9, 10))
    lacking = {"usual": stretches(range(40, 80)), "later": stretches(range(80))}
    assert mixes_of(lacking, 12) == ("later",)
    assert mixes_of(lacking, 40) == ("usual", "later")
