"""Ranges of uncertain conditions: what a file may say, and how each mistake is refused."""

import re
from pathlib import Path

import pytest

import tabletop
from experiment.small import TEXT as SMALL
from tabletop.experiment.identity import experiment_hash
from tabletop.experiment.resolved import resolved_yaml
from tabletop.scenario.source import source_text

TEXT, _ = source_text("harbour-city")
TEXT = re.sub(r"\nuncertain:\n(?:  .*\n)+", "\n", TEXT)
FIRST = TEXT.count("\n") + 2
"""The line of the first range, if ranges are written below."""


def written(*entries):
    """The flagship with these ranges."""
    lines = "".join(f"  - {entry}\n" for entry in entries)
    return tabletop.loads(f"{TEXT}uncertain:\n{lines}", "city.yaml")


def test_every_form_of_the_format_is_read_and_its_ends_are_what_is_written():
    found = written(
        "{on: threat.formation_rate, set: [6, 24], scale: log, source: 'assumption: half to double'}",
        "{on: background, multiply: [0.5, 2], name: look_alikes}",
        "{on: [threat.trace_rates.intelligence, threat.trace_rates.community],"
        " multiply: [0.5, 2], name: traces}",
        "{on: interdiction.clear_base, odds: [0.5, 2]}",
        "{on: 'sharing.partners.*.visibility', add: [-0.25, 0.25],"
        " also: [{on: sharing.partners.north.latency.mean, multiply: [2, 0.5]}]}",
        "{on: threat.preparation, choices: [{family: gamma, mean: 274, cv: 0.707},"
        " {family: lognormal, mean: 274, cv: 1.2}]}",
        "{on: injects.new_law.happens, choices: [true, false]}",
        "{on: injects.alarm.day, set: [100, 200]}",
        "{on: costs.protection, multiply: [0.5, 1]}",
    ).uncertain
    assert found[0].changes(0) == {"threat.formation_rate": 6}
    assert found[0].changes(0.5)["threat.formation_rate"] == pytest.approx(12)
    assert found[1].changes(1) == {"background": ("multiply", 2)}
    assert set(found[2].changes(1)) == {"threat.trace_rates.intelligence", "threat.trace_rates.community"}
    assert found[4].changes(0) == {
        "sharing.partners.*.visibility": ("add", -0.25),
        "sharing.partners.north.latency.mean": ("multiply", 2),
    }
    assert found[5].at(0.49) != found[5].at(0.51)
    assert [one.title for one in found[:3]] == ["threat.formation_rate", "look_alikes", "traces"]


def test_ranges_decide_no_run():
    plain, ranged = tabletop.loads(TEXT), written("{on: threat.formation_rate, set: [6, 24]}")
    assert experiment_hash(plain) == experiment_hash(ranged)
    assert resolved_yaml(plain) == resolved_yaml(ranged)


def test_a_variant_has_no_ranges_since_they_are_about_the_written_values():
    scenario = written("{on: threat.formation_rate, set: [6, 24]}")
    assert scenario.vary({"threat.formation_rate": 48}).uncertain == ()
    assert scenario.vary({}).uncertain == scenario.uncertain


