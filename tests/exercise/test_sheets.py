"""Sheets that people filled in on paper: read, refused with the row, kept, and counted as participation."""

import csv
from io import StringIO

import pytest

from exercise.room import TEXT
from tabletop.errors import TabletopError
from tabletop.exercise.acts import BeginMove, LogEntry, Start, Submit
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.sheet_line import COLUMNS, SheetLine
from tabletop.exercise.sheets import NAME, as_csv, kept, read, take_in
from tabletop.exercise.state import State
from tabletop.scenario.load import loads

ACTS = (
    Start(secret="x", teams=("Alpha", "Bravo"), others=5),
    BeginMove(move=1),
    Submit(team="Alpha", entry="D1"),
    Submit(team="Bravo", entry="D2 R1"),
)
STATE = State.of(
    loads(TEXT, "small.yaml"),
    [LogEntry(number=line, at=0.0, by=CONTROLLER, act=act) for line, act in enumerate(ACTS, start=1)],
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
        ("1,Alpha,prediction,1,incidents,3,1,,", "3 to 1: write the lower end first"),
        ("1,Alpha,prediction,1,incidents,some,1,,", "low 'some': write a number"),
        ("1,Alpha,prediction,1,incidents,nan,1,,", "low 'nan': write a number"),
        (",Alpha,reflection,,1,,,,said", "sheet: empty; write the number of the sheet"),
        ("1,Alpha,peer,,1,,,4,,,more", "11 cells under 9 headings"),
        ("1,Alpha,prediction,1,trust_mean,0.5,60,,", "trust_mean is 0 to 1; here are 0.5 to 60"),
        ("1,Alpha,prediction,1,incidents,-1,3,,", "incidents is 0 or more; here are -1 to 3"),
        ("1,Alpha,prediction,1,incidents,0.5,3,,", "is a count, of whole numbers; here are 0.5 to 3"),
        ("1,Alpha,reflection,,4,,,,said", "item '4': the individual sheet has numbers 1 to 3"),
        ("1,Alpha,reflection,,,,,,said", "item '': the individual sheet has numbers 1 to 3"),
        ("1,Alpha,peer,,5,,,4,", "item '5': the peer form has numbers 1 to 4"),
        (",Alpha,reason,1,ZZ,,,,so", "item 'ZZ': no such card; known: D1, D2, R1"),
        (",Alpha,reason,1,D2,,,,so", "item 'D2': Alpha did not decide that in move 1; it decided D1"),
        (",Alpha,reason,2,D1,,,,so", "Alpha decided nothing in move 2, and has no reason"),
        ("1,Alpha,reflection,,1.,,,,again", "sheet 1 of Alpha: reflection 1 stands in line 2 already"),
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
        (b"team,kind,text\nAlpha,reflection,\x81\n", ":2: neither UTF-8 nor Windows-1252"),
        (b"team,kind,Team \n", ":1: two columns 'team'; leave one of them"),
        (b"PK\x03\x04rest", "a workbook; save its sheet as CSV"),
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


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        (
            "17,Alpha,prediction,1,incidents,0,3,,",
            "17,alpha,prediction,1,Incidents,1,3,,",
            "incidents in move 1",
        ),
        (",Bravo,reason,1,R1,,,,so", ",Bravo,Reason,1,-r1,,,,or so", "Bravo: reason R1 in move 1"),
    ],
)
def test_a_second_row_for_the_same_is_refused_naming_the_first(tmp_path, first, second, named):
    file = tmp_path / "typed.csv"
    file.write_text(f"{HEAD}\n{first}\n18,Alpha,reflection,,1,,,,fine\n")
    assert len(read(file, STATE)) == 2
    file.write_text(f"{HEAD}\n{first}\n18,Alpha,reflection,,1,,,,fine\n{second}\n")
    with pytest.raises(TabletopError) as refused:
        read(file, STATE)
    assert f"{file}:4: " in str(refused.value)
    assert f"{named} stands in line 2 already; leave one of them" in str(refused.value)


def test_several_peers_say_the_same_of_one_person(tmp_path):
    file = tmp_path / "typed.csv"
    file.write_text(f"{HEAD}\n" + "17,Alpha,peer,,1,,,4,\n" * 3)
    assert len(read(file, STATE)) == 3


def test_headings_alone_leave_what_was_taken_in_before(tmp_path):
    file = tmp_path / "typed.csv"
    file.write_text(as_csv(LINES))
    take_in(tmp_path, file, STATE)
    file.write_text(f"{HEAD}\n,,,,,,,,\n")
    with pytest.raises(TabletopError, match="no row below the headings; what was taken in before is left"):
        take_in(tmp_path, file, STATE)
    assert kept(tmp_path, STATE) == LINES


def test_what_was_kept_is_read_although_a_decision_was_replaced_since(tmp_path):
    """What a rule refuses today, an earlier version may have taken in."""
    (tmp_path / NAME).write_text(as_csv([SheetLine("", "Alpha", "reason", 1, "ZZ", text="so")]))
    assert [line.item for line in kept(tmp_path, STATE)] == ["ZZ"]


@pytest.mark.parametrize(
    ("encoding", "divider"),
    [("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";"), ("utf-8", "|"), ("cp1252", ","), ("utf-16", ";")],
)
def test_what_spreadsheets_of_other_countries_save_is_taken_in(tmp_path, encoding, divider):
    file = tmp_path / "typed.csv"
    decimal = "0.4" if divider == "," else "0,4"
    rows = [
        ["Sheet", "TEAM", " Kind ", "move", "item", "low", "high", "text"],
        ["17", " alpha", "PREDICTION", "1", "trust_mean", decimal, "0.5", ""],
        ["17", "ALPHA", "Reflection", "", "2", "", "", "Überraschung"],
    ]
    file.write_bytes("".join(f"{divider.join(row)}\r\n" for row in rows).encode(encoding))
    assert read(file, STATE) == (
        SheetLine("17", "Alpha", "prediction", 1, "trust_mean", 0.4, 0.5),
        SheetLine("17", "Alpha", "reflection", item="2", text="Überraschung"),
    )


def test_a_first_row_that_names_the_divider_is_no_heading(tmp_path):
    file = tmp_path / "typed.csv"
    file.write_text("sep=;\nsheet;team;kind;item;points\n1;Alpha;peer;1;9\n")
    with pytest.raises(TabletopError, match=r"typed\.csv:3: points '9'"):
        read(file, STATE)
