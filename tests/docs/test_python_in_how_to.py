"""What the how-to pages show in Python runs, without a warning."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.cli import main

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
SCRIPT = HOW_TO / "analyse_in_python.py"
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in sorted(HOW_TO.glob("*.md"))
    for number, block in enumerate(
        re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    )
]


def run(script, place):
    done = subprocess.run(
        [sys.executable, "-W", "error", script], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_of_a_page_runs_as_a_script(block, tmp_path):
    with pytest.raises(SystemExit) as end:
        main(["new", "river-valley", "--out", str(tmp_path)])  # as a page begins, and its block goes on
    assert end.value.code in (0, None)
    script = tmp_path / "block.py"
    few = re.sub(
        r"replications=\d+", "replications=2", block
    )  # the page says how many are of use, not how many run
    script.write_text(few, encoding="utf-8")
    run(script, tmp_path)


def test_the_notebook_shows_what_its_sliders_stand_at(tmp_path):
    """The widgets are no dependency: here they show the first setting of each."""
    notebook = json.loads((HOW_TO / "sliders.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] for cell in notebook["cells"] if cell["cell_type"] == "code")
    (tmp_path / "ipywidgets.py").write_text(
        "IntSlider = FloatSlider = lambda first=None, *limits, value=None, **more: "
        "first if value is None else value\n"
        "interact = lambda show, **settings: show(**settings)\n",
        encoding="utf-8",
    )
    script = tmp_path / "sliders.py"
    script.write_text("\n".join(cells), encoding="utf-8")
    told = run(script, tmp_path)
    assert "craft against the baseline, in the first" in told
    assert "Incidents: " in told


def test_the_script_goes_from_a_scenario_to_the_page_to_hand_out(tmp_path):
    told = run(SCRIPT, tmp_path)
    folder, study = sorted((tmp_path / "results").iterdir())
    assert "-robust-" in study.name
    assert str(folder.relative_to(tmp_path) / "report.html") in told
    assert (folder / "report.html").exists()
    assert (folder / "figures" / "worlds.svg").exists()
    assert "36 runs have become 42" in told
    assert told.splitlines()[-1].endswith(
        "threat.formation_rat: no such condition; did you mean 'formation_rate'?"
    )


def test_the_page_tells_of_every_cell_of_the_script_in_its_order():
    page = (HOW_TO / "analyse-in-python.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| ([^|`]+) \| .*\|$", page, re.MULTILINE)[2:]
    cells = re.findall(r"^# %% (.+)$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == len(cells)
    assert [cell for row, cell in zip(told, cells, strict=True) if not cell.startswith(row)] == []


def test_the_script_uses_every_function_that_the_package_makes_public():
    import tabletop

    functions = [name for name in tabletop.__all__ if name.islower()]
    text = SCRIPT.read_text(encoding="utf-8")
    assert [name for name in functions if f"tabletop.{name}(" not in text] == []
