"""`tabletop search`, as somebody at a terminal meets it: what it prints, refuses and never claims."""

import json
import re

import pytest

from cli.terminal import run as ran
from experiment.small import TEXT
from tabletop.scenario.load import loads

DEAREST = max(loads(TEXT, "x").yearly_cost(mix) for mix in ("usual", "careful", "later"))
SEARCH = "search: {keep: [protection, tradecraft]}\n"
RANGES = "uncertain: [{on: threat.formation_rate, set: [20, 80], scale: log, name: plots a year}]\n"


@pytest.fixture
def search(tmp_path, capsys):
    """Runs the command on a small scenario: (exit code, standard output, standard error)."""
    file = tmp_path / "small.yaml"

    def command(*words, block=SEARCH, budget=f"budget: {DEAREST + 4}\n"):
        file.write_text(f"{TEXT}{budget}{block}", encoding="utf-8")
        quick = ("--candidates", "10", "--finalists", "3", "--worlds", "24", "--workers", "1")
        return ran(capsys, "search", file, "--out", tmp_path / "out", *quick, *words)

    return command


def test_finalists_are_printed_with_screening_beside_fresh_luck_and_never_called_optimal(search, tmp_path):
    code, out, _ = search("--aim", "incidents", "--no-figures")
    assert code == 0
    flat = " ".join(out.split())
    assert re.search(r"kept: \d+ after 8 worlds, \d+ after 32 worlds, 3 after 96 worlds", flat)
    assert re.search(r"^careful .* \((8|32|96)\) ", out, re.MULTILINE)
    assert "A mix is called the best found, never the optimum" in flat
    assert "optimal" not in flat
    assert flat.count("The same policy as usual, and so left out: same.") == 1
    assert "Results are those of worlds that it has not seen." in flat
    assert all(len(line) <= 100 for line in out.splitlines() if not line.startswith("Written to"))
    (folder,) = (tmp_path / "out").iterdir()
    assert {path.name for path in (folder / "tables").iterdir()} == {
        "candidates.csv", "finalists.csv", "levers.csv", "other_conditions.csv", "parts.csv", "variants.csv",
    }  # fmt: skip


def test_figures_are_drawn_with_their_data_whatever_the_number_of_aims(search, tmp_path):
    for aims in (["incidents"], ["incidents", "trust_mean"]):
        words = [word for aim in aims for word in ("--aim", aim)]
        assert search(*words, "--out", tmp_path / f"out{len(aims)}")[0] == 0
        (folder,) = (tmp_path / f"out{len(aims)}").iterdir()
        drawn = {path.name for path in (folder / "figures").iterdir()}
        names = ("front", "winners_curse", "parallel_coordinates")
        assert drawn == {f"{name}.{form}" for name in names for form in ("svg", "png", "csv")}


def test_json_has_what_is_printed(search):
    code, out, _ = search("--aim", "trust_mean", "--json", "--no-figures", "--parts")
    told = json.loads(out)
    assert code == 0
    assert told["aims"] == ["trust_mean"]
    assert [stage["worlds"] for stage in told["stages"]] == [8, 32, 96]
    assert {row["measure"] for row in told["finalists"]} == {"incidents", "trust_mean"}
    assert {row["finalist"] for row in told["parts"]} <= {row["mix"] for row in told["finalists"]}
    assert any("never the optimum" in words for words in told["in_words"])
    assert told["same_policy_as_baseline"] == ["same"]
    assert "The same policy as usual, and so left out: same." in told["in_words"]


def test_what_is_a_share_says_that_its_differences_are_in_points(search):
    code, out, _ = search("--aim", "trust_mean", "--no-figures", "--parts")
    assert code == 0
    assert "Trust (δ 1 point): difference from usual, 24 fresh worlds" in out
    assert "What each lever is worth in Trust (δ 1 point)" in out
    _, other, _ = search("--aim", "incidents", "--no-figures")
    assert "Incidents (δ 1): difference from usual" in other
    assert "trust_mean (δ 1 point)" in other


def test_a_plan_tells_what_is_moved_and_writes_nothing(search, tmp_path):
    code, out, _ = search("--aim", "incidents", "--plan")
    assert code == 0
    assert re.search(r"^analysts +\d+ +1 +0 +the budget +2$", out, re.MULTILINE)
    assert "Left alone: protection is kept." in out
    assert re.search(r"screened in 8, 24, 64 further worlds: at most [\d,]+ runs", " ".join(out.split()))
    assert not (tmp_path / "out").exists()


