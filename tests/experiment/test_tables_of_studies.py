"""Tables that studies write: no cell is a formula, and no path that moves is left out."""

import csv
import io

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.experiment.robustness import tables
from tabletop.experiment.search.record import texts as texts_of_search
from tabletop.experiment.tables import csv_lines
from tabletop.scenario.load import loads
from tabletop.spreadsheet import Sheet, unguarded

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log, name: "=1+1", source: "@SUM(A1) assumption"}
  - {on: trust.loss, set: [0.01, 0.04], also: [{on: trust.base, add: [-0.1, 0.1]}]}
  - {on: [background.border, background.community], multiply: [0.5, 2], source: "assumption: half to double"}
"""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def study():
    """A study of eight points of ranges with odd names."""
    scenario = loads(TEXT + RANGES, "small.yaml")
    return tabletop.study_robustness(scenario, variants=8, worlds=2, workers=1, progress=False)


def rows_of(lines):
    """The rows of a CSV file."""
    return [*csv.reader(io.StringIO("".join(lines)))]


def is_number(text):
    """Whether a cell is a number, which a spreadsheet may take for one."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_no_cell_of_any_table_is_a_formula_to_a_spreadsheet(study):
    cells = [c for lines in tables.texts(study).values() for row in rows_of(lines) for c in row]
    assert [cell for cell in cells if cell.startswith(DANGEROUS) and not is_number(cell)] == []
    assert {"'=1+1", "'@SUM(A1) assumption"} <= set(cells)


def test_nor_is_one_of_a_search_or_an_experiment():
    scenario = loads(TEXT + RANGES, "small.yaml")
    dearest = max(map(scenario.yearly_cost, scenario.policy_mixes))
    how = {"candidates": 4, "finalists": 1, "worlds": 2, "workers": 1, "progress": False}
    found = tabletop.search_mixes(
        scenario, aims=["incidents"], budget=dearest + 4, robust=True, variants=8, variant_worlds=2, **how
    )
    texts = {name: text for name, text in texts_of_search(found).items() if name.endswith(".csv")}
    cells = [c for lines in texts.values() for row in rows_of(lines) for c in row]
    assert [cell for cell in cells if cell.startswith(DANGEROUS) and not is_number(cell)] == []
    assert any(cell.startswith("'=1+1: ") for cell in cells)
    ((head,), *rest) = rows_of(csv_lines(Sheet(("=head",), [("=1+1",), (-1.5,), (-2,), ("plain",), (None,)])))
    assert (head, rest) == ("'=head", [["'=1+1"], ["-1.5"], ["-2"], ["plain"], [""]])
    assert unguarded(head) == "=head"


def test_every_path_that_moves_is_named_in_a_head_or_in_the_table_of_ranges(study):
    heads = tables.variants(study).columns[4:]
    assert heads == ("=1+1", "trust.loss, trust.base", "background.border, background.community")
    assert study.ranges.titles[1:] == ("trust.loss and others", "background.border and others")
    sheet = tables.ranges(study)
    assert [row[:4] for row in sheet.rows] == [
        ("=1+1", "threat.formation_rate", "20 to 80", "40"),
        ("trust.loss and others", "trust.loss", "0.01 to 0.04", "0.02"),
        ("trust.loss and others", "trust.base", "− 0.1 to + 0.1", None),
        ("background.border and others", "background.border", "× 0.5 to × 2", "× 1"),
        ("background.border and others", "background.community", "× 0.5 to × 2", "× 1"),
    ]
