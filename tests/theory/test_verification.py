"""The rule by which estimates are judged can fail, in each of its parts."""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import t

from support.settings import scenario
from theory import verification
from theory.verification import LONG, SEEDS, SHORT, Finding, Study, ratio_interval, verdict


def test_a_finding_off_its_interval_is_a_fault():
    assert Finding("x", 1.0, 1.03, 0.02).faults(0.05) == ["misses the exact value"]


def test_a_wide_interval_is_a_fault_even_if_it_holds_the_value():
    assert Finding("x", 1.0, 1.0, 0.06).faults(0.05) == ["half-width is not below 5%"]


def test_an_interval_that_accepts_a_tenth_more_is_a_fault():
    assert "accepts 1.1 times the value" in Finding("x", 1.0, 1.07, 0.04).faults(0.05)


def test_the_interval_of_a_mean_is_students():
    values = [1.0, 2.0, 4.0, 5.0]
    estimate, half_width = ratio_interval([(v, 1.0) for v in values], 0.95)
    assert estimate == 3.0
    assert half_width == pytest.approx(t.ppf(0.975, 3) * np.std(values, ddof=1) / 2)


def test_the_interval_of_a_ratio_covers_as_often_as_it_claims():
    luck = np.random.default_rng(1)
    covered, trials = 0, 4000
    for _ in range(trials):
        bottom = luck.gamma(50, 1.0, 30)
        top = 2 * bottom + luck.normal(0, 5, 30)
        estimate, half_width = ratio_interval(list(zip(top, bottom, strict=True)), 0.95)
        covered += abs(estimate - 2) <= half_width
    assert abs(covered / trials - 0.95) < 4 * sqrt(0.95 * 0.05 / trials)


@pytest.fixture
def judged(monkeypatch):
    """The verdict when the first look fails, and (replications, seed) of all looks."""
    looks = []

    def judge(second_holds: bool):
        def findings(study, replications, seed, confidence):
            looks.append((replications, seed))
            holds = second_holds and seed == SEEDS[1]
            return [Finding("x", 1.0, 1.0 if holds else 2.0, 0.01)]

        monkeypatch.setattr(verification, "findings", findings)
        study = Study("s", scenario(1), 10, lambda _: {}, {"x": 1.0})
        return verdict(study, LONG, 0.95), looks

    return judge


def test_a_failure_is_rerun_once_at_ten_times_the_length_with_the_second_seed(judged):
    wrong, looks = judged(True)
    assert wrong == []
    assert looks == [(80, SEEDS[0]), (800, SEEDS[1])]


def test_the_rerun_decides(judged):
    wrong, _ = judged(False)
    assert len(wrong) == 1
    assert "misses the exact value" in wrong[0]


def test_the_lengths_ask_for_the_widths_of_the_specification():
    assert (SHORT.width, LONG.width) == (0.05, 0.02)
