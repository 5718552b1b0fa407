"""The percentile, against NumPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.engine.percentile import percentile


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
)
def test_it_is_the_inverse_of_the_empirical_distribution(values, p):
    found = percentile(sorted(values), p)
    assert found == np.quantile(values, p, method="inverted_cdf")
    assert found in values


@pytest.mark.parametrize("n", [10, 20, 70, 100, 1000])
def test_of_a_round_number_of_values_it_is_the_ninth_tenth_and_not_the_one_after(n):
    assert percentile(range(1, n + 1), 0.9) == 0.9 * n
