"""What a page says of the search beside its results."""

import json

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.experiment.run import run_experiment
from tabletop.experiment.search.beside import search_beside
from tabletop.report.page import experiment_page
from tabletop.scenario.load import loads

DEAREST = max(loads(TEXT, "x").yearly_cost(mix) for mix in ("usual", "careful", "later"))
FOLD = "What else would the budget buy?"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with an experiment, and the search beside it."""
    folder = tmp_path_factory.mktemp("results")
    scenario = loads(f"{TEXT}budget: {DEAREST + 4}\n", "small.yaml")
    how = {"workers": 1, "progress": False, "out": folder, "name": "small"}
    found = tabletop.search_mixes(scenario, aims=["incidents"], candidates=8, finalists=2, worlds=24, **how)
    run_experiment(scenario, replications=20, **how)
    (made,) = (path for path in folder.iterdir() if "-search-" not in path.name)
    (searched,) = (path for path in folder.iterdir() if "-search-" in path.name)
    return found, made, searched


def test_the_page_says_what_was_found_on_fresh_luck_and_never_calls_it_optimal(place):
    found, made, _ = place
    page = experiment_page(tabletop.open_results(made))
    assert FOLD in page
    assert "never the optimum" in page
    assert all(mix in page for mix in found.finalists)


def test_there_is_no_fold_without_a_search_or_beside_one_of_other_luck_or_edited(place, tmp_path):
    _, made, searched = place
    results = tabletop.open_results(made)
    assert search_beside(results)["aims"] == ["incidents"]
    record = searched / "search.json"
    written = record.read_text(encoding="utf-8")
    try:
        told = json.loads(written)
        told["finished"]["in_words"] = ["The optimum."]
        record.write_text(json.dumps(told), encoding="utf-8")
        assert search_beside(results) is None
    finally:
        record.write_text(written, encoding="utf-8")
    scenario = loads(f"{TEXT}budget: {DEAREST + 4}\n", "small.yaml")
    other = run_experiment(scenario, replications=3, seed=9, workers=1, progress=False, out=made.parent)
    assert search_beside(other) is None
    assert FOLD not in experiment_page(run_experiment(scenario, replications=3, workers=1, progress=False))