REFUSED = [
    ("{on: threat.formation_rat, set: [6, 24]}", "on", "did you mean 'threat.formation_rate'?"),
    ("{on: analysts, set: [1, 2]}", "on", "a lever, which policy mixes set"),
    (
        "{on: threat, set: [6, 24]}",
        "on",
        "a group of conditions; name one of them, as 'threat.formation_rate'",
    ),
    ("{on: threat.preparation, set: [6, 24]}", "on", "a duration; did you mean 'threat.preparation.mean'?"),
    ("{on: seed, set: [1, 3]}", "on", "fixed in every variant"),
    ("{on: injects.alrm.happens, choices: [true, false]}", "on", "no such inject; did you mean 'alarm'?"),
    ("{on: sharing.partners.north.suspended, multiply: [0.5, 2]}", "on", "use choices: [true, false]"),
    ("{on: costs.protectio, multiply: [0.5, 2]}", "on", "no such lever; did you mean 'protection'?"),
    ("{on: threat.formation_rate, set: [24, 6]}", "", "the lower end comes first; write [6, 24]"),
    ("{on: threat.formation_rate, set: [6, 6]}", "", "both ends are 6"),
    ("{on: threat.formation_rate, set: [6]}", "set", "write two ends, the lower first, as [0.5, 2]"),
    ("{on: threat.formation_rate}", "", "exactly one of set, add, multiply, odds and choices; here is none"),
    ("{on: threat.formation_rate, multiply: [0, 2]}", "", "a factor is above 0"),
    ("{on: threat.formation_rate, set: [-1, 24], scale: log}", "", "a log scale needs ends above 0"),
    ("{on: threat.formation_rate, set: [6, 20000]}", "set", "20000 is not in [0, 10000] (per year)"),
    ("{on: threat.formation_rate, set: [20, 24]}", "set", "is 12 in the file, outside [20, 24]"),
    ("{on: threat.formation_rate, multiply: [1.5, 2]}", "multiply", "outside [1.5, 2]; widen the range"),
    (
        "{on: interdiction.success, multiply: [0.5, 2]}",
        "multiply",
        "0.9 × 2 = 1.8 is not in [0, 1]; use odds",
    ),
    ("{on: trust.base, add: [-0.1, 0.5]}", "add", "0.68 + 0.5 = 1.18 is not in [0, 1]; use odds"),
    ("{on: injects.new_law.happens, choices: [false, false]}", "choices", "none of the choices; add it"),
    ("{on: threat.preparation, choices: [{family: gamma, mean: 274, cv: 0.7}]}", "", "two values at least"),
    *(
        (
            f"{{on: threat.formation_rate, set: [6, 24], distribution: {{triangular: 12}}{source}}}",
            "",
            "write where the distribution comes from, or a range without it",
        )
        for source in ("", ", source: Assumption of ours", ", source: our own assumption", ", source: '  '")
    ),
    ("{on: detection.analysts, set: [2, 8]}", "on", "a lever, which policy mixes set; a range is of what"),
    ("{on: conditions.threat.formation_rate, set: [6, 24]}", "on", "as 'threat.formation_rate'"),
    ("{on: [background, background.border], multiply: [0.5, 2]}", "on", "move the same; leave one out"),
    ("{on: [trust.loss, trust.loss], multiply: [0.5, 2]}", "on", "move the same; leave one out"),
    (
        "{on: background, multiply: [0.5, 2], also: [{on: background.border, multiply: [2, 0.5]}]}",
        "on",
        "'background.border' and 'background' move the same",
    ),
    (
        "{on: background, multiply: [0.5, 2], also: [{on: trust.base, set: [0.8, 0.7]}]}",
        "multiply",
        "trust.base is 0.68 in the file, outside [0.7, 0.8]",
    ),
    (
        "{on: background, multiply: [0.5, 2], also: [{on: trust.loss, multiply: [1.5, 2]}]}",
        "multiply",
        "the file's own value of trust.loss (multiply by 1) is outside [1.5, 2]",
    ),
    ("{on: threat.formation_rate, choices: [12, 6, 12.0]}", "choices", "choice 3 is choice 1 again"),
    ("{on: threat.max_attempts, set: [1, 4]}", "on", "a whole number; name the values, as choices: [1, 2]"),
    ("{on: threat.formation_rate, set: [.nan, 24]}", "set[0]", ".nan is not a number"),
    ("{on: threat.formation_rate, choices: [12, 2026-01-01]}", "choices[1]", "'2026-01-01' is text"),
]


@pytest.mark.parametrize(("entry", "key", "told"), REFUSED)
def test_a_wrong_range_is_refused_at_its_line_with_what_would_be_right(entry, key, told):
    with pytest.raises(tabletop.ScenarioError) as caught:
        written(entry)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("city.yaml", FIRST)
    assert problem.path.startswith(f"uncertain[0]{'.' if key else ''}{key}")
    assert told in problem.message


def test_an_inject_without_effects_has_no_range_for_no_run_depends_on_it():
    with pytest.raises(tabletop.ScenarioError) as caught:
        tabletop.loads(
            SMALL + "uncertain:\n  - {on: injects.story.happens, choices: [true, false]}\n", "small.yaml"
        )
    (problem,) = caught.value.problems
    assert "'injects.story.happens': an inject without effects" in problem.message


def test_two_ranges_of_one_condition_are_refused_at_the_line_of_both():
    with pytest.raises(tabletop.ScenarioError) as caught:
        written("{on: background, multiply: [0.5, 2]}", "{on: background.border, multiply: [0.5, 2]}")
    problems = caught.value.problems
    assert [problem.line for problem in problems] == [FIRST, FIRST + 1]
    assert all("has two ranges: uncertain[0] and uncertain[1]" in problem.message for problem in problems)


def test_a_range_that_breaks_an_inject_is_refused_at_the_line_of_both():
    with pytest.raises(tabletop.ScenarioError) as caught:
        written("{on: background.community, multiply: [0.1, 2000]}")
    inject, range_ = caught.value.problems
    assert inject.line == TEXT[: TEXT.index("multiply: 3")].count("\n") + 1
    assert range_.line == FIRST
    for problem in (inject, range_):
        assert "background.community would be 30000 from day 150; it must be in [0, 10000]" in problem.message
        assert "multiplied by 2000" in problem.message


def test_a_choice_of_partners_that_an_inject_needs_is_refused_at_both_lines():
    with pytest.raises(tabletop.ScenarioError) as caught:
        written("{on: sharing.partners, choices: [[north, south], [north]]}")
    inject, choice = caught.value.problems
    assert inject.path == "injects[1].effects[0].on"
    assert (choice.path, choice.line) == ("uncertain[0].choices[1]", FIRST)


@pytest.mark.parametrize("name", [path.stem for path in Path("scenarios").glob("*.yaml")])
def test_every_shipped_scenario_can_be_varied_number_by_number_or_says_why_not(name):
    from tabletop.experiment.robustness.plan import StudyPlan

    study = StudyPlan.of(tabletop.load(name), each=2, worlds=1) if _compares(name) else None
    if study is not None:
        assert len(study.planned()) == 1 + 2 * len(study.ranges.uncertain)
        assert all(": " in reason for reason in study.left_out)


def _compares(name):
    return len(tabletop.load(name).policy_mixes) > 1
