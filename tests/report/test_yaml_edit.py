"""Edits of a YAML text: the value changes, and not a byte around it."""

from copy import deepcopy
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.two_moves import TEXT
from tabletop.errors import TabletopError
from tabletop.report.yaml_edit import Append, Put, edited
from tabletop.report.yaml_edit.nodes import nodes
from tabletop.report.yaml_edit.splices import Splice
from tabletop.scenario.yaml_document import read


def paths(data, path=()):
    """The paths of all texts in some data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from paths(value, (*path, place))
    elif isinstance(data, str):
        yield path


def at(data, path):
    for key in path:
        data = data[key]
    return data


def put(data, path, value):
    data = deepcopy(data)
    at(data, path[:-1])[path[-1]] = value
    return data


def composed(item):
    """A text, or the texts of a mapping, as they are read: composed (NFC)."""
    if isinstance(item, dict):
        return {key: composed(value) for key, value in item.items()}
    return normalize("NFC", item)


PATHS = list(paths(read(TEXT).data))
LISTS = [
    ("injects",),
    ("exercise", "injects"),
    ("exercise", "moves", 0, "injects"),
    ("exercise", "moves", 1, "injects"),
    ("exercise", "moves", 1, "expected_actions"),
    ("exercise", "moves", 1, "questions"),
    ("exercise", "objectives", 0, "critical_tasks"),
]
NO_CONTROL = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
AWKWARD = st.sampled_from(
    [*"\n #:'\"-?&*!|>%@`{}[],\\=~", "  ", "\n\n", ": ", " #", "- ", "null", "yes", "1", "…", "é", "\u2028"]
)
TEXTS = st.lists(AWKWARD | st.text(NO_CONTROL, max_size=8), max_size=25).map("".join)


@settings(max_examples=40)
@given(path=st.sampled_from(PATHS), value=TEXTS)
def test_any_text_can_be_put_anywhere_and_nothing_around_it_changes(path, value):
    new = edited(TEXT, [Put(path, value)])
    assert read(new).data == put(read(TEXT).data, path, normalize("NFC", value))
    node = nodes(TEXT).at(path)
    assert new.startswith(TEXT[: node.start])
    assert new.endswith(TEXT[node.end :])


@settings(max_examples=30)
@given(path=st.sampled_from(LISTS), item=TEXTS | st.fixed_dictionaries({"id": TEXTS, "message": TEXTS}))
def test_an_item_is_added_to_any_list_and_every_line_stays(path, item):
    new = edited(TEXT, [Append(path, item)])
    before = read(TEXT).data
    holder = at(before, path[:-1])
    assert at(read(new).data, path) == [*holder.get(path[-1], []), composed(item)]
    rest = iter(new.splitlines())
    if nodes(TEXT).at(path) is None or not nodes(TEXT).at(path).flow:
        assert all(line in rest for line in TEXT.splitlines())


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(PATHS), TEXTS), unique_by=lambda pair: pair[0], max_size=8))
def test_many_edits_come_to_the_same_as_one_after_another(pairs):
    at_once, one_by_one = edited(TEXT, [Put(*pair) for pair in pairs]), TEXT
    for pair in pairs:
        one_by_one = edited(one_by_one, [Put(*pair)])
    assert read(at_once).data == read(one_by_one).data


@pytest.mark.parametrize("value", ["e\u0301", "\ufb4c"])
def test_letters_that_are_composed_otherwise_can_be_put(value):
    assert read(edited("k: b\n", [Put(("k",), value)])).data == {"k": normalize("NFC", value)}
    added = edited("k: [b]\n", [Append(("k",), {"id": value}), Append(("k",), value)])
    assert read(added).data["k"][1:] == [{"id": normalize("NFC", value)}, normalize("NFC", value)]


def test_nothing_to_edit_is_the_same_text():
    assert edited(TEXT, []) == TEXT


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("k: plain # why\n", "other", "k: other # why\n"),
        ("k: plain # why\n", "one: two", 'k: "one: two" # why\n'),
        ("k: 'it''s'\n", "that's", "k: 'that''s'\n"),
        ('k: "a"\n', "b", 'k: "b"\n'),
        ("k: plain\n  over lines\nz: 1\n", "other", "k: other\nz: 1\n"),
        ("k: >-  # why\n    a\n    b\n\n# z\nz: 1\n", "c", "k: >-  # why\n    c\n\n# z\nz: 1\n"),
        ("k: |\n  a\n  b\nz: 1\n", "c\nd\n", "k: |\n  c\n  d\nz: 1\n"),
        ("k: >-\n  a\nz: 1\n", "", 'k: ""\nz: 1\n'),
        ("k: >-\n  a\nz: 1\n", " b", 'k: " b"\nz: 1\n'),
        ("k:\nz: 1\n", "a", "k: a\nz: 1\n"),
        ("k: # a: b\n\nz: 1\n", "a", "k: a # a: b\n\nz: 1\n"),
        ("k: null\n", "true", 'k: "true"\n'),
        ("k: a", "b", "k: b"),
        ("{k: a, z: 1}\n", "b, c", '{k: "b, c", z: 1}\n'),
        ("k: 180.0\n", 200, "k: 200\n"),
    ],
)
def test_a_value_keeps_the_style_that_was_there_if_it_can(before, value, after):
    assert edited(before, [Put(("k",), value)]) == after


def test_a_text_too_long_for_its_line_is_folded_unless_a_comment_follows():
    long = "word " * 40
    folded = edited("a:\n  k: b\nz: 1\n", [Put(("a", "k"), long.strip())])
    assert folded.startswith("a:\n  k: >-\n    word")
    assert max(map(len, folded.splitlines())) <= 100
    assert edited("k: b # why\n", [Put(("k",), long.strip())]) == f"k: {long.strip()} # why\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  k: 1 # why\n\nz: 1\n", "a:\n  k: 1 # why\n  new: x\n\nz: 1\n"),
        ("a: {k: 1} # why\n", "a: {k: 1, new: x} # why\n"),
        ("a:\n  k: |+\n    keep\n\nz: 1\n", "a:\n  k: |+\n    keep\n\n  new: x\nz: 1\n"),
        ("a:\n  k: 1", "a:\n  k: 1\n  new: x"),
    ],
)
def test_a_new_key_stands_last_in_its_mapping(before, after):
    assert edited(before, [Put(("a", "new"), "x")]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k:\n- a # why\n# z\nz: 1\n", "k:\n- a # why\n- x\n# z\nz: 1\n"),
        ("k: [a]\n", "k: [a, x]\n"),
        ("k: []\n", "k: [x]\n"),
        ("z: 1\n", "z: 1\nk:\n  - x\n"),
    ],
)
def test_a_new_item_stands_last_in_its_list(before, after):
    assert edited(before, [Append(("k",), "x")]) == after


def test_an_edit_that_would_change_something_else_is_refused(monkeypatch):
    monkeypatch.setattr("tabletop.report.yaml_edit.edit.put", lambda *_: Splice(0, 0, "x"))
    with pytest.raises(TabletopError, match="cannot be edited without changing something else: title"):
        edited(TEXT, [Put(("title",), "y")])
