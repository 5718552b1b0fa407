"""`tabletop play` and `tabletop rehearse`: an exercise from the terminal."""

import io
import re
from decimal import Decimal

import pytest

from exercise.room import SMALL, TEXT
from tabletop.cli import main
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.state import Phase

DECISIONS = """\
secret: autumn
others: 2
moves:
  - decisions: {Alpha: D1 D2, Bravo: R1}
    predictions: {Alpha: {incidents: [1, 3]}}
  - decisions: {Alpha: -D2 -D1}
"""


REVEAL = [""] * 7
"""Enter for each step of a reveal."""
UNPREDICTED = [""] * 6
"""The same, where nobody predicted anything."""
HOT_WASH = [""] * 5
"""Enter for each page of the hot wash."""


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(TEXT)
    return path


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main([*map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


def typed(monkeypatch, *lines):
    """What a controller types, line by line; then nothing more comes."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_an_exercise_is_played_from_a_decisions_file(capsys, scenario, tmp_path):
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(DECISIONS)
    asked = ("play", scenario, "--decisions", decisions, "--out", tmp_path / "e", "--workers", 1)
    code, out, _ = run(capsys, *asked)
    assert code == 0
    for said in (
        "EXERCISE EXERCISE EXERCISE · day 0 · minute 10 of 60",
        "Alpha: D1 D2 · 77.9 a year of 82",
        "EXERCISE · day 60 · Alarm",
        "Bravo submitted nothing and kept its mix.",
        "Hot wash: what nobody could see",
        "Hot wash: what you left to your successors",
        "Days 240 to 360, with the mixes that teams had last.",
    ):
        assert said in out
    left = out.partition("Hot wash: what you left")[2].partition("Hot wash:")[0]
    alpha, _, bravo = left.partition("Bravo")
    assert len(re.findall(r"^  [A-Z].*: on average", alpha, re.MULTILINE)) == 3
    assert ": on average" in bravo
    before, _, hot_wash = out.partition("Hot wash")
    assert "Plots disrupted" not in before
    assert "Plots disrupted" in hot_wash
    assert "autumn" not in before
    (folder,) = (tmp_path / "e").glob("small-*")
    assert Exercise.open(folder).state.phase is Phase.ENDED
    again = run(capsys, *asked)
    assert (again[0], again[1]) == (0, out)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (
            ("--team", "Gold", "--team", "Silver"),
            "--team: with --decisions, .*write `teams: [Gold, Silver]` in ",
        ),
        (("--others", 7), "--others: with --decisions, .*write `others: 7` in "),
    ],
)
def test_what_a_decisions_file_says_itself_is_no_option(capsys, scenario, tmp_path, option, told):
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(DECISIONS)
    asked = ("play", scenario, "--decisions", decisions, "--out", tmp_path / "e", *option)
    code, out, err = run(capsys, *asked)
    assert (code, out) == (2, "")
    before, after = told.split(".*")
    assert err.startswith(before)
    assert f"{after}{decisions}" in err
    assert not (tmp_path / "e").exists()


def test_a_wrong_decisions_file_is_told_and_nothing_is_begun(capsys, scenario, tmp_path):
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(DECISIONS.replace("Bravo: R1", "Bravo: R7"))
    code, out, err = run(capsys, "play", scenario, "--decisions", decisions, "--out", tmp_path / "e")
    assert (code, out) == (2, "")
    assert err == (
        f"{decisions}:4: moves[0].decisions.Bravo: R7: no such card; known: D1, D2, R1, R2, I1, P1\n"
    )
    assert not (tmp_path / "e").exists()


def test_a_controller_quits_at_any_prompt_and_goes_on_later(capsys, monkeypatch, scenario, tmp_path):
    typed(monkeypatch, "", "D9", "d1", "quit")
    asked = ("play", scenario, "--out", tmp_path / "e", "--workers", 1, "--others", 2)
    code, out, err = run(capsys, *asked)
    folder = tmp_path / "e" / "small-1"
    assert code == 130
    assert err.endswith(f"Nothing is lost. To go on: tabletop play {folder}\n")
    assert "Refused: D9: no such card" in out
    assert Exercise.open(folder).state.hand("Alpha").codes == ("D1",)

    on = ""  # whatever was left stands still
    typed(
        monkeypatch,
        on,
        "status",
        "skip backlog no time",
        "R1",
        "2",
        "R2",
        "",
        "1 4",
        "",
        "0 2",
        "0.4 0.6",
        "",
    )
    code, out, _ = run(capsys, "play", folder, "--workers", 1)
    assert code == 130
    assert "plays:" in out
    assert "Alpha [D1] plays" not in out.partition("Enter locks")[0]
    state = Exercise.open(folder).state
    assert state.phase is Phase.REVEALED
    assert state.hand("Bravo").codes == ("R2",)
    assert state.inject_status["backlog"].status.value == "skipped"
    assert {key[0] for key in state.predictions} == {"Alpha", "Bravo"}

    lines = [
        on,
        *REVEAL,
        "note They hurry.",
        "",
        "",
        "",
        *[""] * 5,
        *UNPREDICTED,
        *HOT_WASH,
        "Alpha: We saw it late.",
        "And so did we.",
        "",
    ]
    too_long = "x" * 121
    plan = "Late tips | Train the tip line | training | the tip line's head"
    typed(monkeypatch, *lines, "x", "S some trouble", "quit")
    code, first_out, _ = run(capsys, "play", folder, "--workers", 1)
    assert code == 130
    assert "nothing: not rated" in " ".join(first_out.split())

    evaluated = [
        "",
        "They saw it",
        "- No date was set. | It came late. | 14 x",
        "- No date was set. | It came late. | 999",
        "- No date was set. | It came late. | 12, 14",
        "+ They asked first.",
        "",
        "Late tips",
        plan.replace("training", "luck"),
        f"Late tips | Train them | training | {too_long}",
        plan,
        "",
        "1 guest",
        "20 players, 1 evaluator",
    ]
    typed(monkeypatch, on, "", "", *evaluated)
    code, out, _ = run(capsys, "play", folder, "--workers", 1)
    assert code == 0
    assert "nothing: stays S" in " ".join(out.split())
    out = first_out + out
    for refused in (
        "x: write P, S, M or U: P performed without challenges; S performed with some challenges; M",
        "They saw it: write + or -, then what was seen",
        "14 x: write numbers of lines of the log, as 12 15",
        "Refused: reference: line 999 is not in the log",
        "Late tips: write the issue | what corrects it | the core capability, or nothing | one of Planning,",
        "1 guest: write numbers and no names, as 24 players, 2 observers",
        f"{plan.replace('training', 'luck')}: write the issue",
        "primary_responsible: a text of 121 characters; write at most 120",
        "of the log: Alpha remarks: We saw it late.",
        "of the log: Rating of weigh: S. some trouble",
        "of the log: Strength, weigh: They asked first.",
        "of the log: Improvement plan: Late tips. Train the tip line",
    ):
        assert refused in " ".join(out.split())
    state = Exercise.open(folder).state
    assert state.phase is Phase.ENDED
    assert [entry.act.act for entry in state.kept] == [
        "note",
        "remark",
        "remark",
        "rate",
        "observe",
        "observe",
        "improve",
        "count",
    ]
    assert state.kept[1].act.team == "Alpha"
    late, first, improve, counted = (entry.act for entry in state.kept[4:])
    assert counted.came.in_words == "players 20, evaluators 1"
    assert (late.kind, late.analysis, late.reference) == ("area for improvement", "It came late.", (12, 14))
    assert (first.kind, first.observation) == ("strength", "They asked first.")
    assert (improve.issue, improve.corrective_action) == ("Late tips", "Train the tip line")
    assert (improve.capability_element, improve.primary_responsible) == ("Training", "the tip line's head")
    report = (folder / "report" / "report.html").read_text()
    assert "They asked first." in report
    assert "Train the tip line" in report
    assert state.opened is not None
    assert f"The secret was {state.opened.secret}" in out


def test_the_controller_s_acts_can_be_typed_at_any_prompt(capsys, monkeypatch, scenario, tmp_path):
    typed(
        monkeypatch,
        "help",
        "pause",
        "resume",
        'add storm "A storm" "It rains." they were too quiet',
        'rule "The court says no." it would',
        "skip nothing because",
        'add calm "No storm" "It\'s dry." they\'re loud',
        "add storm",
        'add storm "A storm',
        "skip alarm",
        "",
        "respond alarm They called the press",
        "note " + "x" * 4001,
    )
    _, out, _ = run(capsys, "play", scenario, "--out", tmp_path / "e", "--workers", 1, "--others", 2)
    assert out.count("of the log: ") == 4
    assert out.count('add: write it with every part: add ID "TITLE" "MESSAGE" [day N] [{EFFECT}] REASON') == 2
    assert "reason: missing; see `help`" in out
    assert "text: a text of 4,001 characters; write at most 4,000" in out
    state = Exercise.open(tmp_path / "e" / "small-1").state
    assert state.inject_status["storm"].reason == "they were too quiet"
    assert state.overrides[0][2].ruling == "The court says no."
    assert [entry.act.act for entry in state.kept] == ["respond"]


def test_a_scenario_without_a_plan_says_so(capsys, tmp_path):
    path = tmp_path / "plain.yaml"
    path.write_text(TEXT[: TEXT.index("exercise:")])
    code, _, err = run(capsys, "play", path, "--out", tmp_path / "e")
    assert code == 2
    assert "no `exercise:` block" in err


def test_a_folder_without_an_exercise_is_no_exercise(capsys, tmp_path):
    code, _, err = run(capsys, "play", tmp_path)
    assert code == 2
    assert "a directory" in err


def test_a_rehearsal_shows_what_the_controller_will_see_with_timings(capsys, scenario, tmp_path):
    code, out, _ = run(capsys, "rehearse", scenario, "--others", 3, "--workers", 1, "--out", tmp_path / "e")
    assert code == 0
    assert "Timings of this machine" in out
    assert "Hot wash" in out
    (folder,) = (tmp_path / "e").glob("small-rehearsal-*")
    state = Exercise.open(folder).state
    assert state.phase is Phase.ENDED
    assert ("Alpha", 0) in state.submissions
    assert ("Bravo", 1) not in state.submissions  # it is late
    assert not state.is_overspent("Alpha")  # though the budget was cut
    assert len(state.predictions) == 8


def test_what_cannot_be_meant_at_a_prompt_is_told_and_asked_again(capsys, monkeypatch, scenario, tmp_path):
    decisions = ["", "D1 " * 1400, "D1", "", "²", ""]
    predictions = ["nan 3", "1 inf", "1 2 3", "6 2", "1 3"]
    typed(monkeypatch, *decisions, *predictions, "pause " + "x" * 121, "\udcff 2", "note \udcff")
    _, out, _ = run(capsys, "play", scenario, "--out", tmp_path / "e", "--workers", 1, "--others", 2)
    told = " ".join(out.split())
    for said in (
        "entry: a text of 4,199 characters; write at most 4,000",
        "“²”: what was meant? Enter alone locks, a team's number (1 to 2) changes its decision",
        "nan 3: write two numbers, the lower first, as 2 to 7",
        "1 inf: write two numbers, the lower first, as 2 to 7",
        "1 2 3: write two numbers, the lower first, as 2 to 7",
        "6 2: write the lower end first: 2 to 6",
        "reason: a text of 121 characters; write at most 120",
        "text: holds characters that are no text in UTF-8; write it again",
    ):
        assert said in told
    state = Exercise.open(tmp_path / "e" / "small-1").state
    assert state.hand("Alpha").codes == ("D1",)
    assert [(key[0], p.low, p.high) for key, p in state.predictions.items()] == [("Alpha", 1, 3)]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["A", "a"], "a: two teams of that name, and 'A' looks like it; names are unique"),
        (["A", ""], "'' is not a name; write 1 to 40 characters on one line, without blanks around"),
        (["A", "x" * 41], f"'{'x' * 41}' is not a name; write 1 to 40 characters on one line"),
        (["A\nB"], "'A B' is not a name"),
        (["Baseline"], "Baseline: stands for something else here; name the team otherwise"),
        ([f"T{n}" for n in range(31)], "31 teams; at most 30 can play"),
    ],
)
def test_teams_that_cannot_be_are_told_and_nothing_is_begun(capsys, scenario, tmp_path, names, told):
    teams = [word for name in names for word in ("--team", name)]
    code, out, err = run(capsys, "play", scenario, *teams, "--out", tmp_path / "e")
    assert (code, out) == (2, "")
    assert err.startswith(told)
    assert not (tmp_path / "e").exists()


def test_the_teams_of_an_exercise_that_was_begun_are_not_changed(capsys, monkeypatch, scenario, tmp_path):
    typed(monkeypatch, "quit")
    run(capsys, "play", scenario, "--team", "A", "--out", tmp_path / "e", "--workers", 1, "--others", 2)
    folder = tmp_path / "e" / "small-1"
    code, _, err = run(capsys, "play", folder, "--team", "B")
    assert (code, err) == (2, f"--team: the exercise in {folder} was begun with A; leave it out\n")


def _between(text, start, end):
    return text.partition(start)[2].partition(end)[0]


def test_what_is_shown_of_luck_and_policy_adds_up_in_plain_numbers(capsys, scenario, tmp_path):
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(DECISIONS)
    _, out, _ = run(
        capsys, "play", scenario, "--decisions", decisions, "--out", tmp_path / "e", "--workers", 1
    )
    rows = re.findall(
        r"(?:Alpha|Bravo)((?: +[+−]?[\d.,]+){4}) *\n", _between(out, "luck and policy", "World luck")
    )
    assert len(rows) >= 2 * len(SMALL.primary_measures)
    for row in rows:
        world, policy, interaction, total = (Decimal(part.replace("−", "-")) for part in row.split())
        assert world + policy + interaction == total


def test_a_controller_shows_the_room_something_and_turns_its_page(capsys, monkeypatch, scenario, tmp_path):
    typed(monkeypatch, "", "more", "more", "more", "show status names", "show Not this", "quit")
    code, out, _ = run(capsys, "play", scenario, "--out", tmp_path / "e", "--workers", 1, "--no-screen")
    assert code == 130
    assert re.findall(r"The room sees: (.+)\.\n", out) == ["situation answer", "status"]
    assert out.count("The room sees the last page of this screen.") == 1
    assert "show: Not this: not to be shown now; what can be shown: situation, situation answer" in " ".join(
        out.split()
    )
    assert Exercise.open(tmp_path / "e" / "small-1").state.showing == "status names"
