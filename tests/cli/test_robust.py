"""`tabletop robust`: what it prints, what it refuses, and what it never claims."""

import csv
import json
import re
import sqlite3
from contextlib import closing

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


def test_with_too_few_points_for_a_rule_nobody_says_that_variants_agree(robust):
    """Where 4 of 8 differ from the others, they do not agree: 8 are too few to tell what parts them."""
    words = ("--worlds", "2", "--mix", "careful", "--workers", "1", "--no-figures", "--variants")
    for variants, said in (("8", True), ("16", False)):
        code, out, _ = robust(*words, variants)
        assert code == 0
        assert ("rules and boxes need 16 variants; here are 8" in out) == said
        assert not (said and "all variants agree" in out)


def test_precision_says_in_how_many_variants_it_was_not_reached(robust):
    words = ("--variants", "8", "--worlds", "1", "--mix", "careful", "--workers", "1", "--no-figures")
    code, out, _ = robust(*words, "--precision")
    flat = " ".join(out.split())
    assert code == 0
    assert re.search(
        r"\d+ variants got more worlds, at most 10, for contrasts to be known to half of δ", flat
    )
    assert "variants not every contrast is known to half of δ: none gets more than 10 times" in flat
    _, plain, _ = robust(*words)
    assert "known to half of δ" not in plain


def test_a_line_is_told_contrast_by_contrast_with_its_switch_points(robust, tmp_path):
    code, out, _ = robust("--vary", "threat.formation_rate", "--worlds", "4", "--workers", "1")
    assert code == 0
    assert "All else is as written; of" in out
    lines = re.findall(r"^(careful|later), (.+?): .*of 9 values; (.+)\.$", out, re.MULTILINE)
    assert len(lines) == 6
    assert all(said == "no switch shown in this range" or " between " in said for *_, said in lines)


def test_a_map_has_the_first_condition_across_and_the_second_up_as_its_figure(robust):
    words = ("--vary", "threat.formation_rate=20..80", "--vary", "trust.loss=0.01..0.04")
    code, out, _ = robust(*words, "--worlds", "2", "--mix", "careful", "--workers", "1", "--no-figures")
    assert code == 0
    lines = out.splitlines()
    title = next(at for at, line in enumerate(lines) if line.startswith("careful, Incidents: "))
    assert lines[title].endswith(" across, trust.loss up")
    head, _, *rows = lines[title + 1 : title + 10]
    across = [float(one) for one in head.split()[1:]]
    up = [float(row.split()[0]) for row in rows if row.strip()]
    assert (across[0], across[-1]) == (20, 80)
    assert across == sorted(across)
    assert (up[0], up[-1]) == (0.04, 0.01)
    assert up == sorted(up, reverse=True)
    how = ("--mix", "careful", "--workers", "1", "--no-figures")
    _, out, _ = robust(*words, "--worlds", "1", *how)
    cells = [line.split()[1:] for line in out.splitlines() if re.match(r"0\.0[1-4]\d* +[a-z]", line)]
    assert "open" in {one for row in cells for one in row} <= {"open", "missing"}  # one world decides nothing


