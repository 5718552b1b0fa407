"""`tabletop check --survives`: claims under other conditions."""

import json

import pytest

from cli.test_check_command import HEAD, LATE, MORE
from tabletop.cli import main
from tabletop.experiment.robustness.survival import check_survival
from tabletop.scenario.load import loads
from tabletop.simulation import simulate

EACH = "survives: {each: {multiply: [0.5, 2]}, except: [reporting, staff, background, detection]}"
SAYS = MORE.replace("by: 20}", "by: 20, " + EACH + "}")
RARELY = "background.community, multiply: 0.1"
TURNS = MORE.replace("by: 20}", f"by: 20, turns_at: [{{on: {RARELY}}}]}}")
COUNTED = MORE.replace("by: 20}", "by: 20, survives: {in: 7, of: 8}}")
RANGES = "uncertain:\n  - {on: background.community, multiply: [0.8, 1.2]}\n"


@pytest.fixture
def check(tmp_path, capsys):
    """Runs the command on a scenario with these claims: (exit code, output on one line)."""

    def command(claims, *words):
        file = tmp_path / "small.yaml"
        file.write_text(HEAD + "claims:\n" + claims)
        with pytest.raises(SystemExit) as leaving:
            main(["check", str(file), "--workers", "1", *words])
        return leaving.value.code or 0, " ".join(capsys.readouterr().out.split())

    return command


def test_without_the_option_nothing_is_said_of_other_conditions(check):
    code, out = check(SAYS + TURNS)
    assert code == 0
    assert "survive" not in out
    assert "no longer" not in out


def test_a_claim_that_survives_is_told_with_its_points(check):
    code, out = check(SAYS + LATE, "--survives")
    assert code == 0
    assert "survives: More is told. holds at" in out
    assert "Left out: " in out


def test_a_claim_that_does_not_turn_where_its_file_says_so_fails_the_check(check):
    code, out = check(TURNS.replace(RARELY, "detection.d_prime, multiply: 2"), "--survives")
    assert code == 1
    assert "not as its file says: More is told. still holds at detection.d_prime × 2" in out


def test_a_claim_that_turns_where_its_file_says_so_is_as_its_file_says(check):
    code, out = check(TURNS, "--survives")
    assert "as its file says: More is told. falls short at background.community × 0.1" in out
    assert code == 0


def test_a_claim_survives_in_a_count_of_variants(check):
    code, out = check(COUNTED + RANGES, "--survives")
    assert code == 0
    assert "asked for: 7 of 8 at least" in out


def test_it_is_data_too(check):
    _, out = check(SAYS + TURNS, "--survives", "--json")
    (file,) = json.loads(out)["files"]
    said, turns = file["survival"]["claims"]
    assert said["survives"]["holds"] == said["survives"]["points"]
    assert turns["turns_at"][0]["there"] == "falls short"


def test_two_workers_come_to_the_same_and_a_variant_to_what_the_edited_file_does():
    scenario = loads(HEAD + "claims:\n" + TURNS + LATE)
    one, two = (check_survival(scenario, workers=number).claims for number in (1, 2))
    assert one == two
    from tabletop.experiment.claims import check_claims

    edited = scenario.vary({"background.community": ("multiply", 0.1)})
    assert one[0].turns[0].estimate == check_claims(edited, workers=1).verdicts[0].estimate


def test_a_number_that_moves_nothing_in_the_first_worlds_is_run_no_further_and_the_others_are():
    scenario = loads(HEAD + "claims:\n" + SAYS)
    found = check_survival(scenario, workers=1)
    assert "sharing.partners.north.court_use, odds × 2" in found.without_effect
    assert "threat.formation_rate × 2" not in found.without_effect
    assert found.variants > 80
    assert all("stays what it is" in left or "no half" in left for left in found.left_out)
    (claim,) = found.claims
    assert claim.survived.points == found.variants - len(found.without_effect)
    for label in found.without_effect[:3]:
        path, _, factor = label.partition(" × ")
        verb = "odds" if path.endswith(", odds") else "multiply"
        there = scenario.vary({path.removesuffix(", odds"): (verb, float(factor))})
        for mix in ("few", "many"):
            assert simulate(there, mix, 1, seed=6).parts == simulate(scenario, mix, 1, seed=6).parts
