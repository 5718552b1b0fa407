"""The data of a figure as CSV."""

import csv
from io import StringIO

import numpy as np

from tabletop.plots.table import Table
from tabletop.spreadsheet import unguarded


def test_no_text_is_taken_for_a_formula_and_every_one_comes_back_while_numbers_stay_numbers():
    table = Table.of(
        ("mix", "=sum"), [("=cmd|'/c'!A1", -0.5), ("-2", np.float64(0.1)), ("'@x", None), ("a", True)]
    )
    rows = [*csv.reader(StringIO(table.csv()))]
    assert [row[0][0] for row in rows] == ["m", "'", "'", "'", "a"]
    assert rows[0][1] == "'=sum"
    assert [unguarded(row[0]) for row in rows[1:]] == [row[0] for row in table.rows]
    assert [row[1] for row in rows[1:]] == ["-0.5", "0.1", "", "true"]
