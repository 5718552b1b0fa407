"""`--json`: what validate, show, check and levers print, as data alone on standard output."""

import json

import pytest

from support.lively import TEXT
from tabletop import load, loads
from tabletop.cli import main
from tabletop.experiment.levers import study_levers
from tabletop.scenario.source import shipped

WRONG = TEXT.replace("horizon_days", "horizon_day")


@pytest.fixture
def told(capsys):
    def command(*words):
        with pytest.raises(SystemExit) as leaving:
            main([*map(str, words), "--json"])
        out, err = capsys.readouterr()
        return leaving.value.code or 0, json.loads(out), err

    return command


def test_validate_has_a_file_each_with_every_problem(told, tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(WRONG)
    code, data, err = told("validate", "first-steps", file, "nobody")
    assert (code, err) == (2, "")
    right, wrong, absent = data["files"]
    assert (right["valid"], right["title"]) == (True, "First steps")
    assert right["policy_mixes"] == list(load("first-steps").policy_mixes)
    assert wrong["valid"] is absent["valid"] is False
    assert [problem["path"] for problem in wrong["problems"]] == ["horizon_day"]
    assert wrong["problems"][0]["line"] == 1 + WRONG[: WRONG.index("horizon_day")].count("\n")
    assert "did you mean 'horizon_days'" in wrong["problems"][0]["message"]
    assert "neither a file nor a shipped scenario" in absent["problems"][0]["message"]


@pytest.mark.parametrize("name", shipped())
def test_show_has_the_scenario_with_every_default_and_what_follows_from_it(told, name):
    code, data, err = told("show", name)
    scenario = load(name)
    assert (code, err) == (0, "")
    assert data["cost_units_a_year"] == {mix: scenario.yearly_cost(mix) for mix in scenario.policy_mixes}
    assert data["measures"].keys() == scenario.measures.keys()
    assert data["scenario"]["conditions"]["threat"]["formation_rate"] == (
        scenario.conditions.threat.formation_rate
    )
    assert {change["id"] for change in data["scenario"]["injects"]} == {i.id for i in scenario.injects}


def test_check_has_every_claim_with_its_bound(told):
    code, data, _ = told("check", "lesson-base-rate-trap", "--replications", 3, "--workers", 1)
    (file,) = data["files"]
    claims = load("lesson-base-rate-trap").claims
    assert [claim["that"] for claim in file["claims"]] == [claim.that for claim in claims]
    assert code == (0 if data["supported"] else 1)
    for claim in file["claims"]:
        assert claim["supported"] == (claim["finding"] == "supported")
        assert claim["replications"] == 3


def test_levers_has_every_effect_with_its_interval(told, tmp_path):
    file = tmp_path / "lively.yaml"
    file.write_text(TEXT)
    code, data, _ = told("levers", file, "--replications", 3, "--workers", 1, "--out", tmp_path / "out")
    assert code == 0
    study = study_levers(loads(TEXT), replications=3, workers=1)
    assert len(data["steps"]) == len(study.steps)
    for measure, found in zip(data["measures"], study.sensitivities, strict=True):
        assert measure["in_words"] == found.in_words()
        effects = {(effect["lever"], effect["way"]): effect for effect in measure["effects"]}
        for effect in found.ups:
            assert effects[effect.lever, "up"]["effect_per_unit"] == effect.per_unit
            low = None if effect.interval is None else effect.interval.low
            assert effects[effect.lever, "up"]["low"] == low
    assert (tmp_path / "out" / "levers.csv").is_file()
