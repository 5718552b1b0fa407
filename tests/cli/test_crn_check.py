import re

import pytest

from support.lively import TEXT
from tabletop import loads
from tabletop.cli import main
from tabletop.experiment.divergence import first_divergence, sentence_on


@pytest.fixture
def crn_check(tmp_path, capsys):
    """Runs the command on a small scenario: (exit code, standard output, standard error)."""
    file = tmp_path / "lively.yaml"
    file.write_text(TEXT, encoding="utf-8")

    def command(*words):
        with pytest.raises(SystemExit) as end:
            main(["crn-check", str(file), "--workers", "1", "--replications", "4", *words])
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    return command


def flat(text):
    """A text whatever its lines."""
    return " ".join(text.split())


def test_every_primary_measure_is_told_for_every_mix_and_an_inert_one_is_flagged(crn_check):
    code, out, _ = crn_check("--mix", "craft", "--mix", "same", "--mix", "idle")
    assert code == 0
    assert re.findall(r"^(\w.*) \((?:count|share)\) *$", out, re.MULTILINE) == ["Incidents", "Trust"]
    assert out.count("inert: no difference in 4 worlds; the same policy") == 4
    assert re.search(r"^craft +worth [\d,.]+ times as many independent replications", out, re.MULTILINE)
    assert "4 replications, seed 3, baseline usual" in out
    assert "same: no event differs" in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_the_first_divergence_is_printed_in_the_words_of_the_story(crn_check):
    _, out, _ = crn_check("--mix", "craft", "--replication", "2")
    given = loads(TEXT, "lively.yaml")
    for turning_points, what in ((False, "event"), (True, "turning point")):
        found = first_divergence(given, "craft", replication=2, turning_points=turning_points)
        told = [
            f"{name}: {sentence_on(one, found.day)}"
            for name, one in (("craft", found.ours), ("usual", found.theirs))
        ]
        head = f"craft, first {what}: day {found.day:.1f}, {found.subject}"
        assert " ".join([head, *told]) in flat(out)
    assert "from usual in replication 2" in out


def test_all_measures_are_told_when_asked_for_and_another_baseline_is_paired_with(crn_check):
    _, out, _ = crn_check("--mix", "same", "--baseline", "craft", "--all")
    assert "baseline craft" in out
    assert "Harm" in out
    assert "Cost" in out
    assert "where the histories diverge from craft" in out.lower()


def test_mistakes_are_told_with_what_would_be_right(crn_check):
    code, _, err = crn_check("--mix", "kraft")
    assert (code, "did you mean 'craft'?" in err) == (2, True)
    code, _, err = crn_check("--workers", "0")
    assert (code, "must be a whole number" in err) == (2, True)
