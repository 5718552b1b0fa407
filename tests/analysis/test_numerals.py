"""Numbers of a measure: their last digit follows δ, and a rounded nothing has no sign."""

import pytest

from tabletop.analysis.interval import Interval
from tabletop.analysis.numerals import Numerals


@pytest.mark.parametrize(
    ("measure", "delta", "value", "mean", "difference"),
    [
        ("incidents", 1, 12.37, "12.4", "+12.4"),
        ("incidents", 2, 12.37, "12", "+12"),
        ("incidents", 1, -0.04, "0.0", "0.0"),
        ("harm", 1.5, -1.24, "−1.2", "−1.2"),
        ("disruption_share", 0.03, 0.513, "51\u202f%", "+51"),
        ("trust_mean", 0.01, -0.0286, "−2.9\u202f%", "−2.9"),
        ("wrongful_custody_days", 150, 12_345.0, "12,340", "+12,340"),
        ("days_to_verdict", 10, 123.0, "123", "+123"),
    ],
)
def test_the_last_digit_is_the_largest_power_of_ten_up_to_half_delta(measure, delta, value, mean, difference):
    written = Numerals.of(measure, delta)
    assert (written.mean(value), written.difference(value)) == (mean, difference)


def test_a_smaller_delta_shows_one_digit_more():
    assert Numerals.of("incidents", 0.19).mean(12.37) == "12.37"
    assert Numerals.of("incidents", 0.21).mean(12.37) == "12.4"


def test_sizes_and_spans_are_words_of_a_sentence():
    share = Numerals.of("trust_mean", 0.01)
    assert share.size(-0.141) == "14.1 points"
    assert share.span(Interval(-0.031, 0.0004, 0.95)) == "−3.1 to 0.0"
    assert share.span(None) == ""


def test_what_words_say_the_direction_of_has_a_sign_only_below_nothing():
    count, share = Numerals.of("incidents", 1), Numerals.of("trust_mean", 0.01)
    assert [count.amount(value) for value in (1.62, -0.21, -7e-18)] == ["1.6", "−0.2", "0.0"]
    assert share.amount(0.141) == "14.1"
    assert count.span(Interval(-0.21, 1.62, 0.95), signed=False) == "−0.2 to 1.6"
    assert count.span(Interval(0.004, 1.36, 0.95), signed=False) == "0.004 to 1.360"


def test_an_interval_that_excludes_zero_never_reads_as_if_it_held_it():
    count, share = Numerals.of("incidents", 1), Numerals.of("trust_mean", 0.01)
    assert count.span(Interval(-2.06, -0.01, 0.95)) == "−2.06 to −0.01"
    assert count.span(Interval(0.004, 1.36, 0.95)) == "+0.004 to +1.360"
    assert share.span(Interval(-0.031, -0.0004, 0.95)) == "−3.10 to −0.04"
    # what holds 0, and what no number of digits could show, keep the digits of the column
    assert count.span(Interval(-2.06, 0.01, 0.95)) == "−2.1 to 0.0"
    assert count.span(Interval(0.0, 1.36, 0.95)) == "0.0 to +1.4"
    assert count.span(Interval(1e-9, 1.36, 0.95)) == "0.0 to +1.4"


def test_an_interval_with_a_width_never_reads_as_if_it_had_none():
    days, share = Numerals.of("days_to_verdict", 5), Numerals.of("trust_mean", 0.01)
    assert days.span(Interval(4.62, 5.31, 0.95)) == "+4.6 to +5.3"
    assert share.span(Interval(-0.0002, 0.0003, 0.95)) == "−0.02 to +0.03"
    assert days.span(Interval(5.0, 5.0, 0.95)) == "+5 to +5"
