"""Memory follows what is in the system: neither what will come nor what is past takes any."""

import subprocess
import sys

import pytest

from tabletop.compiled.choice import absence

resource = pytest.importorskip("resource", reason="the system does not limit the memory of a process")

PROGRAM = """
import resource, sys
from tabletop import Scenario, simulate

busy = Scenario.model_validate({
    "title": "Busy",
    "horizon_days": float(sys.argv[2]),
    "warm_up_days": 0,
    "conditions": {
        "background": dict.fromkeys(("intelligence", "community", "border", "partner"), 10_000),
        "detection": {"shelf_life": 0.2},
        "reporting": {"shelf_life": 0.2},
    },
    "baseline": "usual",
    "policy_mixes": {"usual": {"sharing": {"liaison_officers": None}}},
    "measures": {"incidents": {"delta": 1}},
})
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
run = simulate(busy, "usual", 0, engine=sys.argv[1])
print(run.traces)
"""
LIMIT = 400_000_000
"""Bytes: with libraries, half of what a year of arrivals drawn at once would take on one channel alone."""


@pytest.mark.parametrize(
    ("engine", "days"),
    [
        ("simpy", 2),
        pytest.param(
            "compiled",
            30,
            marks=pytest.mark.skipif(absence() is not None, reason="the compiled engine is not installed"),
        ),
    ],
)
def test_ten_thousand_benign_traces_a_day_on_four_channels_take_little(engine, days):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, engine, str(days), str(LIMIT)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-1_000:]
    assert int(done.stdout) > 10_000 * days
