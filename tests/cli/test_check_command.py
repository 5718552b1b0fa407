"""`tabletop check`."""

import pytest

from tabletop.cli import main
from tabletop.experiment.claims import check_claims
from tabletop.scenario.load import loads

HEAD = """\
title: Small
seed: 5
horizon_days: 60
warm_up_days: 0
conditions:
  background: {intelligence: 2, community: 2, border: 0, partner: 0}
  threat: {formation_rate: 40, preparation: {family: exponential, mean: 40}}
baseline: few
measures: {incidents: {delta: 1}}
policy_mixes:
  few: {reporting: {outreach: 0.2}}
  some: {reporting: {outreach: 0.6}}
  many: {reporting: {outreach: 1.0}}
  idle: {detection: {analysts: 0}}
check: {replications: 20, seed: 6}
"""
MORE = "  - {that: 'More is told.', measure: reports_benign, mix: many, versus: few, is: higher, by: 20}\n"
LATE = """\
  - that: The last month brings many of them.
    measure: reports_benign
    mix: many
    versus: few
    is: higher
    by: 5
    days: [30, 60]
"""


def checked(tmp_path, capsys, *texts, options=("--workers", "1")):
    """Exit code and output of a check of files with these texts."""
    files = []
    for position, text in enumerate(texts):
        files.append(tmp_path / f"file{position}.yaml")
        files[-1].write_text(text)
    with pytest.raises(SystemExit) as leaving:
        main(["check", *map(str, files), *options])
    told = capsys.readouterr()
    return leaving.value.code, " ".join(told.out.split()), told.err


def test_claims_that_hold_are_told_with_estimate_and_bound(tmp_path, capsys):
    code, out, _ = checked(tmp_path, capsys, HEAD + "claims:\n" + MORE + LATE)
    assert code == 0
    assert "2 claims, each at 99.50 % one-sided; 20 replications, seed 6, mixes few, many" in out
    assert "supported: More is told. reports_benign, many − few: higher by more than 20; found +" in out
    assert "days 30 to 60; found +" in out
    assert "not supported" not in out


def test_the_same_claim_the_other_way_round_is_not_supported(tmp_path, capsys):
    code, out, _ = checked(tmp_path, capsys, HEAD + "claims:\n" + MORE.replace("higher", "lower"))
    assert code == 1
    assert "not supported: More is told." in out


def test_the_counts_of_two_halves_are_the_count_of_the_whole():
    spans = [
        f"  - {{that: A, measure: reports_benign, mix: many, versus: few, is: higher, days: {days}}}\n"
        for days in ("[0, 30]", "[30, 60]", "[0, 60]")
    ]
    found = check_claims(loads(HEAD + "claims:\n" + "".join(spans) + MORE), workers=1)
    first, second, whole, undivided = (verdict.estimate for verdict in found.verdicts)
    assert first + second == pytest.approx(whole)
    assert whole == undivided


def test_one_file_that_fails_fails_all_and_the_others_are_still_told(tmp_path, capsys):
    bad = HEAD + "claims:\n" + MORE.replace("by: 20", "by: 2000")
    good = HEAD + "claims:\n" + LATE
    code, out, _ = checked(tmp_path, capsys, bad, good)
    assert code == 1
    assert out.index("not supported: More is told.") < out.index("supported: The last month")


def test_a_file_without_claims_is_said_and_is_no_failure(tmp_path, capsys):
    code, out, _ = checked(tmp_path, capsys, HEAD)
    assert code == 0
    assert out.endswith("file0.yaml: no claims")


def test_a_shipped_scenario_is_checked_by_its_name(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["check", "terror-queue"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == "terror-queue: no claims\n"


def test_every_mistake_is_told_before_anything_runs(tmp_path, capsys):
    good = HEAD + "claims:\n" + MORE
    code, out, err = checked(
        tmp_path, capsys, good, good.replace("versus: few", "versus: fwe"), good + "seeed: 3\n"
    )
    assert (code, out) == (2, "")
    assert "file1.yaml:17: claims[0].versus: 'fwe': no such policy mix; did you mean 'few'?" in err
    assert "file2.yaml:18: seeed: no such key; did you mean 'seed'?" in err


@pytest.mark.parametrize(("option", "value"), [("--replications", "0"), ("--seed", "-1"), ("--workers", "0")])
def test_a_number_out_of_range_is_a_mistake(tmp_path, capsys, option, value):
    code, _, err = checked(tmp_path, capsys, HEAD + "claims:\n" + MORE, options=(option, value))
    assert code == 2
    assert f"{option[2:]}: {value}: must be a whole number" in err


def test_another_seed_may_be_tried(tmp_path, capsys):
    text = HEAD + "claims:\n" + MORE
    _, own, _ = checked(tmp_path, capsys, text)
    _, other, _ = checked(tmp_path, capsys, text, options=("--seed", "77", "--workers", "1"))
    assert "seed 77" in other
    assert own.split("found")[1] != other.split("found")[1]


def test_two_processes_find_what_one_finds(tmp_path, capsys):
    text = HEAD + "claims:\n" + MORE + LATE
    alone = checked(tmp_path, capsys, text)
    assert checked(tmp_path, capsys, text, options=("--workers", "2"))[:2] == alone[:2]


def test_runs_that_fail_are_told_and_are_no_success(tmp_path, capsys, monkeypatch):
    from tabletop.experiment import claims
    from tabletop.simulation import simulate

    def failing(scenario, mix, replication, **settings):
        if replication == 3:
            raise ZeroDivisionError("pretended")
        return simulate(scenario, mix, replication, **settings)

    monkeypatch.setattr(claims, "simulate", failing)
    text = HEAD.replace("replications: 20", "replications: 30") + "claims:\n" + MORE
    code, out, _ = checked(tmp_path, capsys, text)
    assert code == 1
    assert "supported: More is told." in out
    assert "2 runs of 60 failed. First: few, replication 3: ZeroDivisionError: pretended" in out


def test_show_tells_claims_discussion_and_debrief(tmp_path, capsys):
    file = tmp_path / "shown.yaml"
    file.write_text(HEAD + "claims:\n" + MORE + "discussion: [Who reads it?]\ndebrief: Nobody did.\n")
    with pytest.raises(SystemExit):
        main(["show", str(file)])
    out = capsys.readouterr().out
    tail = out[out.index("CLAIMS") :]
    assert "- More is told.\n  reports_benign, many − few: higher by more than 20\n" in tail
    assert "Tested by `tabletop check` over 20 replications, seed 6." in tail
    assert tail.index("- Who reads it?") < tail.index("Nobody did.") < tail.index("SOURCES")
