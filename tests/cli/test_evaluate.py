"""`tabletop evaluate`: what evaluators write, on a terminal of their own, in play and after EndEx."""

from datetime import timedelta

import pytest

from cli.terminal import run, typed
from exercise.room import opened, passed
from tabletop.errors import TabletopError
from tabletop.exercise.acts import End
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.log import SERVE
from tabletop.exercise.roles import CONTROLLER
from tabletop.report.after_action.overview import overview
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.statement import Said


def said_by(exercise):
    return [(entry.by, entry.act.act) for entry in Exercise.open(exercise.folder).state.kept]


@pytest.fixture
def evaluated(capsys, monkeypatch):
    def evaluate(exercise, *lines, options=()):
        typed(monkeypatch, *lines)
        code, out, err = run(capsys, "evaluate", exercise.folder, *options)
        return code, " ".join(out.split()), err

    return evaluate


def test_evaluators_write_beside_a_class_that_goes_on(tmp_path, evaluated):
    exercise = opened(tmp_path)
    with exercise.in_charge():  # the controller's terminal
        code, out, _ = evaluated(
            exercise,
            "note Alpha: They hurry.",
            "rate 1 s they asked late",
            "observe 1 - No date was set. | It came late. | 2",
            "improve Late tips | Train the tip line | training",
            "quit",
            options=("--as", "evaluator 2"),
        )
        assert code == 0
        assert "Note on Alpha: They hurry." in out
        exercise.catch_up()
        assert [(entry.by, entry.act.act) for entry in exercise.state.kept] == [
            ("evaluator 2", "note"),
            ("evaluator 2", "rate"),
            ("evaluator 2", "observe"),
            ("evaluator 2", "improve"),
        ]
        passed(exercise)  # the class goes on
    note, rate, observe, improve = (entry.act for entry in Exercise.open(exercise.folder).state.kept)
    assert (note.team, note.text) == ("Alpha", "They hurry.")
    assert (rate.objective, rate.rating, rate.text) == ("weigh", "S", "they asked late")
    assert (observe.kind, observe.analysis, observe.reference) == (
        "area for improvement",
        "It came late.",
        (2,),
    )
    assert improve.capability_element == "Training"


def test_the_ratings_are_there_in_full_and_the_objectives_with_their_numbers(tmp_path, evaluated):
    _, out, _ = evaluated(opened(tmp_path), "rate 1 M", "objectives")
    for letter, says in (
        ("P", "Performed without challenges."),
        ("S", "Performed with some challenges."),
        ("M", "Performed with major challenges."),
        ("U", "Unable to be performed."),
    ):
        assert f"{letter} {says}" in out
    assert "1 weigh: Weigh rights and security." in out
    assert "1 weigh: Weigh rights and security. (rated M)" in out


def test_it_is_possible_after_endex_and_says_how_the_report_gets_it(tmp_path, evaluated):
    exercise = passed(passed(opened(tmp_path)))
    exercise.do(CONTROLLER, End(), at=0.0)
    exercise.close()
    code, out, _ = evaluated(exercise, "observe weigh + They asked first.")
    assert code == 0
    assert said_by(exercise) == [("evaluator", "observe")]
    assert f"tabletop report {exercise.folder} --overwrite" in out.replace("- ", "-") or "--overwrite" in out


def test_the_lines_of_the_log_can_be_read_without_the_secret(tmp_path, evaluated):
    exercise = opened(tmp_path)
    _, out, _ = evaluated(exercise, "note They hurry.", "lines")
    assert "2 Move 1 begins" in out
    assert "3 Note: They hurry." in out
    assert "Secret: disclosed at EndEx" in out


