"""Fields of injects that planners' lists have: exported, printed, read back, and checked in the file."""

import pytest
from msel_lists import Book, saved, table
from test_msel_import import difference, imported, refused

from support.two_moves import TEXT, scenario
from tabletop.errors import ScenarioError
from tabletop.exercise.msel import msel
from tabletop.report.msel.columns import COLUMNS, row_check
from tabletop.report.pack.controllers_guide import controllers_guide
from tabletop.report.pack.msel_pages import msel_pages

RICH = TEXT.replace(
    "      sender: Border service\n      recipient: Interdiction\n",
    "      sender: Border service\n"
    "      recipients: [Blue, Field]\n"
    "      objective: [luck, weigh]\n"
    "      planned_minute: 26.5\n"
    "      attachments:\n"
    "        - photos/heat wave.png   # from the archive\n"
    "        - https://example.org/heat\n"
    "      thread: Weather\n"
    "      options: 'A: they rest; B: they do not.'\n"
    "      source_id: INJ-007\n",
)


def row(text, name="heat"):
    return next(row for row in msel(scenario(text)) if row.id == name)


def test_they_are_exported():
    found = {column.name: column.of(row(RICH)) for column in COLUMNS}
    assert found["To"] == "Blue; Field"
    assert found["Exercise Objective"] == "luck; weigh"
    assert found["Planned Minute"] == 26.5
    assert found["Attachments"] == "photos/heat wave.png\nhttps://example.org/heat"
    assert (found["Thread"], found["Source ID"]) == ("Weather", "INJ-007")
    assert found["Options"] == "A: they rest; B: they do not."


def test_a_list_with_them_that_nobody_edited_changes_no_byte(tmp_path):
    for file in (Book(RICH).save(tmp_path / "list.xlsx"), saved(table(RICH), tmp_path / "list.csv")):
        assert imported(file, RICH).text == RICH


def test_a_list_that_was_exported_before_there_were_any_is_read_back(tmp_path):
    old = [line[:21] for line in table()]
    assert old[0][-1] == "Row Check"
    assert imported(saved(old, tmp_path / "list.csv")).text == TEXT


def test_the_check_of_a_row_without_them_is_that_of_earlier_exports():
    # the digests that the list of two_moves.yaml had when it had 21 columns
    assert [row_check(row(TEXT, name)) for name in ("heat", "leak")] == ["c0d5ba2f0760", "290176192429"]


EDITS = [
    ("To", "red", "recipients: [Blue, Field]", "recipients: [Red]"),
    ("Exercise Objective", "weigh", "objective: [luck, weigh]", "objective: weigh"),
    ("Exercise Objective", None, "objective: [luck, weigh]", "objective: null"),
    ("Planned Minute", -5, "planned_minute: 26.5", "planned_minute: -5"),
    ("Planned Minute", None, "planned_minute: 26.5", "planned_minute: null"),
    ("Thread", "Heat", "thread: Weather", "thread: Heat"),
    ("Options", "None.", "options: 'A: they rest; B: they do not.'", "options: 'None.'"),
    ("Source ID", "8", "source_id: INJ-007", "source_id: '8'"),
]


@pytest.mark.parametrize(("column", "value", "before", "after"), EDITS)
def test_one_edited_cell_changes_one_line(tmp_path, column, value, before, after):
    new = imported(Book(RICH).put("heat", column, value).save(tmp_path / "list.xlsx"), RICH).text
    gone, came = ([line.strip().replace('"', "'") for line in lines] for lines in difference(RICH, new))
    assert (gone, came) == ([before], [after])


def test_edited_attachments_are_a_list(tmp_path):
    new = imported(
        Book(RICH).put("heat", "Attachments", "a.pdf\n\nmap, with comma.png").save(tmp_path / "list.xlsx"),
        RICH,
    ).text
    assert row(new).attachments == ("a.pdf", "map, with comma.png")
    assert imported(
        Book(new).put("heat", "Attachments", None).save(tmp_path / "none.xlsx"), new
    ).text.count("attachments: []") == 1  # fmt: skip


def test_one_objective_becomes_several(tmp_path):
    file = Book().put("leak", "Exercise Objective", "WEIGH; luck").save(tmp_path / "list.xlsx")
    assert difference(TEXT, imported(file).text) == (
        ["      objective: weigh"], ["      objective: [weigh, luck]"],
    )  # fmt: skip


REFUSALS = [
    ("To", "Blue; Filed", "'Filed': no such team or role; did you mean 'Field'?"),
    ("Exercise Objective", "luck; wiegh", "'wiegh': no such objective; did you mean 'weigh'?"),
    ("Planned Minute", "09:30", "is no minute; write minutes since StartEx, as '25'"),
    ("Thread", "x" * 121, "121 characters"),
    ("Attachments", "x" * 501, "500"),
]


@pytest.mark.parametrize(("column", "value", "says"), REFUSALS)
def test_what_cannot_be_read_is_told_with_its_cell(tmp_path, column, value, says):
    book = Book(RICH)
    (told,) = refused(book.put("heat", column, value).save(tmp_path / "list.xlsx"), RICH)
    assert f"row {book.row('heat')}, column" in told
    assert f"'{column}'" in told
    assert says in told


WRONG = [
    ("recipients: [Blue, Field]", "recipients: [Blue, Filed]", "recipients[1]", "did you mean 'Field'?"),
    ("recipients: [Blue, Field]", "recipients: [Blue, Blue]", "recipients[1]", "stands here already"),
    ("objective: [luck, weigh]", "objective: [luck, lukc]", "objective[1]", "did you mean 'luck'?"),
    ("objective: [luck, weigh]", "objective: [luck, luck]", "objective[1]", "stands here already"),
    ("planned_minute: 26.5", "planned_minute: 100801", "planned_minute", "100800"),
    ("thread: Weather", "budget: -1", "exercise.injects[1]", "so reaches every team"),
    ("thread: Weather", "recipient: Courts", "exercise.injects[1]", "both say who it is for"),
]


@pytest.mark.parametrize(("before", "after", "path", "says"), WRONG)
def test_what_is_wrong_in_the_file_is_told_with_path_and_suggestion(before, after, path, says):
    with pytest.raises(ScenarioError) as error:
        scenario(RICH.replace(before, after))
    (problem,) = error.value.problems
    assert path in problem.path
    assert says in problem.message
    assert problem.line > 0


def test_an_inject_of_the_scenario_that_changes_something_reaches_all():
    with pytest.raises(ScenarioError, match="reaches every team"):
        scenario(TEXT.replace("      mode: Radio", "      recipients: [Red]"))


def test_controllers_read_them_in_the_list_and_in_their_guide():
    for document in (msel_pages(scenario(RICH)), controllers_guide(scenario(RICH))):
        text = repr(document)
        for said in ("photos/heat wave.png", "Weather", "they rest", "INJ-007", "Blue; Field"):
            assert said in text, said
