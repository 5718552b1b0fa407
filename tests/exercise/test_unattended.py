"""Unattended play: a decisions file is checked whole, and played on a logical clock.

It goes on where it stood.
"""
# ruff: noqa: E501 - what is told stands on one line, as it does on the screen

from itertools import pairwise

import pytest

from exercise.room import SMALL, TEXT
from tabletop.errors import ScenarioError, TabletopError
from tabletop.exercise.acts import Lock, Reveal, Start, Submit
from tabletop.exercise.decisions_file import Written
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.unattended import perform, planned_course

GOOD = """\
secret: autumn
others: 3
teams: [Alpha, Bravo]
moves:
  - decisions: {Alpha: D1 D2, Bravo: keep}
    predictions:
      Alpha: {incidents: [1, 3], trust_mean: [0.4, 0.6]}
    evaluators:
      - {by: evaluator 1, entry: {act: note, text: They asked why., objective: weigh}}
    controller:
      - {act: skip, inject: backlog, reason: no time}
  - controller:
      - {act: release, inject: help}
    decisions: {Alpha: -D2 -D1}
remarks:
  - {act: remark, team: Alpha, text: We were late.}
evaluators:
  - {entry: {act: rate, objective: weigh, rating: S, text: Some trouble.}}
"""


def written(tmp_path, text: str = GOOD) -> Written:
    """The decisions in a text, read from a file."""
    path = tmp_path / "decisions.yaml"
    path.write_text(text)
    return Written.load(path)


def problem(tmp_path, text: str) -> str:
    """What is wrong with a decisions file, on one line."""
    with pytest.raises(ScenarioError) as wrong:
        planned_course(SMALL, written(tmp_path, text))
    (told,) = str(wrong.value).splitlines()
    return told.removeprefix(f"{tmp_path}/")


def test_a_file_is_played_at_the_planned_minutes(tmp_path):
    course, end = planned_course(SMALL, written(tmp_path))
    minutes = {type(deed.act): deed.at / 60 for deed in course}
    assert course[0].act == Start(secret="autumn", teams=("Alpha", "Bravo"), others=3)
    assert [deed.at / 60 for deed in course if isinstance(deed.act, Submit)] == [20, 20, 35]
    assert [deed.at / 60 for deed in course if isinstance(deed.act, Lock)] == [21, 36]
    assert [deed.at / 60 for deed in course if isinstance(deed.act, Reveal)] == [22, 37]
    assert course[-1].at / 60 == SMALL.exercise.planned_minutes == 60
    assert all(early.at <= late.at for early, late in pairwise(course))
    assert end.hand("Alpha").codes == ()
    assert len(minutes) == 13


def test_effects_and_references_are_written_as_lists(tmp_path):
    text = GOOD.replace(
        "      - {act: release, inject: help}\n",
        "      - {act: add, inject: storm, title: Storm, reason: r, effects: [{on: trust, multiply: 0.9}]}\n",
    ) + (
        "  - {entry: {act: observe, objective: weigh, kind: strength, observation: Good., reference: [1, 2]}}\n"
    )
    _, end = planned_course(SMALL, written(tmp_path, text))
    assert end.injects_in_force()[-1].effects[0].multiply == 0.9
    assert end.kept[-1].act.reference == (1, 2)


def test_it_goes_on_where_it_stood(tmp_path):
    course, end = planned_course(SMALL, written(tmp_path))
    exercise = Exercise.new(tmp_path / "a", text=TEXT, name="small.yaml")
    perform(exercise, course[:7])
    exercise.close()
    again = Exercise.open(tmp_path / "a")
    heard = []
    perform(again, course, lambda state, deed: heard.append((state.lines, deed)))
    assert again.state == end
    assert heard == list(enumerate(course, start=1))
    perform(again, course)
    assert len(again.entries) == len(course)


def test_another_course_is_refused_with_its_line(tmp_path):
    course, _ = planned_course(SMALL, written(tmp_path))
    exercise = Exercise.new(tmp_path / "a", text=TEXT, name="small.yaml")
    perform(exercise, course)
    other, _ = planned_course(SMALL, written(tmp_path, GOOD.replace("Alpha: D1 D2", "Alpha: D2 D1")))
    with pytest.raises(TabletopError, match=r"line 4 of its log is another \(submit, at 1200 s\)"):
        perform(Exercise.open(tmp_path / "a"), other)
    with pytest.raises(TabletopError, match="it goes on beyond these decisions"):
        perform(Exercise.open(tmp_path / "a"), course[:-1])


