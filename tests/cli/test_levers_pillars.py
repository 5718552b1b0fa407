"""`tabletop levers --pillars`, as somebody at a terminal meets it."""

import csv
import json
import re

import pytest

from cli.terminal import run as ran
from experiment.small import TEXT

MORE = "  more: {detection: {analysts: 9}, reporting: {outreach: 0.9}, interdiction: {teams: 6}}\n"


@pytest.fixture
def pillars(tmp_path, capsys):
    """Runs the command on a small scenario: (exit code, standard output, standard error)."""
    file = tmp_path / "small.yaml"
    file.write_text(TEXT.replace("baseline: usual\n", f"{MORE}baseline: usual\n"), encoding="utf-8")
    words = ("levers", file, "--pillars", "--out", tmp_path / "out")
    return lambda *more: ran(capsys, *words, *more)


def test_effects_interactions_and_costs_are_printed_and_kept_with_their_figures(pillars, tmp_path):
    code, out, _ = pillars("--mix", "more", "--replications", "24", "--workers", "1")
    assert code == 0
    assert "8 combinations in 24 worlds." in out
    assert re.search(r"^detection × reporting +\S+ +", out, re.MULTILINE)
    assert re.search(r"^together less the sum ", out, re.MULTILINE)
    assert re.search(r"^\+DRI +detection, interdiction, reporting +\d", out, re.MULTILINE)
    assert "As in usual everywhere: prosecution, sharing." in out
    assert all(len(line) <= 100 for line in out.splitlines() if not line.startswith("Written to"))
    (folder,) = (tmp_path / "out").glob("small-pillars-*")
    with (folder / "tables" / "pillars.csv").open() as file:
        rows = [*csv.DictReader(file)]
    kinds = [row["kind"] for row in rows if row["measure"] == "incidents"]
    assert (kinds.count("main effect"), kinds.count("interaction"), kinds.count("higher interaction")) == (
        3,
        3,
        1,
    )
    drawn = {path.name for path in (folder / "figures").iterdir()}
    assert {"pillar_effects-1.svg", "pillar_effects.csv", "pillar_interactions-2.png"} <= drawn


def test_json_has_what_is_printed(pillars):
    code, out, _ = pillars("--mix", "more", "--replications", "4", "--workers", "1", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["worlds"], len(told["corners"])) == (4, 8)
    assert told["pillars"] == {"detection": "more", "reporting": "more", "interdiction": "more"}


def test_a_plan_tells_combinations_and_costs_and_writes_nothing(pillars, tmp_path):
    code, out, _ = pillars("--plan", "--replications", "50")
    assert code == 0
    assert re.search(r"16 combinations, 50 worlds each: 800 runs, kept in .*small-pillars-[0-9a-f]{8}", out)
    assert not (tmp_path / "out").exists()


def test_what_does_not_go_together_is_told(pillars, capsys, tmp_path):
    for words, told in (
        (("--unit", "2"), "unit: is what a step of one lever may cost"),
        (("--mix", "careful", "--seed", "-1"), "seed"),
        (("--mix", "carful"), "did you mean 'careful'"),
        (("--plan", "--json"), "leave one out"),
        (("--mix", "usual"), "differs from the baseline"),
        (("--workers", "0"), "workers"),
    ):
        code, out, err = pillars(*words)
        assert (code, out) == (2, ""), words
        assert told in err
    code, _, err = ran(capsys, "levers", tmp_path / "small.yaml", "--plan")
    assert (code, "--plan: goes with --pillars" in err) == (2, True)
