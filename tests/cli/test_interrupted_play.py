"""A class of all phases that is killed again and again ends as one that nobody interrupted."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 100
SCRIPT = Path(__file__).parents[2] / "verification" / "interrupt_play.py"


@pytest.mark.verify
def test_log_report_and_bundle_are_those_of_an_uninterrupted_class():
    words = [sys.executable, str(SCRIPT), "--times", str(KILLS), "--others", "3"]
    said = subprocess.run(words, capture_output=True, text=True, check=False, timeout=3600)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(f"killed {KILLS} times;")
    assert said.stdout.endswith("differing: nothing\n")
