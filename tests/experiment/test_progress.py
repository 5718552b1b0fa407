"""Who sees a bar while an experiment runs: whoever watches, unless told not to."""

import io
import sys
from types import SimpleNamespace

import pytest
from small import small

from tabletop import run_experiment


class Terminal(io.StringIO):
    def isatty(self):
        return True


def terminal(monkeypatch):
    """Standard error as a terminal that keeps what is written; pytest puts its own before every test."""
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    return seen


@pytest.fixture
def notebook(monkeypatch):
    """A notebook that keeps what it displays."""
    shown = []
    handle = SimpleNamespace(update=shown.append)
    display = SimpleNamespace(HTML=str, display=lambda html, display_id: shown.append(html) or handle)
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=True), display=display)
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    return shown


def test_a_terminal_sees_a_bar(monkeypatch):
    seen = terminal(monkeypatch)
    run_experiment(small(), replications=2, workers=1)
    assert "simulating" in seen.getvalue()
    assert "8/8" in seen.getvalue()


def test_a_notebook_sees_a_bar_below_the_cell(notebook):
    run_experiment(small(), replications=2, workers=1)
    assert notebook[0].startswith("<progress")
    assert notebook[-1].endswith("8 of 8 runs")


def test_a_prompt_of_ipython_is_a_terminal(monkeypatch):
    seen = terminal(monkeypatch)
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace())
    monkeypatch.setitem(sys.modules, "IPython", shell)
    run_experiment(small(), replications=2, workers=1)
    assert "8/8" in seen.getvalue()


@pytest.mark.parametrize("progress", [False, lambda done, total: None])
def test_nobody_sees_a_bar_who_asks_for_none_or_has_one(monkeypatch, notebook, progress):
    seen = terminal(monkeypatch)
    run_experiment(small(), replications=2, workers=1, progress=progress)
    assert seen.getvalue() == ""
    assert notebook == []


def test_what_is_no_terminal_stays_silent(capfd):
    run_experiment(small(), replications=2, workers=1)
    assert capfd.readouterr() == ("", "")


def test_a_process_without_standard_error_runs(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert len(run_experiment(small(), replications=2, workers=1).runs) == 8