def test_ranges_are_counted_with_bounds_and_every_condition_is_tried_alone(robust, tmp_path):
    code, out, _ = robust("--variants", "8", "--worlds", "4", "--workers", "1")
    assert code == 0
    assert re.search(r"^careful +\d+ \(\d+–\d+\) +\d+ \(\d+–\d+\)", out, re.MULTILINE)
    assert "alone at an end of its range (4 variants)" in out
    assert out.count("The same policy as usual, and so left out: same.") == 1
    assert not re.search(r"^same ", out, re.MULTILINE)
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
    assert told["not_a_probability"].startswith("A count of variants is no probability")
    assert told["limits"] == []
    assert told["same_policy_as_baseline"] == ["same"]


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
        (("--vary", "interdiction.success=0.5..1.8"), "", "vary: interdiction.success: 1.8 is not in"),
        (("--vary", "threat"), "", "vary: threat: threat.max_attempts: 3 × 0.5 = 1.5 is not in [1, 20]"),
        (("--vary", "plots a year=80..20"), RANGES, "vary: threat.formation_rate: set: [80, 20]"),
        (("--vary", "both=0.5..2"), TWO_PATHS, "as threat.formation_rate=0.5..2, or none for"),
        (("--worlds", "0"), RANGES, "worlds: 0"),
        (("--mix", "carefull"), RANGES, "did you mean 'careful'?"),
        ((), RANGES.replace("[20, 80]", "[80, 20]"), "small.yaml:25: uncertain[0]"),
        (("--vary", ""), "", "names no condition; write one"),
        (("--vary", "threat.formation_rate=nan..80"), "", "'nan..80' is no range; write two numbers"),
        (("--vary", "threat.formation_rate=20..inf"), "", "'20..inf' is no range; write two numbers"),
        (("--vary", "threat.formation_rate=20..30..40"), "", "is no range; write two numbers"),
        (("--vary", "harmless traces=1..2"), RANGES, "or name one of them, as background.intelligence=1..2"),
        (("--vary", "background", "--vary", "harmless traces"), RANGES, "the same as background"),
        (("--vary", "threat.max_attempts"), "", "give a range, as threat.max_attempts=3..5"),
        (("--vary", "threat.max_attempts=1..2.5"), "", "write two whole numbers"),
        (("--vary", "injects.rush.happens=0..1"), "", "yes or no, and no range; leave the ends out"),
        (("--vary", "injects.story.happens"), "", "an inject without effects"),
        (("--vary", "costs.analysts"), "", "a price, on which no run depends"),
        ((), "uncertain: [{on: costs.analysts, multiply: [0.5, 2]}]\n", "nothing but prices"),
        (("--vary", "detection.analysts"), "", "a lever, which policy mixes set"),
        (("--vary", "seed"), "", "fixed in every variant"),
        (("--each", "0"), "", "each: 0: must be above 1 and at most 10, as 2"),
        (("--each", "nan"), "", "each: nan: must be above 1"),
        (("--each", "2", "--variants", "64"), "", "variants: goes with points of all ranges"),
        (("--each", "2", "--regret"), "", "regret: goes with points of all ranges"),
        (("--vary", "background", "--regret"), "", "regret: goes with points of all ranges"),
        (("--variants", "4"), RANGES, "must be a power of two from 8 to 4,096"),
        (("--mix", "same"), RANGES, "or only such as are the same policy"),
        (("--plan", "--json"), RANGES, "leave one out"),
        (
            ("--keep", "serie"),
            RANGES,
            "'serie': no such part of a run to keep beside its measures; did you mean 'series'?",
        ),
        (("--workers", "0"), RANGES, "workers: 0: must be a whole number from 1"),
        (("--cluster", "nowhere"), RANGES, "one looks like tcp://"),
    ],
)
def test_a_mistake_is_refused_with_what_would_be_right(robust, words, ranges, said):
    code, out, err = robust(*words, ranges=ranges)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_no_figure_stays_of_what_was_asked_before(robust, tmp_path):
    words = ("--variants", "8", "--worlds", "2", "--workers", "1")
    assert robust(*words, "--mix", "careful")[0] == 0
    (folder,) = (tmp_path / "out").glob("*/figures")
    drawn = {path.name for path in folder.iterdir()}
    mine = {"mine.png", "regret_table-mine.png", "regret_table.txt"}
    for left in ("discovery_box.csv", "switch_curve-harm.png", "robustness_map-harm-incidents.svg", *mine):
        (folder / left).write_text("of another time", encoding="utf-8")
    assert robust(*words, "--mix", "careful")[0] == 0
    assert {path.name for path in folder.iterdir()} == {*drawn, *mine}
    assert robust(*words, "--mix", "later", "--no-figures")[0] == 0
    assert {path.name for path in folder.iterdir()} == mine


@pytest.mark.parametrize(("ends", "first"), [("", "20"), ("=30..50", "30")])
def test_a_condition_is_named_whatever_stands_in_its_name(robust, ends, first):
    ranges = RANGES.replace("plots a year", '"plots = 1.."')
    code, out, err = robust("--vary", f"plots = 1..{ends}", "--plan", ranges=ranges)
    assert (code, err) == (0, "")
    assert f" {first}\n" in out


