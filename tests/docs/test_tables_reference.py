"""The page of tables explains every column of every CSV file that a folder has under `tables/`."""

import csv
import re
from pathlib import Path

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.experiment.folder_comparison import FolderComparison
from tabletop.scenario.load import loads

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## tabletop (.+?)\n(.*?)(?=^## |^<!-- end)", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^### (?:tables/)?(\w+)\.csv\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(.+?)` \| (.*?) \| (.+) \|$", re.MULTILINE)
SECTIONS = dict(SECTION.findall(PAGE))
SEVERAL = {
    ("robust", "variants"): ["plots"],
    ("search", "candidates"): ["incidents_difference", "trust_mean_difference", "analysts", "care"],
    ("levers --pillars", "corners"): [
        "detection", "interdiction", "incidents", "trust_mean", "days_to_verdict",
    ],
}  # fmt: skip
"""What stands in this scenario for the columns in angle brackets."""
MORE = """\
uncertain: [{on: threat.formation_rate, set: [20, 80], scale: log, name: plots}]
limits: {incidents: {at_most: 9}}
search:
  levers: {care: {}, analysts: {}}
  keep: [%s]
"""


def documented(section):
    """The columns of each table of a command, with unit and words, by the table's name."""
    return {name: ROW.findall(body) for name, body in TABLE.findall(section)}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The heads of all tables in folders that each command made, by command and name."""
    out = tmp_path_factory.mktemp("results")
    levers = [name for name in tabletop.LEVERS if name not in ("analysts", "care")]
    scenario = loads(TEXT + MORE % ", ".join(levers), "small.yaml")
    budget = 4 + max(map(scenario.yearly_cost, scenario.policy_mixes))
    how = {"workers": 1, "progress": False}
    tabletop.study_robustness(scenario, variants=8, worlds=2, regret=True, out=out / "robust", **how)
    tabletop.search_mixes(
        scenario, aims=["incidents", "trust_mean"], budget=budget, candidates=4, finalists=2, worlds=3,
        robust=True, variants=8, variant_worlds=2, parts=True, out=out / "search", **how,
    )  # fmt: skip
    tabletop.study_pillars(scenario, high="careful", replications=2, out=out / "levers --pillars", **how)
    results = tabletop.run_experiment(scenario, replications=3, out=out / "run", **how)
    found = {}
    for file in out.glob("*/*/tables/*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            found[file.parts[-4], file.stem] = next(csv.reader(lines))
    compared = tabletop.compare_results(results, tabletop.run_experiment(scenario, replications=2, **how))
    assert isinstance(compared, FolderComparison)
    found["compare --out", "folders"] = list(compared.sheet().columns)
    return found


def test_every_column_of_every_table_that_is_written_is_explained_in_its_place(written):
    assert {command for command, _ in written} == set(SECTIONS)
    for (command, table), heads in written.items():
        columns = documented(SECTIONS[command])[table]
        plain = [name for name, _, _ in columns if not name.startswith("<")]
        several = SEVERAL.get((command, table), [])
        assert [head for head in heads if head not in several] == plain, (command, table)
        assert [head for head in heads if head in several] == several, (command, table)


def test_no_table_is_explained_that_is_not_written(written):
    for command, section in SECTIONS.items():
        assert set(documented(section)) == {table for of, table in written if of == command}


def test_limits_in_boxes_and_rules_are_said_to_be_shares_of_the_range():
    found = documented(SECTIONS["robust"])
    for table, columns in (("boxes", ("above", "at_most")), ("rules", ("threshold",))):
        said = {name: (unit, words) for name, unit, words in found[table]}
        assert all(said[name][0] == "share, 0 to 1" for name in columns)
        assert "how far along" in said[columns[0]][1].lower()
