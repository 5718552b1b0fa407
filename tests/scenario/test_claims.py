"""Claims as a file states them; what is wrong with them is told in `bad/claim-*.yaml`."""

from pathlib import Path

import pytest

from tabletop.experiment.identity import common_to_all_runs
from tabletop.experiment.resolved import resolved_yaml
from tabletop.scenario.claim import Claim
from tabletop.scenario.load import load, loads
from tabletop.scenario.source import shipped

HEAD = """\
title: A
seed: 5
baseline: none
measures: {incidents: {delta: 1}}
policy_mixes: {none: {}, one: {detection: {analysts: 8}}, two: {detection: {analysts: 9}}}
"""
CLAIMS = """\
check: {replications: 20, seed: 6}
claims:
  - that: One helps.
    measure: plots_disrupted
    mix: one
    versus: none
    is: higher
    by: 0.5
    days: [30, 90.5]
  - {that: Two adds less., measure: incidents, is: lower, contrast: {two: 1, one: -2, none: 1}}
discussion: [Why?]
debrief: Because.
"""
LESSONS = [name for name in shipped() if name.startswith("lesson-")]


def test_a_claim_on_two_mixes_is_the_contrast_of_one_less_the_other():
    one, _ = loads(HEAD + CLAIMS).claims
    assert one.weights == {"one": 1, "none": -1}
    assert (one.sign, one.by, one.span) == (1, 0.5, (30, 90.5))
    assert one.expected == "plots_disrupted, one − none: higher by more than 0.5, days 30 to 90.5"


def test_a_claim_may_weigh_several_mixes():
    _, two = loads(HEAD + CLAIMS).claims
    assert two.weights == {"two": 1, "one": -2, "none": 1}
    assert (two.sign, two.by, two.span) == (-1, 0, None)
    assert two.expected == "incidents, two − 2 × one + none: lower"


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"a": -1, "b": 1}, "−a + b"),
        ({"a": 0.5, "b": 0.5, "c": -1}, "0.5 × a + 0.5 × b − c"),
        ({"a": -2, "b": 2}, "−2 × a + 2 × b"),
    ],
)
def test_a_contrast_is_written_as_a_sum(weights, words):
    claim = Claim.model_validate({"that": "A", "measure": "harm", "is": "lower", "contrast": weights})
    assert claim.compared == words


def test_claims_are_outside_what_decides_the_runs():
    assert common_to_all_runs(loads(HEAD + CLAIMS)) == common_to_all_runs(loads(HEAD))


def test_a_resolved_file_keeps_its_claims():
    written = loads(HEAD + CLAIMS)
    again = loads(resolved_yaml(written))
    assert (again.claims, again.check) == (written.claims, written.check)
    assert (again.discussion, again.debrief) == (("Why?",), "Because.")


def test_there_are_eight_lessons():
    assert len(LESSONS) == 8


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_everything_that_a_class_needs(name):
    lesson = load(name)
    assert 2 <= len(lesson.policy_mixes) <= 5
    assert 1 <= len(lesson.claims) <= 4
    assert lesson.summary
    assert lesson.learning_objectives
    assert lesson.content_note
    assert len(lesson.discussion) >= 3
    assert len(lesson.debrief.split()) >= 60
    assert all(mix.title and mix.summary for mix in lesson.policy_mixes.values())
    assert all(claim.measure in lesson.measures for claim in lesson.claims)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_names_the_reason_for_its_conditions_mixes_and_measures(name):
    about = {source.path.split(".")[0] for source in load(name).sources}
    assert {"conditions", "policy_mixes", "measures"} <= about


@pytest.mark.parametrize("name", LESSONS)
def test_the_mixes_of_a_lesson_are_all_of_use_to_its_claims_or_its_discussion(name):
    lesson = load(name)
    claimed = {mix for claim in lesson.claims for mix in claim.weights}
    assert len(claimed) >= 2
    assert len(lesson.policy_mixes) - len(claimed) <= 1


PAGE = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LESSONS)
def test_the_page_of_lessons_has_every_claim_with_what_the_file_fixes(name):
    lesson = load(name)
    check = lesson.check
    row = f"| `{name}` ({check.replications}"
    block = PAGE[PAGE.index(row) :].splitlines()
    assert f", {'seed ' if 'replications' in block[0].split('|')[1] else ''}{check.seed})" in block[0]
    for claim, line in zip(lesson.claims, block, strict=False):
        assert f"| {claim.that} | `{claim.measure}`, {claim.compared}" in line
