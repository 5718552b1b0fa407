"""The experiment page: what is on it, whoever reads it with whatever."""

import re
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import pytest
from page_cases import STUBS, STUBS_BUT_ONE, TITLE, made_at, page, results
from parsed import by_id, parsed, text

from plots.figure_cases import case
from tabletop.errors import TabletopError
from tabletop.plots import FIGURES
from tabletop.report.method import MUST_NOT_SAY
from tabletop.report.page import experiment_page, write_report


@pytest.fixture(scope="module")
def root():
    return parsed(page())


def elements(root, *tags):
    return [element for element in root.iter() if element.tag in tags]


@pytest.mark.parametrize(
    "name",
    ["one replication", "the baseline alone", "twelve mixes with long names", "a failure", "only failures"],
)
def test_whatever_the_results_the_page_is_html_without_a_fault(name):
    found, compared = case(name)
    tree = parsed(experiment_page(replace(found, provenance=made_at(1)), compared, svgs=STUBS))
    said = text(by_id(tree, "findings"))
    assert all(" ".join(sentence.split()) in said for sentence in compared.sentences())


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(root):
    foreign = (
        "script",
        "iframe",
        "object",
        "embed",
        "img",
        "image",
        "link",
        "base",
        "form",
        "video",
        "audio",
    )
    assert not elements(root, *foreign)
    for element in root.iter():
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            assert not local.startswith("on"), name
            assert local not in {"src", "srcset", "action", "data", "poster", "background"}
            if local == "href":
                assert value.startswith("#")
            assert all(place.startswith("#") for place in re.findall(r"url\(\s*['\"]?([^)]*)", value))
    (style,) = elements(root, "style")
    assert not re.search(r"url\(|@import|expression|https?:", style.text)


def test_ids_are_unique_and_every_reference_leads_to_one(root):
    ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    referred = set()
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href":
                referred.add(value.removeprefix("#"))
            if name in {"aria-describedby", "aria-labelledby"}:
                referred |= set(value.split())
            referred |= set(re.findall(r"url\(#([^)]*)\)", value))
    assert any(place.startswith("paired_differences-") for place in referred)
    assert referred <= set(ids)


def test_what_a_scenario_writes_stays_text(root):
    assert text(by_id(root, "main")).count("alert(1)") == 1  # the message; the content note is in the header
    assert text(elements(root, "h1")[0]) == TITLE
    assert not {e.tag for e in root.iter()} & {"script", "img", "b", "u", "i", "cite"}
    assert "It is said: <img src=x onerror=alert(1)>" in text(by_id(root, "scenario"))
    assert "More </th><script>care</script>" in text(by_id(root, "mixes"))


def test_characters_that_html_forbids_are_replaced():
    found = results()
    scenario = found.design.scenario.model_copy(update={"title": "Bell\x07 and null\x00"})
    design = replace(found.design, scenario=scenario)
    tree = parsed(experiment_page(replace(found, design=design), svgs=STUBS))
    assert text(elements(tree, "h1")[0]) == "Bell\ufffd and null\ufffd"


def test_the_content_note_comes_first(root):
    body = elements(root, "body")[0]
    skip, header = list(body)[:2]
    assert skip.get("class") == "skip"
    assert header.tag == "header"
    assert text(header[0]) == "Content note. Hard to read: </p><script>alert(1)</script>."


def test_every_primary_contrast_is_there_in_a_sentence_and_with_its_interval_in_a_table(root):
    compared = results().compare()
    said = text(by_id(root, "findings"))
    assert len(compared.sentences()) == 6
    for sentence in compared.sentences():
        assert sentence in said
    tables = {text(table[0]).split(" (")[0]: table for table in elements(by_id(root, "findings"), "table")}
    contrast = compared.contrast("incidents", "careful")
    row = next(text(row) for row in elements(tables["Incidents"], "tr") if "careful" in text(row))
    assert f"{contrast.interval.low:+.2f} to {contrast.interval.high:+.2f}" in row
    assert contrast.in_words() in row


def test_a_mean_duration_stands_beside_the_number_still_open_and_its_bootstrap(root):
    said = text(by_id(root, "findings"))
    assert re.search(r"Proceedings open at the end: As usual \d[^;]*\(", said)
    interval = results().ratio_intervals(results().compare()).contrasts["days_to_verdict", "later"]
    assert f"{interval.low:+.2f} to {interval.high:+.2f}" in said


def test_the_levers_that_differ_stand_beside_each_other_with_what_a_year_costs(root):
    rows = {}
    for row in elements(by_id(root, "mixes"), "tr"):
        cells = [text(cell) for cell in row]
        rows[cells[0].split(" ")[0]] = cells[1:]
    assert rows["care"] == ["0.5", "1", "1"]
    assert rows["analysts"][1:] == ["·as the baseline", "40"]
    assert "teams" not in rows
    scenario = results().design.scenario
    assert "The budget is 120 cost units a year." in text(by_id(root, "mixes"))
    assert rows["Cost"][0].startswith(f"{scenario.yearly_cost('usual'):.1f}")
    assert rows["Cost"][2] == f"{scenario.yearly_cost('later'):.1f}"


