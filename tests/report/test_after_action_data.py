"""The data of the after-action report: they hold every act, and add up."""

import csv
from io import StringIO

import pytest
from after_action_cases import ADJUDICATOR, AGAIN, COURSE, ENDED, REVEALED, SECRET, TEAM, exercise, inputs

from tabletop.exercise.act_rules import RULES
from tabletop.exercise.acts import (
    Count,
    Extend,
    Leave,
    LogEntry,
    MoveSeat,
    Open,
    Remove,
    Reopen,
    Respond,
    Show,
    TakePen,
)
from tabletop.exercise.adjudication import BASELINE
from tabletop.exercise.disclosure import UNDISCLOSED
from tabletop.exercise.msel import msel
from tabletop.measures import MEASURES
from tabletop.report.after_action import ReportInput
from tabletop.report.after_action.data import tables
from tabletop.spreadsheet import unguarded


def rows(name, lines=ENDED):
    made = tables(inputs(lines))[name].decode()
    return [{key: unguarded(cell) for key, cell in row.items()} for row in csv.DictReader(StringIO(made))]


def test_the_log_holds_every_act_of_a_terminal_and_reads_back_to_equal_entries():
    entries = exercise().entries
    assert {type(entry.act) for entry in entries} == {type(act) for _, act in COURSE}
    elsewhere = {Open, Leave, Remove, MoveSeat, TakePen, Reopen, Extend, Show, Count}
    assert {type(act) for _, act in COURSE} | elsewhere == set(RULES)
    read = [
        LogEntry.model_validate_json(line) for line in tables(inputs())["log.jsonl"].decode().splitlines()
    ]
    assert tuple(read) == entries
    assert tuple(LogEntry.model_validate_json(row["entry"]) for row in rows("log.csv")) == entries
    for row, entry in zip(rows("log.csv"), entries, strict=True):
        assert (int(row["line"]), float(row["at"]), row["by"], row["act"]) == (
            entry.number,
            entry.at,
            entry.by,
            entry.act.act,
        )


def test_minutes_do_not_count_pauses():
    minutes = {int(row["line"]): float(row["minute"]) for row in rows("log.csv")}
    assert (minutes[1], minutes[11], minutes[12], minutes[13]) == (0, 10, 10, 11)


def test_before_endex_the_secret_is_masked_in_the_log():
    for lines in (1, REVEALED, AGAIN, ENDED - 2):
        made = tables(inputs(lines))
        assert UNDISCLOSED.encode() in made["log.jsonl"]
        assert all(SECRET.encode() not in content for content in made.values())


def test_outcomes_have_a_row_for_each_stretch_team_and_measure():
    found = rows("outcomes.csv")
    stretches = ("move 1", "move 2", "whole", "epilogue")
    assert [(row["stretch"], row["team"], row["measure"]) for row in found] == [
        (stretch, team, name)
        for stretch in stretches
        for team in ("baseline", "Alpha", TEAM)
        for name in MEASURES
    ]
    assert {row["measure"]: row["seen"] for row in found} == {
        name: "observable" if one.observable else "hidden" for name, one in MEASURES.items()
    }


def test_in_outcomes_world_policy_and_meeting_add_up_to_realised_less_the_baselines_mean():
    found = {(row["stretch"], row["team"], row["measure"]): row for row in rows("outcomes.csv")}
    counted = 0
    for (stretch, team, measure), row in found.items():
        base = found[stretch, "baseline", measure]
        if row["world"]:
            total = float(row["realised"]) - float(base["mean"])
            parts = (float(row["world"]), float(row["policy"]), float(row["interaction"]))
            assert sum(parts) == pytest.approx(total, abs=1e-9)
            assert row["world"] == base["world"]
            assert (float(row["policy"]), float(row["interaction"])) == (0, 0) or team != "baseline"
            counted += 1
    assert counted > 300
    assert any(float(row["policy"] or 0) for row in found.values())


