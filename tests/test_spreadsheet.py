"""Workbooks of tables: numbers are numbers, texts are texts, heads stay in sight, bytes stay the same."""

import re
import time
from io import BytesIO
from math import inf, nan
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from exercise.room import opened, passed
from tabletop.cli import main
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import InterimCache
from tabletop.experiment.run import run_experiment
from tabletop.report.after_action import ReportInput, after_action_files
from tabletop.scenario.load import load
from tabletop.spreadsheet import MOST_ROWS, Sheet, workbook

TEXTS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "'quoted",
    "#REF!",
    "مدينة",
    "港口",
    "1,5",
    "007",
    "TRUE",
    "a\x07b",
]


def opened_book(content):
    return load_workbook(BytesIO(content))


def test_no_text_is_a_formula_or_a_number_or_an_error():
    page = opened_book(workbook({"one": Sheet(("=head", "n"), [(text, 1.5) for text in TEXTS])}))["one"]
    assert page["A1"].value == "=head"
    for row, text in enumerate(TEXTS, start=2):
        cell = page.cell(row, 1)
        assert cell.value == text.replace("\x07", "\N{REPLACEMENT CHARACTER}")
        assert cell.data_type == "s"
        assert cell.quotePrefix == text.startswith(tuple("=+-@\t'#"))
    assert {cell.data_type for cell in page[1]} == {"s"}


def test_numbers_stay_numbers_and_what_is_missing_is_empty():
    row = (1, 0.1 + 0.2, -5.0, True, None, "", inf, nan)
    page = opened_book(workbook({"one": Sheet("abcdefgh", [row])}))["one"]
    assert [cell.value for cell in page[2]] == [1, 0.3, -5, True, None, None, "inf", "nan"]
    assert [cell.data_type for cell in page[2]][:4] == ["n", "n", "n", "b"]


def test_heads_are_frozen_on_a_sheet_for_each_table():
    book = opened_book(workbook({"one": Sheet(("a",), [(1,)]), "two": Sheet(("b",), [])}))
    assert book.sheetnames == ["one", "two"]
    assert {page.freeze_panes for page in book} == {"A2"}
    assert book["two"]["A1"].font.bold


def test_the_same_tables_give_the_same_bytes_at_any_time(monkeypatch):
    first = workbook({"one": Sheet(("a",), [("x",)])})
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert workbook({"one": Sheet(("a",), [("x",)])}) == first
    with ZipFile(BytesIO(first)) as zipped:
        assert {member.date_time for member in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        dates = re.findall(rb"W3CDTF\">([^<]*)<", zipped.read("docProps/core.xml"))
    assert set(dates) == {b"2000-01-01T00:00:00Z"}


def test_a_table_that_is_too_long_says_so_in_its_last_row():
    page = opened_book(workbook({"one": Sheet(("n",), ((n,) for n in range(MOST_ROWS + 5)))}))["one"]
    assert page.max_row == MOST_ROWS + 2
    assert page.cell(MOST_ROWS + 1, 1).value == MOST_ROWS - 1
    assert "the others are in the CSV" in page.cell(MOST_ROWS + 2, 1).value


def test_a_results_folder_has_a_workbook_of_its_tables(tmp_path):
    results = run_experiment(load("first-steps"), replications=2, workers=1, out=tmp_path)
    (file,) = tmp_path.glob("*/tables.xlsx")
    book = opened_book(file.read_bytes())
    assert set(book.sheetnames) == {path.stem for path in (file.parent / "tables").glob("*.csv")}
    rows = list(book["runs"].iter_rows(values_only=True))
    assert len(rows) == 1 + len(list(results.rows()))
    for row, one in zip(rows[1:], results.rows(), strict=True):
        assert row[:3] == (one.mix, one.replication, one.measure)
        assert row[3] == (None if one.value is None else pytest.approx(one.value, rel=1e-14))
    for path in (file.parent / "tables").glob("*.csv"):
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_report_of_an_exercise_has_one_of_all_its_data(tmp_path):
    exercise = passed(passed(opened(tmp_path, others=2)))
    made = after_action_files(ReportInput.of(exercise, Adjudicator(InterimCache())))
    book = opened_book(made["tables.xlsx"])
    assert {f"{name}.csv" for name in book.sheetnames} == {name for name in made if name.endswith(".csv")}
    assert book["log"].max_row == 1 + len(exercise.entries)
    assert {cell.data_type for row in book["msel"].iter_rows() for cell in row} <= {"s", "n"}


def test_wherever_figures_are_written_their_data_is_in_a_workbook(tmp_path):
    run_experiment(load("first-steps"), replications=2, workers=1, out=tmp_path / "r")
    (folder,) = (tmp_path / "r").iterdir()
    with pytest.raises(SystemExit):
        main(["plot", str(folder), "--figure", "worlds", "--format", "svg"])
    with pytest.raises(SystemExit):
        main(["levers", "first-steps", "--replications", "2", "--workers", "1", "--out", str(tmp_path / "l")])
    for place in (folder / "figures", tmp_path / "l"):
        book = load_workbook(place / "tables.xlsx")
        assert set(book.sheetnames) == {path.stem for path in place.glob("*.csv")}


def test_an_events_list_in_csv_is_known_to_be_utf_8(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["msel", "export", "first-steps", "--out", "list.csv"])
    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbf")
