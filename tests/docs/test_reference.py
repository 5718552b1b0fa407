"""The reference says what the code says."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from tabletop.measures import MEASURES
from tabletop.pools import POOLS
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.targets import FIXED

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tabletop"
PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs").rglob("*.md"),
]

sys.path.append(str(ROOT / "docs"))
api_reference = importlib.import_module("api_reference")
generate = importlib.import_module("generate")
MADE = generate.PAGES


def test_the_generated_parts_are_current(capsys):
    assert generate.main(["--check"]) == 0, "run `python docs/generate.py`"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("page", "right", "wrong"),
    [("model.md", "| people |", "| persons |"), ("reference/api.md", "load(source", "load(file")],
)
def test_a_stale_part_is_reported_and_mended(page, right, wrong, tmp_path, monkeypatch, capsys):
    copies = []
    for original in MADE:
        text = original.read_text(encoding="utf-8")
        copies.append(tmp_path / original.name)
        copies[-1].write_text(text.replace(right, wrong) if original.match(page) else text, encoding="utf-8")
    monkeypatch.setattr(generate, "PAGES", copies)
    assert generate.main(["--check"]) == 1
    assert f"{Path(page).name}: a generated part is stale" in capsys.readouterr().err
    assert generate.main([]) == 0
    for original, copy in zip(MADE, copies, strict=True):
        assert copy.read_text(encoding="utf-8") == original.read_text(encoding="utf-8")


def test_a_missing_block_is_reported(tmp_path, monkeypatch, capsys):
    page = tmp_path / "model.md"
    page.write_text(PAGE.replace("<!-- generated: measures -->", ""), encoding="utf-8")
    monkeypatch.setattr(generate, "PAGES", [page, *MADE[1:]])
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().err == "no page has a block for measures\n"


def test_a_block_of_another_script_is_left_alone():
    block = "<!-- generated: lever effects -->\nsomething\n<!-- end -->\n"
    assert generate.filled(block) == block


@pytest.mark.parametrize("row", list(generate.condition_rows()), ids=lambda row: row.path)
def test_every_condition_has_unit_sentence_and_source(row):
    assert row.unit
    assert row.says.endswith(".")
    assert row.source


@pytest.mark.parametrize("row", [row for row, _ in generate.lever_rows()], ids=lambda row: row.path)
def test_every_lever_has_unit_sentence_and_source(row):
    assert row.unit
    assert row.says.endswith(".")
    assert row.source


@pytest.mark.parametrize("measure", list(MEASURES.values()), ids=lambda measure: measure.name)
def test_every_measure_has_unit_and_sentence(measure):
    assert measure.unit
    assert measure.sentence.endswith(".")


def test_every_lever_expects_a_measure_that_exists():
    assert {lever.measure for lever in LEVERS.values()} <= set(MEASURES)


def test_every_pool_and_every_fixed_condition_is_named():
    assert not [name for name in (*POOLS, *FIXED) if f"`{name}`" not in PAGE]


def test_every_purpose_of_chance_is_listed_and_none_else():
    owners = "threat|background|detection|reporting|interdiction|prosecution|sharing"
    purpose = re.compile(rf'"((?:{owners})\.[a-z_]+)')
    model = [SOURCE / "threat.py", SOURCE / "background.py", *(SOURCE / "pillars").glob("*.py")]
    drawn = {found for file in model for found in purpose.findall(file.read_text(encoding="utf-8"))}
    section = PAGE.split("**Entities.**")[1].split("**Layers and thinning.**")[0]
    listed = set(re.findall(r"`([a-z]+\.[a-z_]+)(?:/<name>)?`", section))
    assert listed == drawn


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page):
    paths = re.compile(r"`((?:src|tests|docs|scenarios|benchmarks|verification)/[\w./-]*)`")
    named = set(paths.findall(page.read_text(encoding="utf-8")))
    assert not [path for path in sorted(named) if not (ROOT / path).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_repository_leads_somewhere(page):
    links = re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not leads_somewhere(page, link)]


def leads_somewhere(page: Path, link: str) -> bool:
    if link.startswith(("http://", "https://")):
        return True
    file, _, heading = link.partition("#")
    target = page.parent / file if file else page
    return target.exists() and (not heading or heading in anchors(target))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
