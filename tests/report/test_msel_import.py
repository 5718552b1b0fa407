"""An edited events list read back: only what was edited changes, and what cannot be read is refused."""

import difflib
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from msel_lists import Book, saved, table

from support.two_moves import TEXT, scenario
from tabletop.errors import ScenarioError, TabletopError
from tabletop.exercise.msel import msel
from tabletop.report.msel.importing import import_list
from tabletop.report.msel.refusals import Unreadable, letters


def imported(file, text=TEXT):
    return import_list(file, text, "two_moves.yaml")


def difference(old, new):
    """The lines that went and those that came."""
    lines = [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def refused(file, text=TEXT):
    with pytest.raises(Unreadable) as refusal:
        imported(file, text)
    assert str(refusal.value).endswith("nothing was written")
    return str(refusal.value).splitlines()[:-1]


def test_an_exported_list_that_nobody_edited_changes_no_byte(tmp_path):
    for file in (Book().save(tmp_path / "list.xlsx"), saved(table(), tmp_path / "list.csv")):
        assert imported(file).text == TEXT
        assert imported(file).says == ()


EDITS = [
    ("strike", "Message", 'Closed: "all", {but} one'),
    ("heat", "From", "The union's speaker"),
    ("heat", "Responsible Controller", "Controller C: at the door"),
    ("rumours", "Notes", "it's #1, or 'not'"),
    ("leak", "Exercise Objective", "luck"),
    ("leak", "Title", "A second leak"),
    ("strike", "Designated Scenario Time", "day 101"),
    ("strike", "Title", "yes"),
    ("move 1, action 1", "To", "Everybody"),
    ("move 1, action 2", "Expected Participant Response", "- a dash: first"),
]


@pytest.mark.parametrize(("name", "column", "value"), EDITS)
def test_one_edited_cell_changes_one_line(tmp_path, name, column, value):
    new = imported(Book().put(name, column, value).save(tmp_path / "list.xlsx")).text
    gone, came = difference(TEXT, new)
    assert (len(gone), len(came)) == (1, 1)
    keys = {"Message": "message", "From": "sender", "Title": "title"}
    row = next(row for row in msel(scenario(new)) if row.id == name)
    if column in keys:
        assert getattr(row, keys[column]) == value
    before = {row.id: row for row in msel(scenario())}
    assert [other.id for other in msel(scenario(new)) if before[other.id] != other] == [name]


def test_csv_and_workbook_change_the_same(tmp_path):
    rows = table()
    for name, column, value in EDITS[:3]:
        line = next(row for row in rows if row[19] == name)
        line[rows[0].index(column)] = value
    book = Book()
    for name, column, value in EDITS[:3]:
        book.put(name, column, value)
    assert imported(saved(rows, tmp_path / "list.csv")) == imported(book.save(tmp_path / "list.xlsx"))


def test_a_folded_message_stays_folded_and_what_surrounds_it_stays(tmp_path):
    message = (
        'EXERCISE: A longer story: "it\'s" said # that things are bad, and bad, and bad, and bad.\nSecond.'
    )
    new = imported(Book().put("rumours", "Message", message).save(tmp_path / "list.xlsx")).text
    gone, came = difference(TEXT, new)
    assert all(line.startswith("      ") and len(line) <= 110 for line in came)
    assert not any("message:" in line for line in (*gone, *came))
    assert scenario(new).injects[0].message == message.removeprefix("EXERCISE: ")


def test_a_message_without_its_mark_is_the_same_message(tmp_path):
    row = next(row for row in msel(scenario()) if row.id == "heat")
    file = Book().put("heat", "Message", row.message).save(tmp_path / "list.xlsx")
    assert imported(file).text == TEXT


def test_a_cell_that_the_file_does_not_have_yet_is_a_new_line(tmp_path):
    gone, came = difference(
        TEXT, imported(Book().put("heat", "Notes", "Slowly.").save(tmp_path / "l.xlsx")).text
    )
    assert (gone, came) == ([], ["      notes: Slowly."])


def test_how_an_inject_is_told_is_added_to_the_exercise_where_it_said_nothing(tmp_path):
    file = (
        Book()
        .put("strike", "Inject Mode", "Telephone")
        .put("strike", "To", "Courts")
        .save(tmp_path / "l.xlsx")
    )
    gone, came = difference(TEXT, imported(file).text)
    assert (gone, came) == ([], ["    - id: strike", "      mode: Telephone", "      recipient: Courts"])


def test_a_cleared_objective_is_none(tmp_path):
    new = imported(Book().put("leak", "Exercise Objective", None).save(tmp_path / "list.xlsx")).text
    assert difference(TEXT, new) == (["      objective: weigh"], ["      objective: null"])


@pytest.mark.parametrize("typed", [180, 180.0, "180", "Day 180", " day 180 "])
def test_a_day_may_be_typed_in_many_ways(tmp_path, typed):
    file = Book().put("heat", "Designated Scenario Time", typed).save(tmp_path / "list.xlsx")
    assert imported(file).text == TEXT


def test_line_ends_of_the_file_are_kept(tmp_path):
    crlf = TEXT.replace("\n", "\r\n")
    book = Book().put("rumours", "Message", "One.\nTwo.").put("heat", "Notes", "Slowly.")
    new = imported(book.save(tmp_path / "list.xlsx"), crlf).text
    assert new.count("\n") == new.count("\r\n")
    assert scenario(new).injects[0].message == "One.\nTwo."


def test_columns_may_be_moved_and_rows_sorted_and_renumbered_and_blank_rows_left(tmp_path):
    rows = table()
    rows[6][rows[0].index("Notes")] = "Wait for a quiet moment."
    heads, *body = rows
    body.reverse()
    for number, row in enumerate(body):
        row[0] = str(10 * number)
    order = list(reversed(range(len(heads))))
    moved = [[row[place] for place in order] for row in ([""] * len(heads), heads, *body, [""] * len(heads))]
    gone, came = difference(TEXT, imported(saved(moved, tmp_path / "list.csv")).text)
    assert (gone, came) == ([], ["      notes: Wait for a quiet moment."])


@pytest.mark.parametrize("options", [{"delimiter": ";"}, {"delimiter": "\t"}, {"encoding": "utf-8-sig"}])
def test_csv_as_spreadsheets_of_many_countries_write_it_is_read(tmp_path, options):
    assert imported(saved(table(), tmp_path / "list.csv", **options)).text == TEXT


def test_what_the_log_fills_in_is_left_aside(tmp_path):
    book = Book().put("heat", "Status", "released").put("heat", "Actual Time", "minute 24")
    assert imported(book.save(tmp_path / "list.xlsx")).text == TEXT


def test_a_new_row_adds_an_inject_to_the_exercise_and_to_its_move(tmp_path):
    book = Book().add(Event_Type="Inject", Move=2.0, Title="A visit", Message="EXERCISE: Somebody comes.")
    new = imported(book.save(tmp_path / "list.xlsx"))
    added = next(row for row in msel(scenario(new.text)) if row.id == "a_visit")
    assert (added.move, added.title, added.message, added.mode) == (
        2,
        "A visit",
        "Somebody comes.",
        "Briefing",
    )
    assert new.says == ("a_visit: a new inject of move 2",)
    assert difference(TEXT, new.text) == (
        [],
        ["        - a_visit", "    - id: a_visit", "      title: A visit", "      message: Somebody comes."],
    )  # fmt: skip


def test_a_new_contingency_waits_and_a_new_expected_action_belongs_to_its_move(tmp_path):
    book = Book()
    book.add(
        Event_Type="contingency inject",
        Move="the quiet spring",
        Title="More",
        Message="More.",
        Inject_ID="more",
    )
    book.add(Event_Type="Expected Action", Move=2, Expected_Participant_Response="They ask.", To="Field")
    found = {row.id: row for row in msel(scenario(imported(book.save(tmp_path / "list.xlsx")).text))}
    assert (found["more"].event_type, found["more"].move, found["more"].planned_minute) == (
        "Contingency Inject",
        1,
        None,
    )
    assert (found["move 2, action 1"].expected_response, found["move 2, action 1"].recipient) == (
        "They ask.",
        "Field",
    )


def test_new_rows_are_not_added_twice(tmp_path):
    rows = table()
    new = [""] * len(rows[0])
    for column, value in {"Event Type": "Inject", "Move": "1", "Title": "A visit", "Message": "One."}.items():
        new[rows[0].index(column)] = value
    once = imported(saved([*rows, new], tmp_path / "list.csv")).text
    told = refused(saved([*table(once), new], tmp_path / "list.csv"), once)
    assert "already, as 'a_visit'" in told[0]


REFUSALS = [
    ("leak", "Exercise Objective", "lukc", "no such objective; did you mean 'luck'?"),
    ("heat", "Designated Scenario Time", "in June", "is no day; write 'day 180'"),
    ("heat", "Designated Scenario Time", "day 180,5", "is no day"),
    ("heat", "Designated Scenario Time", None, "empty; write something, as 'day 180'"),
    ("heat", "Designated Scenario Time", datetime(2031, 5, 6), "a date, 2031-05-06"),  # noqa: DTZ001 (as spreadsheets know it)
    ("heat", "Notes", True, "TRUE is yes or no"),
    ("heat", "Notes", "=1+1", "'=1+1' is a formula"),
    ("heat", "Inject Mode", None, "empty; write something, as 'Briefing'"),
    ("heat", "Inject Mode", "x" * 81, "81 characters"),
    ("strike", "Title", " ", "empty; write something, as 'Clerks on strike'"),
    ("heat", "Planned Minute", "soon", "is no minute; write minutes since StartEx, as '25'"),
    ("heat", "Planned Minute", 200_000, "100800"),
    ("move 1, action 1", "Planned Minute", 40, "cannot be set from a list, which had '11'"),
    ("heat", "Event Type", "Contingency Inject", "cannot be set from a list, which had 'Inject'"),
    ("heat", "Move", 1, "cannot be set from a list"),
    ("heat", "Model Effect", "trust × 0.5", "cannot be set from a list"),
    ("move 1, action 1", "Message", "Psst", "cannot be set from a list"),
    ("move 1, action 1", "Expected Participant Response", None, "empty"),
    ("heat", "Inject ID", "hat", "no such inject; did you mean 'heat'?"),
    ("heat", "Inject ID", "leak", "'leak' is row"),
    ("heat", "Notes", "x" * 6001, "6001 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "column", "value", "says"), REFUSALS)
def test_what_cannot_be_read_is_refused_with_sheet_row_and_column(tmp_path, name, column, value, says):
    book = Book()
    row, at = book.row(name), book.columns[column]
    told = refused(book.put(name, column, value).save(tmp_path / "list.xlsx"))
    if column == "Inject ID" and value == "leak":
        row = book.row("leak") + 1 if book.row("leak") == row else max(book.row("leak"), row)
    place = f"{tmp_path / 'list.xlsx'}: sheet 'MSEL', row {row}, column {letters(at)} '{column}': "
    assert any(line.startswith(place) and says in line for line in told), told


def test_in_a_csv_row_and_column_are_told_without_a_sheet(tmp_path):
    rows = table()
    rows[6][rows[0].index("Exercise Objective")] = "lukc"
    (told,) = refused(saved(rows, tmp_path / "list.csv"))
    assert told.startswith(f"{tmp_path / 'list.csv'}: row 7, column J 'Exercise Objective': 'lukc'")


def test_everything_wrong_is_told_at_once_in_the_order_of_the_rows(tmp_path):
    book = Book().put("leak", "Exercise Objective", "x").put("rumours", "Designated Scenario Time", "x")
    book.put("heat", "To", None)
    told = refused(book.save(tmp_path / "list.xlsx"))
    assert [line.split("row ")[1].split(",")[0] for line in told] == ["2", "6", "7"]


def test_a_renamed_column_is_told_with_the_name_that_it_had(tmp_path):
    rows = table()
    rows[0][rows[0].index("Message")] = "Mesage"
    file = saved(rows, tmp_path / "list.csv")
    assert refused(file) == [
        f"{file}: row 1: column is missing from the headings: 'Message'; put back what was exported",
        f"{file}: row 1, column H 'Mesage': no such column; did you mean 'Message'?",
    ]


def test_a_column_that_is_there_twice_is_told(tmp_path):
    told = refused(saved([[*row, row[7]] for row in table()], tmp_path / "list.csv"))
    assert "column Z 'Message': a second column of that name; the first is column 8" in told[0]


def test_a_value_beside_the_list_is_told(tmp_path):
    rows = table()
    rows[2] = [*rows[2], "my own note"]
    assert refused(saved(rows, tmp_path / "list.csv")) == [
        f"{tmp_path / 'list.csv'}: row 3, column Z: 'my own note' under no heading; remove it"
    ]


def test_merged_cells_are_told(tmp_path):
    book = Book()
    book.sheet.merge_cells("F3:G4")
    assert (
        "sheet 'MSEL', row 3, column F: the cells F3:G4 are merged"
        in refused(book.save(tmp_path / "l.xlsx"))[0]
    )


def sheet_of(rows, columns, value="x"):
    """A workbook whose last cell alone has a value."""
    book = openpyxl.Workbook()
    book.active.title = "MSEL"
    book.active.cell(rows, columns).value = value
    return book


@pytest.mark.parametrize(
    ("rows", "columns", "cell"),
    [(1_048_576, 16_384, "XFD1048576"), (60_000, 1, "A60000"), (1, 85, "CG1"), (6_001, 84, "CF6001")],
)
def test_a_value_far_out_is_refused_before_the_sheet_is_built(tmp_path, monkeypatch, rows, columns, cell):
    sheet_of(rows, columns).save(tmp_path / "list.xlsx")
    monkeypatch.setattr("openpyxl.load_workbook", None)
    (told,) = refused(tmp_path / "list.xlsx")
    assert told == (
        f"{tmp_path / 'list.xlsx'}: the cell {cell} has a value; a list of events keeps to columns A to CF "
        "and the first 6,000 rows: delete what is beyond"
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [("\n" * 59_999 + "x\n", "A60000"), ("," * 84 + "x\n", "CG1"), ("a,b\n" * 9_000, "B6001")],
)
def test_a_csv_file_that_goes_on_is_refused_at_its_first_value_too_far(tmp_path, text, cell):
    (tmp_path / "list.csv").write_text(text)
    assert f"the cell {cell} has a value" in refused(tmp_path / "list.csv")[0]


@pytest.mark.parametrize("tag", ['<mergeCells><mergeCell ref="{}"/></mergeCells>', '<hyperlink ref="{}"/>'])
def test_merged_and_linked_cells_that_reach_far_are_refused_before_the_sheet_is_built(tmp_path, tag):
    file = tmp_path / "list.xlsx"
    with ZipFile(Book().save(tmp_path / "good.xlsx")) as given, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(
                    b"</sheetData>", b"</sheetData>" + tag.format("A1:XFD1048576").encode()
                )
            made.writestr(name, content)
    assert "merged or linked cells A1:XFD1048576 reach too far" in refused(file)[0]


def test_a_long_sheet_is_refused_at_its_first_row_too_many(tmp_path, monkeypatch):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("MSEL")
    for number in range(9_000):
        sheet.append([f"row {number}"])
    book.save(tmp_path / "list.xlsx")
    monkeypatch.setattr("openpyxl.load_workbook", None)
    assert "the cell A6001 has a value" in refused(tmp_path / "list.xlsx")[0]


def test_formats_without_values_do_not_matter_unless_there_are_very_many(tmp_path, monkeypatch):
    book = Book()
    for row in range(1, 7_000):
        book.sheet.cell(row, 1).font = openpyxl.styles.Font(bold=True)
    file = book.save(tmp_path / "list.xlsx")
    assert imported(file).text == TEXT
    monkeypatch.setattr("tabletop.report.msel.used_range.MOST_CELLS", 5_000)
    assert "more than 5,000 cells with a format" in refused(file)[0]


def test_a_workbook_that_would_unpack_to_more_than_fits_is_refused(tmp_path):
    file = Book().save(tmp_path / "list.xlsx")
    with ZipFile(file, "a", ZIP_DEFLATED) as added:
        added.writestr("xl/media/picture.bin", bytes(101_000_000))
    assert "bytes when unpacked; at most 100,000,000 are allowed" in refused(file)[0]


def test_a_workbook_with_entities_of_its_own_is_refused(tmp_path):
    file = tmp_path / "list.xlsx"
    with ZipFile(Book().save(tmp_path / "good.xlsx")) as given, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + content.partition(b"?>")[2]
            made.writestr(name, content)
    assert "an entity of its own" in refused(file)[0]


def test_what_is_wrong_with_the_whole_file_is_told_beside_what_is_wrong_with_a_cell(tmp_path):
    book = Book().put("rumours", "Designated Scenario Time", "999999")
    found = refused(book.save(tmp_path / "list.xlsx"))
    assert any("Designated Scenario Time': 999999 is after the horizon" in line for line in found)


def test_a_missing_row_is_told_and_removes_nothing(tmp_path):
    rows = [row for row in table() if row[19] != "leak"]
    (told,) = refused(saved(rows, tmp_path / "list.csv"))
    assert "no row for 'leak': an import removes nothing" in told


def test_a_row_that_changed_in_the_scenario_since_the_export_is_not_overwritten(tmp_path):
    text = TEXT.replace("Officers ask for shorter shifts.", "Officers ask for longer breaks.")
    told = refused(Book().put("heat", "Notes", "Slowly.").save(tmp_path / "list.xlsx"), text)
    assert "column H 'Message'" in told[0]
    assert "the scenario's row is not as it was exported" in told[0]


def test_a_change_of_the_scenario_that_no_row_shows_does_not_matter(tmp_path):
    text = TEXT.replace("duration_minutes: 48", "duration_minutes: 48   # of class")
    new = imported(Book().put("heat", "Notes", "Slowly.").save(tmp_path / "list.xlsx"), text).text
    assert "# of class" in new


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"Event_Type": "Injekt", "Move": 1, "Message": "x"}, "Event Type", "'Injekt': no type of event"),
        ({"Move": 1, "Message": "x"}, "Event Type", "empty; write one of Inject"),
        (
            {"Event_Type": "Inject", "Move": 3, "Message": "x"},
            "Move",
            "'3': no such move; write its number, 1 to 2",
        ),
        ({"Event_Type": "Inject", "Move": 1}, "Message", "empty, and so is 'Title'"),
        (
            {"Event_Type": "Inject", "Move": 1, "Message": "x"},
            "Title",
            "empty; an inject of the exercise's own",
        ),
        (
            {"Event_Type": "Inject", "Move": 1, "Title": "x"},
            "Message",
            "empty; an inject of the exercise's own",
        ),
        (
            {"Event_Type": "Inject", "Move": 1, "Message": "x", "Planned_Minute": "soon"},
            "Planned Minute",
            "is no minute",
        ),
        (
            {"Event_Type": "Inject", "Move": 1, "Message": "x", "Trigger": "y"},
            "Trigger",
            "written in the scenario file",
        ),
        ({"Event_Type": "Inject", "Move": 1, "Message": "x", "Inject_ID": "No Way"}, "Inject ID", "is no id"),
        (
            {"Event_Type": "Inject", "Move": 1, "Message": "x", "Exercise_Objective": "z"},
            "Exercise Objective",
            "no such",
        ),
        ({"Event_Type": "Expected Action", "Move": 1}, "Expected Participant Response", "empty"),
        (
            {"Event_Type": "Expected Action", "Move": 1, "Expected_Participant_Response": "x", "Thread": "y"},
            "Thread",
            "an expected action has none",
        ),
    ],
)
def test_a_new_row_that_cannot_be_taken_over_is_told_with_its_cell(tmp_path, cells, column, says):
    book = Book().add(**cells)
    told = refused(book.save(tmp_path / "list.xlsx"))
    place = f"row {book.sheet.max_row}, column {letters(book.columns[column])} '{column}'"
    assert any(place in line and says in line for line in told), told


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.ods", b"", "not the ending of a list; save it as .xlsx or as .csv"),
        ("list.xlsx", b"no workbook", "not an XLSX workbook"),
        ("list.csv", b"", "empty; `tabletop msel export`"),
        ("list.csv", "Message;Züge\n".encode("latin-1"), "row 1: not UTF-8"),
        ("list.csv", b'Message,"Notes\n', "no CSV"),
        ("list.csv", b"a,b,c\n1,2,3\n", "columns are missing from the headings"),
    ],
)
def test_what_is_no_list_is_told(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    assert says in "\n".join(refused(tmp_path / name))


def test_a_workbook_of_several_sheets_needs_one_of_that_name(tmp_path):
    book = Book()
    book.sheet.title = "List"
    book.book.create_sheet("Other")
    assert "no sheet 'MSEL'; there are 'List', 'Other'" in refused(book.save(tmp_path / "list.xlsx"))[0]
    book.sheet.title = "MSEL"
    assert imported(book.save(tmp_path / "list.xlsx")).text == TEXT


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "none.csv: no such file" in refused(tmp_path / "none.csv")[0]


def test_a_scenario_that_is_wrong_or_not_played_is_told_before_the_list_is_read(tmp_path):
    with pytest.raises(ScenarioError):
        import_list(tmp_path / "none.csv", "title: x\n", "x.yaml")
    with pytest.raises(TabletopError, match="no `exercise:` block"):
        import_list(tmp_path / "none.csv", TEXT[: TEXT.index("exercise:")], "x.yaml")
