"""The package once more, with an engine that is built otherwise."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

REPOSITORY = Path(__file__).parents[2]


def rebuilt(folder, *, changes=(), arguments=("-O0",)):
    """A copy of the sources in a folder, with changes (file, before, after) and its own binary."""
    sys.path.insert(0, str(REPOSITORY))
    import hatch_build

    source = folder / "src"
    copytree(REPOSITORY / "src", source, ignore=ignore_patterns("*.so", "*.pyd", "__pycache__"))
    copytree(REPOSITORY / "scenarios", folder / "scenarios")
    engine = source / "tabletop" / "compiled"
    for file, before, after in changes:
        text = (engine / file).read_text("utf-8")
        assert text.count(before) == 1, f"{file}: {text.count(before)} times {before!r}"
        (engine / file).write_text(text.replace(before, after), "utf-8")
    hatch_build.built(engine, {"unix": ["-ffp-contract=off", *arguments]})
    return source


def run(source, words, **environment):
    """A Python of its own, which finds these sources first; what it said, and its exit code."""
    paths = os.pathsep.join(map(str, (source, REPOSITORY / "tests")))
    done = subprocess.run(
        [sys.executable, *words],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": paths} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr, done.returncode
