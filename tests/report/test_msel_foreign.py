"""Planners' own lists added to a scenario: every shape is read, every change listed, every refusal placed."""

import openpyxl
import pytest
from foreign_lists import TEXTS, written
from msel_lists import Book, saved, table

from support.two_moves import TEXT, scenario
from tabletop.errors import TabletopError
from tabletop.exercise.msel import msel
from tabletop.report.msel.foreign.adding import Foreign
from tabletop.report.msel.importing import import_list
from tabletop.report.msel.lists import list_file
from tabletop.report.msel.refusals import Unreadable

ALL = [*TEXTS, "two_rows.xlsx", "branches.xlsx"]
OPTIONS = {"private.csv": (["Wann=Planned Minute", "was genau=Message", "Geheim="], None)}


def added(file, text=TEXT, columns=(), start=None):
    return import_list(file, text, "two_moves.yaml", Foreign.stated(columns, start))


def new_rows(file, **options):
    """The rows that a list adds, by what they were called there, and what was said."""
    found = added(file, **options)
    before = {row.id for row in msel(scenario())}
    rows = [row for row in msel(scenario(found.text)) if row.id not in before]
    return {row.source_id or row.id: row for row in rows}, "\n".join(found.read)


def refused(file, **options):
    with pytest.raises(Unreadable) as refusal:
        added(file, **options)
    assert str(refusal.value).endswith("nothing was written")
    return str(refusal.value).splitlines()[:-1]