def test_yes_or_no_and_whole_numbers_are_tried_value_by_value(robust):
    for path, values in (("injects.rush.happens", "yes, or no"), ("threat.max_attempts=1..4", "2, or 3")):
        code, out, _ = robust("--vary", path, "--worlds", "2", "--workers", "1", ranges="")
        assert code == 0
        assert values in out


def test_one_world_is_said_to_tell_no_interval_and_nothing_is_concluded_from_it(robust, tmp_path):
    for words in (("--variants", "8"), ("--vary", "threat.formation_rate")):
        code, out, _ = robust(*words, "--worlds", "1", "--workers", "1", "--no-figures")
        assert code == 0
        assert "One world in each variant: there is no interval of any difference" in " ".join(out.split())
        assert "Do the verdicts survive" not in out
        assert "Regret" not in out


def test_prices_are_left_out_with_the_reason(robust):
    ranges = RANGES + "  - {on: costs.analysts, multiply: [0.5, 2]}\n"
    code, out, _ = robust("--variants", "8", "--worlds", "2", "--plan", ranges=ranges)
    assert code == 0
    assert "Left out: costs.analysts: a price, on which no run depends, and so no verdict." in out
    assert "13 variants" in out


def test_tables_of_points_stay_when_a_line_is_asked_for_and_none_stays_of_what_is_asked_anew(
    robust, tmp_path
):
    def lines(folder):
        return {path.stem: path.read_text().count("\n") for path in (folder / "tables").iterdir()}

    robust("--variants", "8", "--worlds", "2", "--regret", "--workers", "1", "--no-figures")
    (folder,) = (tmp_path / "out").iterdir()
    before = lines(folder)
    assert before["largest_regret"] > 1
    robust("--vary", "threat.formation_rate", "--worlds", "2", "--workers", "1", "--no-figures")
    assert lines(folder) == before
    of_line = lines(folder / "vary-threat-formation_rate")
    assert of_line["variants"] == 10  # its head, the file, and eight values of nine
    assert of_line["counts"] == 1  # its head
    robust("--variants", "8", "--worlds", "2", "--workers", "1", "--no-figures")
    assert lines(folder) == {**before, "largest_regret": 1}


@pytest.mark.parametrize("command", ["robust", "search"])
def test_a_folder_that_is_not_its_own_is_refused_and_left_as_it_was(tmp_path, capsys, command):
    file = tmp_path / "small.yaml"
    file.write_text(f"{TEXT}{RANGES}budget: 90\n", encoding="utf-8")
    words = {
        "robust": ["--variants", "8", "--worlds", "1"],
        "search": ["--aim", "incidents", "--candidates", "2", "--worlds", "2"],
    }[command]

    def again():
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(
                [command, str(file), *words, "--no-figures", "--workers", "1", "--out", str(tmp_path / "out")]
            )
        return end.value.code or 0, capsys.readouterr().err

    assert again()[0] == 0
    (folder,) = (tmp_path / "out").iterdir()
    database = folder / "runs.sqlite"
    good = database.read_bytes()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM about")
    code, err = again()
    assert (code, "says neither of which measures its runs are" in err) == (2, True)
    for content, said in ((b"garbage" * 99, "no database of runs"), (None, "a link")):
        database.unlink()
        if content is None:
            database.symlink_to(file)
        else:
            database.write_bytes(content)
        code, err = again()
        assert (code, said in err, "Traceback" in err) == (2, True, False)
    assert file.read_text(encoding="utf-8").endswith("budget: 90\n")
    database.unlink()
    database.write_bytes(good)
    assert again()[0] == 0


NEVER = ("probab", "likely", "robust", "optimal", "optimum", "proves", "causes", "does not matter")


def test_no_sentence_claims_a_probability_an_optimum_or_that_a_mix_is_robust(robust):
    for words in (("--variants", "8"), ("--vary", "threat.formation_rate")):
        _, out, _ = robust(*words, "--worlds", "4", "--workers", "1", "--no-figures")
        said = "\n".join(line for line in out.splitlines() if not line.startswith("Written to"))
        assert "A count of variants is no probability: nobody says how likely one of them is." in said
        said = said.replace("is no probability: nobody says how likely one of them is", "")
        assert [word for word in NEVER if word in said.lower()] == []
        assert "Nothing is said of what lies beyond the ranges" in " ".join(said.split())
