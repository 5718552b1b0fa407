"""Ranges as people write them are taken; what is none is refused with what would be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import TabletopError
from tabletop.exercise.range_entry import NotARange, read_range


@pytest.mark.parametrize(
    "text",
    ["2 7", "2-7", "2 - 7", "2–7", "2 — 7", "2−7", "2 to 7", "2 TO 7", "2to7", "2, 7", "2,7", "2; 7", "2..7",
     "2…7", " 2   7 ", "2.0 7.0", "between 2 and 7", "from 2 to 7", "Between 2 and 7",
     "\t2\t7", "2\u00a0to\u202f7"],
)  # fmt: skip
def test_a_count_is_taken_in_every_usual_form(text):
    assert read_range(text, "incidents") == (2.0, 7.0)


@pytest.mark.parametrize(
    "text",
    ["0.46 0.5", "0.46–0.5", "0.46-0.50", ".46 .5", "0,46 0,5", "0,46–0,5", "0.46, 0.5", "0,46, 0,5",
     "46 % to 50 %", "46% 50%", "46-50%", "46 to 50 %", "46 % to 50",
     "between 46 % and 50 %", "46,0 % 50,0 %"],
)  # fmt: skip
def test_a_share_is_taken_as_a_share_or_in_per_cent(text):
    assert read_range(text, "trust_mean") == pytest.approx((0.46, 0.5), abs=1e-15)


@pytest.mark.parametrize(
    ("text", "measure", "says"),
    [
        ("2.5 to 7", "incidents", "a count, of whole numbers; write it as 2 to 7"),
        ("2 to 7.5", "incidents", "a count, of whole numbers; write it as 2 to 8"),
        ("7-2", "incidents", "7-2: write the lower end first: 2 to 7"),
        ("50 % to 46 %", "trust_mean", "write the lower end first: 46 % to 50 %"),
        ("5", "incidents", "5: write two numbers, the lower first, as 2 to 7"),
        ("1 2 3", "incidents", "1 2 3: write two numbers, the lower first, as 2 to 7"),
        ("few to many", "incidents", "write two numbers"),
        ("1e3 2e3", "incidents", "write two numbers"),
        ("nan 3", "incidents", "write two numbers"),
        ("1 inf", "incidents", "write two numbers"),
        ("² 3", "incidents", "plain digits"),
        ("٢ ٧", "incidents", "plain digits"),
        ("-2 7", "incidents", "is 0 or more; write it as 2 to 7"),
        ("−0.2 0.4", "trust_mean", "is 0 or more"),
        ("2 % to 7 %", "incidents", "is no share; write it without %"),
        ("46 to 50", "trust_mean", "from 0 to 1; per cent have their sign: 46 % to 50 %"),
        ("0.46 to 50 %", "trust_mean", "a share or per cent? Write both alike"),
        ("46 % to 150 %", "trust_mean", "is 100 % at most"),
    ],
)
def test_what_is_no_range_is_refused_with_what_would_be_right(text, measure, says):
    with pytest.raises(NotARange) as refused:
        read_range(text, measure)
    assert says in str(refused.value)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_range_in_bounds_or_refused(text):
    for measure, most in (("incidents", 1e40), ("trust_mean", 1.0)):
        try:
            low, high = read_range(text, measure)
        except TabletopError:
            continue
        assert 0 <= low <= high <= most


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from((" ", "-", " to ", ", ", "–", ";")))
def test_two_whole_numbers_come_back_as_they_are(low, wide, between):
    assert read_range(f"{low}{between}{low + wide}", "incidents") == (low, low + wide)


@pytest.mark.parametrize("dash", "-‐‑‒–—―−")
def test_every_dash_stands_between_two_ends(dash):
    assert read_range(f"2{dash}7", "incidents") == (2, 7)
    with pytest.raises(NotARange, match=r"is 0 or more|write two numbers"):
        read_range(f"{dash}2 to 7", "incidents")
