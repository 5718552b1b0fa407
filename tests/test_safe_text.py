"""Safe text: nothing that moves a cursor or turns the direction of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.safe_text import safe, safe_line, set_apart, unsafe

BAD = ["\x00", "\x1b", "\x07", "\r", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800", "\udfff", "\ufffe"]


@pytest.mark.parametrize("character", BAD)
def test_what_no_screen_should_be_given_is_spelled_out(character):
    assert unsafe(f"a{character}b") == character
    assert safe(f"a{character}b") == f"a\\u{ord(character):04x}b"


@pytest.mark.parametrize("text", ["a\tb\nc", "می\u200cخواهیم", "👩\u200d🏫", "שלום\u200f!", "δ ± 1 %"])
def test_what_is_written_in_any_script_stays(text):
    assert safe(text) == text


@given(st.text(alphabet=st.characters()))
def test_whatever_is_made_safe_is(text):
    assert unsafe(safe(text)) is None
    assert safe(safe(text)) == safe(text)
    assert safe_line(text).isprintable() or unsafe(safe_line(text)) is None
    safe(text).encode()


@pytest.mark.parametrize("name", ["الأساس", "基线 الأساس", "עברית (1)", "خط 7"])
def test_a_name_from_right_to_left_turns_no_number_behind_it(name):
    assert set_apart(name) == f"{name}\u200e"
    assert safe(set_apart(name)) == set_apart(name)


@pytest.mark.parametrize("name", ["Status quo", "基线", "الأساس Base", "ไทย", "42", ""])
def test_any_other_name_stays_as_it_is(name):
    assert set_apart(name) == name
