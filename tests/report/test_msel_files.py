"""The events list as a file: its columns, its letters, its bytes."""

import csv
import time
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.two_moves import TEXT, changed, scenario
from tabletop.errors import TabletopError
from tabletop.exercise.msel import msel
from tabletop.report.msel import msel_csv, msel_xlsx
from tabletop.report.msel.lists import list_file
from tabletop.spreadsheet import guarded, unguarded

FIELDS = [
    "Event Number", "Designated Scenario Time", "Planned Minute", "Event Type", "Inject Mode", "From", "To",
    "Message", "Expected Participant Response", "Exercise Objective", "Responsible Controller", "Notes",
    "Move", "Trigger", "Model Effect", "Status", "Actual Time", "Actual Response",
]  # fmt: skip


def sheet(**options):
    return openpyxl.load_workbook(BytesIO(msel_xlsx(msel(scenario()), title="Two moves", **options)))["MSEL"]


def test_the_columns_are_the_fields_of_the_design_and_then_those_of_our_own():
    headings = [cell.value for cell in sheet()[1]]
    assert headings == [
        *FIELDS, "Title", "Inject ID", "Row Check", "Attachments", "Thread", "Options", "Source ID",
    ]  # fmt: skip
    assert next(csv.reader(StringIO(msel_csv(msel(scenario()))))) == headings


def test_workbook_and_csv_say_the_same():
    told = list(csv.reader(StringIO(msel_csv(msel(scenario())), newline="")))
    there = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet().iter_rows()]
    assert told == there


def test_every_inject_is_marked_as_one_of_an_exercise():
    for row in sheet().iter_rows(min_row=2, values_only=True):
        if row[3] != "Expected Action":
            assert row[7].startswith("EXERCISE:")


def test_every_printed_page_is_marked_and_as_wide_as_the_paper():
    found = sheet()
    assert found.oddHeader.center.text == "EXERCISE"
    assert found.oddFooter.center.text == "EXERCISE"
    assert found.page_setup.orientation == "landscape"
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert found.print_title_rows == "$1:$1"
    assert found.page_setup.paperSize == 9
    assert sheet(paper="us-letter").page_setup.paperSize == 1


def test_the_heading_stays_in_sight_and_long_texts_wrap():
    found = sheet()
    assert found.freeze_panes == "B2"
    assert all(cell.alignment.wrap_text for row in found.iter_rows() for cell in row)
    assert all(found.row_dimensions[row].height >= 15 for row in range(2, found.max_row + 1))


def test_two_writes_at_different_times_are_the_same_bytes():
    first = list_file(scenario(), "two_moves", ".xlsx")
    time.sleep(2.1)  # a zip member's time has steps of two seconds
    assert list_file(scenario(), "two_moves", ".xlsx") == first


def test_the_workbook_bears_the_date_that_it_is_given():
    book = msel_xlsx(msel(scenario()), title="Two moves", when=datetime(2031, 5, 6, 7, 8, tzinfo=UTC))
    properties = openpyxl.load_workbook(BytesIO(book)).properties
    assert properties.created == properties.modified == datetime(2031, 5, 6, 7, 8)  # noqa: DTZ001 (as openpyxl reads it)
    assert {member.date_time for member in ZipFile(BytesIO(book)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_begins_like_a_formula_is_text_in_both_formats(begins):
    found = scenario(
        TEXT.replace("'Read it twice; it''s short.'", repr(begins) if "'" not in begins else f'"{begins}"')
    )
    cell = openpyxl.load_workbook(BytesIO(list_file(found, "two_moves", ".xlsx")))["MSEL"]["L2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (begins, "s", True)
    told = list(csv.reader(StringIO(list_file(found, "two_moves", ".csv").decode(), newline="")))
    assert told[1][11] == f"'{begins}"


@given(st.text(alphabet="'=+-@\t ax", max_size=6))
def test_guarding_a_text_can_be_undone(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))


def test_csv_is_utf8_with_plain_line_ends():
    told = list_file(scenario(), "two_moves", ".csv")
    assert b"\r" not in told
    assert told.decode().startswith("\ufeffEvent Number,")  # the mark of UTF-8, for spreadsheets
    assert "−2 cost units" in told.decode()


def test_a_list_without_rows_or_objectives_is_still_a_workbook():
    book = msel_xlsx((), title="Nothing & nobody")
    assert openpyxl.load_workbook(BytesIO(book))["MSEL"].max_row == 1
    moves = tuple(move.model_copy(update={"injects": ()}) for move in scenario().exercise.moves)
    assert list_file(changed(objectives=(), moves=moves), "two_moves", ".xlsx")


def test_a_scenario_without_an_exercise_has_no_list():
    with pytest.raises(TabletopError, match=r"plain\.yaml: no `exercise:` block"):
        list_file(scenario().model_copy(update={"exercise": None}), "plain.yaml", ".csv")
