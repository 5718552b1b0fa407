"""Mutated scenario files: whatever is done to a good file, it loads or is refused in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.errors import ScenarioError
from tabletop.scenario.load import loads
from tabletop.scenario.source import shipped, source_text
from tabletop.scenario.yaml_document import read

GOOD = {name: source_text(name)[0] for name in shipped()}
SCALARS = st.one_of(
    st.sampled_from(
        [
            "~",
            "true",
            "yes",
            "-1",
            "0",
            "1e400",
            "-.inf",
            ".nan",
            "999999999999999999999999999999",
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            "*a",
            "&a",
            "!!int",
            "<<:",
            "?",
            "-",
            "|",
            ">",
            "#",
            "%",
            "@",
            "0x",
            "0o8",
            "'7'",
            "a:b",
            "\\",
            '"\\x"',
            "trust",
            "status_quo",
            "sharing.partners.south",
            "{mean:-1}",
            "...",
            "---",
        ]
    ),
    st.sampled_from(
        ["", "\t", "&a 1", "!!int x", "<<: {}", "? x", "- -", "a: b: c", "{mean: -1}", "{family: gamma}"]
    ),
    st.floats().map(repr),
    st.integers().map(str),
    st.text(max_size=12),
)


def loads_or_is_refused(text: str) -> None:
    problems = None
    try:
        loads(text, "mutant.yaml")
    except ScenarioError as error:
        problems = error.problems
    if problems is not None:
        assert problems
        assert all(problem.line >= 1 and problem.message for problem in problems)
        assert all(str(problem).startswith("mutant.yaml:") for problem in problems)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    lines = GOOD[draw(st.sampled_from(sorted(GOOD)))].splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "value", "insert", "indent", "cut"])):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "value":
                lines[at] = f"{lines[at].split(':')[0]}: {draw(SCALARS)}"
            case "insert":
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + draw(SCALARS) + lines[at][column:]
            case "indent":
                lines[at] = " " * draw(st.integers(1, 9)) + lines[at]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        lines = lines or [""]
    text = "\n".join(lines)
    return text[: draw(st.integers(0, len(text)))] if draw(st.integers(0, 5)) == 0 else text


@settings(max_examples=120)
@given(mutants())
def test_a_mutated_file_loads_or_is_refused_in_words(text):
    loads_or_is_refused(text)


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_any_text_loads_or_is_refused_in_words(text):
    loads_or_is_refused(text)


KEYS = st.sampled_from(
    ["title", "conditions", "threat", "injects", "on", "set", "policy_mixes", "day", "<<", "x", "moves"]
)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=120)
@given(
    st.sampled_from(
        ["title", "conditions", "injects", "policy_mixes", "measures", "sources", "costs", "exercise"]
    ),
    DATA,
)
def test_any_data_under_any_section_loads_or_is_refused_in_words(section, data):
    import json

    good = "title: Good\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"
    kept = "".join(line for line in good.splitlines(keepends=True) if not line.startswith(section))
    loads_or_is_refused(f"{kept}{section}: {json.dumps(data)}\n")


PLAYED = read(GOOD["harbour-city"]).data


def places(data, path=()):
    """The paths of everything in some data."""
    yield path
    for key, value in (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    ):
        yield from places(value, (*path, key))


EXERCISE = list(places(PLAYED["exercise"]))
STRANGE = DATA | st.sampled_from(
    [
        *({}, [], "alarm", "D1", "D4", "outcry", "detection", "analysts", "incidents", "trust", "A B"),
        *(-1, 0.5, 1e308, True, ["alarm", "alarm"]),
        *({"add": 0.5}, {"set": None}, {"measure": "incidents", "reaches": 1}),
    ]
)


@settings(max_examples=160, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(EXERCISE), STRANGE), min_size=1, max_size=3))
def test_any_data_at_any_place_of_an_exercise_loads_or_is_refused_in_words(changes):
    import json
    from copy import deepcopy

    data = deepcopy(PLAYED)
    for path, value in changes:
        here = data
        keys = ("exercise", *path)
        for key in keys[:-1]:
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                here = None
        if (isinstance(here, dict) and keys[-1] in here) or (
            isinstance(here, list) and isinstance(keys[-1], int) and keys[-1] < len(here)
        ):
            here[keys[-1]] = value
    loads_or_is_refused(json.dumps(data))


@settings(max_examples=80)
@given(
    st.sampled_from(
        ["trust", "threat.preparation.mean", "interdiction.pass_at", "detection.collected_by_teams"]
    ),
    st.sampled_from(["set", "add", "multiply"]),
    st.sampled_from(["0", "1", "-1", "0.5", "1.0e+308", "1.0e-320", "true", "-.inf"]),
    st.booleans(),
    st.sampled_from(["{}", "{interdiction: {pass_at: -.inf}}", "{detection: {shelf_life: null}}"]),
)
def test_any_effect_leaves_only_conditions_that_can_be(on, change, amount, waits, conditions):
    from tabletop.scenario.timeline import conditions_under

    when = ", when: {measure: incidents, reaches: 1}" if waits else ""
    effect = f"{{on: {on}, {change}: {amount}}}"
    text = (
        "title: Good\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"
        f"conditions: {conditions}\n"
        f"injects:\n  - {{id: a, title: A, day: 3{when}, effects: [{effect}, {effect}]}}\n"
    )
    try:
        scenario = loads(text)
    except ScenarioError:
        return
    # what passed the check can be applied, in any number that may be active
    effects = scenario.injects[0].effects
    for count in range(3 if not waits else 1):
        conditions_under(scenario.conditions, effects[: 2 * count])


@pytest.mark.parametrize("name", sorted(GOOD))
def test_the_unmutated_files_are_good(name):
    loads(GOOD[name])
