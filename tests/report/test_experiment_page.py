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
from tabletop.analysis.numerals import Numerals
from tabletop.errors import TabletopError
from tabletop.experiment.run import run_experiment
from tabletop.measures import MEASURES
from tabletop.plots import FIGURES
from tabletop.report.experiment_page.figures import MOST_ROWS
from tabletop.report.experiment_page.grid import LABEL
from tabletop.report.experiment_page.page_input import page_input
from tabletop.report.experiment_page.sentences import conclusions
from tabletop.report.method import MUST_NOT_SAY
from tabletop.report.page import experiment_page, write_report
from tabletop.scenario.load import load, loads


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
    assert text(elements(tree, "h1")[0])
    said = text(by_id(tree, "findings"))
    assert ("There is nothing to compare" in said) == (len(compared.mixes) < 2 or not compared.replications)
    grids = [table for table in elements(tree, "table") if "verdicts" in (table.get("class") or "")]
    assert bool(grids) == (len(compared.mixes) > 1 and bool(compared.replications))


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
    assert any(re.match(r"f\d+[wn]-", place) for place in referred)  # a picture's own parts
    assert referred <= set(ids)


def test_what_a_scenario_writes_stays_text(root):
    assert text(by_id(root, "main")).count("alert(1)") == 1  # the message; the content note is in the header
    assert text(elements(root, "h1")[0]) == "Which <mix> does better?"
    assert text(by_class(root, "about")).startswith(TITLE)
    assert not {e.tag for e in root.iter()} & {"script", "img", "b", "u", "i", "cite"}
    assert "It is said: <img src=x onerror=alert(1)>" in text(by_id(root, "scenario"))
    assert "More </th><script>care</script>" in text(by_id(root, "mixes"))


def test_characters_that_html_forbids_are_replaced():
    found = results()
    scenario = found.design.scenario.model_copy(update={"question": "Bell\x07 and null\x00"})
    design = replace(found.design, scenario=scenario)
    tree = parsed(experiment_page(replace(found, design=design), svgs=STUBS))
    assert text(elements(tree, "h1")[0]) == "Bell\ufffd and null\ufffd"


def test_question_and_content_note_come_first(root):
    body = elements(root, "body")[0]
    skip, header = list(body)[:2]
    assert skip.get("class") == "skip"
    assert header.tag == "header"
    assert text(by_class(header, "note")) == "Hard to read: </p><script>alert(1)</script>."


def test_without_a_question_the_page_asks_what_every_comparison_answers():
    found = results()
    scenario = found.design.scenario.model_copy(update={"question": ""})
    tree = parsed(
        experiment_page(replace(found, design=replace(found.design, scenario=scenario)), svgs=STUBS)
    )
    assert (
        text(elements(tree, "h1")[0])
        == "Which of two mixes does better than As usual, in what, and how sure is that?"
    )


