"""Where claims survive and turn round: what a file may say, and how each mistake is refused."""

import pytest

from experiment.small import TEXT
from tabletop.errors import ScenarioError
from tabletop.experiment.identity import experiment_hash
from tabletop.experiment.resolved import resolved_yaml
from tabletop.scenario.load import loads

CLAIM = (
    "claims:\n"
    "  - {that: A, measure: incidents, mix: careful, versus: usual, is: higher, by: 1}\n"
    "  - that: B\n"
    "    measure: incidents\n"
    "    mix: careful\n"
    "    versus: usual\n"
    "    is: higher\n"
)
CHECK = "check: {replications: 20, seed: 6}\n"
RANGES = "uncertain:\n  - {on: threat.formation_rate, set: [20, 80], scale: log}\n"
LINE = (TEXT + CLAIM).count("\n") + 1
"""The line of what is added to the second claim."""


def written(*said, ranges=""):
    """A small scenario whose second claim says this as well."""
    return loads(TEXT + CLAIM + "".join(f"    {one}\n" for one in said) + CHECK + ranges, "small.yaml")


def test_every_form_is_read():
    claim = written(
        "survives: {each: {multiply: [0.5, 2]}, except: [threat.max_attempts, trust]}",
        "turns_at: [{on: detection.d_prime, multiply: 2}, {on: interdiction.clear_base, odds: 0.5},"
        " {on: threat.formation_rate, set: 3}, {on: detection.d_prime, add: -0.5}]",
    ).claims[1]
    assert claim.survives.each.ends == (0.5, 2)
    assert claim.survives.except_ == ("threat.max_attempts", "trust")
    assert [one.changes for one in claim.turns_at] == [
        {"detection.d_prime": ("multiply", 2)},
        {"interdiction.clear_base": ("odds", 0.5)},
        {"threat.formation_rate": 3},
        {"detection.d_prime": ("add", -0.5)},
    ]
    assert [one.in_words for one in claim.turns_at] == [
        "detection.d_prime × 2",
        "interdiction.clear_base, odds × 0.5",
        "threat.formation_rate 3",
        "detection.d_prime − 0.5",
    ]
    counted = written("survives: {in: 60, of: 64}", ranges=RANGES).claims[1].survives
    assert (counted.in_, counted.of) == (60, 64)


def test_no_run_depends_on_it_and_a_resolved_file_can_be_read_again():
    said = written(
        "survives: {in: 60, of: 64}", "turns_at: [{on: detection.d_prime, multiply: 2}]", ranges=RANGES
    )
    assert experiment_hash(said) == experiment_hash(written())
    assert resolved_yaml(said) == resolved_yaml(written())
    assert loads(resolved_yaml(said)).claims[1].survives is None


def test_a_variant_keeps_the_claim_and_forgets_where_it_survived():
    variant = written("survives: {in: 60, of: 64}", ranges=RANGES).vary({"threat.formation_rate": 50})
    assert variant.claims[1].that == "B"
    assert variant.claims[1].survives is None


def test_a_claim_says_back_what_its_file_said():
    said = {"each": {"multiply": [0.5, 2.0]}, "except": ["trust"]}
    claim = written("survives: {each: {multiply: [0.5, 2]}, except: [trust]}").claims[1]
    data = claim.model_dump(mode="json")
    assert data["survives"] == said
    assert "turns_at" not in data


@pytest.mark.parametrize(
    ("said", "ranges", "path", "told"),
    [
        ("survives: {}", "", "survives", "neither is here"),
        ("survives: {each: {multiply: [0.5, 2]}, in: 3, of: 8}", RANGES, "survives", "both are here"),
        ("survives: {each: {multiply: [2, 0.5]}}", "", "survives.each.multiply", "as [0.5, 2]"),
        ("survives: {each: {multiply: [0.5, 20]}}", "", "survives.each.multiply", "as [0.5, 2]"),
        ("survives: {each: {multiply: [0.5]}}", "", "survives.each.multiply", "as [0.5, 2]"),
        ("survives: {each: {multiply: 2}}", "", "survives.each.multiply", "list"),
        ("survives: {in: 60}", RANGES, "survives", "as in: 60, of: 64"),
        ("survives: {in: 60, of: 63}", RANGES, "survives", "only in powers of two; write 64"),
        ("survives: {in: 65, of: 64}", RANGES, "survives", "in: 65 of 64: more than there are"),
        ("survives: {in: 60, of: 64}", "", "survives", "the file has no `uncertain`"),
        ("survives: {in: 6, of: 8, except: [trust]}", RANGES, "survives", "except: goes with each"),
        (
            "survives: {each: {multiply: [0.5, 2]}, except: [threat.formation_rat]}", "",
            "survives.except[0]", "did you mean 'threat.formation_rate'?",
        ),
        (
            "survives: {each: {multiply: [0.5, 2]}, except: [costs.teams]}", "",
            "survives.except[0]", "no price or inject; remove it",
        ),
        ("turns_at: [{on: detection.d_prim, set: 2}]", "", "turns_at[0]", "mean 'detection.d_prime'?"),
        ("turns_at: [{on: detection.d_prime}]", "", "turns_at[0]", "multiply and odds; here is none"),
        ("turns_at: [{on: detection.d_prime, set: 1, add: 2}]", "", "turns_at[0]", "here are set and add"),
        ("turns_at: [{on: interdiction.success, multiply: 9}]", "", "turns_at[0]", "[0, 1]"),
        ("turns_at: [{on: detection.d_prime, multiply: 1}]", "", "turns_at[0]", "moves nothing"),
        ("turns_at: [{on: usual/detection.analysts, set: 1}]", "", "turns_at[0]", "a lever of a policy mix"),
        ("turns_at: [{on: threat, set: 1}]", "", "turns_at[0]", "threat"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_line_and_what_would_be_right(said, ranges, path, told):
    with pytest.raises(ScenarioError) as caught:
        written(said, ranges=ranges)
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (LINE, f"claims[1].{path}")
    assert told in problem.message


def test_replications_of_variants_are_twenty_at_least():
    with pytest.raises(ScenarioError) as caught:
        loads(TEXT + CLAIM + CHECK.replace("seed", "variant_replications: 10, seed"), "small.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (LINE, "check.variant_replications")
