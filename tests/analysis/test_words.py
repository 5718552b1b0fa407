"""Numbers as people read them."""

from math import inf

import pytest

from tabletop.analysis.words import decimals_for, figure, plural, share


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (5.0, "5"),
        (5.123, "5.12"),
        (51.23, "51.2"),
        (1234.5, "1,234"),
        (0.00123456, "0.00123"),
        (-2.5, "−2.5"),
        (1e-12, "0"),
        (inf, "unbounded"),
    ],
)
def test_a_number_has_three_digits_and_no_powers_of_ten(value, text):
    assert figure(value) == text


def test_a_difference_bears_its_sign_and_a_rounded_nothing_none():
    assert figure(2.5, signed=True) == "+2.5"
    assert figure(-0.001, signed=True, decimals=2) == "0.00"
    assert figure(0.004, signed=True, decimals=2) == "0.00"
    assert figure(1200.0, signed=True, decimals=0) == "+1,200"


@pytest.mark.parametrize(
    ("half", "decimals"), [(123.0, 0), (12.0, 0), (1.2, 1), (0.12, 2), (1e-9, 6), (0.0, 2)]
)
def test_decimals_show_two_digits_of_the_half_width(half, decimals):
    assert decimals_for(half) == decimals


def test_shares_and_things_are_told_in_words():
    assert (share(0.85), share(0.031)) == ("85 %", "3.1 %")
    assert (plural(1, "world"), plural(2000, "world")) == ("1 world", "2,000 worlds")