def test_the_same_command_simulates_nothing_again(search, monkeypatch):
    _, first, _ = search("--aim", "incidents", "--no-figures")
    monkeypatch.setattr("tabletop.experiment.many_mixes.make", None)
    code, again, _ = search("--aim", "incidents", "--no-figures")
    assert (code, again) == (0, first)


def test_mistakes_are_told_with_what_would_be_right(search, capsys, tmp_path):
    for words, how, told in (
        ((), {}, "aim: name one to 3 primary measures"),
        (("--aim", "incident"), {}, "did you mean 'incidents'"),
        (("--aim", "days_to_verdict"), {}, "neither more nor less of it is better"),
        (("--aim", "incidents", "--drop", "trust"), {}, "no such primary measure to drop"),
        (("--aim", "incidents"), {"budget": ""}, "no budget"),
        (("--aim", "incidents", "--budget", "1"), {}, "does not pay for the file's mix"),
        (("--aim", "incidents", "--sampler", "best"), {}, "no such sampler"),
        (("--aim", "incidents", "--plan", "--json"), {}, "leave one out"),
        (("--aim", "incidents"), {"block": "search: {keep: [protecton]}\n"}, "did you mean 'protection'"),
        (("--aim", "incidents"), {"budget": "budget: 1\n"}, "above the budget of 1"),
        (("--aim", "incidents"), {"block": "search: {levers: {care: {step: 5}}}\n"}, "no further than 0.5"),
        (("--aim", "incidents"), {"block": "search: {levers: {analysts: {high: 9.5}}}\n"}, "as 10"),
        (
            ("--aim", "incidents"),
            {"block": "search: {levers: {analysts: {cut: false, low: 2}}}\n"},
            "small.yaml:25: search.levers.analysts.low: 2: cut is false, so that it stays at 6 at least",
        ),
        (
            ("--aim", "incidents"),
            {"block": "search: {levers: {care: {low: -1, high: 3}}}\n"},
            "search.levers.care.high: 3: care goes from 0 to 1",
        ),
        (("--aim", "incidents", "--robust"), {}, "no `uncertain` in the file, so that there are no other"),
        (("--aim", "incidents", "--variants", "8"), {}, "variants: goes with robust"),
        (("--aim", "incidents", "--variant-worlds", "8"), {}, "variant_worlds: goes with robust"),
        (("--aim", "incidents", "--robust", "--variants", "9"), {"block": RANGES}, "ask for 16"),
        (("--aim", "incidents", "--robust", "--variant-worlds", "1"), {"block": RANGES}, "variant_worlds: 1"),
        (("--aim", "incidents", "--budget", "nan"), {}, "budget: nan: must be a number"),
    ):
        code, out, err = search(*words, **how)
        assert (code, out) == (2, ""), words
        assert told in err
        assert "Traceback" not in err


def test_finalists_are_put_through_other_conditions_and_counted_never_called_robust(search, tmp_path):
    words = ("--aim", "incidents", "--robust", "--variants", "8", "--variant-worlds", "24", "--no-figures")
    code, plan, _ = search(*words, "--plan", block=SEARCH + RANGES)
    assert (code, "8 variants of these ranges, in 24 worlds each" in " ".join(plan.split())) == (0, True)
    code, out, _ = search(*words, block=SEARCH + RANGES)
    assert code == 0
    flat = " ".join(out.split())
    assert "Incidents (δ 1): in how many of 8 variants (at least–at most), 24 worlds each" in flat
    assert "these keep the constraints of this search:" in flat
    assert "A count of variants is no probability" in flat
    assert "robust" not in flat.lower()
    code, out, _ = search(*words, "--json", block=SEARCH + RANGES)
    told = json.loads(out)
    assert {row["statement"] for row in told["other_conditions"]} > {"keeps all limits"}
    assert len({row["variant"] for row in told["variants"]}) == 9
    code, out, _ = search(*words[:2], "--no-figures", block=SEARCH + RANGES)
    (folder,) = (tmp_path / "out").iterdir()
    assert len((folder / "tables" / "other_conditions.csv").read_text().splitlines()) == 1


def test_a_search_is_no_results_folder(search, capsys, tmp_path):
    search("--aim", "incidents", "--no-figures")
    (folder,) = (tmp_path / "out").iterdir()
    code, _, err = ran(capsys, "compare", folder, tmp_path)
    assert code == 2
    assert "a search for mixes; `tabletop search` prints it" in err
