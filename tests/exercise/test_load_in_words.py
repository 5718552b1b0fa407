"""A load in per cent beside the verdict whether it is a bottleneck."""

import pytest

from tabletop.analysis.bottleneck import BUSY, is_busy
from tabletop.exercise.why import load_in_words


@pytest.mark.parametrize("load", [0.0, 0.8449, 0.845, 0.8461, 0.84999, 0.85, 0.8501, 0.9, 1.0])
def test_a_load_reads_as_busy_where_it_is(load):
    read = float(load_in_words(load).removesuffix(" %"))
    assert (read >= 100 * BUSY) is is_busy(load)
    assert abs(read - 100 * load) <= 0.5


def test_a_service_without_staff_has_no_load():
    assert load_in_words(None) == "–"
