"""Values as people read them: the digits follow the unit, whatever the measure."""

from decimal import Decimal

import pytest

from tabletop.analysis.numerals import Numerals
from tabletop.exercise.values import (
    difference,
    formatted,
    ranged,
    rounded,
    signed,
    titled,
    titled_difference,
    titled_entry,
    written,
)
from tabletop.measures import MEASURES


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_the_digits_of_a_value_follow_its_unit(measure):
    is_share = measure.unit == "share"
    assert formatted(measure.name, 0.12345) == ("12.3\N{NARROW NO-BREAK SPACE}%" if is_share else "0.1")
    assert formatted(measure.name, None) == "missing"
    amount = rounded(measure.name, -0.12345)
    assert amount == Decimal("-12.3" if is_share else "-0.1")
    assert difference(measure.name, amount) == ("−12.3 points" if is_share else "−0.1")
    assert written(measure.name, amount) == formatted(measure.name, float(amount) / measure.written_by)


def test_a_share_is_written_as_the_room_writes_it_where_a_hundredth_matters():
    room = Numerals.of("trust_mean", 0.01)
    for value in (0.0, 0.0004, 0.25, 0.566, 0.56649, 0.5666, 1.0):
        assert formatted("trust_mean", value) == room.mean(value)
    assert ranged("trust_mean", 0.5, 0.655) == f"{room.axis(0.5)} to {room.axis(0.655)}"
    assert ranged("trust_mean", 0.5, 0.655).split() == ["50", "%", "to", "65.5", "%"]
    assert ranged("incidents", 1.0, 3.0) == "1 to 3"


def test_a_unit_that_goes_without_saying_is_left_out():
    assert titled("trust_end") == "Trust at the end"
    assert titled("plots_preparing_at_end") == "Plots preparing at the end"
    assert titled("harm") == titled_entry("harm") == titled_difference("harm") == "Harm [harm units]"
    assert titled_entry("trust_end") == "Trust at the end [%]"
    assert titled_difference("trust_end") == "Trust at the end [points]"


def test_nothing_has_no_sign():
    assert [signed(Decimal(text)) for text in ("0.0", "1.5", "-1.5")] == ["0.0", "+1.5", "−1.5"]
