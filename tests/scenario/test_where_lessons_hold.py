"""Claims of lessons say where they survive and where they no longer hold, as does the page of lessons."""

from pathlib import Path

import pytest

from tabletop.scenario.load import load
from tabletop.scenario.source import shipped

LESSONS = [name for name in shipped() if name.startswith("lesson-")]
PAGE = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")
TURNS, SURVIVES = "| lesson | claim on | no longer holds at |", "| lesson | claim on | holds at |"


def rows(head, name):
    """The rows about a lesson in the table with this head; only the first of them names it."""
    called = name.removeprefix("lesson-").replace("-", " ")
    lines = PAGE[PAGE.index(head) :].splitlines()[2:]
    table = lines[: lines.index("")]
    first = next(nth for nth, line in enumerate(table) if line.startswith(f"| *{called}* "))
    more = (nth for nth in range(first + 1, len(table)) if not table[nth].startswith("| |"))
    return table[first : next(more, len(table))]


def in_page(turn):
    """A point in the words of the page, which sets a path in code font."""
    return turn.in_words.replace(turn.on, f"`{turn.on}`", 1)


@pytest.mark.parametrize("name", LESSONS)
def test_every_claim_says_where_it_survives_and_where_it_no_longer_holds(name):
    for claim in load(name).claims:
        assert claim.survives is not None, claim.that
        assert claim.survives.each.ends == (0.5, 2), claim.that
        assert claim.turns_at, claim.that


@pytest.mark.parametrize("name", LESSONS)
def test_the_page_has_every_point_at_which_a_claim_no_longer_holds_and_no_other(name):
    points = [(claim.measure, in_page(turn)) for claim in load(name).claims for turn in claim.turns_at]
    table = rows(TURNS, name)
    assert len(table) == len(points)
    for (measure, point), line in zip(points, table, strict=True):
        _, _, about, at, *_ = line.split("|")
        assert at.strip() == point
        assert f"`{measure}`" in about or "the same" in about


@pytest.mark.parametrize("name", LESSONS)
def test_the_page_names_what_each_claim_leaves_out_and_nothing_else(name):
    claims = load(name).claims
    table = rows(SURVIVES, name)
    assert len(table) == len(claims)
    for claim, line in zip(claims, table, strict=True):
        *_, spared, _ = line.split("|")
        assert sorted(spared.split("`")[1::2]) == sorted(claim.survives.except_)


@pytest.mark.parametrize("name", LESSONS)
def test_a_debrief_says_what_halving_and_doubling_does_to_the_claims(name):
    assert "Halved or doubled one at a time" in load(name).debrief


@pytest.mark.parametrize("name", LESSONS)
def test_what_a_claim_leaves_out_has_its_reason_beside_it(name):
    text = (Path(__file__).parents[2] / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    for said in text.split("survives:")[1:]:
        block = said.split("\n  - that")[0].split("\ncheck:")[0]
        if "except:" in block:
            assert "# " in block