def test_how_many_came_is_counted_in_numbers_and_the_last_count_stands_in_the_report(tmp_path, evaluated):
    exercise = opened(tmp_path)
    number = ("Number of Participants", Said("not counted"))
    adjudicator = Adjudicator(InterimCache())

    def overview_rows():
        found = ReportInput.of(Exercise.open(exercise.folder), adjudicator, offset=timedelta(0))
        return overview(found).blocks[0].rows

    passed(passed(exercise))
    assert number in overview_rows()
    exercise.close()
    _, out, _ = evaluated(exercise, "count 12 players and 1 Evaluator", "count 14 players, 2 observers")
    assert "How many came: players 12, evaluators 1" in out
    lines = len(Exercise.open(exercise.folder).entries)
    assert ("Number of Participants", Said("players 14, observers 2", (lines,))) in overview_rows()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Late | Train | Public warning | training | The host | The office | 2026-12-01 | 2027-03-01",
            ("Public warning", "Training", "The host", "The office", "2026-12-01", "2027-03-01"),
        ),
        # a core capability that has the name of an element
        ("Late | Train | Planning | equipment", ("Planning", "Equipment", "", "", "", "")),
        ("Late | Train | | planning | | The office", ("", "Planning", "", "The office", "", "")),
        ("Late | Train | planning", ("", "Planning", "", "", "", "")),
        (
            "Late | Train | planning | The host | The office",
            ("", "Planning", "The host", "The office", "", ""),
        ),
    ],
)
def test_a_line_of_the_improvement_plan_has_all_that_hseep_asks_for(tmp_path, evaluated, line, said):
    exercise = opened(tmp_path)
    _, out, _ = evaluated(exercise, f"improve {line}")
    (act,) = (entry.act for entry in Exercise.open(exercise.folder).state.kept)
    parts = (act.capability, act.capability_element, act.primary_responsible, act.contact, act.start)
    assert (act.issue, act.corrective_action, *parts, act.completion) == ("Late", "Train", *said)
    assert "CORE CAPABILITY | CAPABILITY ELEMENT | WHO IS RESPONSIBLE | CONTACT | START | COMPLETION" in out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("rate 2 S", "rate: 2: no such objective; known: 1 weigh"),
        ("rate", "rate: nothing: no such objective; known: 1 weigh"),
        ("rate 1 Q", "Q: write P, S, M or U: P performed without challenges"),
        ("observe 1 They saw it", "They saw it: write + or -, then what was seen"),
        ("observe 1 - Late | | 99", "Refused: reference: line 99 is not in the log"),
        ("improve Late", "Late: write the issue | what corrects it"),
        ("improve Late | Train | Warning | trains", "the core capability, or nothing | one of Planning"),
        ("note", "text: missing; see `help`"),
        ("count", "write at least one number, as 12 players"),
        ("count twelve players", "twelve players: write numbers and no names, as 24 players, 2 observers"),
        ("count 3 Smiths", "3 Smiths: write numbers and no names"),
        ("count 3 players, 1 player", "1 player: players are counted twice"),
        ("count 0 players", "players: 0: write 1 or more"),
        (
            "rte 1 S",
            "“rte 1 S” is no answer here; did you mean 'rate'? It begins with note, rate, observe, improve",
        ),
        ("release help", "“release help”: what was meant?"),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_is_written(tmp_path, evaluated, line, says):
    exercise = opened(tmp_path)
    _, out, _ = evaluated(exercise, line)
    assert says in out
    assert said_by(exercise) == []


def test_beside_a_class_on_phones_evaluators_are_sent_to_their_page(tmp_path, evaluated):
    opened(tmp_path).close()
    exercise = Exercise.open(tmp_path / "room")
    with exercise.in_charge(SERVE):
        code, _, err = evaluated(exercise, "note They hurry.")
        assert code == 2
        assert f"{exercise.folder}: this class is served to phones" in err
        assert "open the link for evaluators, which the controller's monitor gives out" in err
        with pytest.raises(TabletopError, match=r"process \d+ \(tabletop serve\) is writing there; the exe"):
            Exercise.open(exercise.folder).log.hold()
    assert said_by(exercise) == []
    code, _, _ = evaluated(exercise, "note They hurried.")  # once it has ended
    assert (code, said_by(exercise)) == (0, [("evaluator", "note")])


def test_a_class_on_phones_that_was_killed_stops_no_evaluator(tmp_path, evaluated):
    exercise = opened(tmp_path)
    exercise.close()
    (exercise.folder / ".lock").write_text("process 1 (tabletop serve)")
    code, _, _ = evaluated(exercise, "note They hurried.")
    assert (code, said_by(exercise)) == (0, [("evaluator", "note")])


def test_only_evaluators_evaluate_and_only_an_exercise_that_has_begun(tmp_path, evaluated):
    from exercise.room import TEXT

    exercise = opened(tmp_path)
    for name in ("controller", "Alpha"):
        code, _, err = evaluated(exercise, "note x", options=("--as", name))
        assert (code, err) == (2, f"--as: '{name}' is no evaluator; write a function, as 'evaluator 2'\n")
    code, _, err = evaluated(exercise, "note x", options=("--as", "Ms Smith"))
    assert code == 2
    assert "evaluators are named as 'evaluator 2'" in err
    planned = Exercise.new(tmp_path / "planned", text=TEXT, name="small.yaml")
    code, _, err = evaluated(planned, "note x")
    assert (code, err) == (2, f"{planned.folder}: it is before StartEx; evaluators begin at StartEx\n")
    assert said_by(exercise) == []


@pytest.mark.parametrize(
    "name", ["evaluator \x1b[2J", "evaluator\n2", "evaluator " + "x" * 5000, "evaluator \u202e"]
)
def test_a_name_that_no_screen_should_be_given_is_refused(tmp_path, evaluated, name):
    exercise = opened(tmp_path)
    code, out, err = evaluated(exercise, options=("--as", name))
    assert (code, out) == (2, "")
    assert err.startswith("--as: '")
    assert "as 'evaluator 2'" in err
    assert err.count("\n") == 1
    assert len(err) < 400
    assert not {"\x1b", "\u202e"} & {*err}
