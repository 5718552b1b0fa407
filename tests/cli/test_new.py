"""`tabletop new`."""

import pytest

from tabletop.cli import main
from tabletop.scenario.load import load
from tabletop.scenario.schema import schema_text


def run(*arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["new", *arguments])
    return leaving.value.code


def test_the_starter_is_valid_and_named(tmp_path, capsys):
    assert run("river-valley", "--out", str(tmp_path)) == 0
    scenario = load(tmp_path / "river-valley.yaml")
    assert scenario.title == "River valley"
    assert capsys.readouterr().out.splitlines()[-1] == f"next: tabletop show {tmp_path / 'river-valley.yaml'}"


def test_the_ranges_and_limits_of_the_starter_hold_once_their_comment_signs_are_gone(tmp_path):
    run("river-valley", "--out", str(tmp_path))
    file = tmp_path / "river-valley.yaml"
    before, after = file.read_text("utf-8").split("# uncertain:\n")
    commented, blank, rest = after.partition("\n\n")
    lines = [line.removeprefix("# ") for line in commented.splitlines()]
    file.write_text("\n".join([f"{before}uncertain:", *lines]) + blank + rest, "utf-8")
    scenario = load(file)
    assert [one.title for one in scenario.uncertain] == [
        "plots a year", "harmless traces", "injects.inquiry.happens"
    ]  # fmt: skip
    assert [*scenario.limits] == ["incidents", "trust_mean"]


def test_the_starter_can_be_played_and_every_part_of_its_exercise_is_of_use(tmp_path):
    run("river-valley", "--out", str(tmp_path))
    plan = load(tmp_path / "river-valley.yaml").exercise
    assert plan.planned_minutes == plan.duration_minutes == 60
    assert len(plan.moves) == 2
    assert any(staging.contingency for staging in plan.injects)
    assert any(card.excludes for card in plan.decision_form.cards)


def test_the_starter_refers_to_the_schema_beside_it(tmp_path):
    run("river", "--out", str(tmp_path))
    text = (tmp_path / "river.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    assert (tmp_path / "schema.json").read_text("utf-8") == schema_text()


def test_a_second_scenario_shares_the_schema_that_is_there(tmp_path):
    (tmp_path / "schema.json").write_text("{}")
    assert run("lake", "--out", str(tmp_path)) == 0
    assert (tmp_path / "schema.json").read_text() == "{}"


def test_the_current_folder_is_the_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("coast") == 0
    assert load("coast.yaml").title == "Coast"


def test_an_existing_file_is_left_as_it_is(tmp_path, capsys):
    file = tmp_path / "river.yaml"
    file.write_text("mine")
    assert run("river", "--out", str(tmp_path)) == 2
    assert file.read_text() == "mine"
    assert "exists already, and is left as it is" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["River", "river valley", "../river", "7seas", "", "r" * 41, "ri\nver"])
def test_a_name_that_is_none_is_a_mistake(name, tmp_path, capsys):
    assert run(name, "--out", str(tmp_path)) == 2
    assert "not a scenario's name; begin with a letter" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_a_mistake(tmp_path, capsys):
    assert run("river", "--out", str(tmp_path / "none")) == 2
    assert "no such folder; create it first" in capsys.readouterr().err
