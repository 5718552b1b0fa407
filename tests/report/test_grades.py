"""Participation: what the log and sheets show of it, counted by a second route."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from after_action_cases import COURSE, ENDED, REVEALED, TEAM, inputs

from tabletop.exercise.acts import Note, Predict, Respond, Submit
from tabletop.exercise.sheet_line import SheetLine
from tabletop.report.after_action import after_action_files
from tabletop.report.after_action.grades import grades

SHEETS = (
    SheetLine("", "Alpha", "reason", 1, "D1", text="The queue."),
    SheetLine("", "Alpha", "reason", 1, "D2", text="And the next one."),
    SheetLine("", "Alpha", "reason", 2, "R2", text=""),
    SheetLine("17", "Alpha", "prediction", 1, "incidents", 0.0, 3.0),
    SheetLine("17", "Alpha", "prediction", 1, "incidents", 1000.0, 2000.0),
    SheetLine("17", "Alpha", "reflection", item="1", text="three words here"),
    SheetLine("17", "Alpha", "peer", item="1", points=4),
    SheetLine("17", "Alpha", "peer", item="2", points=5),
)


def table(name, sheets=SHEETS, lines=ENDED):
    made = after_action_files(replace(inputs(lines), sheets=sheets))
    return [*csv.DictReader(StringIO(made[name].decode()))] if name in made else None


def test_a_team_s_row_counts_what_the_course_holds():
    row = table("grades.csv")[0]
    acts = [act for by, act in COURSE if getattr(act, "team", None) == "Alpha"]
    assert row["team"] == "Alpha"
    assert row["moves"] == "2"
    assert row["decisions"] == "2"
    assert sum(isinstance(act, Submit) for act in acts) == 3  # one of them was replaced
    assert row["decisions_with_reason"] == "1"  # a reason without words is none
    assert row["predictions"] == str(sum(isinstance(act, Predict) for act in acts)) == "1"
    assert row["predictions_possible"] == "4"
    assert row["injects_answered"] == str(sum(isinstance(act, Respond) for act in acts)) == "1"
    assert row["sheets"] == "1"
    other = {row["team"].removeprefix("'"): row for row in table("grades.csv")}[TEAM]
    assert other["notes"] == str(sum(isinstance(act, Note) and act.team == TEAM for _, act in COURSE)) == "1"
    assert other["injects_answered"] == "0"


def test_width_and_score_are_in_widths_of_the_baselines_range():
    row = table("grades.csv")[0]
    scored = inputs().outcomes.moves[0].scored("Alpha", "incidents", 0, 3)
    assert float(row["mean_width"]) == pytest.approx(3 / scored.scale)
    assert float(row["mean_score"]) == pytest.approx(scored.score)
    assert float(row["should_hold"]) == pytest.approx(0.8)
    assert row["held"] == str(int(0 <= scored.happened <= 3))


def test_no_grade_rests_on_an_outcome_but_through_a_prediction():
    columns = set(table("grades.csv")[0])
    assert not any("incidents" in name or "cost" in name or "trust" in name for name in columns)


def test_an_individual_s_row_counts_what_the_sheets_hold():
    (row,) = table("individual.csv")
    assert (row["team"], row["sheet"], row["predictions"]) == ("Alpha", "17", "2")
    assert row["held"] == str(int(0 <= inputs().outcomes.moves[0].outcomes["Alpha"].value("incidents") <= 3))
    assert (row["reflections"], row["words_of_reflection"]) == ("1", "3")
    assert (row["peer_forms"], float(row["peer_points"])) == ("2", 4.5)


def test_without_sheets_reasons_are_missing_and_there_is_no_individual_table():
    assert table("individual.csv", ()) is None
    assert {row["decisions_with_reason"] for row in table("grades.csv", ())} == {""}


def test_evaluators_notes_are_not_counted_before_the_hot_wash():
    assert {row["notes"] for row in table("grades.csv", (), REVEALED)} == {""}


def test_a_response_counts_for_those_whom_the_inject_reached():
    whole = inputs()
    (response,) = (entry for entry in whole.entries if isinstance(entry.act, Respond))

    def answered(act):
        entries = (*whole.entries, response.model_copy(update={"act": act}))
        seen = replace(whole, disclosed=replace(whole.disclosed, entries=entries))
        return [row["injects_answered"] for row in csv.DictReader(StringIO(grades(seen).csv()))]

    assert answered(response.act) == ["1", "0"]
    assert answered(Respond(inject="backlog", response="So an older log: it was skipped.")) == ["1", "0"]
    assert answered(Respond(inject="alarm", response="All of them.")) == ["1", "1"]
    assert answered(Respond(inject="help", response="All of them.")) == ["2", "1"]
