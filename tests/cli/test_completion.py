"""Shell completion: commands, options, scenarios and files."""

import pytest

from tabletop.cli import COMMANDS, main
from tabletop.cli.completion import scenario_names
from tabletop.scenario.source import shipped


@pytest.fixture
def completed(capsys, monkeypatch):
    """What bash is offered after these words, the last of which is incomplete."""

    def after(*words):
        monkeypatch.setenv("_TABLETOP_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", " ".join(("tabletop", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        with pytest.raises(SystemExit):
            main([])
        return capsys.readouterr().out.split()

    return after


def test_commands_are_offered(completed):
    assert completed("") == list(COMMANDS)
    assert completed("re") == [name for name in COMMANDS if name.startswith("re")]


@pytest.mark.parametrize("command", ["show", "run", "check", "play", "levers", "validate", "trace"])
def test_scenarios_are_offered(completed, command):
    assert completed(command, "lesson-t") == [name for name in shipped() if name.startswith("lesson-t")]


def test_options_are_offered(completed):
    assert {"--replications", "--json", "--out"} <= set(completed("run", "first-steps", "--"))


def test_files_and_folders_are_offered(monkeypatch, tmp_path):
    (tmp_path / "city.yaml").touch()
    (tmp_path / "city.txt").touch()
    (tmp_path / "cities").mkdir()
    (tmp_path / "cities" / "one.yml").touch()
    monkeypatch.chdir(tmp_path)
    assert scenario_names("ci") == ["cities/", "city.yaml"]
    assert scenario_names("cities/") == ["cities/one.yml"]
    assert scenario_names(f"{tmp_path}/city") == [f"{tmp_path}/city.yaml"]
    assert scenario_names("nowhere/x") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_shown_for_each_shell(capsys, shell):
    with pytest.raises(SystemExit) as leaving:
        main(["--show-completion", shell])
    assert not leaving.value.code
    assert "_TABLETOP_COMPLETE" in capsys.readouterr().out