def csv_of(tmp_path, *lines):
    (tmp_path / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "list.csv"


@pytest.mark.parametrize("name", ALL)
def test_every_shape_is_added_and_goes_out_and_back_without_a_change(tmp_path, name):
    columns, start = OPTIONS.get(name, ((), None))
    new = added(written(name, tmp_path), columns=columns, start=start).text
    assert new != TEXT
    gone = {line.strip() for line in TEXT.splitlines()} - {line.strip() for line in new.splitlines()}
    assert gone <= {"injects: [rumours]"}  # comments and layout stay; a list in brackets grows there
    for ending in (".csv", ".xlsx"):
        out = tmp_path / f"out{ending}"
        out.write_bytes(list_file(scenario(new), "x", ending))
        assert import_list(out, new, "x").text == new
        assert added(out, text=new).text == new


@pytest.mark.parametrize("name", ALL)
def test_a_list_that_is_added_twice_adds_nothing(tmp_path, name):
    columns, start = OPTIONS.get(name, ((), None))
    file = written(name, tmp_path)
    once = added(file, columns=columns, start=start).text
    again = added(file, text=once, columns=columns, start=start)
    assert (again.text, again.says) == (once, ())
    assert any("there already, as" in line for line in again.read)


def test_a_handbooks_list(tmp_path):
    rows, said = new_rows(written("handbook.csv", tmp_path))
    two = rows["2"]
    assert (two.message, two.recipient, two.objective, two.mode) == (
        "The port calls.\n\nIt asks & waits.", "Blue", "weigh", "Phone",
    )  # fmt: skip
    assert two.planned_minute == 15
    found = list(msel(scenario(added(tmp_path / "handbook.csv").text)))
    other = next(row for row in found if row.title == "Another call")
    late = next(row for row in found if row.title == "Late call")
    assert (late.event_type, late.recipient, late.objective) == ("Contingency Inject", "Red; Blue", "luck")
    assert (other.event_type, other.recipient, other.id) == ("Inject", "Clerks, Courts", "inject_4_2")
    assert other.notes == "Type: Key Event\nObjective(s): Obj 9"
    action = next(row for row in found if row.expected_response == "Priorities are set.")
    assert (action.event_type, action.objective, action.move) == ("Expected Action", "weigh; luck", 1)
    assert "Source ID: 3" in action.notes
    assert "'Obj 9': no such objective, the exercise has 2: weigh, luck; kept in Notes" in said
    for line in (
        "row 4: the headings; what stands above them is left out",
        "row 4, column G 'Objective(s)': read as Exercise Objective",
        "StartEx is 09:00, as row 5 says",
        "row 6, column B 'Time': '9:15 AM' → planned minute 15",
        "row 9, column H 'Type': 'Key Event' → Inject",
        "row 9, column A 'Event #': '4' → id 'inject_4_2', since row 8 is '4' too; kept as Source ID",
        "row 9, column B 'Time': '12:10 PM' → planned minute 190, after EndEx, which is minute 48",
        "row 11: says nothing but where it would stand; left out",
        "row 12: 'Total injects: 6' closes the list; left out",
    ):
        assert line in said.splitlines()


def test_a_german_list(tmp_path):
    rows, said = new_rows(written("german.csv", tmp_path))
    assert {name: row.planned_minute for name, row in rows.items()} == {"1": 5, "2": 20}
    assert rows["1"].message == "Die Behörde fragt nach Plätzen."
    assert (rows["1"].sender, rows["1"].expected_response) == ("Behörde", "Plätze nennen.")
    assert rows["2"].message == "Ein Anruf;\nzwei Zeilen."
    assert "read as Windows-1252, since it is not UTF-8" in said
    assert "StartEx is 09:00, as row 2 says" in said


MINUTES = {
    "offsets.tsv": {"1": 0, "2": 12.5, "3": -15},
    "hours.csv": {"1": 10, "2": 60, "3": -5},
    "dates.csv": {"A-1": 0, "A-2": 45, "A-3": 1365},
    "night.csv": {"lights_out": 0, "a_noise": 90, "another": 135},
    "fractions.csv": {"1": 0, "2": 30},
    "french.csv": {"1": 0, "2": 30},
    "two_rows.xlsx": {"I-1": 0, "I-2": 30, "I-3": 1590},
    "branches.xlsx": {"1": 0, "2": 20, "3": None, "4": None},
}


@pytest.mark.parametrize(("name", "minutes"), MINUTES.items())
def test_planned_minutes(tmp_path, name, minutes):
    rows, _ = new_rows(written(name, tmp_path))
    assert {name: row.planned_minute for name, row in rows.items()} == minutes


STARTS = [
    ("night.csv", "21:30", {"lights_out": 30, "a_noise": 120, "another": 165}),
    ("french.csv", "9:45", {"1": -15, "2": 15}),
    ("two_rows.xlsx", "2031-09-11 09:30", {"I-1": 1440, "I-2": 1470, "I-3": 3030}),
]


@pytest.mark.parametrize(("name", "start", "minutes"), STARTS)
def test_a_stated_start_moves_every_clock(tmp_path, name, start, minutes):
    rows, _ = new_rows(written(name, tmp_path), start=start)
    assert {name: row.planned_minute for name, row in rows.items()} == minutes


def test_two_rows_of_headings_merged_cells_and_sections(tmp_path):
    rows, said = new_rows(written("two_rows.xlsx", tmp_path))
    assert [row.move for row in rows.values()] == [1, 2, 2]
    assert rows["I-1"].attachments == ("https://example.org/call.pdf",)
    assert (rows["I-1"].notes, rows["I-2"].notes) == ("Loud", "")
    for line in (
        "sheet 'Old': hidden; left out",
        "sheet 'Contacts': no list of events; left out",
        "sheet 'Day 1', row 5, column A 'Date': '' → '2031-09-12', merged with above",
        "sheet 'Day 1', row 5, column F 'Remarks': '-' → empty",
        "sheet 'Day 1', row 6: 'Module 2: Later' is read as a heading of the rows below it",
        "sheet 'Day 1', row 8: says nothing but where it would stand; left out",
    ):
        assert line in said.splitlines()


def test_storylines_options_and_what_waits(tmp_path):
    rows, said = new_rows(written("branches.xlsx", tmp_path))
    assert [row.thread for row in rows.values()] == ["Water", "Water", "Water", ""]
    assert [row.event_type for row in rows.values()].count("Contingency Inject") == 3
    assert rows["1"].attachments == ("a.pdf", "b.png")
    assert (rows["1"].mode, rows["1"].options) == ("Email", "A: → 2; B: → 3")
    assert rows["1"].expected_response == "Ask.\nWait."
    assert rows["2"].options == "A in 1"
    assert rows["4"].options == "as needed"
    assert rows["4"].attachments == ("https://example.org/x?y=1,2",)
    assert (
        rows["3"].notes == "Event Type: Optional\nWhen: TBD\nSeverity: yes"
        or "Severity: yes" in rows["3"].notes
    )
    assert "'Media' → Inject; no type of ours, kept in Notes" in said


def test_headings_that_are_stated(tmp_path):
    columns = ["Wann=Planned Minute", "was genau=Message", "Geheim="]
    rows, said = new_rows(written("private.csv", tmp_path), columns=columns)
    (row,) = rows.values()
    assert (row.planned_minute, row.message, row.notes) == (5, "Der Hafen ruft an.", "Laune: gut")
    assert "column C 'Geheim': read as nothing; left out" in said


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("What=Mesage", "no such column of ours; did you mean 'Message'?"),
        ("What", "write 'Their heading=Ours'"),
        ("Wan=Message", "has no heading 'Wan'; did you mean 'Wann'?"),
    ],
)
def test_a_stated_heading_that_cannot_be_meant_is_told(tmp_path, option, says):
    with pytest.raises(TabletopError) as error:
        added(written("private.csv", tmp_path), columns=[option, "Was genau=Message", "Wann=Planned Minute"])
    assert says in str(error.value)


