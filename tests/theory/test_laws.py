"""The independent formulas give the figures that docs/model.md states."""

import pytest

from theory import laws


def test_the_terror_queue_has_kaplans_stationary_law():
    undetected, busy, disrupted = laws.terror_queue(10, 1, 0.5, 2, 6)
    assert undetected == pytest.approx(4.092482, abs=5e-7)
    assert busy == pytest.approx(2.953759, abs=5e-7)
    assert disrupted == pytest.approx(0.590752, abs=5e-7)


def test_flows_balance_in_the_terror_queue():
    undetected, busy, disrupted = laws.terror_queue(10, 1, 0.5, 2, 6)
    assert pytest.approx(1 * undetected + 2 * busy) == 10
    assert disrupted == pytest.approx(2 * busy / 10)


def test_erlang_c_waits_four_ninths_of_a_day():
    assert laws.erlang_c_wait(2, 1, 3) == pytest.approx(4 / 9)


def test_erlang_c_with_one_server_is_the_textbook_queue():
    assert laws.erlang_c_wait(0.5, 1, 1) == pytest.approx(0.5 / (1 - 0.5))


def test_erlang_a_loses_three_in_ten():
    assert laws.erlang_a_lapses(4, 1, 3, 0.5) == pytest.approx(0.306797, abs=5e-7)


def test_erlang_a_with_endless_patience_loses_nobody():
    assert laws.erlang_a_lapses(2, 1, 3, 1e-12) < 1e-9


def test_cobham_waits_differ_by_class():
    assert laws.cobham_waits((0.8, 1.2), 1, 3) == pytest.approx([0.202020, 0.606061], abs=5e-7)


def test_cobham_with_one_class_is_erlang_c():
    assert laws.cobham_waits((2.0,), 1, 3) == pytest.approx([4 / 9])


def test_shaken_trust_lies_at_seven_sixteenths():
    assert laws.shaken_trust(0.7, 0.5, 1.5, 0.2) == pytest.approx(0.4375)


def test_two_looks_weigh_as_one_of_their_joint_sharpness():
    false, hit = laws.binormal((0.9**2 + 1.2**2) ** 0.5, 0.0)
    assert false == pytest.approx(1 - hit)
    assert hit == pytest.approx(0.7733726, abs=1e-6)  # Φ(0.75), from a table
