"""Values as people read them: the digits follow the unit, whatever the measure."""

from decimal import Decimal

import pytest

from tabletop.exercise.values import formatted, rounded, signed, titled
from tabletop.measures import MEASURES


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_the_digits_of_a_value_follow_its_unit(measure):
    is_share = measure.unit == "share"
    assert formatted(measure.name, 0.12345) == ("0.123" if is_share else "0.1")
    assert formatted(measure.name, -1.0, signed=True) == ("−1.000" if is_share else "−1")
    assert formatted(measure.name, None) == "missing"
    assert rounded(measure.name, 0.12345) == Decimal("0.123" if is_share else "0.1")


def test_a_unit_that_goes_without_saying_is_left_out():
    assert titled("trust_end") == "Trust at the end"
    assert titled("plots_preparing_at_end") == "Plots preparing at the end"
    assert titled("harm") == "Harm [harm units]"


def test_nothing_has_no_sign():
    assert [signed(Decimal(text)) for text in ("0.0", "1.5", "-1.5")] == ["0.0", "+1.5", "−1.5"]
