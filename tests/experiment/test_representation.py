"""What a prompt and a notebook show of scenarios, runs, results and comparisons."""

from dataclasses import replace

import html5lib
import pytest
from small import a_run, failing, pretended, small

import tabletop
from tabletop.analysis.compare import Comparison
from tabletop.experiment.design import Design
from tabletop.experiment.run import Experiment
from tabletop.measures import MEASURES


@pytest.fixture(scope="module")
def results():
    return Experiment(Design.of(small()), workers=1, simulate=pretended).run()


def cells(html):
    """The texts of a table's caption, heads and rows; it must be valid HTML."""
    fragment = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    (table,) = fragment
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    return "".join(table.find("caption").itertext()), rows


def test_everything_has_a_short_representation(results):
    scenario, compared = results.design.scenario, results.compare()
    assert repr(scenario) == (
        "<Scenario 'Small': policy mixes usual, same, careful, later; 90 days; 6 replications, seed 5>"
    )
    assert repr(results) == "<Results of 'Small': 4 mixes × 6 replications>"
    assert repr(compared) == (
        "<Comparison of same, careful, later with usual: 6 replications, 3 primary measures>"
    )
    assert repr(a_run()).startswith("<Run of usual in 'Small': replication 0, seed 5, ")
    assert max(len(repr(one)) for one in (scenario, results, compared, a_run())) < 120


def test_studies_and_folders_beside_each_other_have_one_too(results):
    scenario = results.design.scenario
    how = {"workers": 1, "progress": False}
    ways = tabletop.study_robustness(scenario, vary={"threat.formation_rate": (20, 80)}, worlds=2, **how)
    assert repr(ways) == "<Robustness of 'Small': careful, later against usual, 10 variants × 2 worlds>"
    budget = 4 + max(map(scenario.yearly_cost, scenario.policy_mixes))
    asked = {"aims": ["incidents"], "candidates": 4, "finalists": 2, "worlds": 3, "budget": budget}
    found = tabletop.search_mixes(scenario, **asked, **how)
    assert repr(found) == "<Search in 'Small' for incidents: 2 finalists of 6 candidates, 3 fresh worlds>"
    pillars = tabletop.study_pillars(scenario, high="careful", replications=2, **how)
    said = "<Pillars of 'Small': detection, interdiction; 4 combinations × 2 worlds>"
    assert repr(pillars) == said
    folders = tabletop.compare_results(results, Experiment(Design.of(small()), workers=1).run())
    assert repr(folders) == "<FolderComparison of A, B: usual, same, careful, later; 3 primary measures>"


def test_results_say_what_failed():
    broken = Experiment(Design.of(small()), workers=1, simulate=failing).run()
    assert repr(broken) == "<Results of 'Small': 4 mixes × 6 replications, 23 runs finished, 1 failed>"


def test_a_notebook_shows_results_as_a_verdict_grid(results):
    compared = results.compare()
    html = results._repr_html_()
    assert html == compared._repr_html_()
    assert len(html) < 5000
    caption, (head, *rows) = cells(html)
    assert caption.startswith("Difference from usual over 6 replications")
    assert head == ["policy mix", *(f"{MEASURES[m].title} ({MEASURES[m].unit})" for m in compared.primary)]
    assert [row[0] for row in rows] == ["same", "careful", "later"]
    for row in rows:
        for measure, cell in zip(compared.primary, row[1:], strict=True):
            contrast = compared.contrast(measure, row[0])
            assert cell.endswith(contrast.in_words())
            assert (" to " in cell.removesuffix(contrast.in_words())) == (contrast.interval is not None)


def test_a_notebook_shows_a_scenario_and_a_run(results):
    _, rows = cells(results.design.scenario._repr_html_())
    assert [row[0] for row in rows] == ["policy mix", "usual (baseline)", "same", "careful", "later"]
    caption, rows = cells(a_run()._repr_html_())
    assert caption == "Small, usual: replication 0, one world of many"
    assert len(rows) == len(MEASURES) + 1


def test_what_a_name_contains_is_no_markup(results):
    compared = results.compare()
    nasty = "<script>&"
    changed = tuple(replace(c, baseline=nasty) for c in compared.contrasts)
    caption, _ = cells(replace(compared, baseline=nasty, contrasts=changed, mixes=(nasty,))._repr_html_())
    assert caption.startswith(f"Difference from {nasty} over")
    assert isinstance(compared, Comparison)
