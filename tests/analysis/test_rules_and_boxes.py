"""Rules of one threshold and boxes: found where there is one, and not told from noise."""

import numpy as np
import pytest

from tabletop.analysis.box import box, peeled
from tabletop.analysis.threshold_rule import threshold_rule

SEED, STUDIES = 20_261_126, 60


def points(rng, variants=64, conditions=6):
    """Variants spread over their ranges."""
    return rng.random((variants, conditions))


def flipped(rng, truth, share):
    """Labels of which a share is wrong."""
    return truth ^ (rng.random(len(truth)) < share)


def test_the_best_rule_is_that_of_trying_every_threshold_by_hand():
    rng = np.random.default_rng(SEED)
    table = points(rng, 20, 3)
    labels = rng.random(20) < 0.4
    found = threshold_rule(table, labels, seed=1).rule
    seen = (found.predicted(table) == labels).mean()
    tried = [
        (((table[:, place] > cut) == above) == labels).mean()
        for place in range(3)
        for cut in table[:, place]
        for above in (True, False)
    ]
    assert seen == pytest.approx(max(tried))


@pytest.mark.parametrize(("variants", "wrong"), [(64, 0.0), (64, 0.1), (128, 0.1)])
def test_a_threshold_is_found_and_bracketed(variants, wrong):
    rng = np.random.default_rng(SEED)
    near = told = 0
    for study in range(STUDIES):
        table = points(rng, variants)
        found = threshold_rule(table, flipped(rng, table[:, 2] < 0.4, wrong), seed=study)
        told += found.checks.passed
        near += found.rule.place == 2 and abs(found.rule.threshold - 0.4) < 0.1
        assert not found.rule.holds_above or found.rule.place != 2
    assert told >= 0.9 * STUDIES
    assert near >= 0.9 * STUDIES


def test_from_noise_a_rule_or_a_box_is_hardly_ever_told_though_its_seen_accuracy_is_above_guessing():
    rng = np.random.default_rng(SEED)
    rules = boxes = above = 0
    for study in range(STUDIES):
        table, labels = points(rng), rng.random(64) < 0.3
        rule, found = threshold_rule(table, labels, seed=study), box(table, labels, seed=study)
        rules += rule.checks.passed
        boxes += found.checks.passed
        above += (rule.rule.predicted(table) == labels).mean() > rule.checks.majority
    assert rules <= 7  # of 60 at 5 % at most: more than 7 has a chance of 1 in 100
    assert boxes <= 7
    assert above > 50


def test_a_box_of_two_conditions_is_found_and_beats_shuffled_labels():
    rng = np.random.default_rng(SEED)
    told = 0
    for study in range(20):
        table = points(rng, 128)
        truth = (table[:, 1] > 0.5) & (table[:, 4] < 0.5)
        found = box(table, flipped(rng, truth, 0.02), seed=study)
        told += found.checks.passed and {1, 4} <= set(found.box.places)
        assert found.shuffled is None or found.density > found.shuffled[1]
    assert told >= 12


def test_nothing_to_tell_apart_is_no_rule_and_no_box():
    rng = np.random.default_rng(SEED)
    table = points(rng)
    for labels in (np.ones(64, dtype=bool), np.zeros(64, dtype=bool)):
        assert threshold_rule(table, labels, seed=1) is None
        assert box(table, labels, seed=1) is None
    assert threshold_rule(table[:8], [True] * 4 + [False] * 4, seed=1) is None
    assert threshold_rule(np.ones((64, 2)), [True] * 30 + [False] * 34, seed=1) is None


def test_a_box_holds_a_tenth_of_the_variants_at_least():
    rng = np.random.default_rng(SEED)
    for _ in range(10):
        table = points(rng)
        found = peeled(table, rng.random(64) < 0.1)
        assert found.predicted(table).sum() >= 6.4
