"""The hand-out: what a class guesses before it looks, what it talks over after, on two sheets of paper."""

import re
from itertools import product

import pypdfium2
import pytest
from browser import browser

from support.long import long
from tabletop.experiment.run import run_experiment
from tabletop.report.experiment_page.handout import LONGEST, MOST_MIXES, QUESTIONS, first_sentences
from tabletop.report.page import experiment_handout
from tabletop.scenario.load import load, loads

WORDS = "港湾の安全と信頼のための長い題名です"


def mixes(number, title="A mix with a fairly long title", summary="More of this. And of that."):
    """A scenario with that many mixes beside the baseline, each with one team more than the one before."""
    beside = "\n".join(
        f"  mix_{i}: {{title: '{title} {i}', summary: '{summary}', interdiction: {{teams: {i + 5}}}}}"
        for i in range(number)
    )
    measures = ", ".join(
        f"{name}: {{delta: {delta}, primary: true}}"
        for name, delta in (("incidents", 1), ("wrongful_interventions", 1), ("trust_mean", 0.01))
    )
    return loads(
        "title: Many\nhorizon_days: 60\nwarm_up_days: 30\nreplications: 3\n"
        f"measures: {{{measures}}}\nbaseline: now\npolicy_mixes:\n  now: {{}}\n{beside}\n"
    )


def page_of(scenario, replications=3):
    return experiment_handout(run_experiment(scenario, replications=replications, workers=1))


@pytest.fixture(scope="module")
def flagship():
    return page_of(load("harbour-city"))


def sides(html):
    return html.split('<section class="side"')[1:]


def test_nothing_is_told_before_the_guess_but_what_the_baseline_has(flagship):
    before, after = sides(flagship)
    assert "worlds better : worse" not in before
    assert "With Status quo, on average over 3 worlds: incidents " in before
    assert re.search(r"incidents [\d.]+ \([\d.]+ to [\d.]+\)", before)  # no estimate without its interval
    claim = re.search(r"<h2[^>]*>(.*?)</h2>", after).group(1)
    assert claim not in before
    assert before.count('class="tick"') == 6 * 3 * 3
    assert "fewer <i" in before  # of what is counted
    assert "less <i" in before  # of trust
    assert "A neighbouring region is shaken" in before


def test_three_measures_stand_on_it_one_of_each_group(flagship):
    _, after = sides(flagship)
    heads = re.findall(r'<th scope="col" class="m g-(\w+)">', after)
    assert heads == ["security", "rights", "trust"]
    assert all(question in after for question in QUESTIONS)  # the file asks none of its own


def test_questions_of_the_scenario_come_before_our_own():
    html = page_of(load("lesson-trust-spiral"), 2)
    assert QUESTIONS[0] not in html
    assert load("lesson-trust-spiral").discussion[0][:30] in html


def test_where_nothing_is_compared_there_is_none():
    assert page_of(mixes(0)) is None


@pytest.mark.parametrize(
    ("text", "most", "first"),
    [
        ("One. Two? Three! Four.", 2, "One. Two?"),
        ("A share of 0.5 is half. Then more.", 1, "A share of 0.5 is half."),
        ("一つ。二つ。三つ。", 2, "一つ。二つ。"),
        ("No stop at all", 2, "No stop at all"),
        ("", 1, ""),
    ],
)
def test_sentences_end_at_their_stops(text, most, first):
    assert first_sentences(text, most) == first


def test_a_sentence_that_never_ends_is_cut():
    assert len(first_sentences("a" * 900, 1)) == LONGEST


@pytest.mark.browser
@pytest.mark.parametrize(
    ("which", "paper"),
    [
        ("flagship", "A4"),
        ("many", "Letter"),
        ("long", "A4"),
        *long(("flagship", "Letter"), ("many", "A4"), ("long", "Letter")),
        *long(*product(("twelve", "chinese"), ("A4", "Letter"))),
    ],
)
def test_it_prints_on_two_pages(which, paper, flagship, tmp_path):
    html = {
        "flagship": lambda: flagship,
        "many": lambda: page_of(mixes(MOST_MIXES + 8)),
        "twelve": lambda: page_of(mixes(MOST_MIXES)),
        "long": lambda: page_of(mixes(MOST_MIXES, "A title of a mix that goes on " * 3, "W" * 900)),
        "chinese": lambda: page_of(mixes(6, WORDS)),
    }[which]()
    path = tmp_path / "handout.html"
    path.write_text(html, "utf-8")
    with browser() as found:
        page = found.new_page(viewport={"width": 1000, "height": 900})
        page.goto(path.as_uri())
        sheets = pypdfium2.PdfDocument(page.pdf(format=paper))
        assert len(sheets) == 2
        assert "before you look" in sheets[0].get_textpage().get_text_range()
        assert "after the comparison" in sheets[1].get_textpage().get_text_range()
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    if which == "many":
        assert "the page shows 8 more" in html


@pytest.mark.browser
def test_there_is_no_barrier_that_axe_knows(flagship, tmp_path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    path = tmp_path / "handout.html"
    path.write_text(flagship, "utf-8")
    with browser() as found:
        page = found.new_page(viewport={"width": 1000, "height": 900})
        page.goto(path.as_uri())
        result = axe.Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_long_titles_that_begin_alike_stay_apart_wherever_they_are_cut():
    alike = (
        "Community-first partnership with schools, neighbourhood councils and the analysis centre, variant"
    )
    html = page_of(mixes(10, title=alike))
    for table in ("guess", "verdicts"):
        rows = re.findall(
            r"<tr.*?</tr>", re.search(rf'<table class="{table}.*?</table>', html, re.DOTALL)[0], re.DOTALL
        )
        labels = [found[1] for row in rows if (found := re.search(r'scope="row".*?<bdi>(.*?)</bdi>', row))]
        assert len(labels) == len(set(labels)) == 10
        assert all(len(label) <= 20 for label in labels)
