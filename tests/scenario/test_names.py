"""Names: one rule, in any script, and two that nobody can tell apart are one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.names import LONGEST, appearance, checked, for_a_file, meant, objection
from tabletop.scenario.source import source_text

GOOD = [
    "Team 1",
    "می\u200cخواهیم",
    "क्\u200dष दल",
    "👩\u200d🏫 Tutors",
    "❤️ Heart",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "第一组",
    "Équipe n° 7",
    "St. Mary's & Co.",
    "x" * LONGEST,
    "\U0001fae8",
]


@pytest.mark.parametrize("name", GOOD)
def test_names_of_any_script_are_names(name):
    assert objection(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is not a name; write 1 to 40 characters on one line"),
        ("x" * 41, "is not a name; write 1 to 40 characters on one line"),
        (" x", "without blanks around them"),
        ("x\u00a0", "without blanks around them"),
        ("a\nb", "is not a name"),
        ("a\tb", "U+0009"),
        ("a\u00a0b", "U+00A0"),
        ("a\u202eb", "U+202E"),
        ("a\u200fb", "U+200F"),
        ("a\u00adb", "U+00AD"),
        ("a\ud800b", "U+D800"),
        ("a\x1b[2Jb", "U+001B"),
        ("a\ufeffb", "U+FEFF"),
        ("\u200d", "shows nothing"),
        ("\ufe0f", "shows nothing"),
    ],
)
def test_what_is_no_name_is_told(name, why):
    assert why in objection(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Team A", "team a"),
        ("Team A", "Team  A"),
        ("Team A", "Team А"),
        ("café", "cafe\u0301"),
        ("می\u200cخواهیم", "میخواهیم"),
        ("❤", "❤️"),
        ("Straße", "STRASSE"),
        ("Ｔｅａｍ", "Team"),
        ("ΑΒΕ", "ABE"),
    ],
)
def test_names_that_nobody_can_tell_apart_look_the_same(one, other):
    assert appearance(one) == appearance(other)
    assert meant(other, ["Bravo", one]) == one


@pytest.mark.parametrize(
    ("one", "other"), [("Team 1", "Team 2"), ("a-b", "a_b"), ("resume", "résumé"), ("å", "a")]
)
def test_other_names_do_not(one, other):
    assert appearance(one) != appearance(other)
    assert meant(other, [one]) == other


@given(st.text(max_size=50))
def test_the_rule_is_the_same_however_a_name_is_composed(text):
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert appearance(composed) == appearance(apart)
    if objection(composed) is None and len(apart) <= LONGEST:
        assert checked(apart) == checked(composed) == composed


@given(st.text(max_size=300))
def test_any_text_makes_the_name_of_a_file(text):
    name = for_a_file(text)
    assert 1 <= len(name.encode()) <= 180
    assert not {*name} & {*'/\\.:*?"<>| \n\t\0'}
    assert for_a_file(name) == name


def test_a_file_is_found_however_its_name_is_composed(tmp_path):
    (tmp_path / "cafe\u0301.yaml").write_text("title: x\n")
    text, name = source_text(tmp_path / "caf\u00e9.yaml")
    assert text == "title: x\n"
    assert name.endswith("caf\u00e9.yaml")
