"""Edited events lists, as planners make them in a spreadsheet."""

import csv
from io import BytesIO, StringIO

import openpyxl

from support.two_moves import TEXT, scenario
from tabletop.report.msel.lists import list_file

EMPTY = None


class Book:
    """A workbook as it was exported, to be edited."""

    def __init__(self, text=TEXT):
        self.book = openpyxl.load_workbook(BytesIO(list_file(scenario(text), "two_moves.yaml", ".xlsx")))
        self.sheet = self.book["MSEL"]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, name):
        """The row of an inject."""
        column = self.columns["Inject ID"]
        return next(n for n in range(2, self.sheet.max_row + 1) if self.sheet.cell(n, column).value == name)

    def cell(self, name, column):
        return self.sheet.cell(self.row(name), self.columns[column])

    def put(self, name, column, value):
        """Type a value over a cell."""
        self.cell(name, column).value = value
        return self

    def add(self, **cells):
        """Type a new row below the list."""
        row = self.sheet.max_row + 1
        for column, value in cells.items():
            self.sheet.cell(row, self.columns[column.replace("_", " ")]).value = value
        return self

    def save(self, path):
        self.book.save(path)
        return path


def table(text=TEXT):
    """An exported CSV as rows of cells, headings first."""
    exported = list_file(scenario(text), "two_moves.yaml", ".csv").decode("utf-8-sig")
    return list(csv.reader(StringIO(exported, newline="")))


def saved(rows, path, **options):
    """Rows of cells written as CSV."""
    with path.open("w", encoding=options.pop("encoding", "utf-8"), newline="") as file:
        csv.writer(file, **options).writerows(rows)
    return path
