"""`tabletop robust`: what it prints, what it refuses, and what it never claims."""

import csv
import json
import re

import pytest

from experiment.small import TEXT
from tabletop.cli import main

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log, name: plots a year}
  - {on: background, multiply: [0.5, 2], name: harmless traces}
"""


TWO_PATHS = """\
uncertain:
  - {on: [threat.formation_rate, background.border], multiply: [0.5, 2], name: both}
"""


@pytest.fixture
def robust(tmp_path, capsys):
    """Runs the command on a small scenario: (exit code, standard output, standard error)."""

    def command(*words, ranges=RANGES):
        file = tmp_path / "small.yaml"
        file.write_text(TEXT + ranges, encoding="utf-8")
        with pytest.raises(SystemExit) as end:
            main(["robust", str(file), "--out", str(tmp_path / "out"), *words])
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    return command


def test_a_line_is_told_contrast_by_contrast_with_its_switch_points(robust, tmp_path):
    code, out, _ = robust("--vary", "threat.formation_rate", "--worlds", "4", "--workers", "1")
    assert code == 0
    assert "all else as written; the file has 40." in out
    lines = re.findall(r"^(careful|later), (.+?): .*of 9 values; (.+)\.$", out, re.MULTILINE)
    assert len(lines) == 6
    assert all(said == "no switch shown in this range" or " between " in said for *_, said in lines)


def test_ranges_are_counted_with_bounds_and_every_condition_is_tried_alone(robust, tmp_path):
    code, out, _ = robust("--variants", "8", "--worlds", "4", "--workers", "1")
    assert code == 0
    assert re.search(r"^careful +\d+ \(\d+–\d+\) +\d+ \(\d+–\d+\)", out, re.MULTILINE)
    assert "of 4 such variants" in out
    (folder,) = (tmp_path / "out").glob("small-robust-*")
    with (folder / "tables" / "counts.csv").open() as file:
        rows = [*csv.DictReader(file)]
    assert all(int(row["at_least"]) <= int(row["at_most"]) <= 8 for row in rows)
    assert (folder / "figures" / "robustness_map.svg").exists()


def test_what_is_there_is_told_and_the_plan_runs_nothing(robust, tmp_path):
    _, out, _ = robust("--variants", "8", "--worlds", "2", "--plan")
    assert "13 variants, 4 mixes, 2 worlds each: 104 runs" in out
    assert not (tmp_path / "out").exists()
    robust("--variants", "8", "--worlds", "2", "--workers", "1", "--no-figures")
    _, _, err = robust("--variants", "8", "--worlds", "3", "--workers", "1", "--no-figures")
    assert "104 of 156 runs are there already." in err


def test_json_holds_every_table(robust):
    code, out, _ = robust("--variants", "8", "--worlds", "2", "--workers", "1", "--json", "--no-figures")
    assert code == 0
    told = json.loads(out)
    assert [one["kind"] for one in told["variants"]] == ["written", *["point"] * 8, *["end"] * 4]
    assert {"counts", "verdicts", "shares", "uncertain", "beliefs", "limits"} <= set(told)


@pytest.mark.parametrize(
    ("words", "ranges", "said"),
    [
        ((), "", "no `uncertain` in the file"),
        ((), "", "with --each 2"),
        (("--variants", "63"), RANGES, "only in powers of two; ask for 64"),
        (("--vary", "threat.formation_rat"), "", "did you mean 'threat.formation_rate'?"),
        (("--vary", "threat.formation_rate=24..6"), "", "write [6, 24]"),
        (("--vary", "threat.formation_rate=6"), "", "as threat.formation_rate=6..24"),
        (("--vary", "threat.formation_rate", "--vary", "threat.formation_rate"), "", "is there twice"),
        (("--vary", "interdiction.success=0.5..1.8"), "", "1.8 is not in [0, 1] (probability)"),
        (("--vary", "plots a year=80..20"), RANGES, "vary: threat.formation_rate: set: [80, 20]"),
        (("--vary", "both=0.5..2"), TWO_PATHS, "as threat.formation_rate=0.5..2, or none for"),
        (("--worlds", "0"), RANGES, "worlds: 0"),
        (("--mix", "carefull"), RANGES, "did you mean 'careful'?"),
        ((), RANGES.replace("[20, 80]", "[80, 20]"), "small.yaml:25: uncertain[0]"),
    ],
)
def test_a_mistake_is_refused_with_what_would_be_right(robust, words, ranges, said):
    code, out, err = robust(*words, ranges=ranges)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


NEVER = ("probab", "likely", "robust", "optimal", "optimum", "proves", "causes", "does not matter")


def test_no_sentence_claims_a_probability_an_optimum_or_that_a_mix_is_robust(robust):
    for words in (("--variants", "8"), ("--vary", "threat.formation_rate")):
        _, out, _ = robust(*words, "--worlds", "4", "--workers", "1", "--no-figures")
        said = "\n".join(line for line in out.splitlines() if not line.startswith("Written to"))
        assert "A count of variants is no probability: nobody says how likely one of them is." in said
        said = said.replace("is no probability: nobody says how likely one of them is", "")
        assert [word for word in NEVER if word in said.lower()] == []
        assert "Nothing is said of what lies beyond the ranges" in " ".join(said.split())
