"""Scripts that run experiments on worker processes, which read the script that starts them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.long import long

RUN = "print(len(run_experiment(small(), replications=1, workers=2, out=sys.argv[1]).runs))"
HEAD = "import sys\nfrom small import small\nfrom tabletop import run_experiment\n"


@pytest.fixture
def python(tmp_path):
    """Runs Python on a script, its folder of results last: (exit code, standard output, standard error)."""
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])

    def run(*words, given=None):
        done = subprocess.run(
            [sys.executable, *words, tmp_path / "out"],
            input=given,
            capture_output=True,
            check=False,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        return done.returncode, done.stdout, done.stderr

    return run


def script(tmp_path, text):
    path = tmp_path / "script.py"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text", [RUN, f"def main():\n    {RUN}\n\n\nmain()", f"for _ in range(1):\n    {RUN}"]
)
def test_a_script_without_a_guard_is_told_once_where_before_anything_is_made(tmp_path, python, text):
    path = script(tmp_path, text)
    code, out, err = python(path)
    line = len((HEAD + text).splitlines())
    assert code == 1
    assert out == ""
    assert err.count("Traceback") == 1
    assert f"{path}:{line}: worker processes read this script, and would start here all over again" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    [
        f'if __name__ == "__main__":\n    {RUN}',
        *long(
            f'try:\n    if __name__ == "__main__":\n        {RUN}\nfinally:\n    pass',
            RUN.replace("workers=2", "workers=1"),
        ),
    ],
)
def test_a_script_with_a_guard_or_without_other_processes_runs(tmp_path, python, text):
    code, out, err = python(script(tmp_path, text))
    assert (code, out, err) == (0, "4\n", "")


def test_what_comes_from_standard_input_is_told_what_would_be_right(python):
    code, _, err = python("-", given=f'{HEAD}if __name__ == "__main__":\n    {RUN}\n')
    assert code == 1
    assert err.count("Traceback") == 1
    assert "cannot read this one: put it into a file, or ask for workers=1" in err


def test_words_on_the_command_line_run(python):
    assert python("-c", HEAD + RUN) == (0, "4\n", "")
