"""Sheets that people filled in on paper: read, refused with the row, kept, and counted as participation."""

import csv
from io import StringIO

import pytest

from exercise.room import TEXT
from tabletop.errors import TabletopError
from tabletop.exercise.acts import LogEntry, Start
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.sheets import COLUMNS, NAME, SheetLine, as_csv, kept, read, take_in
from tabletop.exercise.state import State
from tabletop.scenario.load import loads

STATE = State.of(
    loads(TEXT, "small.yaml"),
    [LogEntry(number=1, at=0.0, by=CONTROLLER, act=Start(secret="x", teams=("Alpha", "Bravo"), others=5))],
)
LINES = (
    SheetLine("", "Alpha", "reason", 1, "D1", text="The queue is there."),
    SheetLine("17", "Alpha", "prediction", 1, "incidents", 0.0, 3.0),
    SheetLine("17", "Alpha", "reflection", item="2", text='=luck, "mostly"\nand a second line'),
    SheetLine("17", "Alpha", "peer", item="1", points=4),
)
HEAD = ",".join(COLUMNS)


def test_what_is_taken_in_is_kept_as_it_was(tmp_path):
    file = tmp_path / "typed.csv"
    file.write_text(as_csv(LINES), encoding="utf-8-sig")
    assert take_in(tmp_path / "folder", file, STATE) == LINES
    assert kept(tmp_path / "folder", STATE) == LINES
    (tmp_path / "none").mkdir()
    assert kept(tmp_path / "none", STATE) == ()


def test_no_cell_is_taken_for_a_formula():
    cells = [cell for row in csv.reader(StringIO(as_csv(LINES))) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_columns_that_are_of_no_use_may_be_left_out(tmp_path):
    file = tmp_path / "typed.csv"
    file.write_text("Team,Kind,Move,Item,Text\nBravo,Reason,1,D2,cheap\n\n")
    assert read(file, STATE) == (SheetLine("", "Bravo", "reason", 1, "D2", text="cheap"),)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,Alhpa,peer,,1,,,4,", "team 'Alhpa': no such team; did you mean 'Alpha'?"),
        ("1,Alpha,pear,,1,,,4,", "kind 'pear': no such kind of line; did you mean 'peer'?"),
        ("1,Alpha,peer,,1,,,6,", "points '6': write a whole number from 1 to 5"),
        ("1,Alpha,prediction,9,incidents,0,1,,", "move '9': write a whole number from 1 to 2"),
        ("1,Alpha,prediction,1,incident,0,1,,", "item 'incident': no measure that is predicted"),
        ("1,Alpha,prediction,1,incidents,3,1,,", "low 3 is above high 1"),
        ("1,Alpha,prediction,1,incidents,some,1,,", "low 'some': write a number"),
        ("1,Alpha,prediction,1,incidents,nan,1,,", "low 'nan': write a number"),
        (",Alpha,reflection,,1,,,,said", "sheet: empty; write the number of the sheet"),
        ("1,Alpha,peer,,1,,,4,,,", "11 cells under 9 headings"),
        ('1,Alpha,peer,,"1', "not CSV"),
    ],
)
def test_a_row_that_is_no_line_of_a_sheet_is_told_and_nothing_is_kept(tmp_path, row, says):
    file = tmp_path / "typed.csv"
    file.write_text(f"{HEAD}\n1,Alpha,reflection,,1,,,,fine\n{row}\n")
    with pytest.raises(TabletopError) as refused:
        take_in(tmp_path, file, STATE)
    assert says in str(refused.value)
    assert f"{file}:3" in str(refused.value)
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty; its first row names the columns"),
        (b"sheet,taem,kind\n", ":1: 'taem': no such column; did you mean 'team'?"),
        (b"sheet,kind\n", ":1: no column 'team'"),
        (b"team,kind,text\nAlpha,reflection,\xff\n", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_list_of_sheets_is_told(tmp_path, data, says):
    file = tmp_path / "typed.csv"
    file.write_bytes(data)
    with pytest.raises(TabletopError) as refused:
        read(file, STATE)
    assert says in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TabletopError, match="no such file"):
        read(tmp_path / "none.csv", STATE)
