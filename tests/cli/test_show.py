"""`tabletop show`."""

import pytest

from tabletop.cli import main
from tabletop.cli.output import console
from tabletop.scenario.load import load
from tabletop.scenario.policy import LEVERS


def shown(capsys, source):
    with pytest.raises(SystemExit) as leaving:
        main(["show", str(source)])
    told = capsys.readouterr()
    assert (leaving.value.code, told.err) == (0, "")
    return told.out


@pytest.mark.parametrize("name", ["first-steps", "harbour-city", "terror-queue"])
def test_a_shipped_scenario_is_shown_as_plain_text_in_a_hundred_columns(name, capsys):
    out = shown(capsys, name)
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 100
    assert "…" not in out, "nothing is cut off"


def test_the_content_note_comes_first_and_objectives_follow(capsys):
    lines = shown(capsys, "harbour-city").splitlines()
    assert lines[0].startswith("Content note: Deals in abstract counts")
    assert lines.index("OBJECTIVES") < lines.index("CONDITIONS") < lines.index("TIMELINE")


def test_every_lever_of_every_mix_stands_beside_the_baseline(capsys):
    lines = shown(capsys, "harbour-city").splitlines()
    settings = lines[lines.index("POLICY MIXES") : lines.index("MEASURES")]
    head = next(line for line in settings if line.startswith("lever"))
    assert head.split() == ["lever", *load("harbour-city").policy_mixes]
    rows = {line.split()[0]: line.split()[1:] for line in settings if line.startswith(" ") and line.split()}
    assert list(rows) == list(LEVERS)
    assert rows["tradecraft"] == ["0.5", "0.9", "·", "·", "·", "·", "0.65"]
    cost = next(line for line in settings if line.startswith("cost a year"))
    assert cost.split()[3:] == ["71.2"] + ["79.2"] * 6


def test_traces_and_priors_are_told_channel_by_channel(capsys):
    lines = shown(capsys, "harbour-city").splitlines()
    assert next(line for line in lines if line.startswith("partner ")).split() == [
        *("partner", "0.0948", "1.5"),
        *("3.06", "%", "1", "to", "31.7"),
    ]


def test_the_timeline_tells_injects_and_their_ends(capsys):
    out = shown(capsys, "harbour-city")
    assert "background.community × 3 for 30 days (5 → 15 per day)" in out
    assert "day 545  inject 'partner_suspends' ends: sharing.partners.south.suspended" in out


def test_assumptions_are_told_apart_from_sources(capsys):
    out = shown(capsys, "harbour-city")
    tail = out[out.index("SOURCES AND ASSUMPTIONS") :]
    assert tail.index("Kaplan") < tail.index("conditions: assumption")
    assert "Every number that is not named here, defaults included, is an assumption" in tail


SPARE = "title: '[red]Bold[/] :smile:'\nbaseline: now\nmeasures: {incidents: {delta: 1}}\n"


def test_a_scenario_that_says_little_is_shown(tmp_path, capsys):
    file = tmp_path / "spare.yaml"
    file.write_text(SPARE + "policy_mixes: {now: {detection: {analysts: null}}}\n")
    out = shown(capsys, file)
    assert out.startswith("[red]Bold[/] :smile:\n"), "a file's text is no markup"
    assert "Nothing is scheduled" in out
    assert "∞" in out


def test_many_mixes_are_shown_in_several_tables(tmp_path, capsys):
    file = tmp_path / "many.yaml"
    mixes = "".join(f"  mix_number_{n}: {{}}\n" for n in range(20))
    file.write_text(SPARE + "policy_mixes:\n  now: {}\n" + mixes)
    out = shown(capsys, file)
    heads = [line.split() for line in out.splitlines() if line.startswith("lever")]
    assert len(heads) > 1
    assert all(head[1] == "now" for head in heads)
    assert [mix for head in heads for mix in head[2:]] == [f"mix_number_{n}" for n in range(20)]
    assert max(map(len, out.splitlines())) <= 100


def test_on_a_terminal_its_own_width_is_used(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "133")
    assert console().width == 133


def test_a_bad_file_is_a_mistake(tmp_path, capsys):
    file = tmp_path / "bad.yaml"
    file.write_text("title: 7\n")
    with pytest.raises(SystemExit) as leaving:
        main(["show", str(file)])
    assert leaving.value.code == 2
    assert f"{file}:1: title: 7 is a number; write a text" in capsys.readouterr().err
