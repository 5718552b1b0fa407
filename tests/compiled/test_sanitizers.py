"""The engine reads and writes no memory that is not its own, and does nothing that C leaves undefined."""

import subprocess

import pytest

pytest.importorskip("Cython", reason="there is nothing to build an engine with")
pytest.importorskip("hatchling", reason="there is nothing to build an engine with")

from compiled.rebuilt import rebuilt, run

FLAGS = ["-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


def library(name):
    """The path of one of the compiler's own libraries; None where it has none."""
    try:
        done = subprocess.run(["gcc", f"-print-file-name={name}"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    path = done.stdout.strip()
    return path if "/" in path else None


@pytest.mark.verify
@pytest.mark.skipif(library("libasan.so") is None, reason="the compiler has no address sanitizer")
def test_the_equality_tests_pass_under_the_sanitizers(tmp_path):
    source = rebuilt(tmp_path, arguments=FLAGS)
    said, code = run(
        source,
        [
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            "tests/compiled",
            "-k",
            "not shipped or first-steps or tip-line",
        ],
        LD_PRELOAD=" ".join([library("libasan.so"), library("libubsan.so")]),
        ASAN_OPTIONS="detect_leaks=0",
    )
    assert code == 0, said[-8_000:]
