import csv
import io
from pathlib import Path

import pytest

from support.lively import history, lively
from tabletop import TabletopError
from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.eventlog.entries import KINDS, entries
from tabletop.eventlog.formats import writer
from tabletop.eventlog.table import as_csv
from tabletop.pools import POOLS
from tabletop.story import subject_name
from tabletop.world import Step, movement_code

INJECTS = [inject.id for inject in lively().injects]


@pytest.fixture(scope="module")
def table():
    return list(csv.DictReader(io.StringIO(as_csv(history().journal, INJECTS))))


def counted(table, step, label=None):
    """Rows of the exercise itself."""
    return [
        row
        for row in table
        if row["step"] == step and float(row["day"]) >= 0 and label in (None, row["label"])
    ]


def test_the_table_reads_back_to_the_journal_bit_by_bit(table):
    journal, codes = history().journal, {name: code for code, (name, _) in KINDS.items()}
    assert [float(row["day"]) for row in table] == list(journal.days)
    assert [codes[row["step"]] for row in table] == list(journal.steps)
    assert [int(row["number"]) for row in table] == list(journal.subjects)
    assert [float(row["value"] or 0) for row in table] == list(journal.values)


def test_subjects_bear_the_names_of_the_story(table):
    assert {row["subject"] for row in table if row["number"] == "0"} == {""}
    assert all(row["subject"] == subject_name(int(row["number"])) for row in table if row["number"] != "0")


@pytest.mark.parametrize("mix", ["usual", "later", "unlimited"])
def test_the_table_counts_what_the_measures_count(mix):
    run = history(mix)
    table = list(csv.DictReader(io.StringIO(as_csv(run.journal))))
    assert len(counted(table, "incident")) == run.measures["incidents"] > 0
    assert sum(float(row["value"]) for row in counted(table, "incident")) == pytest.approx(
        run.measures["harm"]
    )
    assert len(counted(table, "case opened")) == run.measures["cases_opened"] > 0
    wrongful = counted(table, "case closed", "wrongful")
    assert len(wrongful) == run.measures["wrongful_interventions"]
    genuine = [row for row in counted(table, "reported") if row["value"] == "1.0"]
    assert len(genuine) == run.measures["reports_genuine"] > 0


def test_the_same_journal_gives_the_same_bytes_with_lf(table):
    text = as_csv(history().journal, INJECTS)
    again = as_csv(history.__wrapped__().journal, INJECTS)
    assert text == again
    assert "\r" not in text
    assert text.endswith("\n")
    assert text.count("\n") == len(table) + 1


def test_every_step_that_the_model_can_note_has_a_name_of_its_own():
    codes = {step for step in Step if step is not Step.POOL}
    codes |= {movement_code(pool, movement) for pool in POOLS for movement in Movement}
    assert set(KINDS) == codes
    assert len({name for name, _ in KINDS.values()}) == len(codes)


@pytest.mark.parametrize("mix", ["usual", "later", "unlimited"])
def test_a_value_without_a_meaning_says_nothing(mix):
    journal = history(mix).journal
    told = zip(entries(journal), journal.values, strict=True)
    assert {value for entry, value in told if entry.meaning is None} == {0.0}


def test_coded_values_are_told_in_words(table):
    assert {row["label"] for row in table if row["step"] == "injected"} == {"rumours"}
    assert {row["label"] for row in table if row["step"] == "trace left"} == {
        "intelligence",
        "community",
        "border",
        "partner",
    }
    assert {row["label"] for row in table if row["step"] == "liaison officers: queued"} == {"in", "out"}
    assert {row["label"] for row in table if row["meaning"] == "evidence"} == {""}


def test_what_has_no_limit_is_infinite():
    journal = Journal()
    journal.note(0.1, Step.CHARGED, 0, float("inf"))
    assert as_csv(journal).splitlines()[1] == "0.1,charged,,0,inf,custody_limit_days,"


def test_another_ending_of_the_file_is_told_with_what_would_be_right():
    assert writer(Path("events.CSV")) is as_csv
    with pytest.raises(TabletopError, match=r"events\.xml: '\.xml' is no format .* \.csv .* \.jsonocel"):
        writer(Path("events.xml"))