def test_the_language_of_the_scenario_is_that_of_the_page():
    found = results()
    for language, direction in (("pt-BR", "ltr"), ("fa", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr")):
        scenario = found.design.scenario.model_copy(update={"language": language})
        tree = parsed(
            experiment_page(replace(found, design=replace(found.design, scenario=scenario)), svgs=STUBS)
        )
        assert (tree.get("lang"), tree.get("dir")) == (language, direction)


def cells_of(root):
    """The cells of the grid on the screen: by mix and measure, what is shown and what is read out."""
    grid = next(t for t in elements(root, "table") if "on-screen" in (t.get("class") or ""))
    heads = [text(cell) for cell in elements(elements(grid, "thead")[0], "th")][1:]
    found = {}
    for row in elements(elements(grid, "tbody")[0], "tr"):
        title = text(elements(row, "bdi")[0])
        for head, cell in zip(heads, elements(row, "td"), strict=True):
            measure = next(m for m in MEASURES.values() if head.startswith(m.title)).name
            found[title, measure] = (text(by_class(cell, "figure")), text(by_class(cell, "hidden")))
    return found


def test_the_grid_has_every_primary_contrast_with_its_interval_and_worlds(root):
    compared = results().compare()
    cells = cells_of(root)
    assert len(cells) == 6
    names = {"careful": "More </th><script>care</script>", "later": "later"}
    for contrast in compared.contrasts:
        if not contrast.primary:
            continue
        shown, spoken = cells[names[contrast.mix], contrast.measure]
        written = Numerals.of(contrast.measure, contrast.delta)
        if contrast.interval is None:
            continue
        assert shown.startswith(written.difference(contrast.difference).replace("−", "-"))
        assert written.span(contrast.interval).replace("−", "-") in spoken
        better = contrast.worlds.better(MEASURES[contrast.measure].direction)
        side = "higher" if better is None else "better"
        number = contrast.worlds.higher if better is None else better
        assert f"{side} in {number} of 24 worlds" in spoken
    assert cells[names["careful"], "incidents"][1].startswith("better, -3.")
    assert re.search(r"-3\.\d ?24 : 0$", cells[names["careful"], "incidents"][0])


def test_no_mix_is_called_by_its_key_before_all_numbers(root):
    page_before = (
        text(elements(root, "header")[0]) + text(by_class(root, "grid")) + text(by_class(root, "first"))
    )
    for fold in ("why", "luck"):
        data = [text(e) for e in elements(by_id(root, fold), "details") if e.get("class") == "data"]
        said = text(by_id(root, fold))
        for part in data:
            said = said.replace(part, "")
        page_before += said
    assert "careful" not in page_before.replace(text(by_class(by_class(root, "first"), "data")), "")


def test_five_sentences_say_what_it_came_to_each_with_its_proof(root):
    said = [text(item) for item in elements(by_class(root, "conclusions"), "li")]
    assert said[0].startswith("One of two mixes has fewer incidents")
    assert any("No service is busier" in one or "days for" in one for one in said)
    assert all(len(one) <= 200 for one in said)


def test_no_wait_is_told_without_its_interval():
    found = run_experiment(load("harbour-city"), replications=4, workers=1)
    compared = found.compare()
    (one,) = (c for c in conclusions(found, compared) if "waits" in c.claim)
    waits = re.fullmatch(r"With (.+) a case waits (\d+) days for teams, not (\d+)\.", one.claim)
    ends = re.match(r"([\d.]+) to ([\d.]+)(?:; skewed)? and ([\d.]+) to ([\d.]+)", one.proof)
    low, high, low_before, high_before = map(float, ends.groups())
    assert low <= float(waits[2]) <= high
    assert low_before <= float(waits[3]) <= high_before


def test_every_contrast_stands_in_a_table_with_its_interval_and_its_words(root):
    compared = results().compare()
    tables = {text(table[0]).split(" (")[0]: table for table in elements(by_id(root, "findings"), "table")}
    contrast = compared.contrast("incidents", "careful")
    row = next(text(row) for row in elements(tables["Incidents"], "tr") if "careful" in text(row))
    assert f"{contrast.interval.low:+.1f} to {contrast.interval.high:+.1f}" in row
    assert contrast.in_words() in row


def test_a_mean_duration_stands_beside_the_number_still_open_and_its_bootstrap(root):
    said = text(by_id(root, "findings"))
    assert re.search(r"Proceedings open at the end: As usual \d[^;]*\(", said)
    interval = results().ratio_intervals(results().compare()).contrasts["days_to_verdict", "later"]
    assert f"{interval.low:+.1f} to {interval.high:+.1f}" in said


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
    figures = {figure.get("id").removeprefix("figure-"): figure for figure in elements(root, "figure")}
    # the grid and the pressure of services are tables, this scenario has both measures of a trade-off, and
    # no plot of these made-up results ends otherwise
    assert set(figures) == set(FIGURES) - {"paired_differences", "pressure", "two_lives"}
    for name, figure in figures.items():
        plot = FIGURES[name]
        pictures = [svg for svg in elements(figure, "svg") if svg.get("role") == "img"]
        assert len(pictures) == 1 + plot.has_narrow_form
        title = " ".join(plot.title(found, compared).split()).replace("−", "-")
        for picture in pictures:
            assert text(by_id(root, picture.get("aria-labelledby"))) == title
            assert plot.shows in text(by_id(root, picture.get("aria-describedby")))
            assert len(picture) > 1
        (table,) = elements(figure, "table")
        assert len(elements(table, "tr")) - 1 == min(MOST_ROWS, len(plot.data(found, compared).rows))


def test_a_reader_without_eyes_or_mouse_finds_the_way(root):
    assert root.get("lang") == "en"
    assert [e.tag for e in elements(root, "header", "main", "footer")] == ["header", "main", "footer"]
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
    heads = [text(e) for e in elements(by_id(root, "reporting"), "h4")]
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


LONG = "Community-first partnership with schools, councils and the analysis centre, variant"
FEW = """title: {title}
horizon_days: 60
warm_up_days: 30
replications: 3
measures: {{incidents: {{delta: 1}}, trust_mean: {{delta: 0.01}}}}
baseline: now
policy_mixes:
  now: {{title: {now}}}
  one: {{title: "{one} 1", interdiction: {{teams: 4}}}}
  two: {{title: "{one} 2", prosecution: {{prosecutors: 12}}}}
"""


def few(title="Town", now="Now", one="Mix"):
    results = run_experiment(loads(FEW.format(title=title, now=now, one=one)), workers=1)
    return page_input(results, results.compare(), {})


def test_a_long_title_is_cut_in_the_middle_beside_its_cells_and_whole_where_one_points_at_it():
    labels = [row.label() for row in few(one=LONG).grid.rows]
    assert len(set(labels)) == 2
    assert all(len(label) <= LABEL and label[-1] in "12" for label in labels)


def test_a_name_from_right_to_left_turns_no_number_of_a_sentence():
    page = few(title="ميناء", now="الأساس")
    said = [page.about, *(one.claim + " " + one.proof for one in page.conclusions)]
    turned = re.compile("[\u0590-\u08ff][^\u200e\\w]*[0-9]")
    assert "الأساس" in page.about
    assert any("الأساس" in one for one in said[1:])
    assert not any(turned.search(one) for one in said)


def test_where_nothing_tells_the_mixes_apart_no_sentence_says_that_none_is_among_the_best():
    results = run_experiment(
        loads(FEW.format(title="T", now="N", one="M").replace("teams: 4", "teams: 3")), workers=1
    )
    last = conclusions(results, results.compare())[-1].proof
    assert "nothing tells the mixes apart" in last
    assert "no mix" not in last


def by_class(root, name):
    """The first element of that class."""
    return next(e for e in root.iter() if name in (e.get("class") or "").split())


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
    provenance = re.compile(r'<section [^>]*id="provenance">.*?</section>', re.DOTALL)
    without = [provenance.sub("", each) for each in pages]
    assert without[0] == without[1]


def test_the_settings_of_whoever_asks_are_left_alone():
    before = dict(mpl.rcParams)
    experiment_page(results(), svgs=STUBS_BUT_ONE)
    assert dict(mpl.rcParams) == before


def test_another_comparison_can_be_told():
    tree = parsed(experiment_page(results(), results().compare(baseline="careful"), svgs=STUBS))
    cells = cells_of(tree)
    assert cells["As usual", "incidents"][1].startswith("worse")


def test_a_page_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(TabletopError, match="cannot be written"):
        write_report(results(), tmp_path / ("x" * 300) / "report.html", svgs=STUBS)
    place = write_report(results(), tmp_path / "report.html", svgs=STUBS)
    assert place.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["handout.html", "report.html"]