def test_without_a_secret_it_follows_from_the_scenario(tmp_path):
    first, _ = planned_course(SMALL, written(tmp_path, GOOD.replace("secret: autumn\n", "")))
    again, _ = planned_course(SMALL, written(tmp_path, GOOD.replace("secret: autumn\n", "")))
    assert first[0].act == again[0].act
    assert len(first[0].act.secret) == 32


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("secret:", "secrt:", "decisions.yaml:1: secrt: no such key; did you mean 'secret'?"),
        ("Bravo: keep", "Brava: keep", "decisions.yaml:5: moves[0].decisions.Brava: Brava: no such team; did you mean 'Bravo'?"),
        ("Alpha: D1 D2", "Alpha: D7", "decisions.yaml:5: moves[0].decisions.Alpha: D7: no such card; known: D1, D2, R1, R2, I1, P1"),
        ("Alpha: D1 D2", "Alpha: P1", "decisions.yaml:5: moves[0].decisions.Alpha: P1: the mix would cost 84.6 cost units a year, 2.6 above the budget of 82"),
        ("[1, 3]", "[3, 1]", "decisions.yaml:7: moves[0].predictions.Alpha.incidents: 3 to 1: write the lower end first, as 2 5"),
        ("[1, 3]", "[3]", "decisions.yaml:7: moves[0].predictions.Alpha.incidents[1]: missing; it has to be written"),
        ("incidents:", "harm:", "decisions.yaml:7: moves[0].predictions.Alpha.harm: harm: not predicted here; known: incidents, trust_mean"),
        ("inject: backlog", "inject: backlogs", "decisions.yaml:11: moves[0].controller[0]: backlogs: no such inject; did you mean 'backlog'?"),
        ("act: skip", "act: skipp", "decisions.yaml:11: moves[0].controller[0]: write act: and one of release, skip, add, override, respond, note"),
        (", reason: no time", "", "decisions.yaml:11: moves[0].controller[0].reason: missing; it has to be written"),
        ("rating: S", "rating: Q", "decisions.yaml:18: evaluators[0].entry.rating: 'Q': should be 'P', 'S', 'M' or 'U'"),
        ("others: 3", "others: 1", "decisions.yaml:2: others: 1: should be greater than or equal to 2"),
        ("others: 3", "others: many", "decisions.yaml:2: others: 'many': write a whole number"),
        ("[Alpha, Bravo]", "Alpha", "decisions.yaml:3: teams: 'Alpha': write a list, as [A, B]"),
        ("[Alpha, Bravo]", "[]", "decisions.yaml:3: teams: empty; write at least one"),
        ("[Alpha, Bravo]", f"[{', '.join(40 * 'A')}]", "decisions.yaml:3: teams: 40 entries; at most 30 are allowed"),
        ("secret: autumn", "secret: 7", "decisions.yaml:1: secret: 7: write a text, in quotes if it looks like something else"),
        ("{Alpha: D1 D2, Bravo: keep}", "D1", "decisions.yaml:5: moves[0].decisions: 'D1': write a mapping, each entry as 'name: value'"),
        ("[1, 3]", "many", "decisions.yaml:7: moves[0].predictions.Alpha.incidents: 'many': write two numbers, [low, high]"),
        ("[1, 3]", "[1, 2, 3]", "decisions.yaml:7: moves[0].predictions.Alpha.incidents: a list: write two numbers, [low, high]"),
        ("[1, 3]", "[few, 3]", "decisions.yaml:7: moves[0].predictions.Alpha.incidents[0]: 'few': write a number"),
        ("objective: weigh}", "objective: way}", "decisions.yaml:9: moves[0].evaluators[0]: way: no such objective; known: weigh"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_what_would_be_right(tmp_path, old, new, said):
    assert old in GOOD
    assert problem(tmp_path, GOOD.replace(old, new, 1)) == said


def test_a_file_with_another_number_of_moves_is_refused(tmp_path):
    head = GOOD[: GOOD.index("  - controller")]
    assert problem(tmp_path, head) == "decisions.yaml:4: moves: 1 move; the scenario has 2"


def test_what_is_no_decisions_file_is_told(tmp_path):
    assert problem(tmp_path, "") == (
        "decisions.yaml:1: nothing in it; write moves, each with the decisions of the teams"
    )
    with pytest.raises(ScenarioError, match="a directory; name a decisions file in it"):
        Written.load(tmp_path)
    assert "write a mapping" in problem(tmp_path, "- just a list\n")
    with pytest.raises(ScenarioError, match="no such file"):
        Written.load(tmp_path / "none.yaml")
    assert "tab in the indentation" in problem(tmp_path, "moves:\n\t- {}\n")