def test_a_start_without_a_clock_is_told():
    with pytest.raises(TabletopError, match="'soon': no clock; write 09:00"):
        Foreign.stated((), "soon")


REFUSALS = [
    (["No,Time,Message", "1,in June,One."], "row 2, column B 'Time': 'in June' is no time; write minutes"),
    (
        ["No,Type,Message", "1,Expcted Action,One."],
        "row 2, column B 'Type': 'Expcted Action': no type of event; did you mean 'Expected Action'?",
    ),
    (
        ["No,Objective,Message", "1,wiegh,One."],
        "row 2, column B 'Objective': 'wiegh': no such objective; did you mean 'weigh'?",
    ),
    (["No,Move,Message", "1,7,One."], "row 2, column B 'Move': '7': no such move; write its number, 1 to 2"),
    (
        ["No,Date,Message", "1,13/09/2031,One.", "2,09/14/2031,Two."],
        "row 3, column B 'Date': '09/14/2031' has the month first, and others have the day first",
    ),
    (
        ["No,Date,Message", "1,12.02.2031,One.", "2,29.2.,Two."],
        "row 3, column B 'Date': '29.2.' is no day of 2031; write it as 2031-09-12",
    ),
    (["No,From,Message", f"1,{'x' * 121},One."], "row 2, column B 'From': a text of 121 characters"),
    (["No,Text,From", f"1,{'x' * 4001},A"], "row 2, column B 'Text': a text of 4001 characters"),
    (["T+,Message", "200000,One."], "row 2, column A 'T+': 200000 is not in [-100800, 100800] (minutes)"),
    (["a,b,c", "1,2,3"], "row 1: no row has headings that are known"),
    (["No,From,Message", "1,Port,"], "row 2, column C 'Message': empty, and so is 'Title'"),
]


@pytest.mark.parametrize(("lines", "says"), REFUSALS)
def test_what_cannot_be_read_is_refused_with_its_cell(tmp_path, lines, says):
    told = refused(csv_of(tmp_path, *lines))
    assert any(line.startswith(f"{tmp_path / 'list.csv'}: {says}") for line in told), told


def test_a_row_that_says_something_else_than_when_it_was_imported_is_told(tmp_path):
    once = added(csv_of(tmp_path, "ID,Message", "X 1,One.")).text
    (told,) = refused(csv_of(tmp_path, "ID,Message", "X 1,Two."), text=once)
    assert "row 2, column A 'ID': 'X 1' was imported before, as 'x_1', and says something else now" in told


def test_an_id_that_the_scenario_has_is_another_one(tmp_path):
    rows, _ = new_rows(csv_of(tmp_path, "ID,Message", "heat,One."))
    assert rows["heat"].id == "heat_2"