def test_outcomes_are_the_adjudicators():
    whole = inputs().outcomes.so_far[-1]
    row = next(
        row
        for row in rows("outcomes.csv")
        if (row["stretch"], row["team"], row["measure"]) == ("whole", "baseline", "harm")
    )
    assert float(row["realised"]) == whole.outcomes[BASELINE].value("harm")
    assert float(row["mean"]) == whole.outcomes[BASELINE].mean("harm")
    assert float(row["p10"]) <= float(row["mean"]) <= float(row["p90"])


def test_in_play_outcomes_hold_only_what_was_seen_of_revealed_moves():
    found = rows("outcomes.csv", REVEALED + 4)
    assert {row["stretch"] for row in found} == {"move 1"}
    assert {row["seen"] for row in found} == {"observable"}
    assert {
        row[name] for row in found for name in ("mean", "p10", "p90", "world", "policy", "interaction")
    } == {""}
    assert {row["stretch"] for row in rows("outcomes.csv", AGAIN)} == {"move 1", "move 2"}


def test_decisions_tell_what_stood_at_the_end_of_each_move():
    found = {(row["move"], row["team"]): row for row in rows("decisions.csv")}
    assert list(found) == [("1", "Alpha"), ("1", TEAM), ("2", "Alpha"), ("2", TEAM)]
    first, second = found["1", "Alpha"], found["2", "Alpha"]
    assert (first["entry"], first["plays"], first["in_play"]) == ("D1 D2", "D1 D2", "D1 D2")
    assert (first["revision"], first["line"], first["silent"]) == ("2", "10", "false")
    assert (second["entry"], second["takes_back"], second["in_play"]) == ("R2 -D2", "D2", "D1 R2")
    assert (second["budget"], second["day"]) == ("75.0", "120.0")
    assert (found["1", TEAM]["silent"], found["1", TEAM]["line"]) == ("true", "")


def test_predictions_have_their_scores():
    (incidents, trust) = rows("predictions.csv")
    scored = inputs().outcomes.moves[0].scored("Alpha", "incidents", 0, 3)
    assert (incidents["team"], incidents["line"]) == ("Alpha", "16")
    assert float(incidents["score"]) == scored.score
    assert float(incidents["model_score"]) == scored.models_score
    assert trust["team"] == TEAM
    assert rows("predictions.csv", REVEALED - 1) == []


def test_the_events_list_tells_what_became_of_every_event_once_nothing_is_hidden():
    assert "msel.csv" not in tables(inputs(AGAIN))
    found = {row["Inject ID"]: row for row in rows("msel.csv")}
    assert list(map(int, (row["Event Number"] for row in found.values()))) == list(range(1, len(found) + 1))
    assert {row.id for row in msel(inputs().scenario)} < set(found)
    assert {name: found[name]["Status"] for name in ("alarm", "backlog", "help", "later")} == {
        "alarm": "released",
        "backlog": "skipped",
        "help": "released",
        "later": "released",
    }
    (response,) = (act for _, act in COURSE if isinstance(act, Respond))
    assert response.response in found[response.inject]["Actual Response"]


def test_no_cell_is_taken_for_a_formula():
    made = tables(inputs())
    for name in ("log.csv", "outcomes.csv", "decisions.csv", "predictions.csv", "msel.csv"):
        for row in csv.reader(StringIO(made[name].decode())):
            # a number below 0 is none
            assert not any(cell[:1] in tuple("=+@\t\r") for cell in row if cell)
    assert f"'{TEAM}" in made["decisions.csv"].decode()


def test_an_exercise_without_anything_to_decide_has_no_decisions():
    from exercise.room import TEXT
    from tabletop.exercise.acts import BeginMove, Lock, Reveal, Start

    form = TEXT.index("  decision_form:")
    made = exercise(0, text=TEXT[:form].replace(", budget: -7", ""))
    start = Start(secret="s", teams=("Alpha", "Bravo"), others=3)
    for act in (start, BeginMove(move=1), Lock(), Reveal()):
        made.do("controller", act, at=0.0)
    found = tables(ReportInput.of(made, ADJUDICATOR))
    assert found["decisions.csv"].decode().count("\n") == 1
    assert found["outcomes.csv"].decode().count("\n") > 50
