"""What a search says: whose constraints are open, in which unit, and what more of would decide."""

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.analysis.front import Place
from tabletop.errors import TabletopError
from tabletop.experiment.robustness.sentences import limit_in_words
from tabletop.experiment.search import sentences
from tabletop.experiment.search.record import sheets
from tabletop.experiment.search.result import KEPT, OPEN, Search
from tabletop.experiment.search.study import SearchStudy
from tabletop.report.search import search as section
from tabletop.scenario.limits import Limit
from tabletop.scenario.load import loads


@pytest.fixture(scope="module")
def dearest():
    """What the dearest mix of the file costs a year."""
    scenario = loads(TEXT, "small.yaml")
    return max(map(scenario.yearly_cost, scenario.policy_mixes))


@pytest.fixture
def found(dearest):
    """A search that aims at trust, in few worlds."""
    scenario = loads(f"{TEXT}budget: {dearest + 4}\n", "small.yaml")
    how = {"candidates": 6, "finalists": 2, "worlds": 8, "workers": 1, "progress": False}
    return tabletop.search_mixes(scenario, aims=["trust_mean"], **how)


def test_of_what_is_found_it_is_said_where_a_constraint_is_not_shown_to_be_kept(found, monkeypatch):
    monkeypatch.setattr(Search, "constraint", lambda *_: OPEN)
    said = sentences.found_sentence(found)
    best = [one.mix for one in found.front if one.place is not Place.OFF and one.mix != "usual"]
    assert best
    for mix in best:
        assert f"{mix} (Incidents)" in said.partition("not shown to keep a constraint: ")[2]
    monkeypatch.setattr(Search, "constraint", lambda *_: KEPT)
    assert "constraint" not in sentences.found_sentence(found)


def test_what_more_of_would_decide_are_worlds_as_the_option_calls_them(found):
    words = " ".join(str(row) for row in sheets(found)["finalists"].rows)
    words += " ".join(" ".join(sentences.aim_in_words(found, mix, "trust_mean")) for mix in found.contenders)
    assert "more world" in words
    assert "more replication" not in words


def test_a_page_says_that_differences_of_a_share_are_in_points():
    told = {
        "finished": {"fresh_worlds": 8, "in_words": [], "mixes": []},
        "candidates": {}, "constraints": [], "aims": ["trust_mean", "incidents"], "budget": 70.0,
    }  # fmt: skip
    captions = [block.caption for block in section(told).blocks if hasattr(block, "caption")]
    assert captions[:2] == [
        "Trust: difference from the baseline, in points", "Incidents: difference from the baseline",
    ]  # fmt: skip


def test_limits_are_said_in_the_units_of_what_stands_beside_them():
    beside = {"against": "baseline"}
    for measure, limit, said in (
        ("incidents", {"at_most": -1, **beside}, "Incidents at most −1 against the baseline"),
        ("trust_mean", {"at_least": -0.01, **beside}, "Trust at least −1 point against the baseline"),
        ("trust_mean", {"at_least": -0.025, **beside}, "Trust at least −2.5 points against the baseline"),
        ("trust_mean", {"at_least": 0.5}, "Trust at least 50 %"),
    ):
        assert limit_in_words(measure, Limit.model_validate(limit)) == said


def test_the_budget_that_is_advised_where_there_is_none_is_one_that_works(dearest):
    scenario = loads(TEXT, "small.yaml")
    with pytest.raises(TabletopError, match=rf"as budget: {dearest:g} or more"):
        SearchStudy.of(scenario, aims=["incidents"])
    assert SearchStudy.of(scenario, aims=["incidents"], budget=dearest).own_mixes == ("careful", "later")
    with pytest.raises(TabletopError, match=f"give {dearest:g} or more"):
        SearchStudy.of(scenario, aims=["incidents"], budget=dearest - 0.1)
