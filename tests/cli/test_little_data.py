"""What rests on little says so on the screen, on the page, in tables, findings and figures alike."""

import csv
import io
import json
import re
from contextlib import redirect_stdout
from html import unescape

import pytest

from tabletop.cli import main

QUIET = """\
title: Quiet
seed: 12
replications: 40
horizon_days: 30
warm_up_days: 0
conditions:
  threat: {formation_rate: 0.05}
  background: {intelligence: 0.06, community: 0, border: 0, partner: 0}
baseline: usual
policy_mixes:
  usual: {detection: {analysts: 1, open_case_at: 0.01}}
  walls: {interdiction: {protection: 0.9}}
measures:
  incidents: {delta: 0.5}
  false_case_share: {delta: 0.1}
  cost_total: {delta: 0.1}
"""
"""Hardly a plot forms; six cases are opened in all, on innocent people; costs are the same everywhere."""

EMPTY = """\
title: Empty desks
seed: 3
replications: 4
horizon_days: 120
warm_up_days: 30
conditions:
  threat: {formation_rate: 20}
  detection: {shelf_life: 1}
baseline: usual
policy_mixes:
  usual: {}
  nobody: {detection: {analysts: 0}}
measures:
  traces_lapsed: {delta: 5}
"""
"""In one mix nobody looks at traces, but for those whom the end of the warm-up finds at work."""


def outputs_of(text, home):
    """The folder of a run with figures, and as plain text its page and what was printed."""
    (home / "it.yaml").write_text(text, encoding="utf-8")
    screen = io.StringIO()
    with redirect_stdout(screen), pytest.raises(SystemExit):
        main(["run", str(home / "it.yaml"), "--workers", "1", "--out", str(home / "out")])
    (folder,) = (home / "out").iterdir()
    page = unescape(re.sub(r"<[^>]+>", " ", (folder / "report.html").read_text(encoding="utf-8")))
    return folder, *(" ".join(one.split()) for one in (page, screen.getvalue()))


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    return outputs_of(QUIET, tmp_path_factory.mktemp("quiet"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return outputs_of(EMPTY, tmp_path_factory.mktemp("empty"))


@pytest.fixture(params=["quiet", "empty"])
def outputs(request):
    return request.getfixturevalue(request.param)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_interval_anywhere_has_no_width(outputs):
    folder, *_ = outputs
    seen = 0
    for path in [*(folder / "tables").glob("*.csv"), *(folder / "figures").glob("*.csv")]:
        for row in rows(path):
            # a quantile's interval rests on ranks, not on a spread: both of its ends may be one value
            if path.name in {"best.csv", "worst_tenth.csv"}:
                continue
            for low in (name for name in row if name.endswith("low")):
                high = low.removesuffix("low") + "high"
                if row[low] and row.get(high):
                    assert float(row[low]) < float(row[high]), (path.name, row)
                    seen += 1
    assert seen > 100
    found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    for measure in found["measures"]:
        for one in (*measure["estimates"], *measure["contrasts"]):
            assert one["low"] is None or one["low"] < one["high"], (measure["name"], one)


def test_an_estimate_without_an_interval_says_why(outputs):
    folder, *_ = outputs
    for path in ("comparison.csv", "pools.csv"):
        for row in rows(folder / "tables" / path):
            assert row["low"] or row["rests_on"], row


def test_what_was_not_seen_is_bounded_and_what_never_varies_is_told(quiet):
    folder, page, screen = quiet
    (incidents,) = (
        row
        for row in rows(folder / "tables" / "comparison.csv")
        if (row["measure"], row["mix"]) == ("incidents", "usual")
    )
    assert float(incidents["high"]) == pytest.approx(3.688879 / 40, rel=1e-6)
    assert (incidents["method"], incidents["rests_on"]) == ("exact Poisson", "none in 40 worlds")
    assert "none in 40 worlds: at most 0.092 a world" in page
    assert "54 % to 100 %; rests on 6 cases in 6 of 40 worlds" in page
    assert "worse, by the same in all 40 worlds (95 %: at most 7.5 % of worlds differ otherwise)" in page
    for part in (
        "none in 40 worlds",
        "0.092 a world",
        "(54 % to 100 %;",
        "rests on 6 cases in 6 of",
        "the same in all 40",
    ):
        assert part in screen  # columns stand beside each other


def test_where_nothing_tells_the_mixes_apart_nobody_is_called_the_best(quiet):
    _, page, screen = quiet
    for text in (page, screen):
        assert "no difference seen between usual, walls in 40 worlds" in text
        assert "best: walls" not in text


def test_a_pool_with_nobody_says_what_came_and_lapsed(empty):
    folder, page, screen = empty
    said = re.compile(r"nobody there, [\d,.]+ arrived, all lapsed")
    assert said.search(page)
    assert said.search(screen)
    assert not re.search(r"nobody +none is 85 % busy", screen)
    found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert {(one["mix"], one["pool"]) for one in found["nobody_there"]} == {("nobody", "analysts")}
    assert "Nobody there: analysts with nobody" in page


def test_few_worlds_are_said_and_no_title_recommends_on_them(empty):
    _, page, screen = empty
    assert "only 4 worlds so far" in screen
    assert "only 4 worlds so far" in page
    assert "few worlds differ (" not in page + screen
    assert not re.search(r"\bbest: ", screen)