def test_every_figure_is_one_picture_with_its_finding_as_text_and_its_data(root):
    found, compared = results(), results().compare()
    figures = {figure.get("id"): figure for figure in elements(root, "figure")}
    assert list(figures) == [f"figure-{name}" for name in FIGURES]
    tables = elements(by_id(root, "figures"), "table")
    for plot, table in zip(FIGURES.values(), tables, strict=True):
        picture = figures[f"figure-{plot.name}"][0]
        assert picture.get("role") == "img"
        assert picture.get("aria-label").replace("−", "-") == " ".join(plot.title(found, compared).split())
        assert plot.shows in text(by_id(root, picture.get("aria-describedby")))
        assert len(picture) > 1
        assert len(elements(table, "tr")) - 1 == min(100, len(plot.data(found, compared).rows))


def test_a_reader_without_eyes_or_mouse_finds_the_way(root):
    assert root.get("lang") == "en"
    assert [e.tag for e in elements(root, "header", "nav", "main", "footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    skip = elements(root, "a")[0]
    assert by_id(root, skip.get("href")[1:]).tag == "main"
    levels = [int(e.tag[1]) for e in elements(root, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in elements(root, "table"):
        assert table[0].tag == "caption"
        assert all(cell.get("scope") in {"col", "row", "rowgroup"} for cell in elements(table, "th"))
    for region in root.iter():
        if region.get("class") == "table":  # what scrolls can be reached, and says what it is
            assert region.get("tabindex") == "0"
            assert region.get("aria-label")


def test_what_only_the_author_knows_is_marked_and_listed(root):
    marked = {e.get("id"): text(e) for e in root.iter() if (e.get("id") or "").startswith("blank-")}
    assert len(marked) == 5
    assert all(said.startswith("To be filled in by the author: ") for said in marked.values())
    listed = {e.get("href")[1:] for e in elements(by_id(root, "reporting"), "a") if "blank" in e.get("href")}
    assert listed == set(marked)


def test_all_sections_of_the_reporting_guideline_are_there(root):
    heads = [text(e) for e in elements(by_id(root, "reporting"), "h3")]
    assert heads == [
        "1 Objectives", "2 Logic", "3 Data", "4 Experimentation", "5 Implementation", "6 Code access",
    ]  # fmt: skip
    said = text(by_id(root, "reporting"))
    assert "conditions.threat: A book <cite>" in said
    assert "24 replications of each mix" in said


def test_the_page_says_what_the_model_must_not_be_taken_to_say(root):
    said = text(by_id(root, "limits"))
    assert "It predicts nothing." in said
    assert all(" ".join(limit.split()) in said for limit in MUST_NOT_SAY)


def test_all_text_stands_out_from_its_ground():
    css = (files("tabletop.report.document") / "templates" / "document.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", css))
    assert set(re.findall(r"(?<![-\w])color: var\(--(\w+)\)", css)) == {"ink", "quiet", "accent"}
    for ground in ("paper", "ground", "note"):
        for ink in ("ink", "quiet", "accent"):
            assert contrast(colours[ink], colours[ground]) >= 4.5
    assert contrast(colours["edge"], colours["note"]) >= 3  # what is no text


def contrast(one, other):
    """The contrast ratio of WCAG 2."""
    lights = []
    for colour in (one, other):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_the_page_is_the_same_in_another_process_which_needs_neither_rich_nor_pyplot(tmp_path):
    script = Path(__file__).parent / "write_page.py"
    told = subprocess.run(
        [sys.executable, script, tmp_path / "page.html"], check=True, capture_output=True, text=True
    )
    assert told.stdout == "[]\n"
    assert (tmp_path / "page.html").read_bytes() == experiment_page(results(), svgs=STUBS_BUT_ONE).encode()


def test_only_the_provenance_tells_when_a_page_was_made():
    pages = [experiment_page(replace(results(), provenance=made_at(hour)), svgs=STUBS) for hour in (1, 5)]
    assert pages[0] != pages[1]
    without = [re.sub(r'<section id="provenance">.*?</section>', "", each, flags=re.DOTALL) for each in pages]
    assert without[0] == without[1]


def test_the_settings_of_whoever_asks_are_left_alone():
    before = dict(mpl.rcParams)
    experiment_page(results(), svgs=STUBS_BUT_ONE)
    assert dict(mpl.rcParams) == before


def test_another_comparison_can_be_told():
    tree = parsed(experiment_page(results(), results().compare(baseline="careful"), svgs=STUBS))
    assert "Incidents, usual against careful: worse" in text(by_id(tree, "findings"))


def test_a_page_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(TabletopError, match="cannot be written"):
        write_report(results(), tmp_path / "missing" / "report.html", svgs=STUBS)
    place = write_report(results(), tmp_path / "report.html", svgs=STUBS)
    assert place.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