def test_an_export_may_lack_rows_and_have_new_ones(tmp_path):
    heads, *body = table()
    kept = next(row for row in body if row[19] == "heat")
    kept[heads.index("Notes")] = "Slowly."
    new = [""] * len(heads)
    for column, value in {
        "Event Number": "9",
        "Event Type": "Inject",
        "Move": "2",
        "Message": "One.",
    }.items():
        new[heads.index(column)] = value
    found = added(saved([heads, kept, new], tmp_path / "list.csv"))
    rows = {row.id: row for row in msel(scenario(found.text))}
    assert rows["heat"].notes == "Slowly."
    assert (rows["one"].move, rows["one"].source_id) == (2, "")


def test_a_sheet_a_day(tmp_path):
    book = openpyxl.Workbook()
    for sheet, clock in ((book.active, "09:00"), (book.create_sheet(), "08:15")):
        sheet.append(["Time", "Message"])
        sheet.append([clock, f"At {clock}."])
    book.worksheets[0].title, book.worksheets[1].title = "Day 1", "Day 2"
    book.save(tmp_path / "list.xlsx")
    rows, _ = new_rows(tmp_path / "list.xlsx")
    assert sorted(row.planned_minute for row in rows.values()) == [0, 1395]


def test_five_hundred_injects_and_no_more(tmp_path):
    there = len(scenario().exercise.injects)
    rows = [f"{n},Message {n}." for n in range(500 - there)]
    assert len(added(csv_of(tmp_path, "No,Message", *rows)).says) == 500 - there
    (told,) = refused(csv_of(tmp_path, "No,Message", *rows, "x1,One more."))
    assert "501 injects with those that are there; an exercise has 500 at most" in told


def test_five_thousand_rows_and_no_more(tmp_path):
    (told,) = refused(csv_of(tmp_path, "No,Message", *(f"{n},x{n}" for n in range(5001))))
    assert told.endswith("row 5002: more than 5,000 rows; a list of events has far fewer")


def test_without_add_merged_cells_and_foreign_headings_are_still_refused(tmp_path):
    book = Book()
    book.sheet.merge_cells("F3:G4")
    with pytest.raises(Unreadable, match="are merged"):
        import_list(book.save(tmp_path / "list.xlsx"), TEXT, "x")
    with pytest.raises(Unreadable, match="no such column"):
        import_list(written("night.csv", tmp_path), TEXT, "x")


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        (["09:00", "09.15", "9:40 Uhr"], [0, 15, 40]),  # a point, where clocks stand beside it
        (["9.00", "9.30", "10.15 Uhr"], [0, 30, 75]),
        (["8.00", "8.45"], [0, 45]),
        (["9.75", "12.5"], [9.75, 12.5]),  # no minutes of an hour
        (["12.15"], [12.15]),  # one alone says nothing of how the list writes
        (["5 min", "0:15", "0:25:00"], [5, 15, 25]),  # what has passed, where units stand beside it
        (["0:05", "0:15"], [0, 10]),
    ],
)
def test_a_cell_is_read_as_its_column_is_written(tmp_path, times, minutes):
    lines = [f'{number},"{time}",Message {number}.' for number, time in enumerate(times, start=1)]
    rows, _ = new_rows(csv_of(tmp_path, "Nr,Time,Message", *lines))
    assert [row.planned_minute for row in rows.values()] == minutes


@pytest.mark.parametrize("time", ["09:00-09:15", "09:00 to 09:15", "0900Z", "0900 UTC", "Day 1, 09:00-09:15"])
def test_what_a_time_says_beside_when_it_begins_is_kept_in_notes(tmp_path, time):
    rows, said = new_rows(csv_of(tmp_path, "Nr,Time,Message", f'1,"{time}",One.', "2,09:10,Two."))
    assert [row.planned_minute for row in rows.values()] == [0, 10]
    assert [row.notes for row in rows.values()] == [f"Time: {time}", ""]
    assert f"'{time}' → Notes, since it says more than when it begins" in said


def test_hidden_rows_and_columns_are_read_and_named(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Nr", "Time", "Message", "Remarks"], [1, "T+5", "One.", "aside"], [2, "T+6", "Two.", ""]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.save(tmp_path / "hidden.xlsx")
    rows, said = new_rows(tmp_path / "hidden.xlsx")
    assert [row.message for row in rows.values()] == ["One.", "Two."]
    assert "row 3: hidden; read like the others" in said
    assert "column D: hidden; read like the others" in said
