"""The platform fingerprint and provenance."""

import subprocess

import pytest

from tabletop.engine import durations
from tabletop.experiment import fingerprint, provenance


@pytest.fixture(autouse=True)
def _forget():
    fingerprint.draws.cache_clear()
    yield
    fingerprint.draws.cache_clear()


def test_the_fingerprint_is_the_same_each_time():
    first = fingerprint.fingerprint()
    fingerprint.draws.cache_clear()
    assert fingerprint.fingerprint() == first


@pytest.mark.parametrize("function", ["exp", "log1p"])
def test_a_last_bit_of_a_transform_changes_the_fingerprint(monkeypatch, function):
    from math import nextafter

    before = fingerprint.draws()
    fingerprint.draws.cache_clear()
    honest = getattr(durations, function)
    monkeypatch.setattr(durations, function, lambda x: nextafter(honest(x), 2.0))
    assert fingerprint.draws() != before


def test_git_tells_the_commit_and_whether_anything_changed(tmp_path):
    assert provenance.git_state(tmp_path) is None

    def git(*words):
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", "-C", tmp_path, *identity, *words], check=True, capture_output=True)

    git("init")
    (tmp_path / "__init__.py").write_text("")
    assert provenance.git_state(tmp_path) is None  # not kept by git
    git("add", ".")
    git("commit", "-m", "first")
    state = provenance.git_state(tmp_path)
    assert len(state["commit"]) == 40
    assert state["changed"] is False
    (tmp_path / "__init__.py").write_text("1")
    assert provenance.git_state(tmp_path)["changed"] is True


def test_a_library_that_is_not_installed_has_no_version():
    assert provenance._version("no-such-library-at-all") is None
