"""`tabletop show`."""

import pytest

from tabletop.cli import main
from tabletop.cli.output import console
from tabletop.scenario.load import load
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.source import shipped


def shown(capsys, source):
    with pytest.raises(SystemExit) as leaving:
        main(["show", str(source)])
    told = capsys.readouterr()
    assert (leaving.value.code, told.err) == (0, "")
    return told.out


@pytest.mark.parametrize("name", shipped())
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
    assert rows["tradecraft"] == ["0.5", "0.8", "·", "·", "·", "·", "0.65"]
    cost = next(line for line in settings if line.startswith("cost a year"))
    assert cost.split()[3:] == ["73.1"] + ["81.1"] * 6


def test_traces_and_priors_are_told_channel_by_channel(capsys):
    lines = shown(capsys, "harbour-city").splitlines()
    assert next(line for line in lines if line.startswith("partner ")).split() == [
        *("partner", "0.142", "1.5"),
        *("3.65", "%", "1", "to", "26.4"),
    ]


def test_the_timeline_tells_injects_and_their_ends(capsys):
    out = shown(capsys, "harbour-city")
    assert "background.community × 3 for 30 days (5 → 15 per day)" in out
    ends = out[out.index("day 545  inject 'partner_suspends' ends") :]
    assert ends.splitlines()[1].strip() == "sharing.partners.south.suspended (yes → no)"


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


def exercise_of(capsys, source):
    lines = [line.rstrip() for line in shown(capsys, source).splitlines()]
    return lines[lines.index("EXERCISE") : lines.index("SOURCES AND ASSUMPTIONS")]


def test_a_scenario_without_an_exercise_says_nothing_of_one(tmp_path, capsys):
    file = tmp_path / "spare.yaml"
    file.write_text(SPARE + "policy_mixes: {now: {}}\n")
    assert "EXERCISE" not in shown(capsys, file)


def test_an_exercise_is_told_by_its_moves_with_days_minutes_and_injects(capsys):
    lines = exercise_of(capsys, "harbour-city")
    assert "90 minutes = 10 brief + 4 × 15 + 15 hot wash + 5 feedback." in lines
    moves = [line for line in lines if line[:1].isdigit() and ": day " in line]
    assert moves == [
        "1. A new term of office: day 0, minutes 10 to 25",
        "2. The first half year: day 180, minutes 25 to 40",
        "3. A partner turns away: day 365, minutes 40 to 55",
        "4. The law changes: day 730, minutes 55 to 70",
    ]
    injects = [line.split(",")[0][2:] for line in lines if line.startswith("- ") and ": " in line]
    plan = load("harbour-city").exercise
    listed = [name for move in plan.moves for name in move.injects]
    held_back = ["outcry", "second_alarm"]
    assert injects == [*listed, *held_back]
    assert lines.index(moves[2]) < lines.index("  budget −2 cost units a year") < lines.index(moves[3])
    assert lines.index("Held back:") < lines.index("DECISIONS")


def test_cards_are_told_with_their_cost_and_what_is_not_the_teams_to_decide(capsys):
    lines = exercise_of(capsys, "harbour-city")
    form = load("harbour-city").exercise.decision_form
    rows = {line.split()[0]: line for line in lines if line.split() and form.card(line.split()[0])}
    assert list(rows) == [card.code for card in form.cards]
    assert rows["D3"].split()[-6:] == ["−2", "at", "once", "not", "with", "D2"]
    assert "Budget: 81.1 cost units a year; the baseline costs 73.1 and leaves 8." in lines
    text = " ".join(lines)
    theirs = text[text.index("Not theirs to decide") : text.index("PREDICTIONS")]
    changed = {lever for card in form.cards for lever in card.changes}
    assert {name for name in LEVERS if name in theirs.replace(",", " ").replace(".", " ").split()} == {
        *LEVERS
    } - changed


def test_predictions_the_world_that_is_played_and_the_epilogue_are_told(capsys):
    lines = exercise_of(capsys, "harbour-city")
    assert "Teams predict an 80 % range of: incidents, trust_mean." in lines
    assert "The world that is played is near the median of harm under the baseline." in lines
    assert "Epilogue: the final mixes run on for 1095 days after EndEx." in lines


def test_an_exercise_without_decisions_says_so(capsys):
    lines = exercise_of(capsys, "terror-queue")
    assert "There is nothing to decide: teams predict." in lines
    assert "There is no epilogue." in lines


def test_the_steps_of_the_expert_form_are_told_with_their_settings(tmp_path, capsys):
    file = tmp_path / "expert.yaml"
    file.write_text(
        SPARE + "policy_mixes: {now: {}}\nexercise:\n  duration_minutes: 45\n"
        "  moves: [{name: One, day: 0, situation: A.}]\n  predictions: [incidents]\n  budget: 80\n"
        "  decision_form: {levers: {analysts: {few: 5, usual: 7, all: null}}}\n"
    )
    assert "analysts  few (5), usual (7), all (∞)" in exercise_of(capsys, file)


def test_an_exercise_fits_eighty_columns(monkeypatch, capsys):
    monkeypatch.setattr("tabletop.cli.output.PLAIN_WIDTH", 80)
    lines = exercise_of(capsys, "harbour-city")
    assert max(map(len, lines)) <= 80
    assert not any("…" in line for line in lines)


def test_ranges_are_listed_with_the_files_own_value_and_their_source(capsys):
    lines = shown(capsys, "harbour-city").splitlines()
    stands = lines[lines.index("WHAT IS UNCERTAIN") :]
    text = " ".join(" ".join(stands).split())
    assert "plots a year 6 to 24 12 assumption: half to double" in text
    for one in load("harbour-city").uncertain:
        assert one.name in text
    assert "WHAT IS UNCERTAIN" not in shown(capsys, plain_file())


def test_limits_are_listed_in_words(capsys, tmp_path):
    file = tmp_path / "limited.yaml"
    limits = "limits: {incidents: {at_most: -1, against: baseline}, trust_mean: {at_least: 0.5}}\n"
    file.write_text(plain_file().read_text() + limits)
    lines = shown(capsys, file).splitlines()
    stands = lines[lines.index("WHAT A MIX HAS TO KEEP") :]
    assert stands[1:3] == ["- Incidents at most −1 against the baseline", "- Trust at least 50 %"]
    assert "WHAT A MIX HAS TO KEEP" not in shown(capsys, plain_file())


def plain_file():
    """A file without ranges."""
    from pathlib import Path

    return Path(__file__).parents[2] / "src" / "tabletop" / "cli" / "starter.yaml"


def test_where_a_claim_survives_and_turns_is_shown_with_it(capsys, tmp_path):
    text = (
        "title: T\nbaseline: a\npolicy_mixes: {a: {}, b: {interdiction: {teams: 9}}}\n"
        "measures: {incidents: {delta: 1}}\ncheck: {replications: 20, seed: 6}\n"
        "claims:\n  - that: X\n    measure: incidents\n    mix: b\n    versus: a\n    is: lower\n"
        "    survives: {each: {multiply: [0.5, 2]}, except: [trust]}\n"
        "    turns_at: [{on: detection.d_prime, multiply: 2}]\n"
    )
    file = tmp_path / "t.yaml"
    file.write_text(text)
    out = shown(capsys, file)
    assert "survives: every number of the conditions × 0.5 and × 2, alone, except trust" in out
    assert "no longer holds at: detection.d_prime × 2" in out
